/** Two members who are one person become one member: what each table says of that is declared with the tables, and done here in one transaction. */
import { audit, emit, fold, Problem, sql, type Actor, type MemberData, type Merging, type Tx } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { inForce, personaOf } from '../access/rules.ts';
import { memberMerged } from '../events.ts';
import type { Member } from '../member/contract.ts';
import { getMember } from '../member/member.ts';
import { findMember, lockMember, rolesOf, type MemberRow } from '../member/queries.ts';
import { namedIn, type Named } from '../personal/member-data.ts';
import { problems } from '../problems.ts';
import { keepingAnAdmin, requireWithinOwn } from '../role/role.ts';
import type { mergeMembers, MergePreview } from './contract.ts';

/** Nobody acts on somebody who may do more than they, nor makes themselves disappear. @throws Problem `identity.merge_same`, `identity.member_not_found`, `identity.beyond_own_permissions`. */
async function pair(tx: Tx, actor: Actor, { from, into }: Merging, find: typeof findMember): Promise<{ from: MemberRow; into: MemberRow }> {
  if (from === into || from === actor.memberId) throw new Problem(problems.merge_same);
  // In one order, whichever of the two stays: two admins who merge them both ways do not wait for each other.
  const rows = new Map<string, MemberRow | undefined>();
  for (const id of [from, into].toSorted()) rows.set(id, await find(tx, id));
  const [leaving, staying] = [rows.get(from), rows.get(into)];
  if (!leaving || !staying) throw new Problem(problems.member_not_found);
  // Those to come count too: whoever stays will have them.
  requireWithinOwn(actor, (await rolesOf(tx, [from, into])).filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > tx.now.getTime()).flatMap((role) => role.permissions));
  return { from: leaving, into: staying };
}

const fates = { move: 'moves', stay: 'stays', drop: 'goes' } as const;
const fateOf = ({ rule }: Named) => (typeof rule === 'string' ? fates[rule] : 'moves');

const rowsOf = async (tx: Tx, { table, column }: Named, memberId: string): Promise<number> =>
  (await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)} where ${sql.ref(column)} = ${memberId}`.execute(tx)).rows[0]!.count;

/** Rows of the one who goes to which the other has the same. */
const isTaken = (table: string, column: string, same: readonly string[], into: string) => sql`
  exists (select from ${sql.table(table)} o where o.${sql.ref(column)} = ${into} and ${sql.join([sql`true`, ...same.map((name) => sql`o.${sql.ref(name)} = t.${sql.ref(name)}`)], sql` and `)})`;

async function clashesOf(tx: Tx, { table, column, rule }: Named, merging: Merging): Promise<number> {
  if (typeof rule === 'string') return 0;
  if ('clashes' in rule) return rule.clashes(tx, merging);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)} t where t.${sql.ref(column)} = ${merging.from} and ${isTaken(table, column, rule.unlessSame, merging.into)}`.execute(tx);
  return rows[0]!.count;
}

async function apply(tx: Tx, { table, column, rule }: Named, { from, into }: Merging): Promise<void> {
  if (rule === 'stay') return;
  if (typeof rule === 'object' && 'merge' in rule) return rule.merge(tx, { from, into });
  const gone = rule === 'drop' ? sql`true` : rule === 'move' ? null : isTaken(table, column, rule.unlessSame, into);
  if (gone) await sql`delete from ${sql.table(table)} t where t.${sql.ref(column)} = ${from} and ${gone}`.execute(tx);
  if (rule !== 'drop') await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${into} where ${sql.ref(column)} = ${from}`.execute(tx);
}

export async function preview(tx: Tx, data: readonly MemberData[], actor: Actor, merging: Merging): Promise<MergePreview> {
  const members = await pair(tx, actor, merging, findMember);
  // Who did what to things of others is not counted: it stays, and there may be very much of it.
  const counted = namedIn(data).filter(({ kind, rule }) => kind !== 'mark' || rule !== 'stay');
  const found = await Promise.all(counted.map(async (named) => ({ what: named.table, fate: fateOf(named), count: await rowsOf(tx, named, merging.from), clashes: await clashesOf(tx, named, merging) })));
  const things = [...Map.groupBy(found, ({ what, fate }) => `${what} ${fate}`).values()]
    .map((same) => same.reduce((sum, one) => ({ ...sum, count: sum.count + one.count, clashes: sum.clashes + one.clashes })));
  const roles = Map.groupBy(await rolesOf(tx, [merging.from, merging.into]), (role) => role.memberId);
  const summary = ({ accountId: _, version: __, ...row }: MemberRow) => ({ ...row, persona: personaOf((roles.get(row.id) ?? []).filter((role) => inForce(role, tx.now)).map((role) => role.persona)) });
  return { from: summary(members.from), into: summary(members.into), things: things.filter(({ count }) => count > 0) };
}

/**
 * What is `from`'s becomes `into`'s, and `from` can no longer enter; the row stays for logs and leads to the other. All or nothing.
 * @throws Problem as `pair`, `identity.merge_name`, `identity.last_admin`.
 */
export async function merge(tx: Tx, data: readonly MemberData[], actor: Actor, requestId: string, into: string, { fromMemberId: from, name }: Input<typeof mergeMembers>['body']): Promise<Member> {
  return keepingAnAdmin(tx, async () => {
    const before = await tx.selectFrom('identity.member').select('mergedInto').where('id', '=', from).executeTakeFirst();
    if (before?.mergedInto === into) return getMember(tx, actor, into);
    const members = await pair(tx, actor, { from, into }, lockMember);
    if (fold(name).trim() !== fold(members.from.name).trim()) throw new Problem(problems.merge_name);
    for (const named of namedIn(data)) await apply(tx, named, { from, into });
    const now = tx.now.toISOString();
    await tx.updateTable('identity.member').set({
      mergedInto: into, leftAt: now, status: 'suspended', suspensionReason: null, suspendedAt: null, email: `${from}@merged.invalid`, search: '', theme: null, timeZone: null, mutedNotices: [],
      version: sql`version + 1`, updatedAt: now,
    }).where('id', '=', from).execute();
    await tx.updateTable('identity.member').set({ version: sql`version + 1`, updatedAt: now, joinedAt: sql<string>`least(joined_at, ${members.from.joinedAt}::timestamptz)` }).where('id', '=', into).execute();
    for (const [subjectId, other] of [[from, { into }], [into, { from }]] as const) await audit(tx, { action: 'identity.mergeMembers', subjectType: 'member', subjectId, detail: other, requestId });
    await emit(tx, memberMerged, { memberId: from, into });
    return getMember(tx, actor, into);
  });
}
