/** The running worker: these tests wait for jobs to report, never for time to pass. */
import pino from 'pino';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, startJobs, type JobContext, type JobRunner, type Schedule } from './jobs.ts';
import { createTestQueue, type TestQueue } from './test-queue.ts';

const job = defineJob({
  name: 'test.work', payload: z.object({ name: z.string() }), maxAttempts: 2,
  run: ({ name }, context) => work(name, context),
});
let work: (name: string, context: JobContext) => Promise<void>;
let queue: TestQueue;
let runners: JobRunner[];

async function start({ schedules = [], concurrency = 2 }: { schedules?: Schedule[]; concurrency?: number } = {}): Promise<JobRunner> {
  const runner = await startJobs({
    connectionString: queue.connectionString('milpa_control'), jobs: [job], schedules, concurrency, log: pino({ level: 'silent' }),
  });
  runners.push(runner);
  return runner;
}
const enqueue = (name: string) => queue.enqueue({ name: job.name, payload: { name }, maxAttempts: job.maxAttempts });
const queued = () => queue.query('select attempts::int, locked_by, last_error from graphile_worker._private_jobs order by id');

/** `work` that counts its calls by name and settles `started` with the first. */
function observe(body: (name: string, context: JobContext) => Promise<void> = async () => {}) {
  const started = Promise.withResolvers<void>();
  const calls: string[] = [];
  work = async (name, context) => {
    calls.push(name);
    started.resolve();
    await body(name, context);
  };
  return { calls, started: started.promise };
}
const untilAborted = (signal: AbortSignal) => new Promise<never>((_, reject) => { signal.addEventListener('abort', () => reject(signal.reason as Error)); });

beforeAll(async () => {
  queue = await createTestQueue();
  return () => queue.drop();
});
beforeEach(async () => {
  runners = [];
  await queue.query('delete from graphile_worker._private_jobs; delete from graphile_worker._private_known_crontabs');
});
afterEach(async () => { await Promise.all(runners.map((runner) => runner.stop(0))); });

it('runs a job as soon as it is committed, as a role that owns nothing, without signal handlers', async () => {
  const handlers = process.listenerCount('SIGTERM') + process.listenerCount('SIGINT');
  const { calls, started } = observe();
  const runner = await start();
  expect(process.listenerCount('SIGTERM') + process.listenerCount('SIGINT')).toBe(handlers);
  expect(runner.health()).toEqual({ status: 'running', listening: true, active: 0 });
  await enqueue('now');
  await started;
  await runner.stop(5_000);
  expect(runner.health()).toEqual({ status: 'stopped', listening: false, active: 0 });
  expect(calls).toEqual(['now']);
  expect(await queued()).toEqual([]);
});

it('waits at stop for the running job, and takes no other', async () => {
  const gate = Promise.withResolvers<void>();
  let aborted = false;
  const { calls, started } = observe(async (_name, { signal }) => { await gate.promise; aborted = signal.aborted; });
  const runner = await start({ concurrency: 1 });
  await enqueue('running');
  await started;
  const stopped = runner.stop(30_000);
  await enqueue('too late');
  gate.resolve();
  await stopped;
  expect(calls).toEqual(['running']);
  expect(aborted).toBe(false);
  expect(await queued()).toEqual([{ attempts: 0, locked_by: null, last_error: null }]);
});

it('aborts a job whose grace is over; the try is not counted', async () => {
  const { started } = observe((_name, { signal }) => untilAborted(signal));
  const runner = await start();
  await enqueue('slow');
  await started;
  await runner.stop(0);
  expect(await queued()).toEqual([{ attempts: 0, locked_by: null, last_error: 'jobs.interrupted: the process is stopping' }]);
});

it('leaves a job that does not heed its signal; it is tried again later', async () => {
  const never = Promise.withResolvers<void>();
  const { started } = observe(() => never.promise);
  const runner = await start();
  await enqueue('deaf');
  await started;
  await runner.stop(0);
  expect(await queued()).toEqual([{ attempts: 0, locked_by: null, last_error: 'jobs.interrupted: the process stopped' }]);
  never.resolve();
});

it('frees the jobs of a process that was killed, and not those of a living one', async () => {
  const gate = Promise.withResolvers<void>();
  const lost = Promise.withResolvers<void>();
  const again = Promise.withResolvers<void>();
  const { calls, started } = observe(async (name, { attempt }) => {
    if (name === 'lost') (attempt === 1 ? lost : again).resolve();
    await gate.promise;
  });
  await start();
  await enqueue('held');
  await started;
  await enqueue('lost');
  await lost.promise;
  await queue.query(`update graphile_worker._private_jobs set locked_by = 'pool-killed' where payload->>'name' = 'lost'`);
  await start();
  await again.promise;
  gate.resolve();
  await Promise.all(runners.map((runner) => runner.stop(5_000)));
  expect(calls).toEqual(['held', 'lost', 'lost']);
});

it('goes on by itself after the database has ended its connections', async () => {
  const back = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const { started } = observe(async (name) => { if (name === 'after') back.resolve(); else await gate.promise; });
  await start();
  await enqueue('before');
  await started;
  await queue.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'milpa-jobs' and datname = current_database()`);
  gate.resolve();
  await enqueue('after');
  await back.promise;
});

it('makes up for a tick that was missed while no process ran', async () => {
  const { started, calls } = observe();
  await queue.query(`insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
    values ('test.missed', now() - interval '2 hours', now() - interval '2 hours')`);
  const halfAnHourAgo = new Date(Date.now() - 1_800_000);
  await start({ schedules: [{ name: 'test.missed', cron: `${halfAnHourAgo.getUTCMinutes()} * * * *`, job, payload: { name: 'missed' } }] });
  await started;
  expect(calls).toEqual(['missed']);
});

it('does not start with two jobs of one name', async () => {
  const twice = { connectionString: queue.connectionString('milpa_control'), jobs: [job, job], schedules: [], concurrency: 1, log: pino({ level: 'silent' }) };
  await expect(startJobs(twice)).rejects.toThrow('Two jobs are named test.work');
});
