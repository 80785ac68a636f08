/** A school behind one address: who guesses is stopped, whoever sits beside them is not. All clients of these tests come from one address. */
import { randomUUID } from 'node:crypto';
import { createTestBed, testPassword, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { browser, mailTo } from '../testing/people.ts';

const boundless = { take: async (_key: string, limit: number) => ({ allowed: true, limit, remaining: limit, resetSeconds: 60 }) };
let bed: TestBed;
let school: TestTenant;
let victim: Person;
let pupil: Person;
beforeAll(async () => {
  bed = await createTestBed({ rateLimiter: boundless });
  school = await bed.tenant();
});
afterAll(() => bed.close());
beforeEach(async () => {
  await bed.owner.query('delete from identity_control.lockout');
  [victim, pupil] = [await school.person('learner'), await school.person('learner')];
});

/** In a browser that nobody has used, unless told. */
const signIn = (email: string, password = testPassword, client = browser(bed, school.host)) => client.post('sessions', { email, password });
const newEmail = () => `nobody-${randomUUID()}@example.test`;
/** As if so many guesses of this quarter of an hour had been wrong. */
const wrongInNetwork = (count: number) => bed.owner.query("update identity_control.lockout set failures = $1 where key like 'address:%'", [count]);

test('guesses at one account are stopped, at sign-in and for tokens; everybody else at the address signs in', async () => {
  for (let time = 0; time < 5; time += 1) expect((await signIn(victim.email, 'a wrong guess')).body.code).toBe('identity.credentials_invalid');
  for (const answer of [await signIn(victim.email), await signIn(victim.email), await school.visitor.post('tokens', { email: victim.email, password: testPassword })]) {
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([429, 'identity.locked', '900']);
  }
  expect((await signIn(pupil.email)).status).toBe(200);
});

test('forty people who mistype do not lock their school', async () => {
  for (let person = 0; person < 40; person += 1) await signIn(newEmail(), 'a wrong guess');
  expect((await signIn(pupil.email)).status).toBe(200);
});

test('one password on many accounts is stopped, but for browsers that their owners have used, and by a mail there is a way in', async () => {
  const used = browser(bed, school.host).with({ cookie: (await signIn(victim.email)).headers['set-cookie']!.map((cookie) => cookie.split(';')[0]).join('; ') });
  await signIn(newEmail(), 'a wrong guess');
  await wrongInNetwork(199);
  await signIn(newEmail(), 'a wrong guess');
  for (const email of [pupil.email, victim.email, newEmail()]) expect((await signIn(email)).body.code).toBe('identity.locked');
  expect((await signIn(victim.email, testPassword, used)).status).toBe(200);
  // Known for its owner alone.
  expect((await signIn(pupil.email, testPassword, used)).body.code).toBe('identity.locked');

  const client = browser(bed, school.host);
  await client.post('password-resets', { email: pupil.email });
  const reset = await client.put('password-resets', { token: (await mailTo(bed, pupil.email)).token, newPassword: 'quelites y flores' });
  expect(reset.status).toBe(204);
  expect((await signIn(pupil.email, 'quelites y flores')).body.code).toBe('identity.locked');
  expect((await signIn(pupil.email, 'quelites y flores', client.with({ cookie: reset.headers['set-cookie']![0]!.split(';')[0]! }))).status).toBe(200);
});

test('who gets it right takes their own mistakes back, not those of others', async () => {
  await signIn(newEmail(), 'a wrong guess');
  await wrongInNetwork(150);
  for (let time = 0; time < 3; time += 1) await signIn(pupil.email, 'a wrong guess');
  expect((await signIn(pupil.email)).status).toBe(200);
  const { rows } = await bed.owner.query("select failures from identity_control.lockout where key like 'address:%'");
  expect(rows).toEqual([{ failures: 150 }]);
});
