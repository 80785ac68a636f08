/**
 * Invitations are mails to people who did not ask for them, sent in the installation's name: besides each address, each organisation gets
 * only so many in 24 hours. Places of the plan alone bound nothing, since who withdraws an invitation may send another.
 */
import { Problem, sql, type Tenant, type Tx } from '@milpa/kernel';
import { problems } from '../problems.ts';

const dayMs = 24 * 3_600_000;

/** As many as the plan has members, so that a whole school may come in on one day; of those a fifth to people who have an invitation. */
export function mailBudget(members: number): { all: number; again: number } {
  const all = Math.min(Math.max(members, 200), 10_000);
  return { all, again: Math.floor(all / 5) };
}

/** What is left of today's, for who holds `lockLists`. */
export async function mailsLeft(tx: Tx, tenant: Tenant): Promise<{ all: number; again: number }> {
  const since = new Date(tx.now.getTime() - dayMs).toISOString();
  const { rows: [sent] } = await sql<{ all: number; again: number }>`
    select count(*)::int as all, count(*) filter (where at > created_at)::int as again from identity.invitation, unnest(mailed_at) as at where updated_at > ${since}::timestamptz and at > ${since}::timestamptz`.execute(tx);
  const budget = mailBudget(tenant.limits.members);
  return { all: Math.max(0, budget.all - sent!.all), again: Math.max(0, budget.again - sent!.again) };
}

/** @throws Problem `identity.invitations_used_up`. */
export function requireMails(tenant: Tenant, left: number, wanted: number): void {
  if (wanted > left) throw new Problem(problems.invitations_used_up, { params: { limit: mailBudget(tenant.limits.members).all, left } });
}

/** One more mail, to somebody who has an invitation or to somebody who has none. @throws Problem `identity.invitations_used_up`, `identity.invitations_renewed_often`. */
export async function requireMailLeftToday(tx: Tx, tenant: Tenant, isAgain: boolean): Promise<void> {
  const left = await mailsLeft(tx, tenant);
  requireMails(tenant, left.all, 1);
  if (isAgain && left.again < 1) throw new Problem(problems.invitations_renewed_often, { params: { limit: mailBudget(tenant.limits.members).again } });
}
