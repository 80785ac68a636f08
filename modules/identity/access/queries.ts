import { sql, type Tx } from '@milpa/kernel';
import type { MemberStatus } from '../tables.ts';
import { adminPermissions, type AdminTerm } from './rules.ts';

interface Standing { id: string; status: MemberStatus; permissions: string[] }

/** The account's member, with the permissions of the roles in force and of the role `visitor`. */
export async function standingOf(tx: Tx, accountId: string): Promise<Standing | null> {
  const { rows } = await sql<Standing>`
    select m.id, m.status, array(
      select distinct unnest(r.permissions) from identity.role r
      where r.key = 'visitor' or r.id in (
        select mr.role_id from identity.member_role mr
        where mr.member_id = m.id and mr.starts_at <= ${tx.now.toISOString()}::timestamptz and (mr.expires_at is null or mr.expires_at > ${tx.now.toISOString()}::timestamptz))
    ) as permissions
    from identity.member m where m.account_id = ${accountId}`.execute(tx);
  return rows[0] ?? null;
}

/** The terms of active members in roles that have to do with administering people. */
export async function adminTerms(tx: Tx): Promise<AdminTerm[]> {
  const { rows } = await sql<AdminTerm>`
    select mr.member_id, r.permissions, mr.starts_at, mr.expires_at
    from identity.role r join identity.member_role mr on mr.role_id = r.id join identity.member m on m.id = mr.member_id
    where r.permissions && ${[...adminPermissions]}::text[] and m.status = 'active'`.execute(tx);
  return rows;
}

/** From here to the end of the transaction nobody else changes who may do what in this tenant. */
export const lockRoles = (tx: Tx) => sql`select pg_advisory_xact_lock(hashtextextended(${`identity.roles:${tx.tenant.id}`}, 0))`.execute(tx);
