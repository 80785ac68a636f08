import { anyAccount, endpoint, id, locale, open, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { membership } from '../member/contract.ts';

/** Why nothing of these calls is kept for repetitions. */
const secret = 'passwords, codes or tokens go in or out; a repetition asks again, and changes nothing twice';

export const invitationStatus = z.enum(['pending', 'accepted', 'revoked']);
export const roleSummary = z.object({ id, key: z.string(), name: z.object({ en: z.string(), 'es-MX': z.string(), ar: z.string() }).partial() });

export const invitation = z.object({
  id, email: z.string(), roles: z.array(roleSummary), locale, status: invitationStatus,
  /** Still pending, but too old. */
  expired: z.boolean(),
  /** What a list called them, and when it says that their roles end. */
  name: z.string().nullable(), rolesExpireAt: timestamp.nullable(),
  invitedBy: id.nullable(), expiresAt: timestamp, createdAt: timestamp,
}).meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitation>;

const invitationId = z.object({ invitationId: id });
const invitationToken = z.object({ token: z.string().min(1).max(100) });

export const createInvitation = endpoint({
  id: 'identity.createInvitation', method: 'POST', path: '/invitations', summary: 'Invite somebody by e-mail; inviting the same address again renews the invitation', access: 'invitation:create', status: 201,
  body: z.strictObject({ email: z.email().max(254), roleIds: z.array(id).min(1).max(10), locale: locale.optional() }),
  response: invitation, errors: ['identity.role_not_found', 'identity.beyond_own_permissions', 'identity.already_member', 'identity.invitation_mailed_often', 'identity.invitations_used_up', 'identity.invitations_renewed_often', 'kernel.limit_reached', 'kernel.rate_limited'],
});

export const listInvitations = endpoint({
  id: 'identity.listInvitations', method: 'GET', path: '/invitations', summary: 'List invitations, the newest first', access: 'invitation:read',
  query: pageQuery.extend({ status: invitationStatus.optional() }), response: pageOf(invitation),
});

export const revokeInvitation = endpoint({
  id: 'identity.revokeInvitation', method: 'DELETE', path: '/invitations/{invitationId}', summary: 'Withdraw an invitation', access: 'invitation:create', status: 204,
  params: invitationId, response: z.void(), errors: ['identity.invitation_not_found', 'identity.beyond_own_permissions'],
});

export const invitationPreview = z.object({ email: z.string(), /** As a list had it. */ name: z.string().nullable(), tenant: z.object({ name: z.string() }), roles: z.array(roleSummary), expiresAt: timestamp, /** Whether the address can sign in already. */ hasAccount: z.boolean() }).meta({ id: 'InvitationPreview' });

export const getInvitation = endpoint({
  id: 'identity.getInvitation', method: 'GET', path: '/invitations/{token}', summary: 'What an invitation is for', access: open('who holds the token received the mail'),
  params: invitationToken, response: invitationPreview, errors: ['identity.invitation_not_found', 'kernel.rate_limited'],
});

export const acceptInvitation = endpoint({
  id: 'identity.acceptInvitation', method: 'POST', secret, path: '/invitations/{token}/accept', summary: 'Join with the invited address', access: anyAccount('the token and the confirmed address are the proof'),
  params: invitationToken, response: membership,
  errors: ['identity.invitation_not_found', 'identity.invitation_for_other', 'identity.email_unverified', 'identity.member_suspended', 'kernel.limit_reached', 'kernel.rate_limited'],
});

export const acceptAsNewcomer = endpoint({
  id: 'identity.acceptInvitationAsNewcomer', method: 'POST', secret, path: '/invitations/{token}/account', summary: 'Open an account with the invited address, and join; the session comes as a cookie', status: 201,
  access: open('the token was mailed to the address, and proves it'), params: invitationToken,
  body: z.strictObject({ name: text(200), password: z.string().min(1).max(1000) }), response: membership,
  errors: ['identity.invitation_not_found', 'identity.email_taken', 'identity.password_too_short', 'identity.password_too_long', 'identity.password_too_common', 'kernel.limit_reached', 'kernel.rate_limited'],
});

export const getMembershipOffer = endpoint({
  id: 'identity.getMembershipOffer', method: 'GET', path: '/memberships/offer', summary: 'How the account that is signed in may join: by an invitation that waits for it, or because sign-up is open',
  access: anyAccount('invitations to one’s own confirmed address'),
  response: z.object({ invitation: z.object({ roles: z.array(roleSummary), expiresAt: timestamp }).nullable(), open: z.boolean() }), errors: ['identity.signed_out'],
});
