import { describe, expect, it } from 'vitest';
import { parseCookies, pickCookies } from './cookies.ts';
import { deviceOf } from './device.ts';
import { AccountError } from './errors.ts';
import { accountMailTexts } from './mail-texts.ts';
import { accountProblems } from './problems.ts';
import { checkNewPassword } from './passwords.ts';

describe('what mails say', () => {
  it('leads to the link where there is one, and to the person, in three languages', () => {
    for (const [kind, texts] of Object.entries(accountMailTexts)) {
      const withLink = ['verify_email', 'change_email', 'reset_password', 'data_ready', 'leaving_planned', 'deletion_planned', 'deletion_done'].includes(kind);
      // An account belongs to no organisation.
      const ofAccount = kind.startsWith('deletion_');
      for (const [locale, { subject, text }] of Object.entries(texts)) {
        if (!ofAccount) expect(subject, `${kind} ${locale}`).toContain('{site}');
        expect(text, `${kind} ${locale}`).toContain('{name}');
        expect(text.includes('{url}'), `${kind} ${locale}`).toBe(withLink);
        expect(subject + text, `${kind} ${locale}: an apostrophe quotes in ICU messages`).not.toContain("'");
      }
    }
  });
});

describe('what is said when something is refused', () => {
  it('is said in three languages', () => {
    for (const [name, { status, text }] of Object.entries(accountProblems)) {
      expect(status, name).toBeGreaterThanOrEqual(400);
      for (const locale of ['en', 'es-MX', 'ar'] as const) {
        expect(text[locale].title, `${name} ${locale}`).not.toBe('');
        expect(text[locale].detail, `${name} ${locale}`).toMatch(/[.}]$/);
      }
    }
  });
});

describe('passwords', () => {
  it.each(['el maíz crece despacio', 'zanahoria77', 'لون البحر أزرق', 'kTq8!vWz2#', 'مدرستي القديمة ٧'])('takes %s', (password) => {
    expect(() => checkNewPassword(password)).not.toThrow();
  });
  it.each([
    'Password2026!',
    'p@ssw0rd!!',
    'contraseña1',
    'Te Quiero Mucho',
    '1234567890',
    '9876543210',
    '3456789012',
    'abcdefghij',
    'zyxwvutsrq',
    'qwertyuiop',
    '1111111111',
    'ababababab',
    'كلمة المرور',
  ])('refuses %s, which everybody tries', (password) => {
    expect(() => checkNewPassword(password)).toThrow(new AccountError('identity.password_too_common'));
  });
  it('counts characters as people do', () => {
    expect(() => checkNewPassword('😀😃😄😁😆😅🤣😂🙂')).toThrow(new AccountError('identity.password_too_short'));
    expect(() => checkNewPassword('😀😃😄😁😆😅🤣😂🙂🙃')).not.toThrow();
  });
});

describe('devices', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', 'Edge', 'Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', 'Chrome', 'macOS'],
    [
      'Mozilla/5.0 (Linux; Android 15; SM-A155M) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet',
      'Android',
    ],
    ['curl/8.14.1', null, null],
  ])('of %s', (userAgent, browser, system) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system });
  });
});

describe('cookies', () => {
  it('are read as sent, the first of each name', () => {
    expect([...parseCookies('a=1; b=x%20y;c; =d; a=2; e=%E0; f=g=h')]).toEqual([
      ['a', '1'],
      ['b', 'x y'],
      ['e', '%E0'],
      ['f', 'g=h'],
    ]);
  });
  it('are picked by name', () => {
    expect(pickCookies('a=1; b=x%20y; c=3', ['b', 'd'])).toBe('b=x%20y');
    expect(pickCookies(undefined, ['b'])).toBeUndefined();
  });
});
