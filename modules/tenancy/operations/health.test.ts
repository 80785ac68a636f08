/** What the operator sees of the installation's health, from facts that are made here. */
import { randomUUID } from 'node:crypto';
import { deliveredMail } from '@milpa/kernel';
import { createTestBed, type Client, type TestBed } from '@milpa/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

let bed: TestBed;
let operator: Client;
/** While set, no mail provider can be reached. */
let providerAway = false;
let delivered = 0;
beforeAll(async () => {
  bed = await createTestBed({ makeMail: (database) => deliveredMail(database, async () => {
    if (providerAway) throw new Error('connect ECONNREFUSED');
    delivered += 1;
  }) });
  operator = await bed.operator();
});
afterAll(() => bed.close());
afterEach(async () => {
  providerAway = false;
  await bed.owner.query('delete from graphile_worker._private_jobs; delete from kernel_control.mail; delete from kernel_control.schedule_run; delete from graphile_worker._private_known_crontabs; delete from tenancy_control.domain');
});

interface Found { verdict: string; values: Record<string, number | string> }
async function look(): Promise<Record<string, Found>> {
  const { status, body } = await operator.get('operator/health');
  expect(status).toBe(200);
  return Object.fromEntries(body.findings.map(({ check, ...found }: { check: string } & Found) => [check, found]));
}

test('tells of everything, and a quiet installation is well but for what its machine lacks', async () => {
  const found = await look();
  expect(Object.keys(found)).toEqual(['database', 'connections', 'transactions', 'queue', 'parked', 'events', 'mail', 'schedules', 'storage', 'domains', 'disk', 'memory', 'server']);
  const { disk, memory, connections, transactions, ...quiet } = found;
  expect(Object.values(quiet).map(({ verdict }) => verdict)).toEqual(Object.values(quiet).map(() => 'well'));
  expect(found['database']!.values).toEqual({ version: expect.stringMatching(/^18/), sizeBytes: expect.any(Number) });
  expect(connections!.values['used']).toBeGreaterThan(0);
  expect(found['server']!.values).toMatchObject({ version: '0.0.0-test', node: process.versions.node });
  expect(transactions!.values).toEqual({ long: 'no', longestSeconds: expect.any(Number) });
  for (const { values } of [disk!, memory!]) for (const value of Object.values(values)) expect(value).toBeGreaterThan(0);
});

describe('the queue', () => {
  const add = async (name: string, payload: object, runAt: string) => (await bed.owner.query(`select kernel.add_job($1, $2::json, null, now() + $3::interval, 3)::text as id`, [name, JSON.stringify(payload), runAt])).rows[0].id;

  test('counts what waits, for how long, and what is for later; with nobody to work on it somebody must come', async () => {
    await add('test.one', {}, '-5 minutes');
    await add('test.one', {}, '-1 minute');
    await add('test.one', {}, '1 hour');
    const { queue } = await look();
    expect(queue).toMatchObject({ verdict: 'mend', values: { workers: 0, running: 0, due: 2, later: 1 } });
    expect(queue!.values['dueSeconds']).toBeGreaterThanOrEqual(300);
  });

  test('an event counts once however many handlers wait for it, and a delivery that was given up is told', async () => {
    const eventId = randomUUID();
    const payload = { tenantId: randomUUID(), eventId };
    await add('kernel.deliverEvent', { ...payload, handler: 'test.first' }, '0 seconds');
    const second = await add('kernel.deliverEvent', { ...payload, handler: 'test.second' }, '0 seconds');
    expect((await look())['events']).toMatchObject({ verdict: 'well', values: { undelivered: 1, parked: 0 } });
    await bed.owner.query("update graphile_worker._private_jobs set attempts = 3, created_at = now() - interval '1 hour' where id = $1", [second]);
    const { events, parked } = await look();
    expect(events).toMatchObject({ verdict: 'mend', values: { undelivered: 1, parked: 1 } });
    expect(events!.values['oldestSeconds']).toBeGreaterThanOrEqual(3600);
    expect(parked).toEqual({ verdict: 'mend', values: { count: 1 } });
  });
});

describe('mail', () => {
  const send = (key: string) => bed.application.mail.send({ to: 'ana@example.test', subject: 'Hello', text: 'Hello', locale: 'en', idempotencyKey: key });

  test('that cannot be handed over waits and is told; once it goes out all is well, and nothing is sent twice', async () => {
    providerAway = true;
    await expect(send('a')).rejects.toThrow('ECONNREFUSED');
    expect((await look())['mail']).toMatchObject({ verdict: 'mend', values: { waiting: 1, failing: 1 } });
    expect((await operator.get('operator/overview')).body.mailWaiting).toBe(1);
    providerAway = false;
    const before = delivered;
    await send('a');
    await send('a');
    expect(delivered - before).toBe(1);
    expect((await look())['mail']).toMatchObject({ verdict: 'well', values: { waiting: 0, failing: 0 } });
  });

  test('one address that is refused while other mail goes out is worth a look', async () => {
    providerAway = true;
    await expect(send('refused')).rejects.toThrow('ECONNREFUSED');
    providerAway = false;
    bed.clock.advance(1000);
    await send('other');
    expect((await look())['mail']).toMatchObject({ verdict: 'look', values: { waiting: 1, failing: 1 } });
  });
});

test('a schedule that is overdue is to be mended, one that failed last is worth a look', async () => {
  const run = (failed: boolean) => bed.owner.query("insert into kernel_control.schedule_run (schedule, succeeded_at, failed_at, last_error, duration_ms) values ('kernel.tidyDaily', now(), now(), $1, 5) on conflict (schedule) do update set last_error = excluded.last_error", [failed ? 'no' : null]);
  await run(true);
  expect((await look())['schedules']).toMatchObject({ verdict: 'look', values: { failed: 1, late: 0 } });
  await run(false);
  expect((await look())['schedules']).toMatchObject({ verdict: 'well' });
  await bed.owner.query("update kernel_control.schedule_run set succeeded_at = now() - interval '3 days'");
  expect((await look())['schedules']).toMatchObject({ verdict: 'mend', values: { late: 1 } });
});

test('domains wait for their proof in peace; one whose proof is gone is worth a look', async () => {
  const { tenant } = await bed.tenant();
  await bed.owner.query("insert into tenancy_control.domain (host, tenant_id, token, verified_at) values ('late.example', $1, 'aaaaaaaaaaaaaaaaaaaaaaaa', null), ('here.example', $1, 'aaaaaaaaaaaaaaaaaaaaaaab', now())", [tenant.id]);
  expect((await look())['domains']).toEqual({ verdict: 'well', values: { proven: 1, pending: 1, missing: 0 } });
  await bed.owner.query("update tenancy_control.domain set missing_since = now() where host = 'here.example'");
  expect((await look())['domains']).toEqual({ verdict: 'look', values: { proven: 1, pending: 1, missing: 1 } });
});

test('is for operators', async () => {
  const { client } = await (await bed.tenant()).person('admin');
  expect((await client.get('operator/health')).status).toBe(404);
  expect((await bed.client('milpa.test').get('operator/health')).status).toBe(401);
});
