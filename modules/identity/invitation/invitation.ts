import { decodeCursor, emit, enqueue, Problem, requireRoom, toPage, type Actor, type RequestContext, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { holdRoles } from '../access/queries.ts';
import { createVerifiedAccount } from '../account/accounts.ts';
import type { Auth } from '../account/auth.ts';
import { accountById, findAccount, type AccountRow } from '../account/queries.ts';
import { openSession } from '../account/sessions.ts';
import { answering, visitOf } from '../account-endpoints/answer.ts';
import { memberInvited } from '../events.ts';
import type { Membership } from '../member/contract.ts';
import { join, joinInvited, membershipOf, personOf } from '../member/member.ts';
import { countMembers, memberByEmail } from '../member/queries.ts';
import { problems } from '../problems.ts';
import { rolesById } from '../role/queries.ts';
import { requireWithinOwn } from '../role/role.ts';
import type { acceptAsNewcomer, createInvitation, getInvitation, getMembershipOffer, Invitation, listInvitations } from './contract.ts';
import { requireMailLeftToday } from './budget.ts';
import { sendInvitation, type InvitationTokens } from './mail.ts';
import { findByToken, findInvitation, listNewest, lockAddress, lockLists, lockPending, lockPendingOf, mailsSince, pendingOf, markAccepted, putInvitation, revoke, type InvitationRow } from './queries.ts';

const goodForDays = 14;
const mailsADay = 5;
const hourMs = 3_600_000;

async function views(tx: Tx, rows: readonly InvitationRow[]): Promise<Invitation[]> {
  const roles = new Map((await rolesById(tx, [...new Set(rows.flatMap((row) => row.roleIds))])).map(({ id, key, name }) => [id, { id, key, name }]));
  return rows.map(({ roleIds, mailing: _, acceptedBy: __, ...row }) =>
    ({ ...row, roles: roleIds.flatMap((id) => roles.get(id) ?? []), expired: row.status === 'pending' && Date.parse(row.expiresAt) <= tx.now.getTime() }));
}

/** Of an invitation that hands on more than the actor may, only who may as much disposes. @throws Problem `identity.beyond_own_permissions`. */
async function requireOwnInvitation(tx: Tx, actor: Actor, pending: { roleIds: readonly string[] }): Promise<void> {
  requireWithinOwn(actor, (await rolesById(tx, pending.roleIds)).flatMap((role) => role.permissions));
}

/**
 * Invitations are mails to people who did not ask for them: one address gets few of them in a day, whoever sends them.
 * @returns from when on mails count. @throws Problem `identity.invitation_mailed_often` with when to try again.
 */
async function requireMailLeft(tx: Tx, email: string): Promise<string> {
  const since = new Date(tx.now.getTime() - 24 * hourMs).toISOString();
  const decisive = (await mailsSince(tx, email, since))[mailsADay - 1];
  if (decisive !== undefined) {
    const waitMs = Date.parse(decisive) + 24 * hourMs - tx.now.getTime();
    throw new Problem(problems.invitation_mailed_often, { params: { hours: Math.ceil(waitMs / hourMs) }, headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } });
  }
  return since;
}

/** Sent anew, an invitation to the same roles hands them on until the same day, as long as that is to come. */
const keptEnd = (tx: Tx, pending: InvitationRow | undefined, roleIds: readonly string[]): string | null =>
  (pending?.rolesExpireAt && Date.parse(pending.rolesExpireAt) > tx.now.getTime() && roleIds.toSorted().join() === pending.roleIds.toSorted().join() ? pending.rolesExpireAt : null);

/** What a list knows besides: a name, when the roles end, when the mail may leave, and whether there is a place; places and the day's mails it has counted for many at once. */
export interface FromList { name: string | null; rolesExpireAt: string | null; mailAt: Date; hasRoom: boolean }

/** Invites an address, or renews its invitation; the mail goes out by a job of this transaction. What it refuses, it refuses before it writes. */
export async function create(tx: Tx, tenant: Tenant, actor: Actor, tokens: InvitationTokens, input: Input<typeof createInvitation>['body'], list?: FromList): Promise<Invitation> {
  await holdRoles(tx);
  const roleIds = [...new Set(input.roleIds)];
  const roles = (await rolesById(tx, roleIds)).filter((role) => role.key !== 'visitor');
  if (roles.length !== roleIds.length) throw new Problem(problems.role_not_found);
  requireWithinOwn(actor, roles.flatMap((role) => role.permissions));
  const email = input.email.toLowerCase();
  if (await memberByEmail(tx, email)) throw new Problem(problems.already_member);
  if (!list) await lockLists(tx);
  await lockAddress(tx, email);
  const pending = await lockPendingOf(tx, email);
  if (pending) await requireOwnInvitation(tx, actor, pending);
  requireRoom(tenant, 'members', list ? (list.hasRoom ? 0 : tenant.limits.members) : await countMembers(tx));
  const mailsCountedFrom = await requireMailLeft(tx, email);
  if (!list) await requireMailLeftToday(tx, tenant, pending !== undefined);
  const rolesExpireAt = list ? list.rolesExpireAt : keptEnd(tx, pending, roleIds);
  const goodUntil = tx.now.getTime() + goodForDays * 86_400_000;
  const expiresAt = new Date(rolesExpireAt ? Math.min(goodUntil, Date.parse(rolesExpireAt)) : goodUntil).toISOString();
  const row = await putInvitation(tx, { email, roleIds, locale: input.locale ?? tenant.locale, invitedBy: actor.memberId, name: list?.name ?? null, rolesExpireAt, expiresAt, mailsCountedFrom },
    (id, mailing) => tokens.hashOf(tokens.tokenOf(id, mailing)));
  await enqueue(tx, sendInvitation, { tenantId: tenant.id, invitationId: row.id, mailing: row.mailing }, list ? { runAt: list.mailAt } : {});
  await emit(tx, memberInvited, { invitationId: row.id });
  return (await views(tx, [row]))[0]!;
}

export async function list(tx: Tx, query: Input<typeof listInvitations>['query']): Promise<Output<typeof listInvitations>> {
  const { data, page } = toPage(await listNewest(tx, query.status, query.limit + 1, decodeCursor(query.cursor, ['string', 'string'])), query.limit, (row) => [row.createdAt, row.id]);
  return { data: await views(tx, data), page };
}

/** @throws Problem `identity.invitation_not_found` when it is not pending any more, `identity.beyond_own_permissions`. */
export async function withdraw(tx: Tx, actor: Actor, id: string): Promise<void> {
  const invitation = await findInvitation(tx, id);
  if (invitation) await requireOwnInvitation(tx, actor, invitation);
  if (!await revoke(tx, id)) throw new Problem(problems.invitation_not_found);
}

/** What an invitation that still works is for. */
export async function preview(tx: Tx, tenant: Tenant, { auth, tokens }: Accepting, token: string): Promise<Output<typeof getInvitation>> {
  const row = await findByToken(tx, tokens.hashOf(token));
  const view = row && (await views(tx, [row]))[0];
  if (!view || view.status !== 'pending' || view.expired) throw new Problem(problems.invitation_not_found);
  const { email, name, roles, expiresAt } = view;
  return { email, name, tenant: { name: tenant.name }, roles, expiresAt, hasAccount: (await findAccount(auth, email))?.emailVerified === true };
}

export interface Accepting { auth: Auth; tokens: InvitationTokens; /** What the role `visitor` may hold. */ visitors: readonly string[] }

/**
 * Joins with the roles of an invitation. Works once; repeated by who has accepted it, it answers the same.
 * @throws Problem `identity.invitation_not_found`, `identity.invitation_for_other`, `identity.member_suspended`, `kernel.limit_reached`.
 */
export async function accept(tx: Tx, tenant: Tenant, { auth, tokens, visitors }: Accepting, accountId: string, token: string): Promise<Membership> {
  const account = await requireVerified(auth, accountId);
  await holdRoles(tx);
  const invitation = await lockPending(tx, tokens.hashOf(token));
  if (!invitation) return repeated(tx, tokens.hashOf(token), accountId, visitors);
  if (invitation.email !== account.email) throw new Problem(problems.invitation_for_other);
  await markAccepted(tx, invitation.id, await joinInvited(tx, tenant, personOf(account), invitation));
  return membershipOf(tx, accountId, visitors);
}

async function requireVerified(auth: Auth, accountId: string): Promise<AccountRow> {
  const account = await accountById(auth.pool, accountId);
  if (!account) throw new Problem(problems.signed_out);
  if (!account.emailVerified) throw new Problem(problems.email_unverified);
  return account;
}

/**
 * Opens an account with the invited address and joins with it: the mail that brought the token is the proof of the address.
 * Should joining fail, the account is there and the invitation still waits for it.
 * @throws Problem `identity.invitation_not_found`, `identity.email_taken`, what is wrong with the password, `kernel.limit_reached`.
 */
export async function acceptNew(
  tx: Tx, tenant: Tenant, { auth, tokens, visitors }: Accepting, request: RequestContext, token: string, { name, password }: Input<typeof acceptAsNewcomer>['body'],
): Promise<{ membership: Membership; setCookies: string[] }> {
  await holdRoles(tx);
  const invitation = await lockPending(tx, tokens.hashOf(token));
  if (!invitation) throw new Problem(problems.invitation_not_found);
  const { email, locale } = invitation;
  const { accountId } = await answering(() => createVerifiedAccount(auth, { email, name, password, locale }));
  await markAccepted(tx, invitation.id, await joinInvited(tx, tenant, { accountId, email, name, locale }, invitation));
  const { setCookies } = await openSession(auth, visitOf(request), { id: accountId, email }, true);
  return { membership: await membershipOf(tx, accountId, visitors), setCookies };
}

/** The invitation that waits here for the account's confirmed address, locked. */
async function waitingFor(tx: Tx, account: AccountRow): Promise<InvitationRow | undefined> {
  const invitation = account.emailVerified ? await lockPendingOf(tx, account.email) : undefined;
  return invitation && Date.parse(invitation.expiresAt) > tx.now.getTime() ? invitation : undefined;
}

/** Joins by the invitation that waits for the account, else where sign-up is open. @throws Problem as `join` and `joinInvited`. */
export async function joinHere(tx: Tx, tenant: Tenant, { auth, visitors }: Pick<Accepting, 'auth' | 'visitors'>, accountId: string): Promise<Membership> {
  const account = await accountById(auth.pool, accountId);
  if (!account) throw new Problem(problems.signed_out);
  await holdRoles(tx);
  const invitation = await waitingFor(tx, account);
  if (!invitation) return join(tx, tenant, personOf(account), visitors);
  await markAccepted(tx, invitation.id, await joinInvited(tx, tenant, personOf(account), invitation));
  return membershipOf(tx, accountId, visitors);
}

/** How the account may join. */
export async function offer(tx: Tx, tenant: Tenant, auth: Auth, accountId: string): Promise<Output<typeof getMembershipOffer>> {
  const account = await accountById(auth.pool, accountId);
  if (!account) throw new Problem(problems.signed_out);
  const row = account.emailVerified ? await pendingOf(tx, account.email) : undefined;
  const view = row && (await views(tx, [row]))[0];
  return { invitation: view && !view.expired ? { roles: view.roles, expiresAt: view.expiresAt } : null, open: tenant.signUp === 'open' };
}

async function repeated(tx: Tx, tokenHash: string, accountId: string, visitors: readonly string[]): Promise<Membership> {
  const row = await findByToken(tx, tokenHash);
  const membership = row?.status === 'accepted' ? await membershipOf(tx, accountId, visitors) : null;
  if (!membership || membership.id !== row?.acceptedBy) throw new Problem(problems.invitation_not_found);
  return membership;
}
