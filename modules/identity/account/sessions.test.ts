import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changePassword, signIn } from './accounts.ts';
import { accountOf, listSessions, revokeOtherSessions, revokeSession, sessionCookieName, signOut } from './sessions.ts';
import { Browser, createTestBed, PASSWORD, signedIn } from './test-bed.ts';
import type { TestBed } from './test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed?.close());

const refused = (code: string) => expect.objectContaining({ name: 'AccountError', code });
const DAY = 24 * 60;

describe('reading the session', () => {
  it('reads a cookie that Better Auth made as Better Auth reads it', async () => {
    const { browser, email, accountId } = await signedIn(bed);
    const theirs = await bed.auth.engine.api.getSession({ headers: new Headers({ cookie: browser.cookieHeader! }) });
    const ours = await accountOf(bed.auth, browser.visit);
    expect(theirs).toMatchObject({ user: { id: accountId, email }, session: { id: ours?.sessionId } });
    expect(ours).toEqual({
      accountId,
      email,
      name: 'Persona de Prueba',
      locale: 'es-MX',
      emailVerified: true,
      twoFactor: false,
      sessionId: theirs?.session.id,
      expiresAt: theirs?.session.expiresAt,
      freshUntil: new Date(theirs!.session.createdAt.getTime() + 10 * 60_000),
    });
    // Better Auth, which was told the cookie's 400 days, must not prolong the session itself.
    expect(ours!.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(14 * DAY * 60_000);
  });

  it('finds it among other cookies, and takes the first of two', async () => {
    const { browser, email } = await signedIn(bed);
    const cookie = browser.cookieHeader!;
    expect(await accountOf(bed.auth, { ...browser.visit, cookie: `theme=dark; broken; ${cookie}; ${sessionCookieName(false)}=other` })).toMatchObject({ email });
    expect(await accountOf(bed.auth, { ...browser.visit, cookie: `${sessionCookieName(false)}=other; ${cookie}` })).toBeNull();
  });

  it('refuses what was altered or forged', async () => {
    const { browser } = await signedIn(bed);
    const [name, value] = browser.cookieHeader!.split('=') as [string, string];
    const signed = decodeURIComponent(value);
    const [token, signature] = signed.split('.') as [string, string];
    const forgeries = [
      undefined,
      '',
      'x',
      `${name}=`,
      `${name}=${token}`,
      `${name}=${token}.`,
      `${name}=.${signature}`,
      `${name}=${token.slice(1)}.${signature}`,
      `${name}=${token}.${'A'.repeat(43)}=`,
      `${name}=${token}.${signature.toLowerCase()}`,
      `${name}=%E0%A4%A.${signature}`,
      `other=${value}`,
    ];
    for (const forgery of forgeries) expect(await accountOf(bed.auth, { ...browser.visit, cookie: forgery }), String(forgery)).toBeNull();
    const stranger = { ...bed.auth, secret: 'another secret that is long enough to be one too' };
    expect(await accountOf(stranger, browser.visit)).toBeNull();
    expect(await accountOf(bed.auth, browser.visit)).not.toBeNull();
  });

  it('asks the database once, with a prepared statement', async () => {
    const { browser } = await signedIn(bed);
    const asked: unknown[] = [];
    const pool = new Proxy(bed.auth.pool, {
      get: (target, key) =>
        key === 'query'
          ? (query: unknown) => {
              asked.push(query);
              return target.query(query as never);
            }
          : Reflect.get(target, key, target),
    });
    await accountOf({ ...bed.auth, pool }, browser.visit);
    expect(asked).toEqual([expect.objectContaining({ name: 'identity_account_of' })]);
  });
});

describe('its cookies', () => {
  it('are bound to the host and unreadable for scripts', async () => {
    const secure = await createTestBed({ secureCookies: true });
    try {
      const { browser, email } = await signedIn(secure);
      const { setCookies } = await signIn(secure.auth, browser.visit, { email, password: PASSWORD });
      expect(setCookies).toHaveLength(2);
      expect(setCookies[0]).toMatch(/^__Host-milpa\.session_token=[^;]+; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      expect(await accountOf(secure.auth, { ...browser.visit, cookie: setCookies[0] })).toMatchObject({ email });
      const { setCookies: gone } = await signOut(secure.auth, browser.visit);
      for (const cookie of gone) expect(cookie).toMatch(/^__Host-milpa\..*=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    } finally {
      await secure.close();
    }
  });

  it('end with the browser on a shared computer', async () => {
    const { browser, email } = await signedIn(bed);
    const { setCookies } = await signIn(bed.auth, browser.visit, { email, password: PASSWORD, remember: false });
    for (const cookie of setCookies) expect(cookie).not.toMatch(/Max-Age|Expires/i);
    browser.keep({ setCookies });
    const endsWithinADay = async () => {
      const account = await accountOf(bed.auth, browser.visit);
      expect(account!.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(DAY * 60_000);
    };
    await endsWithinADay();
    const changed = await changePassword(bed.auth, browser.visit, { newPassword: 'un frijol en la sombra' });
    for (const cookie of changed.setCookies) expect(cookie).not.toMatch(/Max-Age|Expires/i);
    browser.keep(changed);
    await endsWithinADay();
  });
});

describe('a person’s sessions', () => {
  it('are listed with device and network, and end at once when revoked', async () => {
    const { browser, email } = await signedIn(bed);
    const phone = new Browser('2001:db8:7:1:2:3:4:5');
    phone.userAgent = 'Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
    phone.keep(await signIn(bed.auth, phone.visit, { email, password: PASSWORD }));
    const sessions = await listSessions(bed.auth, browser.visit);
    expect(sessions.map(({ device, address, current }) => ({ device, address, current }))).toEqual([
      { device: { browser: 'Chrome', system: 'Android' }, address: '2001:db8:7::', current: false },
      { device: { browser: 'Firefox', system: 'Linux' }, address: browser.address.replace(/\d+$/, '0'), current: true },
    ]);
    await revokeSession(bed.auth, browser.visit, sessions[0]!.id);
    expect(await accountOf(bed.auth, phone.visit)).toBeNull();
    expect(await listSessions(bed.auth, browser.visit)).toHaveLength(1);
  });

  it('are out of reach for others', async () => {
    const { browser } = await signedIn(bed);
    const other = await signedIn(bed);
    const [session] = await listSessions(bed.auth, other.browser.visit);
    for (const id of [session!.id, 'not-an-id']) {
      await expect(revokeSession(bed.auth, browser.visit, id)).rejects.toEqual(refused('identity.session_unknown'));
    }
    expect(await accountOf(bed.auth, other.browser.visit)).not.toBeNull();
    await expect(listSessions(bed.auth, new Browser().visit)).rejects.toEqual(refused('identity.signed_out'));
  });

  it('can all be ended but this one, and this one by signing out', async () => {
    const { browser, email } = await signedIn(bed);
    for (let device = 0; device < 2; device += 1) await signIn(bed.auth, new Browser().visit, { email, password: PASSWORD });
    expect(await revokeOtherSessions(bed.auth, browser.visit)).toEqual({ revoked: 2 });
    const { visit } = browser;
    expect(await accountOf(bed.auth, visit)).not.toBeNull();
    browser.keep(await signOut(bed.auth, browser.visit));
    expect(browser.cookieNames).toEqual(['milpa.device']);
    expect(await accountOf(bed.auth, visit)).toBeNull();
    await expect(signOut(bed.auth, browser.visit)).resolves.toBeDefined();
  });
});

describe('as time passes', () => {
  let later: TestBed;
  beforeAll(async () => {
    later = await createTestBed();
  });
  afterAll(() => later?.close());

  it('a session in use goes on, an unused one ends after fourteen days', async () => {
    const { browser } = await signedIn(later);
    const idle = await signedIn(later);
    later.advance(10 * DAY);
    expect(await accountOf(later.auth, browser.visit)).not.toBeNull();
    later.advance(10 * DAY);
    const account = await accountOf(later.auth, browser.visit);
    expect(Math.round((account!.expiresAt.getTime() - later.auth.now().getTime()) / (DAY * 60_000))).toBe(14);
    expect(await accountOf(later.auth, idle.browser.visit)).toBeNull();
    const fresh = await signedIn(later);
    expect(await accountOf(later.auth, fresh.browser.visit)).not.toBeNull();
  });
});
