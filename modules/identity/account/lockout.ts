import { networkOf } from '@milpa/kernel';
import { createHmac } from 'node:crypto';
import type { Auth } from './auth.ts';
import { AccountError } from './errors.ts';
import { knownDevice } from './known-device.ts';
import type { AccountRow } from './queries.ts';
import type { Visit } from './visit.ts';

const WINDOW_MINUTES = 15;
const FIRST_LOCK_MINUTES = 15;
const DAY_MINUTES = 24 * 60;

/**
 * What wrong guesses are counted for, and how many lock it for how long at most. Who guesses at one account is stopped by the counter of
 * that account in their network, who tries one password on many accounts by the network's. A network gets many, and those of people who
 * then got it right do not count: a whole school stands behind one address. An account is locked for all networks only briefly and after many
 * guesses. A browser from which its owner has signed in has a counter of its own, and neither of those locks it: nobody shall lock others out.
 * Mails pause briefly for the same reason. What cannot be guessed (passkeys, links of mails) is not locked: there is always a way in.
 */
const LIMITS = {
  email: { failures: 5, longestMinutes: DAY_MINUTES },
  everywhere: { failures: 100, longestMinutes: 15 },
  device: { failures: 10, longestMinutes: DAY_MINUTES },
  code: { failures: 5, longestMinutes: DAY_MINUTES },
  address: { failures: 200, longestMinutes: 4 * 60 },
  mail: { failures: 5, longestMinutes: 15 },
  notice: { failures: 1, longestMinutes: DAY_MINUTES },
} as const;

export interface Counter {
  kind: keyof typeof LIMITS;
  value: string;
}

/** What a stranger's guess from that address counts for: its network, and the counter of what is guessed. */
function guessCounters(visit: Visit, ...guessed: Counter[]): Counter[] {
  const network = networkOf(visit.address, 32, 64);
  return [...(network === '' ? [] : [{ kind: 'address' as const, value: network }]), ...guessed];
}

/** What a guess at somebody's password counts for: their own device's counter, or those of strangers. */
export function signInCounters(auth: Auth, visit: Visit, email: string): Counter[] {
  const device = knownDevice(auth, visit, email);
  return device === undefined ? guessCounters(visit, ...strangerCounters(visit, email)) : [{ kind: 'device', value: `${device} ${email}` }];
}

/** A code is six digits: strangers share five guesses, wherever they are. They know the password already. */
export function codeCounters(auth: Auth, visit: Visit, account: { id: string; email: string }): Counter[] {
  const device = knownDevice(auth, visit, account.email);
  return device === undefined ? guessCounters(visit, { kind: 'code', value: account.id }) : [{ kind: 'device', value: `${device} ${account.id}` }];
}

/** Who is signed in guesses at their own account: their network has nothing to do with it. */
export const inSession = (counters: readonly Counter[]): Counter[] => counters.filter(({ kind }) => kind !== 'address');

const strangerCounters = (visit: Visit, email: string): Counter[] =>
  [{ kind: 'email', value: `${email} ${networkOf(visit.address, 32, 64)}` }, { kind: 'everywhere', value: email }];

/** Opens what guesses have locked, for who has proved otherwise that the account is theirs. */
export async function unlock(auth: Auth, visit: Visit, account: { id: string; email: string }): Promise<void> {
  for (const counter of [...signInCounters(auth, visit, account.email), ...strangerCounters(visit, account.email), { kind: 'code' as const, value: account.id }]) {
    if (counter.kind !== 'address') await forget(auth, counter);
  }
}

export interface Attempt {
  /** The guess was right: forget its failures, and take it and those before it out of the network's count. */
  succeed(): Promise<void>;
  /** This guess used up a counter that is not an address's; a further one is refused for a while. */
  readonly exhausted: boolean;
}

/** For each counter the guesses of this process that wait for their turn, as a promise of the last one's end. */
const turns = new Map<string, Promise<void>>();

/** Runs `work` when everything asked for under the key before is over. */
async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const result = (turns.get(key) ?? Promise.resolve()).then(work);
  const over = result.then(() => {}, () => {});
  turns.set(key, over);
  try {
    return await result;
  } finally {
    if (turns.get(key) === over) turns.delete(key);
  }
}

/**
 * Checks a guess by `check`, which says when it was right; otherwise it has failed. Guesses that count for the same are checked
 * one after the other, so that right ones at the same time do not lock each other out. Each is counted before it is checked, so
 * that many at once cannot slip past the limit through other processes either. Locks for 15 minutes, then twice as long each
 * time up to the longest that `LIMITS` says.
 * @throws AccountError `identity.locked` with the seconds to wait; and what `check` throws.
 */
export function attempt<Result>(auth: Auth, counters: readonly Counter[], check: (guess: Attempt) => Promise<Result>): Promise<Result> {
  // Always the network's turn before the others': two guesses never wait for each other.
  return counters.reduceRight<() => Promise<Result>>(
    (work, counter) => () => inTurn(keyOf(auth, counter), work),
    async () => check(await begin(auth, counters)),
  )();
}

async function begin(auth: Auth, counters: readonly Counter[]): Promise<Attempt> {
  let exhausted = false;
  for (const counter of counters) {
    const used = await count(auth, counter);
    if (used === undefined) throw new AccountError('identity.locked', await secondsLocked(auth, counter));
    if (counter.kind !== 'address' && used >= LIMITS[counter.kind].failures) exhausted = true;
  }
  return {
    exhausted,
    succeed: async () => {
      let fromHere = 1;
      for (const counter of counters.toReversed()) {
        if (counter.kind === 'address') await takeBack(auth, counter, fromHere);
        else {
          const failures = await forget(auth, counter);
          if (counter.kind === 'email') fromHere = Math.max(1, failures);
        }
      }
    },
  };
}

/** Whether one more mail may go to that address now; stops the flooding of somebody's mailbox. */
export async function mayMail(auth: Auth, email: string): Promise<boolean> {
  return (await count(auth, { kind: 'mail', value: email })) !== undefined;
}

/** The counter's failures with this one, or undefined when it is locked. */
async function count(auth: Auth, counter: Counter): Promise<number | undefined> {
  const { failures, longestMinutes } = LIMITS[counter.kind];
  const { rows } = await auth.pool.query<{ failures: number }>(
    `INSERT INTO identity_control.lockout AS l (key, failures, window_started_at) VALUES ($1, 1, $2)
     ON CONFLICT (key) DO UPDATE SET
       (failures, window_started_at, locks, locked_until) = (
         SELECT n.failures, n.window_started_at,
           n.locks + CASE WHEN n.failures >= $3 THEN 1 ELSE 0 END,
           CASE WHEN n.failures >= $3
             THEN $2 + least(make_interval(mins => $5) * power(2, least(n.locks, 20)), make_interval(mins => $6)) END
         FROM (SELECT
           CASE WHEN fresh THEN 1 ELSE l.failures + 1 END AS failures,
           CASE WHEN fresh THEN $2 ELSE l.window_started_at END AS window_started_at,
           CASE WHEN l.window_started_at < $2 - interval '2 days' THEN 0 ELSE l.locks END AS locks
           FROM (SELECT l.locked_until IS NOT NULL OR l.window_started_at <= $2 - make_interval(mins => $4) AS fresh) w) n)
     WHERE l.locked_until IS NULL OR l.locked_until <= $2
     RETURNING failures`,
    [keyOf(auth, counter), auth.now(), failures, WINDOW_MINUTES, FIRST_LOCK_MINUTES, longestMinutes],
  );
  return rows[0]?.failures;
}

async function secondsLocked(auth: Auth, counter: Counter): Promise<number> {
  const { rows } = await auth.pool.query<{ locked_until: Date | null }>('SELECT locked_until FROM identity_control.lockout WHERE key = $1', [
    keyOf(auth, counter),
  ]);
  const until = rows[0]?.locked_until?.getTime() ?? 0;
  return Math.max(1, Math.ceil((until - auth.now().getTime()) / 1000));
}

/** @returns the failures that it had. */
async function forget(auth: Auth, counter: Counter): Promise<number> {
  const { rows } = await auth.pool.query<{ failures: number }>('DELETE FROM identity_control.lockout WHERE key = $1 RETURNING failures', [keyOf(auth, counter)]);
  return rows[0]?.failures ?? 0;
}

async function takeBack(auth: Auth, counter: Counter, failures: number): Promise<void> {
  await auth.pool.query(
    `UPDATE identity_control.lockout SET failures = greatest(failures - $2, 0), locked_until = NULL,
       locks = CASE WHEN locked_until IS NULL THEN locks ELSE greatest(locks - 1, 0) END
     WHERE key = $1`,
    [keyOf(auth, counter), failures],
  );
}

/** Tells the owner, if there is one, that somebody has guessed too often; not again for each network that joins in. */
export async function mailLocked(auth: Auth, account: AccountRow | undefined): Promise<void> {
  if (account && (await count(auth, { kind: 'notice', value: account.email })) === 1) await auth.sendMail(auth.pool, { kind: 'account_locked', to: account.email, name: account.name, locale: account.locale });
}

/** A keyed hash, so that the table tells nobody who tried to sign in from where. */
function keyOf(auth: Auth, { kind, value }: Counter): string {
  return `${kind}:${keyedHash(auth, value)}`;
}

export function keyedHash(auth: Auth, value: string): string {
  return createHmac('sha256', auth.secret).update(`milpa:${value}`).digest('base64url');
}
