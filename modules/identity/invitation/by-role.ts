import { systemActor, type Tenant, type Tx } from '@milpa/kernel';
import { rolesByKey } from '../role/queries.ts';
import { create } from './invitation.ts';
import { invitationTokens } from './mail.ts';

/** Invites somebody on behalf of the installation, for opening a tenant. @throws Error for a role that isn't there; Problem as `create`. */
export async function inviteByRole(tx: Tx, tenant: Tenant, secret: string, email: string, roleKey: string): Promise<void> {
  const [role] = await rolesByKey(tx, [roleKey]);
  if (!role) throw new Error(`This tenant has no role ${roleKey}.`);
  const actor = { ...systemActor, permissions: new Set(role.permissions) };
  await create(tx, tenant, actor, invitationTokens(secret), { email, roleIds: [role.id], locale: tenant.locale });
}
