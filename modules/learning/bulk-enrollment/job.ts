/** Works a list off, line by line: a line's effect and the note of what became of it commit together. */
import { isAddress, memberCards, memberJoined, memberLeft, membersByEmail, workOff, type inviteToJoin } from '@milpa/identity';
import { defineJob, Problem, subscribe, systemActor, type Database, type Job, type Subscription, type Tenant, type TenantDirectory, type Tx } from '@milpa/kernel';
import { z } from 'zod';
import { countTaken, lockCohort } from '../cohort/queries.ts';
import { hasRoom } from '../cohort/rules.ts';
import { enrollMember } from '../enrollment/enrollment.ts';
import { currentEnrollment } from '../enrollment/queries.ts';
import type { BulkOutcome } from '../tables.ts';
import { finishBulk, forgetMember, lockInvited, lockRunning, markEnrolled, nextLine, settleLine, type BulkRow } from './queries.ts';

export const bulkEnrollmentRequest = { name: 'learning.bulkEnroll', maxAttempts: 8 };

export interface BulkDependencies {
  database: Database;
  tenants: TenantDirectory;
  /** Invites an address with the role of who joins, in the transaction; one that is invited already gets no second mail. */
  invite: (tx: Tx, tenant: Tenant, invitation: { email: string; invitedBy: string }) => ReturnType<typeof inviteToJoin>;
}

export function bulkEnrollmentJob({ database, tenants, invite }: BulkDependencies): Job<{ tenantId: string; courseId: string; bulkEnrollmentId: string }> {
  return defineJob({
    ...bulkEnrollmentRequest, payload: z.object({ tenantId: z.uuid(), courseId: z.uuid(), bulkEnrollmentId: z.uuid() }),
    async run({ tenantId, bulkEnrollmentId }, context) {
      const tenant = await tenants.byId(tenantId);
      if (!tenant) return;
      await workOff((_one, failed) => database.withTenant(tenant, systemActor, async (tx) => {
        const bulk = await lockRunning(tx, bulkEnrollmentId);
        if (!bulk) return false;
        const line = await nextLine(tx, bulkEnrollmentId);
        if (!line) await finishBulk(tx, bulkEnrollmentId);
        else await settleLine(tx, bulk.id, line.line, failed ? { outcome: 'failed', memberId: null } : await work(tx, tenant, bulk, line.email, line.forecast, invite));
        return line !== undefined;
      }), 1, context);
    },
  });
}

type Settled = { outcome: BulkOutcome; memberId: string | null };

const outcomeOf = new Map<string, BulkOutcome>([['kernel.limit_reached', 'no_place'], ['identity.invitations_used_up', 'over_budget'], ['identity.invitations_renewed_often', 'over_budget']]);

/** What becomes of a line, by how things are now rather than when the list was read. */
async function work(tx: Tx, tenant: Tenant, bulk: BulkRow, email: string, forecast: string, invite: BulkDependencies['invite']): Promise<Settled> {
  if (forecast === 'duplicate' || forecast === 'bad_address' || !isAddress(email)) return { outcome: forecast === 'duplicate' ? 'duplicate' : 'bad_address', memberId: null };
  const member = (await membersByEmail(tx, [email])).get(email);
  if (member?.status === 'suspended') return { outcome: 'suspended', memberId: member.id };
  if (member) return { outcome: await enrollWithCohort(tx, bulk.courseId, member.id, bulk.cohortId), memberId: member.id };
  if (!bulk.mayInvite) return { outcome: 'not_a_member', memberId: null };
  try {
    await invite(tx, tenant, { email, invitedBy: bulk.memberId });
    return { outcome: 'invited', memberId: null };
  } catch (error) {
    if (error instanceof Problem) return { outcome: outcomeOf.get(error.code) ?? 'failed', memberId: null };
    throw error;
  }
}

async function enrollWithCohort(tx: Tx, courseId: string, memberId: string, cohortId: string | null): Promise<'enrolled' | 'already_enrolled' | 'no_place'> {
  const cohort = cohortId ? await lockCohort(tx, courseId, cohortId) : undefined;
  if (await currentEnrollment(tx, courseId, memberId)) return 'already_enrolled';
  if (cohort && !hasRoom({ ...cohort, taken: (await countTaken(tx, [cohort.id])).get(cohort.id) ?? 0 })) return 'no_place';
  await enrollMember(tx, courseId, memberId, cohort);
  return 'enrolled';
}

/** Who joins with an address that was invited by a list is enrolled as the list says, whichever way they came in: no account without a confirmed address can sign in. */
export const bulkEnrollmentHandlers: Subscription[] = [
  subscribe(memberLeft, 'learning.forgetInLists', (tx, { payload: { memberId } }) => forgetMember(tx, memberId)),
  subscribe(memberJoined, 'learning.enrollInvited', async (tx, { payload: { memberId } }) => {
    const member = (await memberCards(tx, [memberId])).get(memberId);
    if (!member) return;
    for (const line of await lockInvited(tx, member.email)) {
      await markEnrolled(tx, line.bulkEnrollmentId, line.line, await enrollWithCohort(tx, line.courseId, memberId, line.cohortId), memberId);
    }
  }),
];
