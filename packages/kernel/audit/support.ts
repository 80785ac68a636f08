/** What support does in a tenant stands in two logs: the tenant's, and the installation's. */
import { sql } from 'kysely';
import type { Actor, TenantRef } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { audit, auditControl } from './audit.ts';

/** A thing that support looked at; a list is known by the operation that lists it. */
const lookedAt = 'kernel.readAsSupport';

/** A page asks for a thing many times over: that is written down once in so many minutes. */
const onceInMinutes = 15;

/** Written before support sees anything of it. */
export async function noteReading(database: Database, tenant: TenantRef, actor: Actor, operation: string, subject: { subjectType: string; subjectId: string } | null, requestId: string): Promise<void> {
  const action = subject ? lookedAt : operation;
  const recently = await database.readTenant(tenant, actor, (tx) => tx.selectFrom('kernel.auditEntry').select('id')
    .where('action', '=', action).where('subjectId', 'is not distinct from', subject?.subjectId ?? null).where('accountId', '=', actor.accountId).where('outcome', '=', 'done')
    .where('at', '>', sql<string>`${tx.now.toISOString()}::timestamptz - make_interval(mins => ${onceInMinutes})`).limit(1).executeTakeFirst());
  if (!recently) await database.withTenant(tenant, actor, (tx) => audit(tx, { action, ...subject, requestId }));
}

/** A change by support, for the installation's log. */
export const auditSupport = (database: Database, tenant: TenantRef, actor: Actor, action: string, requestId: string): Promise<void> =>
  database.withControl((tx) => auditControl(tx, { action, accountId: actor.accountId, subjectType: 'tenant', subjectId: tenant.id, detail: { asSupport: true }, requestId }));
