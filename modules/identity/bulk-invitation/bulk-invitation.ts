import { readFile } from 'node:fs/promises';
import { csvFile, decodeCursor, decodeText, enqueue, Problem, toPage, type Tenant, type Tx } from '@milpa/kernel';
import type { FileContent, Input, Locale, Output, Upload } from '@milpa/kernel/contract';
import { covers } from '../access/rules.ts';
import { readPeople } from '../invitation/people.ts';
import { countWaiting, waitingAmong } from '../invitation/queries.ts';
import { countMembers, membersByEmail } from '../member/queries.ts';
import { problems } from '../problems.ts';
import { allRoles } from '../role/queries.ts';
import { requireWithinOwn } from '../role/role.ts';
import type { BulkInvitation, listBulkInvitationLines, listBulkInvitations } from './contract.ts';
import { bulkInvitationRequest } from './job.ts';
import { countLines, deleteDraft, findBulk, insertBulk, listBulks, listLines, startBulk, type BulkRow } from './queries.ts';
import { forecastLines, maxLines } from './rules.ts';

/** A list has few bytes; what has more is none. */
const maxBytes = 4 * 1024 * 1024;

interface Fallback { roleId: string; locale: Locale | undefined }

export async function fromFile(tx: Tx, tenant: Tenant, file: Upload, fileName: string, fallback: Fallback): Promise<BulkInvitation> {
  if (file.size > maxBytes) throw new Problem(problems.list_too_long, { params: { limit: maxLines } });
  return draft(tx, tenant, decodeText(await readFile(file.path)), fileName, fallback);
}

/** Reads a list and says of each line what would become of it. @throws Problem `identity.role_not_found`, `identity.beyond_own_permissions`, of `readPeople`. */
export async function draft(tx: Tx, tenant: Tenant, text: string, fileName: string, { roleId, locale = tenant.locale }: Fallback): Promise<BulkInvitation> {
  const roles = (await allRoles(tx)).filter(({ key }) => key !== 'visitor');
  const chosen = roles.find(({ id }) => id === roleId);
  if (!chosen) throw new Problem(problems.role_not_found);
  requireWithinOwn(tx.actor, chosen.permissions);
  const list = readPeople(text, maxLines);
  if ('fault' in list) throw new Problem(problems[list.fault], { params: { limit: maxLines } });
  const emails = list.lines.map(({ email }) => email);
  const lines = forecastLines(list.lines, {
    roles, fallback: { roleId, locale }, mayGive: ({ permissions }) => permissions.every((permission) => covers(tx.actor.permissions, permission)),
    members: new Set((await membersByEmail(tx, emails)).keys()), invited: await waitingAmong(tx, emails),
    seats: tenant.limits.members - await countMembers(tx) - await countWaiting(tx), today: new Intl.DateTimeFormat('en-CA', { timeZone: tenant.timeZone }).format(tx.now),
  });
  return get(tx, await insertBulk(tx, { fileName, roleId, locale, memberId: tx.actor.memberId }, lines, tenant.timeZone));
}

const roleSummaries = async (tx: Tx) => new Map((await allRoles(tx)).map(({ id, key, name }) => [id, { id, key, name }]));

async function views(tx: Tx, rows: readonly BulkRow[]): Promise<BulkInvitation[]> {
  const [counts, roles] = await Promise.all([countLines(tx, rows.map((row) => row.id)), roleSummaries(tx)]);
  const sum = (group: readonly { count: number }[]) => group.reduce((all, one) => all + one.count, 0);
  return rows.map(({ memberId: _, permissions: __, roleId, ...row }) => {
    const lines = counts.get(row.id) ?? [];
    const total = (kind: 'forecast' | 'outcome') => [...Map.groupBy(lines.filter((line) => line[kind] !== null), (line) => line[kind]!)].map(([name, group]) => ({ kind: name, count: sum(group) }));
    const outcomes = total('outcome');
    return { ...row, role: roles.get(roleId) ?? null, lineCount: sum(lines), doneCount: sum(outcomes), forecasts: total('forecast'), outcomes };
  });
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

/** What may be handed out is settled by who starts it. @throws Problem `identity.list_not_found`. */
export async function start(tx: Tx, id: string): Promise<BulkInvitation> {
  await find(tx, id);
  if (await startBulk(tx, id)) await enqueue(tx, bulkInvitationRequest, { tenantId: tx.tenant.id, bulkInvitationId: id }, { key: id });
  return get(tx, id);
}

/** @throws Problem `identity.list_not_found`, also for one that was started: its report stays. */
export async function discard(tx: Tx, id: string): Promise<void> {
  if (!await deleteDraft(tx, id)) throw new Problem(problems.list_not_found);
}
