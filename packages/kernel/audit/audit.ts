/** The append-only logs of who did what, in a tenant and to the installation. Written in the transaction of the deed. */
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { ControlTx, Tx } from '../database/database.ts';

export interface AuditNote {
  /** `module.verbNoun`: the operation's id. */
  action: string;
  outcome?: 'done' | 'refused';
  subjectType?: string | null;
  subjectId?: string | null;
  /** Facts that explain the deed; no secrets, no e-mail addresses. */
  detail?: Record<string, unknown>;
  requestId?: string | null;
}

/** `actor`: who did it, where that turned out on the way. Support is written down by name: its account is not the tenant's, and may go. */
export async function audit(tx: Tx, note: AuditNote, actor: Actor = tx.actor): Promise<void> {
  const by = actor.kind === 'support' ? { by: actor.profile?.name } : {};
  await tx.insertInto('kernel.auditEntry').values({
    at: tx.now.toISOString(), actorKind: actor.kind, memberId: actor.memberId, accountId: actor.accountId,
    action: note.action, outcome: note.outcome ?? 'done', subjectType: note.subjectType ?? null, subjectId: note.subjectId ?? null,
    detail: JSON.stringify({ ...note.detail, ...by }), requestId: note.requestId ?? null,
  }).execute();
}

export interface AuditFilter { actorKind?: Actor['kind'] | undefined; memberId?: string | undefined; action?: string | undefined; subjectId?: string | undefined; outcome?: 'done' | 'refused' | undefined; from?: string | undefined; to?: string | undefined }

/** Newest first; `after` is the last entry of the page before. Gives up to `limit` entries. */
export async function listAudit(tx: Tx, filter: AuditFilter, limit: number, after: { at: string; id: string } | null) {
  let query = tx.selectFrom('kernel.auditEntry')
    .select(['id', 'at', 'actorKind', 'memberId', 'accountId', 'action', 'outcome', 'subjectType', 'subjectId', 'detail', 'requestId'])
    .orderBy('at', 'desc').orderBy('id', 'desc').limit(limit);
  if (filter.actorKind) query = query.where('actorKind', '=', filter.actorKind);
  if (filter.memberId) query = query.where('memberId', '=', filter.memberId);
  if (filter.action) query = query.where('action', '=', filter.action);
  if (filter.subjectId) query = query.where('subjectId', '=', filter.subjectId);
  if (filter.outcome) query = query.where('outcome', '=', filter.outcome);
  if (filter.from) query = query.where('at', '>=', filter.from);
  if (filter.to) query = query.where('at', '<', filter.to);
  if (after) query = query.where((where) => where(where.refTuple('at', 'id'), '<', where.tuple(after.at, after.id)));
  return query.execute();
}

/** Throws a portion of the entries away that are three years old. @returns how many; less than `most` when no more are due. */
export async function purgeAudit(tx: Tx, most: number): Promise<number> {
  const { rows: [answer] } = await sql<{ purged: number }>`select kernel.purge_audit(${most}) as purged`.execute(tx);
  return answer!.purged;
}

/** When a member last did something that the log tells of; null: never. */
export const lastActivity = async (tx: Tx): Promise<string | null> =>
  (await tx.selectFrom('kernel.auditEntry').select('at').where('memberId', 'is not', null).where('outcome', '=', 'done').orderBy('at', 'desc').limit(1).executeTakeFirst())?.at ?? null;

export type ControlAuditNote = Omit<AuditNote, 'outcome'> & { accountId: string | null };

/** What was done to the installation, in the control plane. */
export async function auditControl(tx: ControlTx, note: ControlAuditNote): Promise<void> {
  await tx.insertInto('kernelControl.auditEntry').values({
    at: tx.now.toISOString(), accountId: note.accountId, action: note.action, subjectType: note.subjectType ?? null, subjectId: note.subjectId ?? null,
    detail: JSON.stringify(note.detail ?? {}), requestId: note.requestId ?? null,
  }).execute();
}

export interface ControlAuditFilter { accountId?: string | undefined; action?: string | undefined; subjectId?: string | undefined }

/** As `listAudit`, of the installation. */
export async function listControlAudit(tx: ControlTx, filter: ControlAuditFilter, limit: number, after: { at: string; id: string } | null) {
  let query = tx.selectFrom('kernelControl.auditEntry')
    .select(['id', 'at', 'accountId', 'action', 'subjectType', 'subjectId', 'requestId'])
    .orderBy('at', 'desc').orderBy('id', 'desc').limit(limit);
  if (filter.accountId) query = query.where('accountId', '=', filter.accountId);
  if (filter.action) query = query.where('action', '=', filter.action);
  if (filter.subjectId) query = query.where('subjectId', '=', filter.subjectId);
  if (after) query = query.where((where) => where(where.refTuple('at', 'id'), '<', where.tuple(after.at, after.id)));
  return query.execute();
}

/** As `purgeAudit`, of the installation. */
export async function purgeControlAudit(tx: ControlTx, most: number): Promise<number> {
  const { rows: [answer] } = await sql<{ purged: number }>`select kernel_control.purge_audit(${most}) as purged`.execute(tx);
  return answer!.purged;
}
