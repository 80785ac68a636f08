import { lock, lockShared, sql, type Tx } from '@milpa/kernel';
import type { MemberStatus, Persona } from '../tables.ts';
import { adminPermissions, type AdminTerm } from './rules.ts';

interface Standing { id: string; status: MemberStatus; name: string; email: string; theme: 'light' | 'dark' | null; timeZone: string | null; permissions: string[]; personas: Persona[] }

/** The account's member, with the permissions and personas of the roles in force, and what everybody may do: those of `visitors` that the role `visitor` holds. */
export async function standingOf(tx: Tx, accountId: string, visitors: readonly string[]): Promise<Standing | null> {
  const now = tx.now.toISOString();
  const { rows } = await sql<Standing>`
    select m.id, m.status, m.name, m.email, m.theme, m.time_zone,
      array(select distinct permission from identity.role r, unnest(r.permissions) as permission
        where case when r.key = 'visitor' then permission = any(${[...visitors]}::text[]) else r.id = any(held.role_ids) end) as permissions,
      array(select distinct r.persona from identity.role r where r.id = any(held.role_ids)) as personas
    from identity.member m
      cross join lateral (
        select array(select mr.role_id from identity.member_role mr
          where mr.member_id = m.id and mr.starts_at <= ${now}::timestamptz and (mr.expires_at is null or mr.expires_at > ${now}::timestamptz)) as role_ids
      ) held
    where m.account_id = ${accountId}`.execute(tx);
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
export const lockRoles = (tx: Tx) => lock(tx, 'identity.roles');

/** From here to the end of the transaction no role changes or goes away; others may hand roles on meanwhile. */
export const holdRoles = (tx: Tx) => lockShared(tx, 'identity.roles');
