import { createTestBed, type Client, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let bed: TestBed;
let operator: Client;
beforeAll(async () => {
  bed = await createTestBed();
  operator = await bed.operator();
});
afterAll(() => bed.close());

/** A job that has used up all its attempts. */
async function park(): Promise<string> {
  const { rows } = await bed.owner.query("select kernel.add_job('tenancy.openTenant', '{\"tenantId\":\"none\"}', null, null, 1)::text as id");
  await bed.owner.query("update graphile_worker._private_jobs set attempts = 1, last_error = 'kernel.unexpected: no' where id = $1", [rows[0].id]);
  return rows[0].id;
}
const listed = async () => (await operator.get('operator/parked-jobs')).body.data as { id: string }[];

describe('parked jobs', () => {
  test('are listed with what went wrong', async () => {
    const id = await park();
    expect((await listed()).find((job) => job.id === id)).toMatchObject({ job: 'tenancy.openTenant', attempts: 1, lastError: 'kernel.unexpected: no', payload: '{"tenantId":"none"}' });
  });

  test('are tried again once', async () => {
    const id = await park();
    expect((await operator.post(`operator/parked-jobs/${id}/retry`)).status).toBe(204);
    expect((await listed()).map((job) => job.id)).not.toContain(id);
    expect((await bed.owner.query('select attempts::int from graphile_worker._private_jobs where id = $1', [id])).rows).toEqual([{ attempts: 0 }]);
    const again = await operator.post(`operator/parked-jobs/${id}/retry`);
    expect([again.status, again.body.code]).toEqual([404, 'tenancy.job_not_parked']);
  });

  test('are discarded for good', async () => {
    const id = await park();
    expect((await operator.delete(`operator/parked-jobs/${id}`)).status).toBe(204);
    expect((await bed.owner.query('select from graphile_worker._private_jobs where id = $1', [id])).rowCount).toBe(0);
    expect((await operator.delete(`operator/parked-jobs/${id}`)).body.code).toBe('tenancy.job_not_parked');
  });

  test('a job that waits for its turn is left alone', async () => {
    const { rows } = await bed.owner.query("select kernel.add_job('tenancy.openTenant', '{}', null, now() + interval '1 day', 3)::text as id");
    expect((await operator.delete(`operator/parked-jobs/${rows[0].id}`)).status).toBe(404);
    expect((await bed.owner.query('select from graphile_worker._private_jobs where id = $1', [rows[0].id])).rowCount).toBe(1);
  });
});

test('what operators do is written down with their names, in pages', async () => {
  const { body: tenant } = await operator.post('operator/tenants', { slug: 'audited', name: 'Audited', blueprint: 'fund' });
  bed.clock.advance(1000);
  await operator.post(`operator/tenants/${tenant.id}/suspend`, { reason: 'Asked for it' });
  const entries = (await operator.get(`operator/audit-entries?subjectId=${tenant.id}`)).body.data;
  expect(entries).toMatchObject([{ action: 'tenancy.suspendTenant', subjectType: 'tenant', accountName: 'Test operator' }, { action: 'tenancy.createTenant', accountName: 'Test operator' }]);
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

test.each([['GET', 'operator/parked-jobs'], ['POST', 'operator/parked-jobs/1/retry'], ['DELETE', 'operator/parked-jobs/1'], ['GET', 'operator/audit-entries'], ['GET', 'operator/overview']])('%s %s is for operators', async (method, path) => {
  const { client } = await (await bed.tenant('academy')).person('admin');
  expect((await client.ask(path, { method })).status).toBe(404);
  expect((await bed.client('milpa.test').ask(path, { method })).status).toBe(401);
});
