/**
 * Deleting a tenant: announced by its admins, called off until the grace is over, then carried out by `flows/close-tenant`.
 * The row in the data plane decides, by the database's clock; a job tells the control plane of it, and the admins.
 */
import { can, defineJob, enqueue, lock, mailEach, Problem, sql, systemActor, type Actor, type ControlTx, type Database, type Job, type MailPort, type Recipient, type Tenant, type TenantDirectory, type Tx } from '@milpa/kernel';
import { z } from 'zod';
import { problems } from '../problems.ts';
import type { TenantDeletion } from './contract.ts';
import { deletionMailTexts, type DeletionMail } from './mail.ts';

/** What the data plane says: it decides. */
export const pendingOf = (tx: Tx) => tx.selectFrom('tenancy.deletion').select(['requestedAt', 'dueAt', 'startedAt']).executeTakeFirst();

export async function read(tx: Tx, actor: Actor): Promise<TenantDeletion> {
  const pending = await pendingOf(tx);
  const may = can(actor, 'tenant:delete');
  return { requestedAt: pending?.requestedAt ?? null, dueAt: pending?.dueAt ?? null, abilities: { request: may && !pending, cancel: may && pending?.startedAt === null } };
}

/** Asked for again, it stays as it was. @throws Problem `tenancy.name_mismatch`. */
export async function request(tx: Tx, tenant: Tenant, actor: Actor, name: string): Promise<TenantDeletion> {
  if (name.trim() !== tenant.name.trim()) throw new Problem(problems.name_mismatch, { fields: [{ path: 'body.name', code: 'mismatch' }] });
  const made = await tx.insertInto('tenancy.deletion').values({ tenantId: tenant.id }).onConflict((conflict) => conflict.doNothing()).returning('requestedAt').executeTakeFirst();
  if (made) await enqueue(tx, job, { tenantId: tenant.id, what: 'requested', requestedAt: made.requestedAt });
  return read(tx, actor);
}

/** Called off again, it changes nothing. @throws Problem `tenancy.deletion_started`. */
export async function cancel(tx: Tx, tenant: Tenant): Promise<void> {
  const gone = await tx.deleteFrom('tenancy.deletion').where('startedAt', 'is', null).returning('requestedAt').executeTakeFirst();
  if (gone) await enqueue(tx, job, { tenantId: tenant.id, what: 'cancelled', requestedAt: gone.requestedAt });
  else if (await pendingOf(tx)) throw new Problem(problems.deletion_started);
}

export interface DeletionDeps {
  database: Database;
  tenants: TenantDirectory;
  mail: MailPort;
  originOf(tenant: Tenant): string;
  /** The active members who may delete the tenant. */
  administrators(tx: Tx): Promise<readonly Recipient[]>;
}

const job = { name: 'tenancy.announceDeletion', maxAttempts: 10 };
const payload = z.object({ tenantId: z.uuid(), what: z.enum(['requested', 'cancelled']), requestedAt: z.string() });

/** Brings the control plane to what the data plane says, and writes to the admins. */
export const announceDeletionJob = (deps: DeletionDeps): Job<z.infer<typeof payload>> => defineJob({
  ...job, payload,
  async run({ tenantId, what, requestedAt }) {
    const { database, tenants, administrators } = deps;
    const tenant = await tenants.byId(tenantId);
    if (!tenant) return;
    const { dueAt, admins } = await database.withTenant(tenant, systemActor, async (tx) => {
      // Of two announcements the one that looks later also writes later.
      await lock(tx, 'tenancy.deletion');
      const pending = await pendingOf(tx);
      await database.withControl((control) => (pending ? note(control, tenantId, pending) : forget(control, tenantId)));
      return { dueAt: pending?.dueAt ?? null, admins: await administrators(tx) };
    });
    if (what === 'requested' && dueAt === null) return;
    await mailAdmins(deps, tenant, admins, what, dueAt, `deletion:${what}:${tenantId}:${requestedAt}`);
  },
});

/** Writes to each in their language, once for each key. */
export const mailAdmins = ({ mail, originOf }: DeletionDeps, tenant: Tenant, admins: readonly Recipient[], what: DeletionMail, dueAt: string | null, key: string): Promise<void> =>
  mailEach(mail, admins, key, ({ name, locale }) => {
    const until = dueAt === null ? '' : new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: tenant.timeZone }).format(new Date(dueAt));
    return deletionMailTexts[what][locale]({ name, tenant: tenant.name, until, url: `${originOf(tenant)}/admin/data` });
  });

async function note(tx: ControlTx, tenantId: string, { requestedAt, dueAt }: { requestedAt: string; dueAt: string }): Promise<void> {
  await tx.insertInto('tenancyControl.deletion').values({ tenantId, requestedAt, dueAt }).onConflict((conflict) => conflict.column('tenantId').doUpdateSet({
    requestedAt, dueAt, remindedDays: sql`case when tenancy_control.deletion.requested_at = excluded.requested_at then tenancy_control.deletion.reminded_days end`,
  })).execute();
}

/** Of a tenant that stays. */
export async function forget(tx: ControlTx, tenantId: string): Promise<void> {
  await tx.deleteFrom('tenancyControl.deletion').where('tenantId', '=', tenantId).where('startedAt', 'is', null).execute();
}

export const findDeletion = (tx: ControlTx, tenantId: string) =>
  tx.selectFrom('tenancyControl.deletion').select(['requestedAt', 'dueAt', 'startedAt', 'erasedAt']).where('tenantId', '=', tenantId).executeTakeFirst();
