/**
 * A server that is killed in the middle of what it does. A trigger stops the transaction at the statement that a test names, the process
 * dies there, and the next one must find everything or nothing of it: never a half, never twice.
 */
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { joinDatabase } from '../../apps/server/database/database.ts';
import { loadChecks } from '../../apps/server/housekeeping.ts';
import { entriesOf, zip } from '../../modules/interop/package/testing/zip.ts';
import type { Client } from '../../packages/testkit/client.ts';
import { cleanUp, end, newFolder, signedIn, start, type Running } from '../support/server.ts';

const lock = 771_001;
let server: Running;
let database: pg.Client;

afterEach(async () => {
  await database?.end().catch(() => {});
  await cleanUp();
});

async function connect(dataDir: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: (await joinDatabase({ dataDir, log: () => {} })).url });
  client.on('error', () => {}); // it ends with the database that it stopped in
  await client.connect();
  return client;
}

async function open(dataDir: string): Promise<void> {
  server = await start(dataDir, { RATE_LIMIT_ADDRESS: '1000000' });
  database = await connect(dataDir);
}

/** Kills the server as soon as what `act` began has come to that statement, and starts it anew. */
async function killedAt(point: string, act: () => Promise<unknown>): Promise<void> {
  await database.query(`
    create or replace function public.stop_here() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(${lock}); return coalesce(new, old); end $$;
    grant execute on function public.stop_here to public;
    create trigger stop_here ${point} for each row execute function public.stop_here();
    select pg_advisory_lock(${lock})`);
  const begun = act().catch(() => {}); // nobody answers it any more
  await until(async () => (await database.query("select from pg_locks where locktype = 'advisory' and objid = $1 and not granted", [lock])).rowCount! > 0);
  await end(server, 'SIGKILL');
  await begun;
  // Not before the old one is gone: what it began must not go on.
  await database.end();
  await open(server.dataDir);
  await database.query(`drop trigger stop_here on ${/on (\S+)$/.exec(point)![1]}`);
}

/** Looks until it is so; a test that waits for ever is ended by its own limit. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!await isSo()) await wait(20);
}

/** Every invariant of every module, in every organisation that is not gone. */
async function failedChecks(): Promise<string[]> {
  const { rows: tenants } = await database.query<{ id: string; slug: string }>("select id, slug from tenancy_control.tenant where status <> 'closed'");
  const failed: string[] = [];
  for (const { id, slug } of tenants) {
    for (const check of loadChecks()) {
      await database.query('begin; set local role milpa_app');
      await database.query("select set_config('app.current_tenant', $1, true)", [id]);
      if ((await database.query(check.sql)).rowCount! > 0) failed.push(`${slug}: ${check.name}`);
      await database.query('rollback');
    }
  }
  return failed;
}

const idle = () => until(async () => (await database.query('select from graphile_worker._private_jobs where attempts < max_attempts and run_at <= now()')).rowCount === 0);
const count = async (text: string, ...values: unknown[]) => Number((await database.query(`select count(*) from ${text}`, values)).rows[0].count);
const ok = async (answer: ReturnType<Client['get']>): Promise<any> => {
  const { status, text, body } = await answer;
  expect(status, text).toBeLessThan(300);
  return body;
};

test('a server killed while it saves, publishes, counts a lesson or enrols many loses nothing and does nothing twice', { timeout: 300_000 }, async () => {
  await open(newFolder());
  const asInstructor = () => signedIn(server, 'academy', 'instructor@academy.example');
  const asLearner = () => signedIn(server, 'academy', 'learner@academy.example');

  // An import, while its course is saved: the next process takes it up.
  const raw = zip(entriesOf({ 'course.md': '---\ntitle: Killed\nlanguage: en\n---\nText', '01-one/module.md': '---\ntitle: One\n---\n', '01-one/01-a.md': '---\ntitle: A\nattachments: [notes.pdf]\n---\nText', '01-one/notes.pdf': '%PDF notes' }));
  let importId = '';
  let instructor = await asInstructor();
  await killedAt('before insert on catalog.lesson', async () => {
    importId = (await ok(instructor.ask('course-imports?name=killed.zip', { method: 'POST', raw, headers: { 'content-type': 'application/zip' } }))).id;
  });
  instructor = await asInstructor();
  await until(async () => ['succeeded', 'failed'].includes((await ok(instructor.get(`course-imports/${importId}`))).status));
  const { status, course } = await ok(instructor.get(`course-imports/${importId}`));
  expect(status).toBe('succeeded');
  expect(await count("catalog.course where title = 'Killed'")).toBe(1);
  expect(await count('catalog.lesson where course_id = $1', course.id)).toBe(1);
  const { rows: [attachment] } = await database.query<{ file_id: string }>('select file_id from catalog.attachment where course_id = $1', [course.id]);

  // Publishing: it is a draft until it is published.
  const publish = (client: Client) => client.post(`courses/${course.id}/publish`);
  await killedAt('before update on catalog.course', () => publish(instructor));
  instructor = await asInstructor();
  expect((await ok(instructor.get(`courses/${course.id}`))).status).toBe('draft');
  expect((await ok(publish(instructor))).status).toBe('published');
  expect(await count("kernel.event where type = 'CoursePublished' and payload->>'courseId' = $1", course.id)).toBe(1);
  expect((await instructor.get(`courses/${course.id}/files/${attachment!.file_id}`)).text).toBe('%PDF notes');

  // A lesson done, after its row was written and before its event was.
  let learner = await asLearner();
  const enrollment = await ok(learner.post(`courses/${course.id}/enrollments`));
  const lessonId = (await ok(learner.get(`courses/${course.id}/player`))).modules[0].lessons[0].id;
  const complete = (client: Client) => client.put(`enrollments/${enrollment.id}/lessons/${lessonId}/completion`);
  await idle();
  await killedAt('before insert on kernel.event', () => complete(learner));
  learner = await asLearner();
  expect(await count('learning.lesson_progress where enrollment_id = $1', enrollment.id)).toBe(0);
  expect(await ok(complete(learner))).toMatchObject({ status: 'completed', completedLessons: 1 });
  expect(await ok(complete(learner))).toMatchObject({ status: 'completed', completedLessons: 1 });
  await idle();
  expect((await database.query('select enrolled, completed, lessons_completed from learning.course_statistic where course_id = $1', [course.id])).rows).toEqual([{ enrolled: 1, completed: 1, lessons_completed: 1 }]);

  // Many enrolled from a list, at the first of them: the rest follows, and whoever is invited gets one mail.
  instructor = await asInstructor();
  const lists = `courses/${course.id}/bulk-enrollments`;
  const list = await ok(instructor.post(`${lists}/text`, { text: 'email\nlearner@academy.example\nadmin@academy.example\ninstructor@academy.example\nnew@list.example\n' }));
  await killedAt('before insert on learning.enrollment', () => instructor.post(`${lists}/${list.id}/start`));
  instructor = await asInstructor();
  await until(async () => (await ok(instructor.get(`${lists}/${list.id}`))).status === 'done');
  await idle();
  expect(await count('learning.enrollment where course_id = $1', course.id)).toBe(3);
  expect(await count("kernel_control.mail where recipient = 'new@list.example'")).toBeLessThanOrEqual(1);
  expect(await failedChecks()).toEqual([]);
});

test('a server killed while it deletes an organisation deletes the rest of it when it is back, and nothing of another', { timeout: 300_000 }, async () => {
  await open(newFolder());
  const admin = await signedIn(server, 'association', 'admin@association.example');
  const { name, id } = await ok(admin.get('settings'));
  await ok(admin.put('tenant-deletion', { name }));
  await until(async () => await count('tenancy_control.deletion where tenant_id = $1', id) === 1);
  for (const table of ['tenancy.deletion', 'tenancy_control.deletion']) {
    await database.query(`update ${table} set requested_at = now() - interval '31 days', due_at = now() - interval '1 day' where tenant_id = $1`, [id]);
  }
  await idle();
  const tables = ['catalog.course', 'catalog.lesson', 'identity.member', 'identity.role', 'kernel.event', 'learning.enrollment', 'media.file'];
  const all = async (which: '=' | '<>') => {
    const counts: number[] = [];
    for (const table of tables) counts.push(await count(`${table} where tenant_id ${which} $1`, id));
    return counts;
  };
  const others = await all('<>');
  expect((await all('=')).filter((rows) => rows > 0).length).toBeGreaterThan(3);

  await killedAt('before delete on catalog.course', () => database.query("select kernel.add_job('tenancy.closeTenants', '{}')"));
  await until(async () => await count('tenancy_control.deletion where tenant_id = $1 and erased_at is not null', id) === 1);
  expect(await all('=')).toEqual(tables.map(() => 0));
  expect(await all('<>')).toEqual(others);
  expect((await server.client('association.localhost').get('courses')).status).toBe(404);
  await ok((await signedIn(server, 'academy', 'learner@academy.example')).get('courses'));
  expect(await failedChecks()).toEqual([]);
});
