import { csvFile, decodeCursor, enqueue, Problem, toPage, type Tenant, type Tx } from '@milpa/kernel';
import type { FileContent, Input, Locale, Output, Upload } from '@milpa/kernel/contract';
import { covers } from '../access/rules.ts';
import { mailsLeft, requireMails } from '../invitation/budget.ts';
import { countWaiting, lockLists, waitingAmong } from '../invitation/queries.ts';
import { countMembers, membersByEmail } from '../member/queries.ts';
import { countsOfList, linesOfList, textOfList } from '../people-list/list.ts';
import { problems } from '../problems.ts';
import { allRoles } from '../role/queries.ts';
import { requireWithinOwn } from '../role/role.ts';
import type { BulkInvitation, listBulkInvitationLines, listBulkInvitations } from './contract.ts';
import { bulkInvitationRequest } from './job.ts';
import { countLines, countToInvite, deleteDraft, findBulk, insertBulk, listBulks, listLines, startBulk, type BulkRow } from './queries.ts';
import { forecastLines, maxLines } from './rules.ts';

interface Fallback { roleId: string; locale: Locale | undefined }

export const fromFile = async (tx: Tx, tenant: Tenant, file: Upload, fileName: string, fallback: Fallback): Promise<BulkInvitation> =>
  draft(tx, tenant, await textOfList(file, maxLines, problems), fileName, fallback);

/** Reads a list and says of each line what would become of it. @throws Problem `identity.role_not_found`, `identity.beyond_own_permissions`, of `linesOfList`. */
export async function draft(tx: Tx, tenant: Tenant, text: string, fileName: string, { roleId, locale = tenant.locale }: Fallback): Promise<BulkInvitation> {
  const roles = (await allRoles(tx)).filter(({ key }) => key !== 'visitor');
  const chosen = roles.find(({ id }) => id === roleId);
  if (!chosen) throw new Problem(problems.role_not_found);
  requireWithinOwn(tx.actor, chosen.permissions);
  const people = linesOfList(text, maxLines, problems);
  const emails = people.map(({ email }) => email);
  const lines = forecastLines(people, {
    roles, fallback: { roleId, locale }, mayGive: ({ permissions }) => permissions.every((permission) => covers(tx.actor.permissions, permission)),
    members: new Set((await membersByEmail(tx, emails)).keys()), invited: await waitingAmong(tx, emails),
    seats: tenant.limits.members - await countMembers(tx) - await countWaiting(tx), today: new Intl.DateTimeFormat('en-CA', { timeZone: tenant.timeZone }).format(tx.now),
  });
  return get(tx, await insertBulk(tx, { fileName, roleId, locale, memberId: tx.actor.memberId }, lines, tenant.timeZone));
}

const roleSummaries = async (tx: Tx) => new Map((await allRoles(tx)).map(({ id, key, name }) => [id, { id, key, name }]));

async function views(tx: Tx, rows: readonly BulkRow[]): Promise<BulkInvitation[]> {
  const [counts, roles] = await Promise.all([countLines(tx, rows.map((row) => row.id)), roleSummaries(tx)]);
  return rows.map(({ memberId: _, permissions: __, roleId, ...row }) => ({ ...row, role: roles.get(roleId) ?? null, ...countsOfList(counts.get(row.id) ?? []) }));
}

async function find(tx: Tx, id: string): Promise<BulkRow> {
  const row = await findBulk(tx, id);
  if (!row) throw new Problem(problems.list_not_found);
  return row;
}

/** @throws Problem `identity.list_not_found`. */
export const get = async (tx: Tx, id: string): Promise<BulkInvitation> => (await views(tx, [await find(tx, id)]))[0]!;

export async function list(tx: Tx, { limit, cursor }: Input<typeof listBulkInvitations>['query']): Promise<Output<typeof listBulkInvitations>> {
  const { data, page } = toPage(await listBulks(tx, limit + 1, decodeCursor(cursor, ['string', 'string'])), limit, (row) => [row.createdAt, row.id]);
  return { data: await views(tx, data), page };
}

export async function lines(tx: Tx, id: string, { limit, cursor, kind }: Input<typeof listBulkInvitationLines>['query']): Promise<Output<typeof listBulkInvitationLines>> {
  await find(tx, id);
  const [roles, rows] = await Promise.all([roleSummaries(tx), listLines(tx, id, kind, limit + 1, decodeCursor(cursor, ['number'])?.[0] ?? 0)]);
  return toPage(rows.map(({ roleId, ...row }) => ({ ...row, role: (roleId && roles.get(roleId)) || null })), limit, (row) => [row.line]);
}

export async function report(tx: Tx, id: string): Promise<FileContent> {
  await find(tx, id);
  const [roles, rows] = await Promise.all([roleSummaries(tx), listLines(tx, id, undefined, maxLines, 0)]);
  return csvFile('invitations.csv', [
    ['line', 'name', 'email', 'role', 'role_ends_at', 'language', 'forecast', 'outcome', 'done_at'],
    ...rows.map((row) => [row.line, row.name, row.email, (row.roleId && roles.get(row.roleId)?.key) || row.roleText, row.rolesExpireAt, row.locale, row.forecast, row.outcome, row.doneAt]),
  ]);
}

/** What may be handed out is settled by who starts it. @throws Problem `identity.list_not_found`, `identity.invitations_used_up` when not all of its mails may leave today. */
export async function start(tx: Tx, tenant: Tenant, id: string): Promise<BulkInvitation> {
  const { status } = await find(tx, id);
  if (status === 'draft') {
    await lockLists(tx);
    const { own, others } = await countToInvite(tx, id);
    requireMails(tenant, Math.max(0, (await mailsLeft(tx, tenant)).all - others), own);
  }
  if (await startBulk(tx, id)) await enqueue(tx, bulkInvitationRequest, { tenantId: tx.tenant.id, bulkInvitationId: id }, { key: id });
  return get(tx, id);
}

/** @throws Problem `identity.list_not_found`, also for one that was started: its report stays. */
export async function discard(tx: Tx, id: string): Promise<void> {
  if (!await deleteDraft(tx, id)) throw new Problem(problems.list_not_found);
}
