/** Leaving one organisation, or all of them with the account: announced, called off, and done when the week is over. */
import { defineJob, emit, Problem, sql, systemActor, type Actor, type Database, type Job, type MemberData, type Tenant, type Tx } from '@milpa/kernel';
import { removeFile } from '@milpa/media';
import type pg from 'pg';
import { z } from 'zod';
import { adminTerms, lockRoles } from '../access/queries.ts';
import { countAdmins, locksOut } from '../access/rules.ts';
import type { Auth } from '../account/auth.ts';
import { inTransaction, signOutEverywhere } from '../account/queries.ts';
import { requireAccount } from '../account/sessions.ts';
import type { Visit } from '../account/visit.ts';
import { memberLeft } from '../events.ts';
import { memberByAccount } from '../member/queries.ts';
import { problems } from '../problems.ts';
import { ownMember } from './data-export.ts';
import { eraseOwn, namedIn } from './member-data.ts';

const graceDays = 7;
const after = (now: Date) => new Date(now.getTime() + graceDays * 86_400_000);

/** What stands in place of who has left, in the organisation's language. */
const formerMember = { en: 'Former member', 'es-MX': 'Antiguo miembro', ar: 'عضو سابق' } as const;

export interface LeavingDependencies { database: Database; auth: Auth; tenants: { all(options: { suspended: boolean; closed: boolean }): AsyncIterable<Tenant> }; memberData: () => readonly MemberData[]; originOf: (tenant: Tenant) => string }

/** People leave organisations too in which nobody can sign in now, or ever again. */
const everywhere = { suspended: true, closed: true };

/** @throws Problem `identity.last_admin`, but for an organisation that is closed for good. */
async function requireOtherAdmin(tx: Tx, tenant: Tenant, memberId: string): Promise<void> {
  if (tenant.status === 'closed') return;
  await lockRoles(tx);
  const terms = await adminTerms(tx);
  if (locksOut(countAdmins(terms, tx.now), countAdmins(terms.filter((term) => term.memberId !== memberId), tx.now))) throw new Problem(problems.last_admin);
}

export async function departureOf(tx: Tx, actor: Actor): Promise<{ dueAt: string | null }> {
  const row = await tx.selectFrom('identity.departure').select('dueAt').where('memberId', '=', ownMember(actor)).executeTakeFirst();
  return { dueAt: row?.dueAt ?? null };
}

/** Announced again, it stays as it was. @throws Problem `identity.last_admin`. */
export async function leave(tx: Tx, { auth, originOf }: LeavingDependencies, tenant: Tenant, actor: Actor): Promise<{ dueAt: string | null }> {
  const memberId = ownMember(actor);
  await requireOtherAdmin(tx, tenant, memberId);
  const made = await tx.insertInto('identity.departure').values({ memberId, requestedAt: tx.now.toISOString(), dueAt: after(tx.now).toISOString() })
    .onConflict((conflict) => conflict.doNothing()).returning('dueAt').executeTakeFirst();
  const member = await tx.selectFrom('identity.member').select(['name', 'email', 'locale']).where('id', '=', memberId).executeTakeFirstOrThrow();
  if (made) tx.afterCommit(() => void auth.sendMail(auth.pool, { kind: 'leaving_planned', to: member.email, name: member.name, locale: member.locale, url: `${originOf(tenant)}/account/data` }).catch(() => {}));
  return departureOf(tx, actor);
}

/** @throws Problem `identity.not_a_member` for who has just left. */
export async function stay(tx: Tx, actor: Actor): Promise<void> {
  const memberId = ownMember(actor);
  await tx.deleteFrom('identity.departure').where('memberId', '=', memberId).execute();
  const { leftAt } = await tx.selectFrom('identity.member').select('leftAt').where('id', '=', memberId).executeTakeFirstOrThrow();
  if (leftAt !== null) throw new Problem(problems.not_a_member);
}

/**
 * Takes the person out of their member: what was theirs alone is deleted, their name, address and picture go, and what others rely on
 * stays with "former member". Done again, it changes nothing. @throws Problem `identity.last_admin`.
 */
export async function eraseMember(tx: Tx, tenant: Tenant, data: readonly MemberData[], memberId: string): Promise<void> {
  const member = await tx.selectFrom('identity.member').select(['email', 'pictureFileId']).where('id', '=', memberId).where('leftAt', 'is', null).forUpdate().executeTakeFirst();
  if (!member) {
    // Who was merged is still here as somebody else: only the account that goes is let go of.
    await tx.updateTable('identity.member').set({ accountId: sql<string>`uuidv7()` }).where('id', '=', memberId).where('mergedInto', 'is not', null).execute();
    return;
  }
  await requireOtherAdmin(tx, tenant, memberId);
  await erasePerson(tx, tenant, data, memberId, member);
  await tx.updateTable('identity.member').set({ eraseAgainAt: tx.now.toISOString() }).where('id', '=', memberId).execute();
  await emit(tx, memberLeft, { memberId });
}

async function erasePerson(tx: Tx, tenant: Tenant, data: readonly MemberData[], memberId: string, member: { email: string; pictureFileId: string | null }): Promise<void> {
  // Deleted rather than read first: an archive that is being finished is waited for.
  const exports = await tx.deleteFrom('identity.dataExport').where('memberId', '=', memberId).returning('fileId').execute();
  await eraseOwn(tx, namedIn(data), memberId);
  for (const { fileId } of [...exports, { fileId: member.pictureFileId }]) if (fileId) await removeFile(tx, fileId);
  const nobody = `${memberId}@former.invalid`;
  const now = tx.now.toISOString();
  await tx.updateTable('identity.invitation').set({ status: 'revoked', updatedAt: now }).where('email', '=', member.email).where('status', '=', 'pending').execute();
  await tx.updateTable('identity.invitation').set({ email: nobody, name: null }).where('email', '=', member.email).execute();
  await tx.updateTable('identity.bulkInvitationLine').set({ email: nobody, name: '' }).where('email', '=', member.email).execute();
  const name = formerMember[tenant.locale];
  await tx.updateTable('identity.member').set({
    accountId: sql<string>`uuidv7()`, name, email: nobody, search: '', theme: null, timeZone: null, pictureFileId: null, mutedNotices: [], status: 'suspended', suspensionReason: null, suspendedAt: null, leftAt: sql`coalesce(left_at, ${now})`,
    version: sql`version + 1`, updatedAt: now,
  }).where((where) => where.or([where('id', '=', memberId), where('mergedInto', '=', memberId)])).execute();
}

/** Longer than any request or job that was under way when somebody left, and may have written behind them. */
const settledAfter = 2 * 86_400_000;

/** Looks again at the next run, then whenever twice the time has passed since they left, until nothing can come any more. */
async function eraseBehind(tx: Tx, tenant: Tenant, data: readonly MemberData[]): Promise<void> {
  const due = await tx.selectFrom('identity.member').select(['id', 'email', 'pictureFileId', 'leftAt']).where('eraseAgainAt', '<=', tx.now.toISOString()).forUpdate().execute();
  for (const { id, leftAt, ...member } of due) {
    await erasePerson(tx, tenant, data, id, member);
    const gone = tx.now.getTime() - Date.parse(leftAt!);
    await tx.updateTable('identity.member').set({ eraseAgainAt: gone > settledAfter ? null : new Date(tx.now.getTime() + gone).toISOString() }).where('id', '=', id).execute();
  }
}

/** The account's standing: its organisations, and when it goes. */
export async function deletionOf({ database, auth, tenants }: LeavingDependencies, visit: Visit): Promise<{ dueAt: string | null; organisations: string[] }> {
  const { accountId } = await requireAccount(auth, visit);
  const organisations: string[] = [];
  for await (const { tenant } of memberships(database, tenants, accountId)) organisations.push(tenant.name);
  return { dueAt: await dueAt(auth, accountId), organisations };
}

async function dueAt(auth: Auth, accountId: string): Promise<string | null> {
  const { rows } = await auth.pool.query<{ due_at: Date }>('SELECT due_at FROM identity_control.account_deletion WHERE account_id = $1', [accountId]);
  return rows[0]?.due_at.toISOString() ?? null;
}

async function* memberships(database: Database, tenants: LeavingDependencies['tenants'], accountId: string): AsyncGenerator<{ tenant: Tenant; memberId: string }> {
  for await (const tenant of tenants.all(everywhere)) {
    const member = await database.readTenant(tenant, systemActor, (tx) => memberByAccount(tx, accountId));
    if (member) yield { tenant, memberId: member.id };
  }
}

/** Announced again, it stays as it was. @throws Problem `identity.last_admin_of`, `identity.last_operator`. */
export async function deleteAccount(dependencies: LeavingDependencies, visit: Visit): Promise<{ dueAt: string | null }> {
  const { auth } = dependencies;
  const account = await requireAccount(auth, visit);
  await requireReplaceable(dependencies, account.accountId);
  await inTransaction(auth.pool, async (client) => {
    const { rowCount } = await client.query('INSERT INTO identity_control.account_deletion (account_id, requested_at, due_at, host) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [account.accountId, auth.now(), after(auth.now()), visit.host]);
    if (rowCount === 1) await auth.sendMail(client, { kind: 'deletion_planned', to: account.email, name: account.name, locale: account.locale, url: `${await auth.baseUrl(visit.host)}/account/data` });
  });
  return { dueAt: await dueAt(auth, account.accountId) };
}

/** Somebody stays in charge wherever the account is. @throws Problem `identity.last_admin_of`, `identity.last_operator`. */
async function requireReplaceable({ database, auth, tenants }: LeavingDependencies, accountId: string): Promise<void> {
  const { rows } = await auth.pool.query<{ account_id: string }>('SELECT account_id FROM identity_control.operator');
  if (rows.length === 1 && rows[0]?.account_id === accountId) throw new Problem(problems.last_operator);
  for await (const { tenant, memberId } of memberships(database, tenants, accountId)) {
    await database.withTenant(tenant, systemActor, (tx) => requireOtherAdmin(tx, tenant, memberId)).catch((error: unknown) => {
      throw error instanceof Problem && error.code === problems.last_admin ? new Problem(problems.last_admin_of, { params: { organisation: tenant.name } }) : error;
    });
  }
}

/** @throws Problem `identity.deletion_started`. */
export async function keepAccount({ auth }: LeavingDependencies, visit: Visit): Promise<void> {
  const { accountId } = await requireAccount(auth, visit);
  const { rowCount } = await auth.pool.query('DELETE FROM identity_control.account_deletion WHERE account_id = $1 AND started_at IS NULL', [accountId]);
  if (rowCount === 0 && await dueAt(auth, accountId) !== null) throw new Problem(problems.deletion_started);
}

/** Does what is due. Each member is a transaction of its own, and the account goes last: what a crash interrupts, the next run finishes. */
export function leavingJob(dependencies: LeavingDependencies): Job<Record<string, never>> {
  const { database, auth, tenants, memberData } = dependencies;
  return defineJob({
    name: 'identity.finishLeaving', payload: z.object({}) as z.ZodType<Record<string, never>>, maxAttempts: 3,
    async run(_payload, { signal, log }) {
      for await (const tenant of tenants.all(everywhere)) {
        signal.throwIfAborted();
        await database.withTenant(tenant, systemActor, (tx) => eraseBehind(tx, tenant, memberData()));
        const due = await database.readTenant(tenant, systemActor, (tx) => tx.selectFrom('identity.departure').select('memberId').where('dueAt', '<=', tx.now.toISOString()).execute());
        for (const { memberId } of due) {
          if (!await departed(dependencies, tenant, memberId)) await database.withTenant(tenant, systemActor, (tx) => tx.deleteFrom('identity.departure').where('memberId', '=', memberId).execute());
        }
      }
      const { rows } = await auth.pool.query<{ account_id: string }>('SELECT account_id FROM identity_control.account_deletion WHERE due_at <= $1', [auth.now()]);
      for (const { account_id: accountId } of rows) {
        signal.throwIfAborted();
        await finishAccount(dependencies, accountId).catch((error: unknown) => log.error({ err: error }, 'an account could not be deleted; it is tried again'));
      }
    },
  });
}

/** False when the member is the last admin by now: then they stay, as does who has called it off at the last moment. */
async function departed({ database, memberData }: LeavingDependencies, tenant: Tenant, memberId: string): Promise<boolean> {
  try {
    await database.withTenant(tenant, systemActor, async (tx) => {
      const isDue = await tx.selectFrom('identity.departure').select('memberId').where('memberId', '=', memberId).where('dueAt', '<=', tx.now.toISOString()).forUpdate().executeTakeFirst();
      if (isDue) await eraseMember(tx, tenant, memberData(), memberId);
    });
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === problems.last_admin) return false;
    throw error;
  }
}

/** Looks first whether it can be done at all; from then on it is done, by the next run if need be. */
async function finishAccount(dependencies: LeavingDependencies, accountId: string): Promise<void> {
  const { database, auth, tenants, memberData } = dependencies;
  const { rows: [pending] } = await auth.pool.query<{ started_at: Date | null }>('SELECT started_at FROM identity_control.account_deletion WHERE account_id = $1', [accountId]);
  if (pending?.started_at === null) {
    const isReplaceable = await requireReplaceable(dependencies, accountId).then(() => true, (error: unknown) => {
      if (error instanceof Problem) return false;
      throw error;
    });
    if (!isReplaceable) return void await auth.pool.query('DELETE FROM identity_control.account_deletion WHERE account_id = $1 AND started_at IS NULL', [accountId]);
    if (!await inTransaction(auth.pool, (client) => begin(client, accountId, auth.now()))) return;
  }
  for await (const { tenant, memberId } of memberships(database, tenants, accountId)) await database.withTenant(tenant, systemActor, (tx) => eraseMember(tx, tenant, memberData(), memberId));
  await inTransaction(auth.pool, async (client) => {
    const { rows: [gone] } = await client.query<{ email: string; name: string; locale: string; host: string }>(
      `DELETE FROM identity_control.account a USING identity_control.account_deletion d
       WHERE d.account_id = a.id AND a.id = $1 AND d.started_at IS NOT NULL RETURNING a.email, a.name, a.locale, d.host`, [accountId]);
    if (gone) await auth.sendMail(client, { kind: 'deletion_done', to: gone.email, name: gone.name, locale: gone.locale, url: await auth.baseUrl(gone.host) });
  });
}

/** It cannot be called off any more, and nobody goes on with the account while its traces are removed. False: it was called off. */
async function begin(client: pg.ClientBase, accountId: string, now: Date): Promise<boolean> {
  const { rowCount } = await client.query('UPDATE identity_control.account_deletion SET started_at = $2 WHERE account_id = $1 AND due_at <= $2', [accountId, now]);
  if (rowCount === 1) await signOutEverywhere(client, accountId, now);
  return rowCount === 1;
}
