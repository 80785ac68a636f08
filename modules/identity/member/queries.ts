import { fold, lock, sql, type Tx } from '@milpa/kernel';
import type { MemberStatus, Persona, RoleName } from '../tables.ts';

const memberColumns = ['id', 'accountId', 'name', 'email', 'locale', 'status', 'version', 'joinedAt'] as const;

/** Where a member's picture is: at another address whenever it changes, since browsers keep what they have. */
export const pictureUrl = (memberId: string, fileId: string | null): string | null => fileId && `/api/v1/members/${memberId}/picture?v=${fileId}`;

export type MemberRow = NonNullable<Awaited<ReturnType<typeof findMember>>>;

export const findMember = (tx: Tx, id: string) => tx.selectFrom('identity.member').select(memberColumns).where('id', '=', id).where('leftAt', 'is', null).executeTakeFirst();
/** As `findMember`, and who was merged into another. */
export const findPresent = (tx: Tx, id: string) => tx.selectFrom('identity.member').select(memberColumns).where('id', '=', id).where((where) => where.or([where('leftAt', 'is', null), where('mergedInto', 'is not', null)])).executeTakeFirst();
export const lockMember = (tx: Tx, id: string) => tx.selectFrom('identity.member').select(memberColumns).where('id', '=', id).where('leftAt', 'is', null).forUpdate().executeTakeFirst();
export const preferencesOf = (tx: Tx, id: string) =>
  tx.selectFrom('identity.member').select(['timeZone', 'theme', 'mutedNotices', 'pictureFileId']).where('id', '=', id).executeTakeFirstOrThrow();
/** Since when and why somebody may not enter; null when they may. */
export async function suspensionOf(tx: Tx, id: string): Promise<{ reason: string | null; at: string | null } | null> {
  return await tx.selectFrom('identity.member').select(['suspensionReason as reason', 'suspendedAt as at']).where('id', '=', id).where('status', '=', 'suspended').executeTakeFirst() ?? null;
}
/** The member that the account is in this tenant. */
export const memberByAccount = (tx: Tx, accountId: string) => tx.selectFrom('identity.member').select(memberColumns).where('accountId', '=', accountId).executeTakeFirst();
export const memberByEmail = (tx: Tx, email: string) => tx.selectFrom('identity.member').select(memberColumns).where('email', '=', email).executeTakeFirst();

/** Members that count towards the plan's limit. */
export const countMembers = async (tx: Tx): Promise<number> =>
  (await tx.selectFrom('identity.member').select((is) => is.fn.countAll<number>().as('count')).where('status', '=', 'active').executeTakeFirstOrThrow()).count;

export interface HeldRole { memberId: string; roleId: string; key: string; name: RoleName; persona: Persona; permissions: string[]; startsAt: string; expiresAt: string | null }

/** The roles that members have, have had, or will have. */
export const rolesOf = (tx: Tx, memberIds: readonly string[]): Promise<HeldRole[]> =>
  memberIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('identity.memberRole as held').innerJoin('identity.role as role', 'role.id', 'held.roleId')
    .select(['held.memberId', 'held.roleId', 'role.key', 'role.name', 'role.persona', 'role.permissions', 'held.startsAt', 'held.expiresAt'])
    .where('held.memberId', 'in', memberIds).orderBy('role.createdAt').orderBy('role.key').execute();

/** For `like`: every word that was typed, wherever it stands. */
const patternsOf = (q: string | undefined): string[] => fold(q ?? '').split(/\s+/).filter(Boolean).slice(0, 8).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);

export interface MemberFilter { q?: string | undefined; status?: MemberStatus | undefined; roleId?: string | undefined }

/** By which column members are listed, and in which direction. */
const orders = { name: { column: 'name', direction: 'asc', beyond: '>' }, newest: { column: 'joinedAt', direction: 'desc', beyond: '<' } } as const;

export type MemberSort = keyof typeof orders;

/** Members, after the one with this name or time of joining, and id. */
export function listMembers(tx: Tx, sort: MemberSort, filter: MemberFilter, limit: number, after: readonly [key: string, id: string] | null) {
  const { column, direction, beyond } = orders[sort];
  let query = tx.selectFrom('identity.member').select(memberColumns).where('leftAt', 'is', null).orderBy(column, direction).orderBy('id', direction).limit(limit);
  for (const pattern of patternsOf(filter.q)) query = query.where('search', 'like', pattern);
  if (filter.status) query = query.where('status', '=', filter.status);
  if (filter.roleId) {
    const now = tx.now.toISOString();
    query = query.where('id', 'in', tx.selectFrom('identity.memberRole').select('memberId').where('roleId', '=', filter.roleId)
      .where('startsAt', '<=', now).where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', now)])));
  }
  if (after) query = query.where((where) => where(where.refTuple(column, 'id'), beyond, where.tuple(after[0], after[1])));
  return query.execute();
}

/** What the search of members looks through. */
export const searchText = (name: string, email: string): string => fold(`${name} ${email}`);

/** Whom a member became who was merged. */
export const becameOf = (tx: Tx, id: string) =>
  tx.selectFrom('identity.member as member').innerJoin('identity.member as now', 'now.id', 'member.mergedInto').select(['now.id', 'now.name']).where('member.id', '=', id).executeTakeFirst();
/** Those who were merged into this member. */
export const mergedMembers = (tx: Tx, id: string): Promise<{ id: string; name: string; at: string }[]> =>
  tx.selectFrom('identity.member').select(['id', 'name', 'leftAt as at']).where('mergedInto', '=', id).orderBy('leftAt', 'desc').$narrowType<{ at: string }>().execute();

/** Names by member, for lists of other modules; who is gone is left out, and who was merged has the name of whom they became. */
export async function memberNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('identity.member as member').leftJoin('identity.member as now', 'now.id', 'member.mergedInto')
    .select((is) => ['member.id', is.fn.coalesce('now.name', 'member.name').as('name')]).where('member.id', 'in', [...new Set(ids)]).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

const cardColumns = ['id', 'name', 'email', 'locale', 'status'] as const;

/** Members by id, for lists of other modules; who is gone is left out. */
export async function memberCards(tx: Tx, ids: readonly string[]) {
  const rows = ids.length === 0 ? [] : await tx.selectFrom('identity.member').select(cardColumns).where(sql<boolean>`id = any(${[...new Set(ids)]}::uuid[])`).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Members by address, which is in lower case. */
export async function membersByEmail(tx: Tx, emails: readonly string[]) {
  const rows = emails.length === 0 ? [] : await tx.selectFrom('identity.member').select(cardColumns).where(sql<boolean>`email = any(${[...new Set(emails)]}::text[])`).execute();
  return new Map(rows.map((row) => [row.email, row]));
}

/** Those of these members who have the words in their name or address, by name, after the one of that name and id. */
export function membersNamed(tx: Tx, among: readonly string[], { q, after, limit }: { q?: string | undefined; after?: readonly [name: string, id: string] | null; limit?: number }) {
  let query = tx.selectFrom('identity.member').select(['id', 'name']).where(sql<boolean>`id = any(${among}::uuid[])`).orderBy('name').orderBy('id');
  for (const pattern of patternsOf(q)) query = query.where('search', 'like', pattern);
  if (after) query = query.where((where) => where(where.refTuple('name', 'id'), '>', where.tuple(after[0], after[1])));
  return (limit === undefined ? query : query.limit(limit)).execute();
}

/** From here to the end of the transaction nobody else joins this tenant, so that two at once cannot both take the last place. */
export const lockMembers = (tx: Tx) => lock(tx, 'identity.members');
