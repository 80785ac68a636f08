import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requestPasswordReset, resetPassword, signIn } from './accounts.ts';
import type { Auth } from './auth.ts';
import { confirm } from './confirmation.ts';
import { attempt, mayMail, signInCounters } from './lockout.ts';
import type { Counter } from './lockout.ts';
import { Browser, createTestBed, mailedTo, newEmail, PASSWORD, signedIn, tokenMailed } from './test-bed.ts';
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

describe('a network', () => {
  const from = (browser: Browser, address: string) => signInCounters(bed.auth, browser.visit, address);
  /** One guess at each of so many accounts. */
  const spray = async (browser: Browser, times: number) => {
    for (let time = 0; time < times; time += 1) await fail(bed.auth, ...from(browser, newEmail()));
  };

  it('in which somebody guesses at one account goes on for everybody else', async () => {
    await wrong(5);
    const address = stranger.address;
    await expect(guess(PASSWORD, new Browser(address))).rejects.toEqual(refused('identity.locked'));
    const neighbour = await signedIn(bed);
    for (const browser of [new Browser(address), new Browser(address)]) {
      await expect(signIn(bed.auth, browser.visit, { email: neighbour.email, password: PASSWORD })).resolves.toBeDefined();
    }
  });

  it('from which one password is tried on many accounts is locked for strangers, IPv6 by its 64 bits', async () => {
    const [browser, neighbour] = [new Browser('2001:db8:1:2::1'), new Browser('2001:db8:1:2:ffff::9')];
    await spray(browser, 199);
    await expect(guess(PASSWORD, neighbour)).resolves.toBeDefined();
    await spray(browser, 1);
    await expect(guess(PASSWORD, neighbour)).rejects.toEqual(locked(15 * 60));
    await expect(guess(PASSWORD, new Browser('2001:db8:1:3::1'))).resolves.toBeDefined();
  });

  it('that is locked locks neither browsers that their owners have used, nor who is signed in, nor what cannot be guessed', async () => {
    const owner = new Browser(stranger.address);
    owner.keep(await guess(PASSWORD, owner));
    const shared = new Browser(stranger.address);
    shared.keep(await signIn(bed.auth, shared.visit, { email, password: PASSWORD, remember: false }));
    await spray(stranger, 200);
    await expect(guess(PASSWORD, stranger)).rejects.toEqual(refused('identity.locked'));
    await expect(guess(PASSWORD, owner)).resolves.toBeDefined();
    await expect(confirm(bed.auth, shared.visit, { method: 'password', password: PASSWORD })).resolves.toBeDefined();

    // A new password by mail is the way in for everybody else.
    const newcomer = new Browser(stranger.address);
    await requestPasswordReset(bed.auth, newcomer.visit, { email });
    newcomer.keep(await resetPassword(bed.auth, newcomer.visit, { token: tokenMailed(bed, 'reset_password', email), newPassword: 'un frijol en la sombra' }));
    await expect(guess('un frijol en la sombra', newcomer)).resolves.toBeDefined();
    await expect(guess('un frijol en la sombra', stranger)).rejects.toEqual(refused('identity.locked'));
  });

  it('is not charged with those who got it right in the end, however many', async () => {
    const right = async () => {
      const address = newEmail();
      for (let time = 0; time < 3; time += 1) await fail(bed.auth, ...from(stranger, address));
      await attempt(bed.auth, from(stranger, address), (answer) => answer.succeed());
    };
    await spray(stranger, 150);
    for (let person = 0; person < 40; person += 1) await right();
    await spray(stranger, 49);
    await expect(guess(PASSWORD, stranger)).resolves.toBeDefined();
    await spray(stranger, 1);
    await expect(guess(PASSWORD, stranger)).rejects.toEqual(refused('identity.locked'));
  });

  it('gets nothing back for an account of one’s own', async () => {
    await spray(stranger, 199);
    for (let time = 0; time < 5; time += 1) await guess(PASSWORD, new Browser(stranger.address));
    await spray(stranger, 1);
    await expect(guess(PASSWORD, stranger)).rejects.toEqual(refused('identity.locked'));
  });

  it('is locked for four hours at most', async () => {
    const network = { kind: 'address' as const, value: '198.51.100.7' };
    const now = bed.auth.now();
    let minute = 0;
    for (const lock of [15, 30, 60, 120, 240, 240]) {
      const auth = { ...bed.auth, now: () => new Date(now.getTime() + minute * 60_000) };
      for (let time = 0; time < 200; time += 1) await fail(auth, network);
      await expect(fail(auth, network)).rejects.toEqual(locked(lock * 60));
      minute += lock;
    }
  });
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
