/** What does not stay for ever, and the kernel's own part of it: docs/decisions/0023-retention.md. */
import { sql, type RawBuilder } from 'kysely';
import { purgeAudit } from './audit/audit.ts';
import { daysBefore } from './clock.ts';
import type { Tables } from './database/database.ts';
import type { Purge } from './module.ts';
import { purgeEvents } from './outbox/outbox.ts';

/** Throws rows away that are older than so many days by one of their times, and of which a condition holds. */
export const olderThan = <T extends keyof Tables & string>(days: number, table: T, time: keyof Tables[T] & string, condition: RawBuilder<unknown> = sql`true`): Purge =>
  async (tx, most) => Number((await sql`
    delete from ${sql.table(table)} where ctid = any(array(
      select ctid from ${sql.table(table)} where ${sql.ref(time)} < ${daysBefore(tx.now, days)} and ${condition} order by ${sql.ref(time)} limit ${most}))`.execute(tx)).numAffectedRows);

export const kernelPurges: Readonly<Record<string, Purge>> = {
  'kernel.idempotencyKey': olderThan(2, 'kernel.idempotencyKey', 'createdAt'), 'kernel.event': purgeEvents, 'kernel.auditEntry': purgeAudit,
};
