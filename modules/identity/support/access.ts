/** The organisation's consent: whether support may come in, until when, and whether it may change anything. */
import { enqueue, lock, Problem, sql, type Actor, type Tx } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { problems } from '../problems.ts';
import type { allowSupport, grantSupport, requestSupport, SupportAccess } from './contract.ts';
import { isAlive, isWithin, requestDays, requestsADay, stateAt } from './rules.ts';

type Row = Omit<SupportAccess, 'hours' | 'alive'> & { hours: number; accountId: string | null };
type Terms = Pick<SupportAccess, 'level' | 'hours'>;

const rows = (tx: Tx) => tx.selectFrom('identity.supportAccess as access')
  .leftJoin('identity.member as decider', 'decider.id', 'access.decidedBy').leftJoin('identity.member as ender', 'ender.id', 'access.endedBy')
  .select(['access.id', 'access.state', 'access.level', 'access.hours', 'access.accountId', 'access.operatorName', 'access.reason', 'access.note', 'access.createdAt', 'access.decidedAt', 'access.expiresAt', 'access.endedAt'])
  .select(['decider.name as decidedBy', 'ender.name as endedBy']);

function shown(tx: Tx, { accountId: _, ...row }: Row): SupportAccess {
  return { ...row, state: stateAt(row, tx.now), hours: row.hours as SupportAccess['hours'], alive: isAlive(row, tx.now) };
}

export const findRow = (tx: Tx, id: string): Promise<Row | undefined> => rows(tx).where('access.id', '=', id).executeTakeFirst();
const readRow = async (tx: Tx, id: string): Promise<SupportAccess> => shown(tx, (await findRow(tx, id))!);

export async function list(tx: Tx): Promise<{ data: SupportAccess[] }> {
  return { data: (await rows(tx).orderBy('access.createdAt', 'desc').orderBy('access.id', 'desc').limit(50).execute()).map((row) => shown(tx, row)) };
}

/** What this operator may come in with now. */
export async function livingAccess(tx: Tx, accountId: string): Promise<SupportAccess | null> {
  const row = await rows(tx).where('access.state', '=', 'granted').where('access.endedAt', 'is', null).executeTakeFirst();
  return row && isAlive(row, tx.now) && (row.accountId === null || row.accountId === accountId) ? shown(tx, row) : null;
}

/** Whether the access that a session was made with still stands. */
export async function findLiving(tx: Tx, id: string): Promise<Terms & { expiresAt: string } | null> {
  const row = await tx.selectFrom('identity.supportAccess').select(['state', 'level', 'hours', 'expiresAt', 'endedAt']).where('id', '=', id).executeTakeFirst();
  return row && row.expiresAt !== null && isAlive(row, tx.now) ? { level: row.level, hours: row.hours as Terms['hours'], expiresAt: row.expiresAt } : null;
}

/** From here to the end of the transaction nobody else opens or shuts this tenant's door. */
const lockDoor = (tx: Tx) => lock(tx, 'identity.support');

/** Ends what stands, if anything does: when its time is over, that was its end. */
const endStanding = (tx: Tx, endedBy: string | null) => tx.updateTable('identity.supportAccess')
  .set({ endedAt: sql<string>`least(expires_at, ${tx.now.toISOString()}::timestamptz)`, endedBy: sql<string | null>`case when expires_at > ${tx.now.toISOString()}::timestamptz then ${endedBy}::uuid end` })
  .where('state', '=', 'granted').where('endedAt', 'is', null).execute();

const until = (tx: Tx, hours: number): string => new Date(tx.now.getTime() + hours * 60 * 60 * 1000).toISOString();

export async function grant(tx: Tx, actor: Actor, { level, hours, note }: Input<typeof grantSupport>['body']): Promise<SupportAccess> {
  await lockDoor(tx);
  await endStanding(tx, actor.memberId);
  const now = tx.now.toISOString();
  const { id } = await tx.insertInto('identity.supportAccess').values({
    state: 'granted', level, hours, note, accountId: null, operatorName: null, reason: null, createdAt: now, decidedAt: now, decidedBy: actor.memberId, expiresAt: until(tx, hours),
  }).returning('id').executeTakeFirstOrThrow();
  await announce(tx, id, 'granted');
  return readRow(tx, id);
}

/** The request, as long as it waits for an answer. */
const waiting = (tx: Tx) => rows(tx).where('access.state', '=', 'requested').where('access.createdAt', '>', sql<string>`${tx.now.toISOString()}::timestamptz - make_interval(days => ${requestDays})`);
export const waitingRequest = async (tx: Tx): Promise<SupportAccess | null> => waiting(tx).executeTakeFirst().then((row) => (row ? shown(tx, row) : null));

/** @throws Problem `identity.support_access_not_found` also when it was decided otherwise; `identity.support_beyond_request`. */
export async function allow(tx: Tx, actor: Actor, id: string, { level, hours }: Input<typeof allowSupport>['body']): Promise<SupportAccess> {
  await lockDoor(tx);
  const request = await waiting(tx).where('access.id', '=', id).executeTakeFirst();
  if (!request) return again(tx, id, 'granted');
  if (!isWithin({ level, hours }, request)) throw new Problem(problems.support_beyond_request);
  await endStanding(tx, actor.memberId);
  const allowed = await tx.updateTable('identity.supportAccess').set({ state: 'granted', level, hours, decidedAt: tx.now.toISOString(), decidedBy: actor.memberId, expiresAt: until(tx, hours) })
    .where('id', '=', id).where('state', '=', 'requested').returning('id').executeTakeFirst();
  if (!allowed) throw new Problem(problems.support_access_not_found);
  await announce(tx, id, 'allowed');
  return readRow(tx, id);
}

export async function refuse(tx: Tx, actor: Actor, id: string): Promise<void> {
  const refused = await tx.updateTable('identity.supportAccess').set({ state: 'refused', decidedAt: tx.now.toISOString(), decidedBy: actor.memberId })
    .where('id', '=', id).where('state', '=', 'requested').returning('id').executeTakeFirst();
  if (!refused) await again(tx, id, 'refused');
  else await announce(tx, id, 'refused');
}

export async function end(tx: Tx, actor: Actor, id: string): Promise<void> {
  const ended = await tx.updateTable('identity.supportAccess').set({ endedAt: tx.now.toISOString(), endedBy: actor.memberId })
    .where('id', '=', id).where('state', '=', 'granted').where('endedAt', 'is', null).where('expiresAt', '>', tx.now.toISOString()).returning('id').executeTakeFirst();
  if (!ended) await again(tx, id, 'granted');
}

/** What was decided so before is left as it is. @throws Problem `identity.support_access_not_found`. */
async function again(tx: Tx, id: string, state: SupportAccess['state']): Promise<SupportAccess> {
  const row = await findRow(tx, id);
  if (row?.state !== state) throw new Problem(problems.support_access_not_found);
  return shown(tx, row);
}

/** @throws Problem `identity.support_requested` when another operator waits; `identity.support_asked_often`. */
export async function ask(tx: Tx, operator: { accountId: string; name: string }, { level, hours, reason }: Input<typeof requestSupport>['body']): Promise<SupportAccess> {
  await lockDoor(tx);
  const now = tx.now.toISOString();
  const before = await waiting(tx).executeTakeFirst();
  if (before) {
    if (before.accountId !== operator.accountId) throw new Problem(problems.support_requested);
    await tx.updateTable('identity.supportAccess').set({ level, hours, reason }).where('id', '=', before.id).execute();
    return readRow(tx, before.id);
  }
  const { count } = await tx.selectFrom('identity.supportAccess').select((is) => is.fn.countAll<number>().as('count')).where('accountId', 'is not', null)
    .where('createdAt', '>', sql<string>`${now}::timestamptz - interval '1 day'`).executeTakeFirstOrThrow();
  if (count >= requestsADay) throw new Problem(problems.support_asked_often);
  await tx.updateTable('identity.supportAccess').set({ state: 'lapsed', decidedAt: now }).where('state', '=', 'requested').execute();
  const { id } = await tx.insertInto('identity.supportAccess').values({
    state: 'requested', level, hours, reason, note: null, accountId: operator.accountId, operatorName: operator.name, createdAt: now, decidedAt: null, decidedBy: null, expiresAt: null,
  }).returning('id').executeTakeFirstOrThrow();
  await announce(tx, id, 'requested');
  return readRow(tx, id);
}

/** Mails follow; see mail.ts. */
export const announceSupport = { name: 'identity.announceSupport', maxAttempts: 8 };
export type Announced = 'requested' | 'granted' | 'allowed' | 'refused';
const announce = (tx: Tx, supportAccessId: string, what: Announced): Promise<void> => enqueue(tx, announceSupport, { tenantId: tx.tenant.id, supportAccessId, what });
