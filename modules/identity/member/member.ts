import { abilitiesOf, decodeCursor, emit, listAudit, Problem, problems as kernelProblems, requireRoom, sql, toPage, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import { locale, type Input, type Locale, type Output } from '@milpa/kernel/contract';
import { standingOf } from '../access/queries.ts';
import { inForce, personaOf } from '../access/rules.ts';
import type { AccountRow } from '../account/queries.ts';
import { memberJoined, memberResumed, memberSuspended } from '../events.ts';
import { problems } from '../problems.ts';
import { rolesById, rolesByKey, signUpRole } from '../role/queries.ts';
import { keepingAnAdmin, requireWithinOwn } from '../role/role.ts';
import { countApps, endFamiliesOf } from '../token/queries.ts';
import type { listMembers, Member, Membership, updateMember, updateMembership } from './contract.ts';
import { becameOf, countMembers, findMember, findPresent, listMembers as membersBy, lockMember, lockMembers, memberByAccount, mergedMembers, pictureUrl, preferencesOf, rolesOf, searchText, suspensionOf, type HeldRole, type MemberRow } from './queries.ts';
import { changedRoles, termRefused } from './rules.ts';

export interface Person { accountId: string; name: string; email: string; locale: Locale }

/** What a member takes over from an account. */
export function personOf(account: AccountRow): Person {
  return { accountId: account.id, name: account.name, email: account.email, locale: locale.safeParse(account.locale).data ?? 'en' };
}

const roleViews = (held: readonly HeldRole[], now: Date) =>
  held.map(({ memberId: _, permissions: __, ...role }) => ({ ...role, inForce: inForce(role, now) }));
const personaNow = (held: readonly HeldRole[], now: Date) => personaOf(held.filter((role) => inForce(role, now)).map((role) => role.persona));

export async function list(tx: Tx, { sort, limit, cursor, ...filter }: Input<typeof listMembers>['query']): Promise<Output<typeof listMembers>> {
  const after = decodeCursor(cursor, ['string', 'string', 'string']);
  // A page goes on in its own order only.
  if (after && after[0] !== sort) throw new Problem(kernelProblems.validation_failed, { fields: [{ path: 'query.cursor', code: 'invalid' }] });
  const rows = await membersBy(tx, sort, filter, limit + 1, after && [after[1], after[2]]);
  const { data, page } = toPage(rows, limit, (row) => [sort, sort === 'name' ? row.name : row.joinedAt, row.id]);
  const held = Map.groupBy(await rolesOf(tx, data.map((row) => row.id)), (role) => role.memberId);
  return {
    data: data.map(({ accountId: _, version: __, ...row }) => {
      const now = (held.get(row.id) ?? []).filter((role) => inForce(role, tx.now));
      return { ...row, persona: personaOf(now.map((role) => role.persona)), roles: now.map(({ roleId, name }) => ({ roleId, name })) };
    }),
    page,
  };
}

/** Who was merged into another member is answered too, and leads to them. @throws Problem `identity.member_not_found` */
export async function getMember(tx: Tx, actor: Actor, id: string): Promise<Member> {
  const [row, held, suspension, now, mergedFrom, apps, [latest]] = await Promise.all([
    findPresent(tx, id), rolesOf(tx, [id]), suspensionOf(tx, id), becameOf(tx, id), mergedMembers(tx, id), countApps(tx, id), listAudit(tx, { memberId: id }, 1, null),
  ]);
  if (!row) throw new Problem(problems.member_not_found);
  const { accountId: _, ...member } = row;
  return {
    ...member, persona: personaNow(held, tx.now), roles: roleViews(held, tx.now), suspension, lastSeenAt: latest?.at ?? null, apps, mergedInto: now ?? null, mergedFrom,
    abilities: now ? { update: false, merge: false } : abilitiesOf(actor, 'member', ['update', 'merge'], null),
  };
}

/** `visitors`: what the role `visitor` may hold. @throws Problem `identity.not_a_member` */
export async function membershipOf(tx: Tx, accountId: string, visitors: readonly string[]): Promise<Membership> {
  const [row, standing] = await Promise.all([memberByAccount(tx, accountId), standingOf(tx, accountId, visitors)]);
  if (!row || !standing || await becameOf(tx, row.id)) throw new Problem(problems.not_a_member);
  const held = await rolesOf(tx, [row.id]);
  const { accountId: _, ...member } = row;
  const { pictureFileId, ...preferences } = await preferencesOf(tx, row.id);
  const permissions = row.status === 'active' ? standing.permissions.toSorted() : [];
  return { ...member, ...preferences, pictureUrl: pictureUrl(row.id, pictureFileId), persona: personaNow(held, tx.now), roles: roleViews(held, tx.now), permissions };
}

/**
 * The account's member, made when there is none yet.
 * @throws Problem `kernel.limit_reached`, `identity.member_merged`
 */
async function ensureMember(tx: Tx, tenant: Tenant, person: Person, by: 'sign_up' | 'invitation'): Promise<MemberRow> {
  const before = await memberByAccount(tx, person.accountId);
  if (before && await becameOf(tx, before.id)) throw new Problem(problems.member_merged);
  if (before) return before;
  await lockMembers(tx);
  const meanwhile = await memberByAccount(tx, person.accountId);
  if (meanwhile) return meanwhile;
  requireRoom(tenant, 'members', await countMembers(tx));
  return insertMember(tx, person, by);
}

async function insertMember(tx: Tx, { accountId, name, email, locale }: Person, by: 'sign_up' | 'invitation' | 'operator'): Promise<MemberRow> {
  const now = tx.now.toISOString();
  const { id } = await tx.insertInto('identity.member')
    .values({ accountId, name, email, locale, search: searchText(name, email), joinedAt: now, updatedAt: now }).returning('id').executeTakeFirstOrThrow();
  await emit(tx, memberJoined, { memberId: id, by });
  return (await findMember(tx, id))!;
}

/** Gives roles from now on, without end unless told; those that the member has already stay as they are, those that are over begin anew. */
export async function giveRoles(tx: Tx, memberId: string, roleIds: readonly string[], expiresAt: string | null = null): Promise<void> {
  if (roleIds.length === 0) return;
  const now = tx.now.toISOString();
  await tx.insertInto('identity.memberRole').values(roleIds.map((roleId) => ({ memberId, roleId, startsAt: now, expiresAt })))
    .onConflict((conflict) => conflict.columns(['tenantId', 'memberId', 'roleId']).doUpdateSet({ startsAt: now, expiresAt }).where('identity.memberRole.expiresAt', '<=', now)).execute();
}

/** Joins where sign-up is open; who is a member already stays what they are. */
export async function join(tx: Tx, tenant: Tenant, person: Person, visitors: readonly string[]): Promise<Membership> {
  const before = await memberByAccount(tx, person.accountId);
  if (before && await becameOf(tx, before.id)) throw new Problem(problems.member_merged);
  if (before?.status === 'suspended') throw new Problem(problems.member_suspended);
  if (before) return membershipOf(tx, person.accountId, visitors);
  const role = await signUpRole(tx);
  if (tenant.signUp !== 'open' || !role) throw new Problem(problems.sign_up_closed);
  const member = await ensureMember(tx, tenant, person, 'sign_up');
  tx.actAsMember(member.id, person.accountId);
  await giveRoles(tx, member.id, [role.id]);
  return membershipOf(tx, person.accountId, visitors);
}

/** Joins with the roles of an invitation. @throws Problem `identity.member_suspended`, `kernel.limit_reached`. */
export async function joinInvited(tx: Tx, tenant: Tenant, person: Person, { roleIds, rolesExpireAt }: { roleIds: readonly string[]; rolesExpireAt: string | null }): Promise<string> {
  const member = await ensureMember(tx, tenant, person, 'invitation');
  if (member.status === 'suspended') throw new Problem(problems.member_suspended);
  tx.actAsMember(member.id, person.accountId);
  await giveRoles(tx, member.id, (await rolesById(tx, roleIds)).map((role) => role.id), rolesExpireAt);
  return member.id;
}

/** Makes an account a member, for opening and seeding a tenant; asks no permission and no limit. Repeatable. @throws Error for a role that isn't there. */
export async function addMember(tx: Tx, { roleKeys, ...person }: Person & { roleKeys: readonly string[] }): Promise<{ memberId: string }> {
  const roles = await rolesByKey(tx, roleKeys);
  const missing = roleKeys.filter((key) => !roles.some((role) => role.key === key));
  if (missing.length > 0) throw new Error(`This tenant has no role ${missing.join(', ')}.`);
  await lockMembers(tx);
  const email = person.email.toLowerCase();
  const member = await memberByAccount(tx, person.accountId) ?? await insertMember(tx, { ...person, email }, 'operator');
  await giveRoles(tx, member.id, roles.map((role) => role.id));
  return { memberId: member.id };
}

export async function updateOwn(tx: Tx, actor: Actor, visitors: readonly string[], input: Input<typeof updateMembership>['body']): Promise<Membership> {
  const member = actor.memberId === null ? undefined : await lockMember(tx, actor.memberId);
  if (!member) throw new Problem(problems.not_a_member);
  const { name = member.name, ...chosen } = input;
  await tx.updateTable('identity.member')
    .set({ ...chosen, name, search: searchText(name, member.email), version: sql`version + 1`, updatedAt: tx.now.toISOString() })
    .where('id', '=', member.id).execute();
  return membershipOf(tx, member.accountId, visitors);
}

/**
 * Suspends, resumes, or changes roles. Nobody acts on somebody who may do more than they, or hands on what they lack.
 * @throws Problem `identity.member_not_found`, `identity.beyond_own_permissions`, `identity.last_admin`, `identity.term_invalid`, `kernel.version_conflict`.
 */
export async function update(tx: Tx, tenant: Tenant, actor: Actor, id: string, version: number, input: Input<typeof updateMember>['body']): Promise<Member> {
  return keepingAnAdmin(tx, async () => {
    const member = await lockMember(tx, id);
    if (!member) throw new Problem(problems.member_not_found);
    if (member.version !== version) throw new Problem(kernelProblems.version_conflict);
    if (input.roles) await replaceRoles(tx, actor, id, input.roles);
    if (input.status && input.status !== member.status) await changeStatus(tx, tenant, actor, id, input.status, input.reason);
    await tx.updateTable('identity.member').set({ version: sql`version + 1`, updatedAt: tx.now.toISOString() }).where('id', '=', id).execute();
    return getMember(tx, actor, id);
  });
}

async function changeStatus(tx: Tx, tenant: Tenant, actor: Actor, id: string, status: 'active' | 'suspended', reason?: string): Promise<void> {
  requireWithinOwn(actor, (await rolesOf(tx, [id])).filter((role) => inForce(role, tx.now)).flatMap((role) => role.permissions));
  if (status === 'active') {
    await lockMembers(tx);
    requireRoom(tenant, 'members', await countMembers(tx));
  } else {
    await endFamiliesOf(tx, id);
  }
  await tx.updateTable('identity.member')
    .set(status === 'active' ? { status, suspensionReason: null, suspendedAt: null } : { status, suspensionReason: reason ?? null, suspendedAt: tx.now.toISOString() }).where('id', '=', id).execute();
  await emit(tx, status === 'active' ? memberResumed : memberSuspended, { memberId: id });
}

async function replaceRoles(tx: Tx, actor: Actor, memberId: string, wanted: NonNullable<Input<typeof updateMember>['body']['roles']>): Promise<void> {
  const held = await rolesOf(tx, [memberId]);
  const terms = wanted.map(({ roleId, startsAt, expiresAt }) =>
    ({ roleId, startsAt: startsAt ?? held.find((role) => role.roleId === roleId)?.startsAt ?? tx.now.toISOString(), expiresAt }));
  if (termRefused(terms)) throw new Problem(problems.term_invalid);
  const roles = await rolesById(tx, terms.map((term) => term.roleId));
  if (terms.some((term) => !roles.some((role) => role.id === term.roleId && role.key !== 'visitor'))) throw new Problem(problems.role_not_found);
  const changed = changedRoles(held, terms);
  if (changed.size === 0) return;
  requireWithinOwn(actor, [...roles, ...held.map((role) => ({ id: role.roleId, permissions: role.permissions }))].filter((role) => changed.has(role.id)).flatMap((role) => role.permissions));
  await tx.deleteFrom('identity.memberRole').where('memberId', '=', memberId).where('roleId', 'in', [...changed]).execute();
  const added = terms.filter((term) => changed.has(term.roleId));
  if (added.length > 0) await tx.insertInto('identity.memberRole').values(added.map((term) => ({ memberId, ...term }))).execute();
}
