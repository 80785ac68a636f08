import { systemActor, type Tenant, type Tx } from '@milpa/kernel';
import { holdRoles } from '../access/queries.ts';
import { rolesByKey, signUpRole } from '../role/queries.ts';
import { create } from './invitation.ts';
import { lockAddress, lockLists, lockPendingOf } from './queries.ts';
import { invitationTokens } from './mail.ts';

/** Invites somebody on behalf of the installation, for opening a tenant. @throws Error for a role that isn't there; Problem as `create`. */
export async function inviteByRole(tx: Tx, tenant: Tenant, secret: string, email: string, roleKey: string): Promise<void> {
  const [role] = await rolesByKey(tx, [roleKey]);
  if (!role) throw new Error(`This tenant has no role ${roleKey}.`);
  const actor = { ...systemActor, permissions: new Set(role.permissions) };
  await create(tx, tenant, actor, invitationTokens(secret), { email, roleIds: [role.id], locale: tenant.locale });
}

/**
 * Invites somebody with the role of those who join by themselves. An invitation that still works stays as it is, and no second mail goes out.
 * @throws Problem `kernel.limit_reached`, `identity.already_member`, `identity.invitation_mailed_often`, `identity.invitations_used_up`.
 */
export async function inviteToJoin(tx: Tx, tenant: Tenant, secret: string, { email, invitedBy }: { email: string; invitedBy: string }): Promise<void> {
  await holdRoles(tx);
  await lockLists(tx);
  await lockAddress(tx, email);
  const pending = await lockPendingOf(tx, email);
  if (pending && Date.parse(pending.expiresAt) > tx.now.getTime()) return;
  const role = await signUpRole(tx) ?? (await rolesByKey(tx, ['learner']))[0];
  if (!role) throw new Error('This tenant has no role for who joins.');
  const actor = { ...systemActor, memberId: invitedBy, permissions: new Set(role.permissions) };
  await create(tx, tenant, actor, invitationTokens(secret), { email, roleIds: [role.id], locale: tenant.locale });
}
