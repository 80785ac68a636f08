import pino from 'pino';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import pg from 'pg';
import { countJobs, defineJob, discardJobs, enqueueSql, installJobs, lastTick, listJobs, listScheduleRuns, nextTick, placeOf, retryKind, retryParked, runDueJobs, type JobContext, type JobFilter, type QueuedJob, type Schedule } from './jobs.ts';
import { createTestQueue, type TestQueue } from './test-queue.ts';

let queue: TestQueue;
let lines: string[];
let greeted: { payload: { name: string }; context: JobContext }[];
let greet: (payload: { name: string }, context: JobContext) => Promise<void>;

const greeting = defineJob({
  name: 'test.greet', payload: z.strictObject({ name: z.string() }), maxAttempts: 2,
  async run(payload, context) {
    greeted.push({ payload, context });
    await greet(payload, context);
  },
});
const request = (name: unknown, more: { key?: string; runAt?: Date } = {}) => ({ name: greeting.name, payload: { name }, maxAttempts: greeting.maxAttempts, ...more });
const names = () => greeted.map(({ payload }) => payload.name);
const parked = () => listJobs(queue.control, { state: 'parked' }, 200);
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const later = () => new Date(Date.now() + 3_600_000);

function runDue(more: { at?: Date; schedules?: Schedule[] } = {}): Promise<void> {
  const log = pino({ level: 'trace' }, { write: (line: string) => { lines.push(line); } });
  return runDueJobs({ connectionString: queue.connectionString('milpa_control'), jobs: [greeting], log, ...more });
}

beforeAll(async () => {
  queue = await createTestQueue();
  return () => queue.drop();
});
beforeEach(async () => {
  await queue.query('delete from graphile_worker._private_jobs');
  lines = [];
  greeted = [];
  greet = async () => {};
});

describe('enqueueing', () => {
  it('happens with the commit of the transaction that asks', async () => {
    const client = new pg.Client({ connectionString: queue.connectionString('milpa_app') });
    await client.connect();
    await client.query('begin');
    await client.query(enqueueSql(request('rolled back')));
    await client.query('rollback');
    await client.query('begin');
    await client.query(enqueueSql(request('committed')));
    await client.query('commit');
    await client.end();
    await runDue();
    expect(names()).toEqual(['committed']);
  });

  it('replaces a waiting job of the same name and key', async () => {
    await queue.enqueue(request('first', { key: 't1:a' }));
    await queue.enqueue(request('second', { key: 't1:a' }));
    await queue.enqueue(request('other', { key: 't1:b' }));
    await runDue();
    expect(names().sort()).toEqual(['other', 'second']);
  });

  it('waits until runAt', async () => {
    await queue.enqueue(request('delayed', { runAt: later() }));
    await runDue();
    expect(names()).toEqual([]);
    await runDue({ at: new Date(later().getTime() + 1) });
    expect(names()).toEqual(['delayed']);
  });

  it('refuses a name that is not module.verb', async () => {
    await expect(queue.enqueue({ ...request('x'), name: '@schedule' })).rejects.toMatchObject({ code: '22023' });
  });
});

describe('rights', () => {
  async function as(role: 'milpa_app' | 'milpa_control' | 'milpa_stranger', text: string): Promise<string> {
    const client = new pg.Client({ connectionString: queue.connectionString(role) });
    await client.connect();
    try {
      await client.query(text);
      return 'allowed';
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await client.end();
    }
  }

  it.each([
    'select * from graphile_worker._private_jobs', 'select * from graphile_worker.jobs', 'delete from graphile_worker._private_jobs',
    `select graphile_worker.add_job('test.greet')`, 'create table kernel.mine ()',
  ])('the serving role may not: %s', async (text) => expect(await as('milpa_app', text)).toBe('42501'));

  it('a role without a grant may not enqueue', async () => {
    await queue.query('grant usage on schema kernel to milpa_stranger');
    expect(await as('milpa_stranger', `select kernel.add_job('test.greet', '{}')`)).toBe('42501');
  });

  it('the worker role owns nothing and may not change the queue itself', async () => {
    expect(await as('milpa_control', 'alter table graphile_worker._private_jobs disable row level security')).toBe('42501');
    expect(await as('milpa_control', 'insert into graphile_worker.migrations (id) values (999)')).toBe('42501');
  });

  it('a function of the caller cannot take the place of one that add_job uses', async () => {
    const [row] = await queue.query(`select proconfig from pg_proc where oid = 'kernel.add_job'::regproc`);
    expect(row).toEqual({ proconfig: ['search_path=pg_catalog, pg_temp'] });
  });

  it('installing again changes nothing', async () => {
    await queue.enqueue(request('kept'));
    await installJobs(queue.connectionString('owner'));
    await runDue();
    expect(names()).toEqual(['kept']);
  });
});

describe('failing', () => {
  it('tries again until the attempts are used up, then parks', async () => {
    greet = async () => { throw Object.assign(new Error('mail to ana@escuela.example refused'), { code: 'messaging.refused' }); };
    const id = await queue.enqueue(request('Ana'));
    await runDue();
    expect(await parked()).toEqual([]);
    await runDue();
    expect(greeted, 'the second try waits for its back-off').toHaveLength(1);
    await runDue({ at: later() });
    expect(greeted.map(({ context }) => [context.attempt, context.lastAttempt])).toEqual([[1, false], [2, true]]);
    expect(await parked()).toEqual([{
      id, kind: 'test.greet', state: 'parked', tenantId: null, attempts: 2, maxAttempts: 2, lastError: 'messaging.refused: mail to *** refused', payload: '{"name":"Ana"}',
      createdAt: moment, runAt: moment, since: moment, worker: null, progress: null,
    }]);
    await runDue({ at: later() });
    expect(greeted, 'a parked job is left alone').toHaveLength(2);
  });

  it('parks a payload that the schema refuses at once, without quoting it', async () => {
    await queue.enqueue({ ...request(42), payload: { name: 42, 'secret-key': true } });
    await runDue();
    expect(greeted).toEqual([]);
    expect(await parked()).toMatchObject([{ lastError: 'jobs.payloadInvalid: name invalid_type, (payload) unrecognized_keys' }]);
  });

  it('a parked job can be retried once its cause is gone', async () => {
    greet = async () => { throw new Error('down'); };
    const id = await queue.enqueue(request('Ana'));
    const waiting = await queue.enqueue(request('not parked', { runAt: later() }));
    await runDue();
    await runDue({ at: new Date(Date.now() + 60_000) });
    greet = async () => {};
    expect(await retryParked(queue.control, id, waiting)).toEqual([id]);
    await runDue();
    expect(greeted.map(({ context }) => context.attempt)).toEqual([1, 2, 1]);
    expect(await parked()).toEqual([]);
  });

  it('retried by two at once, it is taken by one', async () => {
    const ids = [await queue.enqueue(request(1)), await queue.enqueue(request(2))];
    await runDue();
    const [one, other, kind] = await Promise.all([retryParked(queue.control, ...ids), retryParked(queue.control, ...ids), retryKind(queue.control, greeting.name)]);
    expect([...one, ...other, ...kind].sort()).toEqual(ids.sort());
  });

  it('all of a kind can be retried, and no other', async () => {
    const id = await queue.enqueue(request(42));
    await runDue();
    expect(await retryKind(queue.control, 'test.other')).toEqual([]);
    expect(await retryKind(queue.control, 'test.greet')).toEqual([id]);
  });

  it('a job that is parked or waits can be discarded, one that runs cannot', async () => {
    const parkedId = await queue.enqueue(request(42));
    const waiting = await queue.enqueue(request('waiting', { runAt: later() }));
    await runDue();
    let discarded: string[] | undefined;
    greet = async () => { discarded = await discardJobs(queue.control, running); };
    const running = await queue.enqueue(request('running'));
    await runDue();
    expect(discarded).toEqual([]);
    expect((await discardJobs(queue.control, parkedId, waiting)).sort()).toEqual([parkedId, waiting].sort());
    expect(await queue.query('select id from graphile_worker._private_jobs')).toEqual([]);
  });

  it('logs each failure once, with neither payload nor secrets', async () => {
    greet = async () => { throw new Error('no route to postgres://milpa:hunter2@db/x'); };
    await queue.enqueue(request('Ana Luz'));
    await runDue();
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ level }) => Number(level) >= 40);
    expect(told).toMatchObject([{ msg: 'Job failed, to be tried again', message: 'no route to postgres://***@db/x', job: 'test.greet', attempt: 1 }]);
    expect(lines.join()).not.toMatch(/hunter2|Ana Luz/);
  });
});

describe('the queue', () => {
  const tenantId = '0199a000-0000-7000-8000-000000000001';
  const add = (name: string, payload: object, minutes: number) => queue.enqueue({ name, payload, maxAttempts: 3, runAt: new Date(Date.now() + minutes * 60_000) });

  it('lists what waits, the next first, by kind and tenant, in pages', async () => {
    const second = await add('test.greet', { name: 'a' }, 20);
    const first = await add('kernel.deliverEvent', { tenantId, handler: 'test.hear' }, 10);
    const third = await add('test.greet', { tenantId }, 30);
    const ids = async (filter: Omit<JobFilter, 'state'> = {}, limit = 10, after: [string, string] | null = null) => (await listJobs(queue.control, { state: 'waiting', ...filter }, limit, after)).map(({ id }) => id);
    expect(await ids()).toEqual([first, second, third]);
    expect(await ids({ kind: 'kernel.deliverEvent:test.hear' })).toEqual([first]);
    expect(await ids({ tenantId })).toEqual([first, third]);
    expect(await ids({ tenantId, kind: 'test.greet' })).toEqual([third]);
    const page = await listJobs(queue.control, { state: 'waiting' }, 2);
    expect(await ids({}, 2, placeOf(page.at(-1)!))).toEqual([third]);
    expect(await listJobs(queue.control, { state: 'parked' }, 10)).toEqual([]);
    expect(await countJobs(queue.control)).toEqual([{ kind: 'kernel.deliverEvent:test.hear', state: 'waiting', count: 1 }, { kind: 'test.greet', state: 'waiting', count: 2 }]);
    expect(await countJobs(queue.control, tenantId)).toMatchObject([{ count: 1 }, { count: 1 }]);
  });

  it('tells what runs, since when, by whom and how far it is', async () => {
    let seen: QueuedJob[] = [];
    greet = async (_payload, { progress }) => {
      await progress!(12.7);
      await progress!(7);
      seen = await listJobs(queue.control, { state: 'running' }, 10);
    };
    const id = await queue.enqueue(request('Ana'));
    await runDue();
    expect(seen).toMatchObject([{ id, state: 'running', attempts: 1, since: moment, worker: expect.stringMatching(/pool-/), progress: 12 }]);
    expect(await queue.query('select * from kernel_control.job_progress'), 'nothing is left of it').toEqual([]);
  });
});

describe('schedules', () => {
  const nightly: Schedule = { name: 'test.nightly', cron: '30 3 * * *', job: greeting, payload: { name: 'night' } };

  it('run once a tick, whoever asks and however often', async () => {
    const at = new Date('2026-03-01T03:30:12Z');
    await Promise.all([runDue({ schedules: [nightly], at }), runDue({ schedules: [nightly], at })]);
    await runDue({ schedules: [nightly], at });
    await runDue({ schedules: [nightly] });
    expect(names()).toEqual(['night']);
    await runDue({ schedules: [nightly], at: new Date('2026-03-02T03:30:00Z') });
    expect(names()).toEqual(['night', 'night']);
  });

  it('remember how their runs ended, the last success through a failure', async () => {
    const run = async () => (await listScheduleRuns(queue.control)).find(({ schedule }) => schedule === nightly.name);
    await runDue({ schedules: [nightly], at: new Date('2026-03-04T03:30:00Z') });
    const first = await run();
    expect(first).toMatchObject({ succeededAt: expect.any(String), failedAt: null, lastError: null, durationMs: expect.any(Number) });
    greet = async () => { throw new Error('no way to ana@escuela.example'); };
    await runDue({ schedules: [nightly], at: new Date('2026-03-05T03:30:00Z') });
    expect(await run()).toMatchObject({ succeededAt: first!.succeededAt, failedAt: expect.any(String), lastError: 'no way to ***' });
    await queue.enqueue(request('not by the clock'));
    await runDue();
    expect((await listScheduleRuns(queue.control)).map(({ schedule }) => schedule)).toEqual([nightly.name]);
  });

  it('say when they tick', () => {
    const at = new Date('2026-03-01T03:30:12Z');
    expect([lastTick(nightly, at), nextTick(nightly, at)]).toEqual([new Date('2026-03-01T03:30:00Z'), new Date('2026-03-02T03:30:00Z')]);
    expect(lastTick(nightly, new Date('2026-03-01T03:29:59Z'))).toEqual(new Date('2026-02-28T03:30:00Z'));
    expect(nextTick({ ...nightly, cron: '12 * * * *' }, at)).toEqual(new Date('2026-03-01T04:12:00Z'));
    expect(nextTick({ ...nightly, cron: '0 0 31 2 *' }, at)).toBeNull();
  });

  it('do not run between ticks', async () => {
    await runDue({ schedules: [nightly], at: new Date('2026-03-03T03:31:00Z') });
    expect(names()).toEqual([]);
  });
});
