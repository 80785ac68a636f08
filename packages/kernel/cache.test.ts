import { expect, test } from 'vitest';
import { bytesOf, keptAnswer, type Kept } from './cache.ts';
import type { Actor } from './actor.ts';
import type { Database } from './database/database.ts';

const tenant = { id: 'one', slug: 'one', dataPlane: 'main' };
const actor: Actor = { kind: 'visitor', accountId: null, memberId: null, permissions: new Set() };
const kept: Kept<any> = { name: 'catalog', version: async () => 0, key: () => '' };

/** A database whose version is asked by hand: every question waits until it is answered. */
function world() {
  const questions: ((version: number) => void)[] = [];
  const database = { answerRoom: 1_000_000, readTenant: () => new Promise<number>((resolve) => { questions.push(resolve); }) } as unknown as Database;
  let made = 0;
  const ask = (key = 'key', to = tenant) => keptAnswer(database, to, actor, kept, key, async () => `answer ${++made}`).then((answer) => answer.body);
  return { questions, ask, database };
}
const turn = () => new Promise((resolve) => { setImmediate(resolve); });

test('an answer is given again while its version holds, and made anew after', async () => {
  const { questions, ask } = world();
  const answers = [];
  for (const version of [1, 1, 2, 2]) {
    const answer = ask();
    questions.pop()!(version);
    answers.push(await answer);
  }
  expect(answers).toEqual(['answer 1', 'answer 1', 'answer 2', 'answer 2']);
});

test('who comes while the database is being asked waits for a question that begins after them, and shares it', async () => {
  const { questions, ask } = world();
  const first = ask();
  const late = [ask(), ask(), ask()];
  expect(questions).toHaveLength(1);
  questions[0]!(1);
  expect(await first).toBe('answer 1');
  await turn();
  expect(questions).toHaveLength(2);
  // What changed in between is seen by all who came before the second question.
  questions[1]!(2);
  expect(await Promise.all(late)).toEqual(['answer 2', 'answer 2', 'answer 2']);
  expect(questions).toHaveLength(2);
});

test('tenants and keys do not meet', async () => {
  const { questions, ask } = world();
  const all = [ask('a'), ask('a', { ...tenant, id: 'two' })];
  questions.splice(0).forEach((answer) => answer(1));
  expect(await all[0]).toBe('answer 1');
  const other = ask('b');
  await turn();
  questions.splice(0).forEach((answer) => answer(1));
  expect(await other).not.toBe('answer 1');
});

test('a failure is told to those who waited for it, and kept by nobody', async () => {
  let fails = true;
  const database = { answerRoom: 1_000_000, readTenant: async () => { if (fails) throw new Error('gone'); return 1; } } as unknown as Database;
  const ask = () => keptAnswer(database, tenant, actor, kept, 'key', async () => 'made');
  await expect(Promise.all([ask(), ask()])).rejects.toThrow('gone');
  fails = false;
  expect((await ask()).body).toBe('made');
  const broken = keptAnswer(database, tenant, actor, kept, 'broken', async () => { throw new Error('cannot'); });
  await expect(broken).rejects.toThrow('cannot');
  expect((await keptAnswer(database, tenant, actor, kept, 'broken', async () => 'can')).body).toBe('can');
});

test('an answer is written once', () => {
  let written = 0;
  const answer = { version: 1, body: { a: 1 } };
  const write = (body: unknown) => { written += 1; return JSON.stringify(body); };
  const { etag } = bytesOf(answer, write);
  expect(bytesOf(answer, write)).toMatchObject({ etag, bytes: Buffer.from('{"a":1}') });
  expect(written).toBe(1);
});

test('without room for answers everything is made anew', async () => {
  let made = 0;
  const database = { answerRoom: 0, readTenant: async () => 1 } as unknown as Database;
  const ask = () => keptAnswer(database, tenant, actor, kept, 'key', async () => ++made);
  expect([(await ask()).body, (await ask()).body]).toEqual([1, 2]);
});
