/**
 * The mail of an invitation. Its token is derived from the installation's secret, the invitation and the number of the mail, so it
 * is nowhere stored: the table has its hash, the job only the invitation's id. A mail that is sent again by a retry is the same mail.
 */
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { defineJob, systemActor, type Database, type Job, type MailPort, type Tenant, type TenantDirectory } from '@milpa/kernel';
import { z } from 'zod';
import type { Auth } from '../account/auth.ts';
import { findAccount } from '../account/queries.ts';
import { fillIn, invitationTexts } from '../mail/texts.ts';
import { findInvitation } from './queries.ts';

export const sendInvitation = { name: 'identity.sendInvitation', maxAttempts: 8 };
const payloadSchema = z.object({ tenantId: z.uuid(), invitationId: z.uuid(), mailing: z.int() });

/** The page that the link leads to; it reads `token` from its query. */
export const invitationPath = '/invitation';

export interface InvitationTokens {
  tokenOf(invitationId: string, mailing: number): string;
  hashOf(token: string): string;
}

export function invitationTokens(secret: string): InvitationTokens {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'milpa: invitations', 32));
  return {
    tokenOf: (invitationId, mailing) => createHmac('sha256', key).update(`${invitationId}:${mailing}`).digest('base64url'),
    hashOf: (token) => createHash('sha256').update(token).digest('base64url'),
  };
}

export interface InvitationMailOptions {
  database: Database;
  auth: Auth;
  tenants: TenantDirectory;
  mail: MailPort;
  tokens: InvitationTokens;
  originOf: (tenant: Tenant) => string;
}

/** Sends an invitation that is still pending, unless a newer mail has taken the place of this one. */
export function invitationMailJob({ database, auth, tenants, mail, tokens, originOf }: InvitationMailOptions): Job<z.infer<typeof payloadSchema>> {
  return defineJob({
    ...sendInvitation, payload: payloadSchema,
    async run({ tenantId, invitationId, mailing }) {
      const tenant = await tenants.byId(tenantId);
      if (!tenant) return;
      const invitation = await database.readTenant(tenant, systemActor, (tx) => findInvitation(tx, invitationId));
      if (!invitation || invitation.status !== 'pending' || invitation.mailing !== mailing) return;
      const until = new Intl.DateTimeFormat(invitation.locale, { dateStyle: 'long', timeZone: tenant.timeZone }).format(new Date(invitation.expiresAt));
      // To somebody new the token opens an account: it goes to the installation's own name, since where a domain of the organisation's leads is in its hands.
      const origin = originOf((await findAccount(auth, invitation.email))?.emailVerified ? tenant : { ...tenant, primaryHost: null });
      const words = fillIn(invitationTexts[invitation.locale], { tenant: tenant.name, until, url: `${origin}${invitationPath}?token=${tokens.tokenOf(invitationId, mailing)}` });
      await mail.send({ ...words, to: invitation.email, locale: invitation.locale, idempotencyKey: `invitation:${invitationId}:${mailing}` });
    },
  });
}
