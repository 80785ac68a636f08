import { sql, type Tx } from '@milpa/kernel';

const roleColumns = ['id', 'key', 'name', 'persona', 'permissions', 'onSignUp', 'version', 'updatedAt'] as const;

export type RoleRow = NonNullable<Awaited<ReturnType<typeof findRole>>>;

export const findRole = (tx: Tx, id: string) => tx.selectFrom('identity.role').select(roleColumns).where('id', '=', id).executeTakeFirst();
export const allRoles = (tx: Tx) => tx.selectFrom('identity.role').select(roleColumns).orderBy('createdAt').orderBy('key').execute();
export const rolesByKey = (tx: Tx, keys: readonly string[]) =>
  keys.length === 0 ? Promise.resolve([]) : tx.selectFrom('identity.role').select(roleColumns).where('key', 'in', keys).execute();
export const rolesById = (tx: Tx, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : tx.selectFrom('identity.role').select(roleColumns).where('id', 'in', ids).execute();
export const signUpRole = (tx: Tx) => tx.selectFrom('identity.role').select(roleColumns).where('onSignUp', '=', true).executeTakeFirst();

/** By role: members who have it now, or will. */
export async function countHolders(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.selectFrom('identity.memberRole').select((is) => ['roleId', is.fn.countAll<number>().as('count')])
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', tx.now.toISOString())])).groupBy('roleId').execute();
  return new Map(rows.map((row) => [row.roleId, row.count]));
}

/** Invitations that wait, and hand on the role. */
export const countInvitedAs = async (tx: Tx, roleId: string): Promise<number> =>
  (await tx.selectFrom('identity.invitation').select((is) => is.fn.countAll<number>().as('count')).where('status', '=', 'pending').where(sql<boolean>`${roleId}::uuid = any(role_ids)`).executeTakeFirstOrThrow()).count;

/** Whoever has the role, or is invited to it, gets the other one for the same term; who has both, for the longer of the two. */
export async function moveHolders(tx: Tx, fromId: string, toId: string): Promise<void> {
  const now = tx.now.toISOString();
  await sql`
    insert into identity.member_role as held (member_id, role_id, starts_at, expires_at)
    select member_id, ${toId}, starts_at, expires_at from identity.member_role where role_id = ${fromId} and (expires_at is null or expires_at > ${now}::timestamptz)
    on conflict (tenant_id, member_id, role_id) do update set
      starts_at = case when held.expires_at <= ${now}::timestamptz then excluded.starts_at else least(held.starts_at, excluded.starts_at) end,
      expires_at = case when held.expires_at is null or excluded.expires_at is null then null else greatest(held.expires_at, excluded.expires_at) end`.execute(tx);
  await sql`
    update identity.invitation set role_ids = array(select distinct unnest(array_replace(role_ids, ${fromId}::uuid, ${toId}::uuid))), updated_at = ${now}
    where status = 'pending' and ${fromId}::uuid = any(role_ids)`.execute(tx);
}

/** False when somebody has changed it since that version. */
export async function removeRole(tx: Tx, id: string, version: number): Promise<boolean> {
  await tx.deleteFrom('identity.memberRole').where('roleId', '=', id).execute();
  return (await tx.deleteFrom('identity.role').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !== undefined;
}
