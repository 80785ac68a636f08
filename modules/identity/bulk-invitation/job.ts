/**
 * Works a list off, some lines at a time. The invitations and the note of what became of the lines commit together. Each line follows the rules of a single
 * invitation, by how things are now.
 */
import { defineJob, Problem, systemActor, type Actor, type Database, type Job, type Tenant, type TenantDirectory, type Tx } from '@milpa/kernel';
import { z } from 'zod';
import { holdRoles } from '../access/queries.ts';
import { inBoth, inForce } from '../access/rules.ts';
import { mailsLeft } from '../invitation/budget.ts';
import { create } from '../invitation/invitation.ts';
import type { InvitationTokens } from '../invitation/mail.ts';
import { countWaiting, lockAddress, lockLists, pendingOf } from '../invitation/queries.ts';
import { countMembers, findMember, rolesOf } from '../member/queries.ts';
import { workOff } from '../people-list/list.ts';
import { problems } from '../problems.ts';
import type { BulkInvitationOutcome } from '../tables.ts';
import { finishBulk, lockRunning, nextLines, settleLines, type BulkRow } from './queries.ts';

export const bulkInvitationRequest = { name: 'identity.bulkInvite', maxAttempts: 8 };
/** Lines of one transaction: enough to be quick, few enough to lose little and to hold nobody up. */
const stepSize = 50;
/** Mails of one list leave at this pace, so that other mail gets its turn, and providers do not take us for senders of junk. */
const mailsPerSecond = 10;

export interface BulkDependencies { database: Database; tenants: TenantDirectory; tokens: InvitationTokens }

export function bulkInvitationJob({ database, tenants, tokens }: BulkDependencies): Job<{ tenantId: string; bulkInvitationId: string }> {
  return defineJob({
    ...bulkInvitationRequest, payload: z.object({ tenantId: z.uuid(), bulkInvitationId: z.uuid() }),
    async run({ tenantId, bulkInvitationId }, context) {
      const tenant = await tenants.byId(tenantId);
      if (!tenant) return;
      await workOff((most, failed) => database.withTenant(tenant, systemActor, async (tx) => {
        const bulk = await lockRunning(tx, bulkInvitationId);
        if (!bulk) return false;
        const lines = await nextLines(tx, bulkInvitationId, most);
        if (lines.length === 0) await finishBulk(tx, bulk.id);
        else await settleLines(tx, bulk.id, failed ? lines.map(({ line }) => ({ line, outcome: 'failed' })) : await inviteLines(tx, tenant, tokens, bulk, lines));
        return lines.length > 0;
      }), stepSize, context);
    },
  });
}

type Line = Awaited<ReturnType<typeof nextLines>>[number];

/** What whoever started the list might hand out then, and still may. */
async function inviter(tx: Tx, { memberId, permissions }: BulkRow): Promise<Actor> {
  const stored = new Set(permissions);
  if (memberId === null) return { ...systemActor, permissions: stored };
  const member = await findMember(tx, memberId);
  const held = member?.status === 'active' ? (await rolesOf(tx, [memberId])).filter((role) => inForce(role, tx.now)).flatMap((role) => role.permissions) : [];
  return { ...systemActor, memberId, permissions: inBoth(stored, new Set(held)) };
}

async function inviteLines(tx: Tx, tenant: Tenant, tokens: InvitationTokens, bulk: BulkRow, lines: readonly Line[]): Promise<{ line: number; outcome: BulkInvitationOutcome }[]> {
  await holdRoles(tx);
  const actor = await inviter(tx, bulk);
  await lockLists(tx);
  let seats = tenant.limits.members - await countMembers(tx) - await countWaiting(tx);
  let { all: mails } = await mailsLeft(tx, tenant);
  const outcomes: { line: number; outcome: BulkInvitationOutcome }[] = [];
  // In the order of the addresses, which are locked one by one: two lists with the same people do not wait for each other in a circle.
  for (const line of lines.toSorted((a, b) => (a.email < b.email ? -1 : 1))) {
    const mailAt = new Date(Date.parse(bulk.startedAt!) + (line.line * 1000) / mailsPerSecond);
    const outcome = await inviteLine(tx, tenant, tokens, actor, line, { seat: seats > 0, mail: mails > 0 }, mailAt);
    if (outcome === 'invited') [seats, mails] = [seats - 1, mails - 1];
    outcomes.push({ line: line.line, outcome });
  }
  return outcomes;
}

const outcomeOf = new Map<string, BulkInvitationOutcome>([
  [problems.already_member, 'already_member'], [problems.invitation_mailed_often, 'mailed_often'], [problems.beyond_own_permissions, 'not_allowed'], [problems.role_not_found, 'no_such_role'],
]);

async function inviteLine(tx: Tx, tenant: Tenant, tokens: InvitationTokens, actor: Actor, { name, email, roleId, rolesExpireAt, locale }: Line, left: { seat: boolean; mail: boolean }, mailAt: Date): Promise<BulkInvitationOutcome> {
  if (!actor.permissions.has('invitation:create')) return 'not_allowed';
  if (roleId === null) return 'no_such_role';
  if (rolesExpireAt !== null && Date.parse(rolesExpireAt) <= tx.now.getTime()) return 'bad_date';
  await lockAddress(tx, email);
  const pending = await pendingOf(tx, email);
  if (pending && Date.parse(pending.expiresAt) > tx.now.getTime()) return 'already_invited';
  if (!left.mail) return 'over_budget';
  try {
    await create(tx, tenant, actor, tokens, { email, roleIds: [roleId], locale }, { name: name || null, rolesExpireAt, mailAt, hasRoom: left.seat });
    return 'invited';
  } catch (error) {
    // Refused before anything was written.
    if (!(error instanceof Problem)) throw error;
    return error.code === 'kernel.limit_reached' ? 'no_place' : outcomeOf.get(error.code) ?? 'failed';
  }
}
