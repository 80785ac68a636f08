import { randomUUID } from 'node:crypto';
import { kernelPurges, purgeEvents, systemActor } from '@milpa/kernel';
import { createTestBed, type TestBed, type TestTenant } from '@milpa/testkit';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';

let bed: TestBed;
let here: TestTenant;
beforeAll(async () => {
  bed = await createTestBed();
  here = await bed.tenant();
});
afterAll(() => bed.close());

/** Runs a job as its schedule does. @returns what it logged. */
async function run(name: string): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const job = bed.application.jobs.find((each) => each.name === name)!;
  const schedule = bed.application.schedules.find((each) => each.job === job)!;
  const log = pino({}, { write: (line: string) => { lines.push(JSON.parse(line) as Record<string, unknown>); } });
  await job.run(job.payload.parse(schedule.payload), { attempt: 1, lastAttempt: true, signal: new AbortController().signal, log }).catch((error: unknown) => { lines.push({ thrown: (error as Error).message }); });
  return lines;
}

test('answers to repeated requests are kept for two days, in both planes', async () => {
  const admin = await here.person('admin');
  const operator = await bed.operator();
  const category = () => admin.client.post('categories', { name: 'Field' }, { 'idempotency-key': 'field' });
  const domain = () => operator.post(`operator/tenants/${here.tenant.id}/domains`, { host: 'escuela.example' }, { 'idempotency-key': 'domain' });
  const kept = async () => (await bed.owner.query('select actor_key from kernel.idempotency_key union all select actor_key from kernel_control.idempotency_key')).rowCount;
  expect([(await category()).status, (await domain()).status]).toEqual([201, 201]);
  bed.clock.advance(47 * 3_600_000);
  await run('kernel.tidy');
  expect(await kept()).toBe(2);
  bed.clock.advance(2 * 3_600_000);
  await run('kernel.tidy');
  expect(await kept()).toBe(0);
});

test('mail is kept for thirty days, which is longer than any is tried', async () => {
  const made = (key: string, state: string, days: number) => bed.owner.query(
    "insert into kernel_control.mail (idempotency_key, recipient, subject, locale, state, created_at) values ($1, 'a@example.test', 'A', 'en', $2, $3)",
    [key, state, new Date(bed.clock.now().getTime() - days * 86_400_000)]);
  for (const [key, state, days] of [['old-sent', 'sent', 31], ['old-kept', 'kept', 31], ['old-pending', 'pending', 31], ['young-sent', 'sent', 29], ['young-pending', 'pending', 29]] as const) await made(key, state, days);
  await run('kernel.tidy');
  const { rows } = await bed.owner.query("select idempotency_key from kernel_control.mail where recipient = 'a@example.test' order by 1");
  expect(rows.map((row) => row.idempotency_key)).toEqual(['young-pending', 'young-sent']);
});

test('events that have reached everybody go after thirty days with the notes of it; one that a job still carries never goes', async () => {
  const { id: tenantId } = here.tenant;
  const other = await bed.tenant();
  await bed.runJobs();
  await bed.owner.query('delete from kernel.event');
  /** An event of some days ago, of which one handler was told. */
  const happened = async (days: number, tenant = tenantId): Promise<string> => {
    const id = randomUUID();
    await bed.owner.query("insert into kernel.event (tenant_id, id, type, payload, occurred_at) values ($1, $2, 'Planted', '{}', now() - make_interval(days => $3))", [tenant, id, days]);
    await bed.owner.query("insert into kernel.event_delivery (tenant_id, event_id, handler) values ($1, $2, 'test.first')", [tenant, id]);
    return id;
  };
  const carried = async (job: string, more: object, attempts: number): Promise<string> => {
    const eventId = await happened(400);
    const { rows: [row] } = await bed.owner.query("select kernel.add_job($1, $2::json, null, now() + interval '1 day', 10) as id", [job, JSON.stringify({ tenantId, eventId, ...more })]);
    await bed.owner.query('update graphile_worker._private_jobs set attempts = $2 where id = $1', [row.id, attempts]);
    return eventId;
  };
  const kept = [
    await happened(29), await carried('kernel.dispatchEvent', {}, 0), await carried('kernel.deliverEvent', { handler: 'test.second' }, 3), await carried('kernel.deliverEvent', { handler: 'test.second' }, 10),
  ];
  for (const tenant of [tenantId, tenantId, other.tenant.id]) await happened(31, tenant);
  await bed.owner.query("insert into kernel.event (tenant_id, type, payload, occurred_at) select $1, 'Planted', '{}', now() - interval '31 days' from generate_series(1, 1200)", [tenantId]);
  await bed.application.database.withTenant(other.tenant, systemActor, async (tx) => { expect(await purgeEvents(tx, 10), 'another’s events are not seen').toBe(1); });
  expect(await run('kernel.tidy')).toMatchObject([{ purged: { 'kernel.event': 1202 } }]);
  expect((await bed.owner.query('select id from kernel.event')).rows.map((row) => row.id).sort()).toEqual(kept.sort());
  expect((await bed.owner.query('select event_id as id from kernel.event_delivery where event_id <> all($1)', [kept])).rows).toEqual([]);
  expect(await run('kernel.tidy')).toMatchObject([{ purged: {} }]);
});

test('what modules keep for a while goes when it is over; entries of both logs after three years', async () => {
  const learner = await here.person('learner');
  const { id: tenant } = here.tenant;
  const course = (await bed.owner.query("insert into catalog.course (tenant_id, slug, title, language) values ($1, 'kept', 'Kept', 'en') returning id", [tenant])).rows[0].id as string;
  const role = (await bed.owner.query('select id from identity.role where tenant_id = $1 limit 1', [tenant])).rows[0].id as string;
  /** Two rows, on either side of the last day; clocks may differ by two. */
  const plant = async (days: number, statement: string, ...values: unknown[]) => {
    for (const age of [days + 3, days - 3]) await bed.owner.query(statement.replaceAll('$at', `(now() - interval '${age} days')`).replaceAll('$age', String(age)), values);
  };
  await plant(365, "insert into learning.note (tenant_id, member_id, id, course_id, lesson_title, kind, created_at, changed_at, removed_at) values ($1, $2, gen_random_uuid(), $3, 'Rain', 'bookmark', $at, $at, $at)", tenant, learner.memberId, course);
  await plant(90, 'insert into learning.active_learner (tenant_id, course_id, day, member_id) values ($1, $2, $at::date, $3)', tenant, course, learner.memberId);
  await plant(365, "insert into interop.course_import (tenant_id, file_name, size, sha256, status, step, problem_code, problem_params, created_at, finished_at) values ($1, 'a.zip', 1, repeat('0', 64), 'failed', 'finished', 'x', '{}', $at, $at)", tenant);
  await plant(7, "insert into interop.course_export (tenant_id, course_id, format, status, created_at, finished_at) values ($1, $2, 'cc', 'failed', $at, $at)", tenant, course);
  await plant(7, 'insert into tenancy.tenant_export (tenant_id, requested_at, failed_at) values ($1, $at, $at)', tenant);
  await plant(180, "insert into identity.invitation (tenant_id, email, role_ids, locale, token_hash, status, expires_at) values ($1, 'w$age@example.test', array[$2::uuid], 'en', 'w$age', 'revoked', $at)", tenant, role);
  await plant(180, "insert into identity.invitation (tenant_id, email, role_ids, locale, token_hash, status, accepted_by, expires_at) values ($1, 'a$age@example.test', array[$2::uuid], 'en', 'a$age', 'accepted', $3, $at)", tenant, role, learner.memberId);
  await plant(3 * 365, "insert into kernel.audit_entry (tenant_id, at, actor_kind, action) values ($1, $at, 'system', 'planted')", tenant);
  await plant(3 * 365, "insert into kernel_control.audit_entry (at, action) values ($at, 'planted')");
  expect(await run('kernel.tidy')).toMatchObject([{ purged: {
    'learning.note': 1, 'learning.activeLearner': 1, 'interop.courseImport': 1, 'interop.courseExport': 1, 'tenancy.tenantExport': 1, 'identity.invitation': 1, 'kernel.auditEntry': 1,
  } }]);
  const left = async (table: string, more = 'true') => (await bed.owner.query(`select from ${table} where ${more}`)).rowCount;
  expect(await left('kernel_control.audit_entry', "action = 'planted'")).toBe(1);
  expect(await left('identity.invitation', "status = 'accepted'")).toBe(2);
  for (const table of ['learning.note', 'learning.active_learner', 'interop.course_import', 'interop.course_export', 'tenancy.tenant_export']) expect(await left(table), table).toBe(1);
  expect(await run('kernel.tidy')).toMatchObject([{ purged: {} }]);
});

/** Rows that are people's work, that what they belong to takes along, or of which there are few: docs/decisions/0023-retention.md. */
const lasting = `
  catalog: attachment catalog_version category course course_file course_module course_review lesson search_gram search_term
  identity: bulk_invitation_line departure member member_role role support_access
  kernel: event_delivery
  learning: active_member activity_day bulk_enrollment_line cohort course_day course_pair course_statistic course_taken enrollment lesson_position lesson_progress reading_preference review review_report
  media: file
  messaging: block broadcast message participant report thread
  tenancy: deletion furnishing`;
/** Purges that are not called after their one table. */
const thinned: Record<string, string[]> = { 'catalog.history': ['catalog.lesson_revision', 'catalog.course_version'] };

test('of every table somebody has decided how long its rows stay', async () => {
  const { rows } = await bed.owner.query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relforcerowsecurity and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')`);
  const purges = [kernelPurges, ...bed.application.modules.map(({ purges: own = {} }) => own)].flatMap((each) => Object.keys(each));
  const purged = purges.flatMap((name) => thinned[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const kept = [...lasting.matchAll(/(\w+): (.+)/g)].flatMap(([, schema, tables]) => tables!.split(' ').map((table) => `${schema}.${table}`));
  expect(kept.filter((name) => purged.includes(name))).toEqual([]);
  expect([...kept, ...purged].toSorted(), 'a new table: purges in module.ts, or kept here').toEqual(rows.map(({ name }) => name).toSorted());
});

test('what cannot be thrown away keeps nothing else, and is told', async () => {
  const plant = () => bed.owner.query("insert into kernel.audit_entry (tenant_id, at, actor_kind, action) values ($1, now() - interval '4 years', 'system', 'planted')", [here.tenant.id]);
  await plant();
  await bed.owner.query('revoke delete on learning.note from milpa_app');
  const told = await run('kernel.tidy');
  expect(told.filter(({ purge }) => purge)).toMatchObject([{ purge: 'learning.note' }, { purge: 'learning.note' }]);
  expect(told.slice(-2)).toMatchObject([{ purged: { 'kernel.auditEntry': 1 } }, { thrown: expect.stringContaining('2 organisations') }]);
  await bed.owner.query('grant delete on learning.note to milpa_app');
});

test('an invariant that does not hold is named, with its tenant, and parked for the operator', async () => {
  expect(await run('kernel.check')).toEqual([]);
  await bed.owner.query("insert into catalog.course (tenant_id, id, slug, title, language, lesson_count) values ($1, $2, 'miscounted', 'Miscounted', 'en', 7)", [here.tenant.id, randomUUID()]);
  expect(await run('kernel.check')).toMatchObject([{ tenant: here.tenant.id, check: 'catalog/course_counts.sql', rows: 1 }, { thrown: '1 invariants do not hold; the log names them.' }]);
});
