/** The database ends every connection while people work. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestBed, type Client, type TestBed } from '../../packages/testkit/index.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

/** Ends every connection but this one; `patience`: and waits so many milliseconds at most until each is gone. */
const cutAll = (patience = 0) => bed.owner.query('select pg_terminate_backend(pid, $1) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()', [patience]);

/** Asks until told to stop, a few at a time. @returns how often each status came, and what refusals said. */
async function keepAsking(ask: () => ReturnType<Client['get']>, enough: (asked: number) => boolean): Promise<{ statuses: Record<number, number>; codes: Set<string> }> {
  const statuses: Record<number, number> = {};
  const codes = new Set<string>();
  let asked = 0;
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (!enough(asked)) {
      const { status, body } = await ask();
      asked += 1;
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status >= 400) codes.add(body.code);
    }
  }));
  return { statuses, codes };
}

test('who reads notices nothing; who writes is told, and what was acknowledged is there once', { timeout: 120_000 }, async () => {
  const tenant = await bed.tenant();
  const { client } = await tenant.person('admin');
  let cuts = 0;
  const cutting = (async () => { for (; cuts < 20; cuts++) await cutAll(); })();
  let named = 0;
  const acknowledged: string[] = [];
  const [reading, writing] = await Promise.all([
    keepAsking(() => client.get('courses'), (asked) => cuts >= 20 && asked > 200),
    keepAsking(async () => {
      const title = `Course ${named += 1}`;
      const answer = await client.post('categories', { name: title });
      if (answer.status === 201) acknowledged.push(title);
      return answer;
    }, (asked) => cuts >= 20 && asked > 100),
    cutting,
  ]);
  // Twice in a row a connection may be cut under the same read; then it is told as well.
  expect(Object.keys(reading.statuses)).toEqual(expect.arrayContaining(['200']));
  for (const code of [...reading.codes, ...writing.codes]) expect(['kernel.unavailable', 'kernel.overloaded', 'kernel.outcome_unknown']).toContain(code);
  expect(acknowledged.length).toBeGreaterThan(0);
  const kept = (await bed.owner.query<{ name: string }>('select name from catalog.category where tenant_id = $1', [tenant.tenant.id])).rows.map(({ name }) => name);
  expect(kept).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(kept).size).toBe(kept.length);
});

test('after one cut every read is served at once, and so is every change', async () => {
  const tenant = await bed.tenant();
  const { client } = await tenant.person('admin');
  for (let cut = 0; cut < 5; cut++) {
    await Promise.all(Array.from({ length: 8 }, () => client.get('courses')));
    await cutAll(10_000);
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.get('courses')));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
  }
  await vi.waitFor(async () => expect((await client.post('categories', { name: 'After' })).status).toBe(201));
});

test.each([
  [' is asked again, and answered', 1, 200, undefined], [', and again on the second, is told, with what to do', 2, 503, 'kernel.unavailable'],
])('a read whose connection is cut%s', async (_what, cuts, status, code) => {
  const tenant = await bed.tenant();
  const { client } = await tenant.person('admin');
  const keeper = await bed.owner.connect();
  try {
    await keeper.query('begin; lock table catalog.category in access exclusive mode');
    const reading = client.get('categories');
    for (let cut = 0; cut < cuts;) cut += (await bed.owner.query("select pg_terminate_backend(pid, 10000) from pg_locks where relation = 'catalog.category'::regclass and not granted")).rowCount!;
    await keeper.query('commit');
    const answer = await reading;
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    if (code) expect(answer.headers['retry-after']).toBeDefined();
  } finally {
    keeper.release(true);
  }
  expect((await client.get('categories')).status).toBe(200);
});
