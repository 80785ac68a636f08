import { afterEach, beforeEach, expect, test } from 'vitest';
import { baseHost, createTestBed, type TestBed } from '@milpa/testkit';
import { password, signIn } from '../testing/people.ts';
import { issueSetupCode } from './setup.ts';

let bed: TestBed;
beforeEach(async () => { bed = await createTestBed(); });
afterEach(() => bed.close());

const person = { name: 'Operadora de Prueba', password };
const setUp = (code: string, email: string) => bed.client(baseHost).post('operator-setup', { ...person, code, email });

test('the code of the log makes one operator, whoever sends it at once', async () => {
  const code = (await issueSetupCode(bed.application.database))!;
  expect((await setUp('WRNG-CODE-WRNG-CODE', 'a@example.test')).body.code).toBe('identity.setup_code_invalid');
  const answers = await Promise.all([setUp(code, 'one@example.test'), setUp(code.toLowerCase(), 'two@example.test')]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 403]);
  const email = answers[0]!.status === 201 ? 'one@example.test' : 'two@example.test';
  expect((await (await signIn(bed, baseHost, email)).get('account')).body).toMatchObject({ email, operator: true });
  expect(await issueSetupCode(bed.application.database)).toBeNull();
});

test('a newer code takes the place of an older one, and a failure leaves it good', async () => {
  const older = (await issueSetupCode(bed.application.database))!;
  const code = (await issueSetupCode(bed.application.database))!;
  expect((await setUp(older, 'a@example.test')).body.code).toBe('identity.setup_code_invalid');
  expect((await bed.client(baseHost).post('operator-setup', { ...person, code, email: 'a@example.test', password: 'short' })).body.code).toBe('identity.password_too_short');
  expect((await setUp(code, 'a@example.test')).status).toBe(201);
});

test('guessing is slowed down', async () => {
  const answers = [];
  for (let guess = 0; guess < 6; guess++) answers.push((await setUp(`GUESS-${guess}`, 'a@example.test')).status);
  expect(answers).toEqual([403, 403, 403, 403, 403, 429]);
});
