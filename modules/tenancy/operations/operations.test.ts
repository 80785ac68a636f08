import { randomUUID } from 'node:crypto';
import { createTestBed, type Client, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLate } from './jobs.ts';

let bed: TestBed;
let operator: Client;
beforeAll(async () => {
  bed = await createTestBed();
  operator = await bed.operator();
});
afterAll(() => bed.close());

/** A job that waits for tomorrow. */
async function wait(name: string, payload: object): Promise<string> {
  const { rows } = await bed.owner.query("select kernel.add_job($1, $2::json, null, now() + interval '1 day', 1)::text as id", [name, JSON.stringify(payload)]);
  return rows[0].id;
}
/** A job that has used up all its attempts. */
async function park(name = 'tenancy.openTenant', payload: object = { tenantId: 'none' }, error = 'kernel.unexpected: no'): Promise<string> {
  const id = await wait(name, payload);
  await bed.owner.query('update graphile_worker._private_jobs set attempts = 1, last_error = $2, updated_at = now() where id = $1', [id, error]);
  return id;
}
const listed = async (query: string) => (await operator.get(`operator/jobs?${query}`)).body.data as { id: string }[];
const ids = async (query: string) => (await listed(query)).map(({ id }) => id);
const attempts = async (id: string) => (await bed.owner.query('select attempts::int from graphile_worker._private_jobs where id = $1', [id])).rows[0]?.attempts;
const audited = async (action: string) => (await operator.get(`operator/audit-entries?action=${action}&limit=100`)).body.data as { subjectId: string | null }[];

describe('parked jobs', () => {
  test('are listed with what went wrong, an event with its handler and organisation, and without personal data', async () => {
    const { tenant } = await bed.tenant();
    const id = await park('kernel.deliverEvent', { tenantId: tenant.id, eventId: randomUUID(), handler: 'learning.countEnrolled' }, 'kernel.unexpected: no mail to ana@example.test');
    expect((await listed('state=parked')).find((job) => job.id === id)).toMatchObject({
      kind: 'kernel.deliverEvent:learning.countEnrolled', state: 'parked', tenant: { id: tenant.id, name: tenant.name }, attempts: 1, maxAttempts: 1, lastError: 'kernel.unexpected: no mail to ***',
    });
    expect(await ids(`state=parked&tenantId=${tenant.id}`)).toEqual([id]);
    expect(await ids(`state=parked&tenantId=${tenant.id}&kind=kernel.deliverEvent:learning.countEnrolled`)).toEqual([id]);
    expect(await ids(`state=parked&tenantId=${tenant.id}&kind=tenancy.openTenant`)).toEqual([]);
    expect(await ids(`state=waiting&tenantId=${tenant.id}&kind=kernel.deliverEvent:learning.countEnrolled`)).toEqual([]);
    expect((await operator.get(`operator/job-counts?tenantId=${tenant.id}`)).body.data).toContainEqual({ kind: 'kernel.deliverEvent:learning.countEnrolled', state: 'parked', count: 1 });
  });

  test('come in pages, what was parked last first', async () => {
    const { tenant } = await bed.tenant();
    const parked = [];
    for (let n = 0; n < 3; n++) parked.unshift(await park('test.page', { tenantId: tenant.id }));
    const first = (await operator.get(`operator/jobs?state=parked&tenantId=${tenant.id}&limit=2`)).body;
    const second = (await operator.get(`operator/jobs?state=parked&tenantId=${tenant.id}&limit=2&cursor=${first.page.next}`)).body;
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(parked);
    expect(second.page.next).toBeNull();
  });

  test('are tried again once, however many ask, and it is written down', async () => {
    const id = await park();
    const answers = await Promise.all([1, 2, 3].map(() => operator.post(`operator/jobs/${id}/retry`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
    expect(answers.find(({ status }) => status === 404)!.body.code).toBe('tenancy.job_not_parked');
    expect(await ids('state=parked')).not.toContain(id);
    expect(await attempts(id)).toBe(0);
    expect((await audited('tenancy.retryParkedJob')).filter(({ subjectId }) => subjectId === id)).toHaveLength(1);
  });

  test('of a kind are tried again together, no other with them, and again changes nothing', async () => {
    const kind = 'kernel.deliverEvent:test.together';
    const payload = { tenantId: randomUUID(), eventId: randomUUID(), handler: 'test.together' };
    const together = [await park('kernel.deliverEvent', payload), await park('kernel.deliverEvent', payload)];
    const other = await park('kernel.deliverEvent', { ...payload, handler: 'test.other' });
    expect((await operator.post('operator/parked-job-retries', { kind })).body).toEqual({ retried: 2 });
    expect(await Promise.all([...together, other].map(attempts))).toEqual([0, 0, 1]);
    expect((await operator.post('operator/parked-job-retries', { kind })).body).toEqual({ retried: 0 });
    expect((await audited('tenancy.retryParkedJobs')).length).toBeGreaterThan(0);
    expect((await operator.post('operator/parked-job-retries', { kind: '%' })).body).toEqual({ retried: 0 });
  });

  test('are discarded for good', async () => {
    const id = await park();
    expect((await operator.delete(`operator/jobs/${id}`)).status).toBe(204);
    expect(await attempts(id)).toBeUndefined();
    expect((await operator.delete(`operator/jobs/${id}`)).body.code).toBe('tenancy.job_not_waiting');
    expect((await audited('tenancy.discardJob')).filter(({ subjectId }) => subjectId === id)).toHaveLength(1);
  });
});

describe('jobs that are not parked', () => {
  test('wait in the order in which they run, and one that waits is called off', async () => {
    const id = await wait('test.wait', {});
    expect(await ids('state=waiting&kind=test.wait')).toEqual([id]);
    expect((await operator.post(`operator/jobs/${id}/retry`)).body.code).toBe('tenancy.job_not_parked');
    expect((await operator.delete(`operator/jobs/${id}`)).status).toBe(204);
    expect(await ids('state=waiting&kind=test.wait')).toEqual([]);
  });

  test('run, which is told, and are left alone meanwhile', async () => {
    const id = await wait('test.run', {});
    await bed.owner.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-test', attempts = 1 where id = $1", [id]);
    expect(await listed('state=running')).toMatchObject([{ id, worker: 'pool-test', tenant: null }]);
    expect((await operator.delete(`operator/jobs/${id}`)).body.code).toBe('tenancy.job_not_waiting');
    expect((await operator.post(`operator/jobs/${id}/retry`)).body.code).toBe('tenancy.job_not_parked');
    await bed.owner.query('delete from graphile_worker._private_jobs where id = $1', [id]);
  });
});

describe('schedules', () => {
  test('tell when they run next and how the last run ended', async () => {
    await bed.owner.query("insert into kernel_control.schedule_run (schedule, succeeded_at, failed_at, last_error, duration_ms) values ('kernel.tidyDaily', now() - interval '1 hour', now(), 'no', 7)");
    const { data } = (await operator.get('operator/schedules')).body;
    expect(data.map(({ name }: { name: string }) => name).sort()).toEqual(bed.application.schedules.map(({ name }) => name).sort());
    expect(data.find(({ name }: { name: string }) => name === 'kernel.tidyDaily')).toMatchObject({ kind: 'kernel.tidy', cron: '17 3 * * *', lastError: 'no', durationMs: 7, nextRunAt: expect.stringMatching(/T03:17:00.000Z$/) });
  });

  test.each([
    ['ran since its last tick', '2026-01-01T03:18:00Z', '2026-01-01T03:17:00Z', '2026-01-01T10:00:00Z', false],
    ['has not run, but its tick is young', '2025-12-31T03:18:00Z', '2026-01-01T03:17:00Z', '2026-01-01T04:00:00Z', false],
    ['has not run for an hour', '2025-12-31T03:18:00Z', '2026-01-01T03:17:00Z', '2026-01-01T04:18:00Z', true],
  ])('one that %s', (_what, succeededAt, tick, now, late) => {
    expect(isLate(new Date(tick), { succeededAt, knownSince: '2025-01-01T00:00:00Z' }, new Date(now))).toBe(late);
  });

  test('that never ran is late only when it was known before the tick', () => {
    const tick = new Date('2026-01-01T03:17:00Z');
    const now = new Date('2026-01-01T10:00:00Z');
    expect(isLate(tick, { succeededAt: null, knownSince: '2026-01-01T03:00:00Z' }, now)).toBe(true);
    expect(isLate(tick, { succeededAt: null, knownSince: '2026-01-01T04:00:00Z' }, now)).toBe(false);
    expect(isLate(tick, undefined, now)).toBe(false);
  });
});

test('what operators do is written down with their names, in pages', async () => {
  const { body: tenant } = await operator.post('operator/tenants', { slug: 'audited', name: 'Audited', blueprint: 'fund' });
  bed.clock.advance(1000);
  await operator.post(`operator/tenants/${tenant.id}/suspend`, { reason: 'Asked for it' });
  const entries = (await operator.get(`operator/audit-entries?subjectId=${tenant.id}`)).body.data;
  expect(entries).toMatchObject([{ action: 'tenancy.suspendTenant', subjectType: 'tenant', accountName: 'Test operator', tenant: { id: tenant.id, name: 'Audited' } }, { action: 'tenancy.createTenant', accountName: 'Test operator', tenant: { name: 'Audited' } }]);
  const first = (await operator.get(`operator/audit-entries?subjectId=${tenant.id}&limit=1`)).body;
  const second = (await operator.get(`operator/audit-entries?subjectId=${tenant.id}&limit=1&cursor=${first.page.next}`)).body;
  expect([...first.data, ...second.data]).toEqual(entries);
  expect((await operator.get(`operator/audit-entries?action=tenancy.suspendTenant&accountId=${entries[0].accountId}`)).body.data).toEqual([entries[0]]);
});

test('the overview counts tenants, parked jobs and waiting mail', async () => {
  const before = (await operator.get('operator/overview')).body;
  await park();
  await bed.tenant('fund');
  await bed.owner.query("insert into kernel_control.mail (idempotency_key, recipient, subject, locale) values ('waiting', 'a@example.test', 'A', 'en')");
  const after = (await operator.get('operator/overview')).body;
  expect(after).toEqual({ ...before, tenants: { ...before.tenants, active: before.tenants.active + 1 }, parkedJobs: before.parkedJobs + 1, mailWaiting: before.mailWaiting + 1 });
});

test.each([
  ['GET', 'operator/jobs?state=parked'], ['GET', 'operator/job-counts'], ['GET', 'operator/schedules'], ['POST', 'operator/jobs/1/retry'], ['POST', 'operator/parked-job-retries'], ['DELETE', 'operator/jobs/1'],
  ['GET', 'operator/audit-entries'], ['GET', 'operator/overview']])('%s %s is for operators', async (method, path) => {
  const { client } = await (await bed.tenant('academy')).person('admin');
  expect((await client.ask(path, { method })).status).toBe(404);
  expect((await bed.client('milpa.test').ask(path, { method })).status).toBe(401);
});
