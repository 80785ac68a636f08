/**
 * The transactional outbox. An event is written in the transaction of the change that it tells of; a job then brings it to every
 * handler at least once. A handler runs in one transaction with the note that it has run, so its effect on the database happens once.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import { systemActor } from '../actor.ts';
import type { Database, Tx } from '../database/database.ts';
import { enqueue } from '../enqueue.ts';
import { defineJob, type Job } from '../jobs/job.ts';
import type { TenantDirectory } from '../tenant.ts';

export interface EventType<P = unknown> { type: string; payload: z.ZodType<P> }
export interface DomainEvent<P = unknown> { id: string; type: string; payload: P; memberId: string | null; occurredAt: string }
export interface Subscription {
  event: EventType<any>;
  /** `module.whatItDoes`; the name under which deliveries are remembered, so never rename one carelessly. */
  handler: string;
  handle(tx: Tx, event: DomainEvent<any>): Promise<void>;
}

export const defineEvent = <P>(type: string, payload: z.ZodType<P>): EventType<P> => ({ type, payload });

/** A handler of an event: must be idempotent by event id in whatever it does outside its transaction. */
export const subscribe = <P>(event: EventType<P>, handler: string, handle: (tx: Tx, event: DomainEvent<P>) => Promise<void>): Subscription => ({ event, handler, handle });

const dispatchPayload = z.object({ tenantId: z.uuid(), eventId: z.uuid() });
const deliveryPayload = dispatchPayload.extend({ handler: z.string() });
const dispatchJob = { name: 'kernel.dispatchEvent', maxAttempts: 10 };
const deliveryJob = { name: 'kernel.deliverEvent', maxAttempts: 10 };

/** Tells that something happened, in the transaction in which it did. */
export async function emit<P>(tx: Tx, event: EventType<P>, payload: P): Promise<void> {
  const { id } = await tx.insertInto('kernel.event')
    .values({ type: event.type, payload: JSON.stringify(event.payload.parse(payload)), memberId: tx.actor.memberId, occurredAt: tx.now.toISOString() })
    .returning('id').executeTakeFirstOrThrow();
  await enqueue(tx, dispatchJob, { tenantId: tx.tenant.id, eventId: id });
}

/** The two jobs that carry events: one fans an event out to its handlers, the other runs one handler. */
export function outboxJobs(database: Database, tenants: TenantDirectory, subscriptions: readonly Subscription[]): Job<any>[] {
  const byHandler = new Map(subscriptions.map((subscription) => [subscription.handler, subscription]));
  if (byHandler.size !== subscriptions.length) throw new Error('Two event handlers have the same name.');

  const withEvent = async (payload: z.infer<typeof dispatchPayload>, work: (tx: Tx, event: DomainEvent) => Promise<void>) => {
    const tenant = await tenants.byId(payload.tenantId);
    if (!tenant) return;
    await database.withTenant(tenant, systemActor, async (tx) => {
      const event = await tx.selectFrom('kernel.event').select(['id', 'type', 'payload', 'memberId', 'occurredAt']).where('id', '=', payload.eventId).executeTakeFirst();
      if (event) await work(tx, event);
    });
  };

  const dispatch = defineJob({
    ...dispatchJob, payload: dispatchPayload,
    run: (payload) => withEvent(payload, async (tx, event) => {
      for (const { handler } of subscriptions.filter((subscription) => subscription.event.type === event.type)) {
        await enqueue(tx, deliveryJob, { ...payload, handler }, { key: `${event.id}:${handler}` });
      }
    }),
  });
  const deliver = defineJob({
    ...deliveryJob, payload: deliveryPayload,
    run: (payload) => withEvent(payload, async (tx, event) => {
      const subscription = byHandler.get(payload.handler);
      if (!subscription) return;
      const { rows } = await sql`insert into kernel.event_delivery (event_id, handler, delivered_at) values (${event.id}, ${payload.handler}, ${tx.now.toISOString()}) on conflict do nothing returning event_id`.execute(tx);
      if (rows.length > 0) await subscription.handle(tx, { ...event, payload: subscription.event.payload.parse(event.payload) });
    }),
  });
  return [dispatch, deliver];
}

/** Throws a portion of the tenant's old events away, those that have reached all their handlers. @returns how many; less than `most` when no more are due. */
export async function purgeEvents(tx: Tx, most: number): Promise<number> {
  const { rows: [answer] } = await sql<{ purged: number }>`select kernel.purge_events(${most}) as purged`.execute(tx);
  return answer!.purged;
}
