/** The tenant's log. Names are those of the moment of reading: the log itself keeps ids, and outlives what they stand for. */
import { csvFile, decodeCursor, listAudit, Problem, textFile, toPage, type AuditFilter, type Tx } from '@milpa/kernel';
import type { FileContent, Input, Output } from '@milpa/kernel/contract';
import { problems } from '../problems.ts';
import type { exportAuditEntries, listAuditEntries } from './contract.ts';
import { subjectTypeOf } from './rules.ts';

/** Names by id; those that are gone are left out. */
export type Names = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
/** What can be named, by its type; `member` is among them. */
export type SubjectNames = Record<string, Names> & { member: Names };

type Row = Awaited<ReturnType<typeof listAudit>>[number];
type Entry = Output<typeof listAuditEntries>['data'][number];

export async function auditEntries(tx: Tx, names: SubjectNames, { limit, cursor, ...filter }: Input<typeof listAuditEntries>['query']): Promise<Output<typeof listAuditEntries>> {
  const after = decodeCursor(cursor, ['string', 'string']);
  const { data, page } = toPage(await listAudit(tx, filter, limit + 1, after && { at: after[0], id: after[1] }), limit, (row) => [row.at, row.id]);
  return { data: await named(tx, names, data), page };
}

async function named(tx: Tx, names: SubjectNames, rows: readonly Row[]): Promise<Entry[]> {
  const typed = rows.map((row) => ({ ...row, subjectType: row.subjectType ?? subjectTypeOf(row.action) }));
  const idsOf = (type: string) => [...new Set([
    ...typed.flatMap((row) => (row.subjectType === type && row.subjectId !== null && isUuid(row.subjectId) ? [row.subjectId] : [])),
    ...(type === 'member' ? typed.flatMap((row) => row.memberId ?? []) : []),
  ])];
  const found = new Map(await Promise.all(Object.entries(names).map(async ([type, find]) => {
    const ids = idsOf(type);
    return [type, ids.length === 0 ? new Map<string, string>() : await find(tx, ids)] as const;
  })));
  const nameOf = (type: string | null, id: string | null) => (type && id && found.get(type)?.get(id)) ?? null;
  return typed.map(({ id, at, actorKind, memberId, action, outcome, subjectType, subjectId, detail, requestId }) => ({
    id, at, actorKind, memberId, memberName: nameOf('member', memberId) || null, supportName: actorKind === 'support' ? String((detail as { by?: string }).by ?? '') : null, action, outcome, subjectType, subjectId, subjectName: nameOf(subjectType, subjectId) || null, requestId,
  }));
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const most = 20_000;
const atOnce = 1000;

/** @throws Problem `tenancy.audit_too_long`. */
export async function exportAudit(tx: Tx, names: SubjectNames, { format, ...filter }: Input<typeof exportAuditEntries>['query']): Promise<FileContent> {
  const entries = await allEntries(tx, names, filter);
  if (format === 'jsonl') return textFile('log.jsonl', 'application/jsonl', entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return csvFile('log.csv', [
    ['at', 'actor', 'member_id', 'member', 'action', 'outcome', 'subject_type', 'subject_id', 'subject', 'request_id'],
    ...entries.map((entry) => [entry.at, entry.actorKind, entry.memberId, entry.memberName ?? entry.supportName, entry.action, entry.outcome, entry.subjectType, entry.subjectId, entry.subjectName, entry.requestId]),
  ]);
}

async function allEntries(tx: Tx, names: SubjectNames, filter: AuditFilter): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let after: Row | null = null; ;) {
    const rows: Row[] = await listAudit(tx, filter, atOnce, after);
    if (entries.length + rows.length > most) throw new Problem(problems.audit_too_long);
    entries.push(...await named(tx, names, rows));
    if (rows.length < atOnce) return entries;
    after = rows.at(-1)!;
  }
}
