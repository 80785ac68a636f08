import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { resetPassword, signIn } from './accounts.ts';
import type { Auth } from './auth.ts';
import { attempt, mayMail } from './lockout.ts';
import type { Counter } from './lockout.ts';
import { Browser, createTestBed, mailedTo, newEmail, PASSWORD, signedIn } from './test-bed.ts';
import type { TestBed } from './test-bed.ts';

let bed: TestBed;
let email: string;
/** Somebody at one network who is not known to own the account. */
let stranger: Browser;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed?.close());
beforeEach(async () => {
  email = (await signedIn(bed)).email;
  stranger = new Browser();
});

const refused = (code: string) => expect.objectContaining({ name: 'AccountError', code });
const locked = (retryAfter: number) => expect.objectContaining({ code: 'identity.locked', retryAfter });
const guess = (password = 'a wrong guess', browser = stranger) => signIn(bed.auth, browser.visit, { email, password });
const fail = (auth: Auth, ...counters: Counter[]) => attempt(auth, counters, async () => {});
const wrong = async (times: number) => {
  for (let time = 0; time < times; time += 1) await expect(guess()).rejects.toEqual(refused('identity.credentials_invalid'));
};

it('locks a network after five wrong passwords, and tells the owner', async () => {
  await wrong(5);
  await expect(guess(PASSWORD)).rejects.toEqual(refused('identity.locked'));
  expect(mailedTo(bed, email)).toEqual(['account_locked']);
});

it('does not lock the owner elsewhere, nor tell them for every network that joins in', async () => {
  for (let network = 0; network < 3; network += 1) {
    stranger = new Browser();
    await wrong(5);
  }
  await expect(guess(PASSWORD, new Browser())).resolves.toBeDefined();
  expect(mailedTo(bed, email)).toEqual(['account_locked']);
});

it('locks for strangers everywhere, briefly, after a hundred; never a browser that the owner has used', async () => {
  const owner = new Browser();
  owner.keep(await guess(PASSWORD, owner));
  for (let count = 0; count < 100; count += 1) {
    if (count % 5 === 0) stranger = new Browser();
    await wrong(1);
  }
  await expect(guess(PASSWORD, new Browser())).rejects.toEqual(locked(15 * 60));
  await expect(guess(PASSWORD, owner)).resolves.toBeDefined();
  bed.advance(15);
  await expect(guess(PASSWORD, new Browser())).resolves.toBeDefined();
});

it('locks a browser that somebody else took over, by its own counter', async () => {
  const owner = new Browser();
  owner.keep(await guess(PASSWORD, owner));
  for (let count = 0; count < 10; count += 1) await expect(guess('a wrong guess', owner)).rejects.toEqual(refused('identity.credentials_invalid'));
  await expect(guess(PASSWORD, owner)).rejects.toEqual(refused('identity.locked'));
  await expect(guess(PASSWORD, stranger)).resolves.toBeDefined();
});

it('does not know a browser whose cookie was made up, or is for another address', async () => {
  const other = await signedIn(bed);
  const forged = new Browser();
  forged.keep({ setCookies: [other.browser.cookieHeader!.split('; ').find((cookie) => cookie.startsWith('milpa.device='))!] });
  for (let count = 0; count < 5; count += 1) await expect(guess('a wrong guess', forged)).rejects.toEqual(refused('identity.credentials_invalid'));
  await expect(guess(PASSWORD, forged)).rejects.toEqual(refused('identity.locked'));
});

it('knows a browser on the host where its owner signed in, and on no other', async () => {
  const owner = new Browser();
  owner.keep(await guess(PASSWORD, owner));
  const elsewhere = { ...owner.visit, host: 'school.localhost:3000' };
  for (let count = 0; count < 5; count += 1) await expect(signIn(bed.auth, elsewhere, { email, password: 'a wrong guess' })).rejects.toEqual(refused('identity.credentials_invalid'));
  await expect(signIn(bed.auth, elsewhere, { email, password: PASSWORD })).rejects.toEqual(refused('identity.locked'));
  await expect(guess(PASSWORD, owner)).resolves.toBeDefined();
});

it('forgets them when the right one comes', async () => {
  await wrong(4);
  await guess(PASSWORD);
  await wrong(4);
  await expect(guess(PASSWORD)).resolves.toBeDefined();
});

it('forgets them after a quarter of an hour', async () => {
  await wrong(4);
  bed.advance(16);
  await wrong(4);
  await expect(guess(PASSWORD)).resolves.toBeDefined();
});

it('answers for an unknown address as for a known one', async () => {
  email = newEmail();
  await wrong(5);
  await expect(guess()).rejects.toEqual(refused('identity.locked'));
  expect(mailedTo(bed, email)).toEqual([]);
});

it('lets five of twenty guesses at once be checked, no more', async () => {
  const codes = (await Promise.allSettled(Array.from({ length: 20 }, () => guess()))).map((answer) =>
    answer.status === 'rejected' ? answer.reason.code : 'in',
  );
  expect(codes.filter((code) => code === 'identity.credentials_invalid')).toHaveLength(5);
  expect(codes.filter((code) => code === 'identity.locked')).toHaveLength(15);
});

it('lets in all who come at once with the right password, though some were wrong before', async () => {
  await wrong(4);
  const answers = await Promise.allSettled(Array.from({ length: 30 }, () => guess(PASSWORD)));
  expect(answers.filter((answer) => answer.status === 'rejected')).toEqual([]);
});

it('lets the right one in among wrong ones at once only while fewer than five of these came before', async () => {
  const wrongBefore = async (count: number) => {
    email = (await signedIn(bed)).email;
    const answers = await Promise.allSettled([...Array.from({ length: count }, () => guess()), guess(PASSWORD), guess()]);
    return answers[count]!.status;
  };
  expect(await wrongBefore(4)).toBe('fulfilled');
  expect(await wrongBefore(5)).toBe('rejected');
});

it('locks for twice as long each time, up to a day, and starts over after two quiet days', async () => {
  const address = { kind: 'email' as const, value: newEmail() };
  const failFive = async () => {
    for (let time = 0; time < 5; time += 1) await fail(bed.auth, address);
  };
  const now = bed.auth.now();
  const at = (minutes: number) => ({ ...bed.auth, now: () => new Date(now.getTime() + minutes * 60_000) });
  let minute = 0;
  const original = bed.auth;
  try {
    for (const lock of [15, 30, 60, 120, 240, 480, 960, 1440, 1440]) {
      bed.auth = at(minute);
      await failFive();
      await expect(fail(bed.auth, address)).rejects.toEqual(locked(lock * 60));
      bed.auth = at(minute + lock - 1);
      await expect(fail(bed.auth, address)).rejects.toEqual(locked(60));
      minute += lock;
    }
    bed.auth = at(minute + 2 * 24 * 60);
    await failFive();
    await expect(fail(bed.auth, address)).rejects.toEqual(locked(15 * 60));
  } finally {
    bed.auth = original;
  }
});

it('counts by network over all e-mails, and leaves right guesses out of it', async () => {
  const browser = new Browser('2001:db8:1:2::1');
  const neighbour = new Browser('2001:db8:1:2:ffff::9');
  await guess(PASSWORD, browser);
  const forged = { token: 'made-up', newPassword: PASSWORD };
  for (let time = 0; time < 30; time += 1) {
    await expect(resetPassword(bed.auth, browser.visit, forged)).rejects.toEqual(refused('identity.link_invalid'));
  }
  await expect(guess(PASSWORD, neighbour)).rejects.toEqual(refused('identity.locked'));
  await expect(guess(PASSWORD, new Browser('2001:db8:1:3::1'))).resolves.toBeDefined();
});

it('does not let a right guess wipe out a network’s wrong ones', async () => {
  const network = { kind: 'address' as const, value: '198.51.100.1' };
  for (let time = 0; time < 29; time += 1) await fail(bed.auth, network);
  await attempt(bed.auth, [network], (right) => right.succeed());
  await fail(bed.auth, network);
  await expect(fail(bed.auth, network)).rejects.toEqual(locked(15 * 60));
});

it('pauses mails to an address for no longer than a quarter of an hour', async () => {
  const address = newEmail();
  const mails = [];
  for (let quarter = 0; quarter < 4; quarter += 1) {
    for (let mail = 0; mail < 7; mail += 1) mails.push(await mayMail(bed.auth, address));
    bed.advance(15);
  }
  expect(mails.filter(Boolean)).toHaveLength(20);
});

it('keeps neither e-mails nor addresses', async () => {
  await mayMail(bed.auth, email);
  await expect(guess('a wrong guess', new Browser('203.0.113.77'))).rejects.toBeDefined();
  const { rows } = await bed.owner.query<{ key: string }>('SELECT key FROM identity_control.lockout');
  for (const { key } of rows) expect(key).toMatch(/^(email|everywhere|device|address|mail|notice|code):[\w-]{43}$/);
});
