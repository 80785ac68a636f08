/** An event reaches each of its handlers, and what a handler does happens once, whatever is delivered twice or breaks in between. */
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemActor } from './actor.ts';
import { startTestServer, tenant, type TestServer } from './http/test-server.ts';
import { listJobs, retryParked, runDueJobs } from './jobs/jobs.ts';
import { defineEvent, emit, outboxJobs, subscribe } from './outbox/outbox.ts';

const sown = defineEvent('shelf.sown', z.object({ seed: z.string() }));
const harvested = defineEvent('shelf.harvested', z.object({ seed: z.string() }));
const log = pino({ level: 'silent' });

let server: TestServer;
/** While set, the second handler of `sown` breaks after it has written. */
let broken = false;
beforeAll(async () => { server = await startTestServer(); });
afterAll(() => server.close());
beforeEach(async () => {
  broken = false;
  await server.owner.query('delete from shelf.thing; delete from kernel.event; delete from graphile_worker._private_jobs');
});

const note = (name: string) => async (tx: Parameters<Parameters<typeof subscribe>[2]>[0], event: { payload: { seed: string } }) => { await sql`insert into shelf.thing (name) values (${`${name} ${event.payload.seed}`})`.execute(tx); };
const subscriptions = [
  subscribe(sown, 'shelf.count', note('count')),
  subscribe(sown, 'shelf.water', async (tx, event) => {
    await note('water')(tx, event);
    if (broken) throw new Error('no water');
  }),
  subscribe(harvested, 'shelf.weigh', note('weigh')),
];
const run = (at?: Date) => runDueJobs({
  connectionString: server.queueUrl, log, ...(at ? { at } : {}),
  jobs: outboxJobs(server.database, { byId: async (id) => (id === tenant.id ? tenant : null), byHost: async () => null }, subscriptions),
});
const later = () => new Date(Date.now() + 24 * 3_600_000);
const notes = async () => (await server.owner.query<{ name: string }>('select name from shelf.thing order by name')).rows.map(({ name }) => name);
const jobs = async () => (await server.owner.query<{ name: string; attempts: number; waits: boolean }>(`
  select t.identifier as name, j.attempts::int, j.run_at > now() as waits from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id`)).rows;
const sow = (seed: string) => server.database.withTenant(tenant, systemActor, (tx) => emit(tx, sown, { seed }));

test('an event reaches every handler of its type and no other', async () => {
  await sow('maize');
  await run();
  expect(await notes()).toEqual(['count maize', 'water maize']);
  expect(await jobs()).toEqual([]);
});

test('an event of a change that was rolled back reaches nobody', async () => {
  await expect(server.database.withTenant(tenant, systemActor, async (tx) => { await emit(tx, sown, { seed: 'maize' }); throw new Error('changed my mind'); })).rejects.toThrow('changed my mind');
  await run();
  expect([await notes(), await jobs()]).toEqual([[], []]);
});

test('an event that does not fit its type is not written', async () => {
  await expect(server.database.withTenant(tenant, systemActor, (tx) => emit(tx, sown, { seed: 7 } as never))).rejects.toThrow('seed');
  expect(await jobs()).toEqual([]);
});

test('delivered twice, it has its effect once', async () => {
  await sow('maize');
  const { rows: [event] } = await server.owner.query<{ id: string }>('select id from kernel.event');
  const again = (name: string, payload: object) => server.owner.query('select graphile_worker.add_job($1, $2::json)', [name, JSON.stringify({ tenantId: tenant.id, eventId: event!.id, ...payload })]);
  await again('kernel.dispatchEvent', {});
  await run();
  await again('kernel.deliverEvent', { handler: 'shelf.count' });
  await again('kernel.dispatchEvent', {});
  await run();
  expect(await notes()).toEqual(['count maize', 'water maize']);
});

test('a delivery under another tenant finds no event', async () => {
  await sow('maize');
  const { rows: [event] } = await server.owner.query<{ id: string }>('select id from kernel.event');
  await server.owner.query('delete from graphile_worker._private_jobs');
  await server.owner.query('select graphile_worker.add_job($1, $2::json)', ['kernel.dispatchEvent', JSON.stringify({ tenantId: '0199a000-0000-7000-8000-000000000002', eventId: event!.id })]);
  await run();
  expect([await notes(), await jobs()]).toEqual([[], []]);
});

describe('a handler that breaks', () => {
  test('leaves nothing behind, holds up no other, and is tried again later', async () => {
    broken = true;
    await sow('maize');
    await run();
    expect(await notes()).toEqual(['count maize']);
    expect(await jobs()).toEqual([{ name: 'kernel.deliverEvent', attempts: 1, waits: true }]);
    broken = false;
    await run();
    expect(await notes(), 'it waits before it is tried again').toEqual(['count maize']);
    await run(later());
    expect(await notes()).toEqual(['count maize', 'water maize']);
  });

  test('for good is parked, and runs when the operator has put it right', async () => {
    broken = true;
    await sow('maize');
    for (let attempt = 0; attempt < 10; attempt++) await run(attempt === 0 ? undefined : later());
    const parked = await server.database.withControl((tx) => listJobs(tx, { state: 'parked' }, 200));
    expect(parked).toMatchObject([{ kind: 'kernel.deliverEvent:shelf.water', tenantId: tenant.id, attempts: 10, lastError: expect.stringContaining('no water') }]);
    broken = false;
    await run(later());
    expect(await notes(), 'what is parked waits for the operator').toEqual(['count maize']);
    await server.database.withControl((tx) => retryParked(tx, parked[0]!.id));
    await run();
    expect([await notes(), await jobs()]).toEqual([['count maize', 'water maize'], []]);
  });
});
