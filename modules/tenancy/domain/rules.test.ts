import { describe, expect, test } from 'vitest';
import { arrives, isInside, isOwnDomain, isText, standingAfter } from './rules.ts';

const own = (host: string) => isOwnDomain(host, 'milpa.example:3000');

test.each(['aprende.ejemplo.org', 'ejemplo.org', 'xn--mgbh0fb.xn--kgbechtv', 'notmilpa.example'])('%s may be a tenant’s own', (host) => expect(own(host)).toBe(true));
test.each(['milpa.example', 'otra.milpa.example', 'a.b.milpa.example'])('%s is the installation’s', (host) => expect(own(host)).toBe(false));
test.each(['localhost', 'a.localhost', '10.0.0.1', '[::1]', 'ejemplo', 'ejemplo..org', '-a.org', 'a_b.org', 'ejemplo.org.', 'ejemplo.org:80', `${'a'.repeat(64)}.org`])('%s is no name of their own', (host) => expect(own(host)).toBe(false));

test.each([['token', true], [' "token" ', true], ['"other"', false], ['token2', false]])('%s is the text: %s', (text, is) => expect(isText('token')(text)).toBe(is));

test.each(['10.1.2.3', '127.0.0.1', '172.20.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '::1', 'fd00::1', 'fe80::1', '::ffff:10.0.0.1'])('%s tells of the inside', (address) => expect(isInside(address)).toBe(true));
test.each(['203.0.113.5', '8.8.8.8', '172.32.0.1', '2001:db8::1'])('%s does not', (address) => expect(isInside(address)).toBe(false));

describe('a name leads here', () => {
  const to = (aliases: string[], addresses: string[]) => arrives({ texts: [], elsewhere: null, aliases, addresses, ours: ['203.0.113.5', '2001:db8::1'], proven: false }, 'demo.milpa.example');
  test('by its alias or by all of its addresses', () => {
    expect([to(['Demo.milpa.example.'], []), to([], ['203.0.113.5']), to([], ['203.0.113.5', '2001:db8::1'])]).toEqual([true, true, true]);
    expect([to([], []), to(['other.example'], ['198.51.100.1']), to([], ['203.0.113.5', '198.51.100.1'])]).toEqual([false, false, false]);
  });
});

describe('the proof of a domain', () => {
  const [start, day] = [Date.parse('2026-03-01T00:00:00.000Z'), 86_400_000];
  const on = (days: number) => new Date(start + days * day);
  const claim = { verifiedAt: null, missingSince: null, claimedAt: on(0).toISOString() };
  const verified = { ...claim, verifiedAt: on(1).toISOString() };
  const missing = { ...verified, missingSince: on(5).toISOString() };

  test('makes it count, and keeps it counting', () => {
    expect(standingAfter(claim, true, on(1))).toEqual({ ...verified, change: 'verified' });
    expect(standingAfter(verified, true, on(3))).toEqual({ ...verified, change: null });
    expect(standingAfter(claim, false, on(3))).toEqual({ ...claim, change: null });
  });
  test('may be gone for a week', () => {
    expect(standingAfter(verified, false, on(5))).toEqual({ ...missing, change: 'missing' });
    expect(standingAfter(missing, false, on(11.9))).toEqual({ ...missing, change: null });
    expect(standingAfter(missing, true, on(11.9))).toEqual({ ...verified, change: null });
    expect(standingAfter(missing, false, on(12))).toEqual({ verifiedAt: null, missingSince: null, claimedAt: on(12).toISOString(), change: 'stopped' });
  });
});
