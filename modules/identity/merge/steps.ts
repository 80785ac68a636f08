/** What becomes of identity's own rows when two members become one, where it is more than a rule. */
import { sql, type MergeStep } from '@milpa/kernel';
import { removeFile } from '@milpa/media';

/** Archives were made of one of the two: the other asks for a new one. */
export const droppedArchives: MergeStep = {
  clashes: async () => 0,
  async merge(tx, { from }) {
    const rows = await tx.deleteFrom('identity.dataExport').where('memberId', '=', from).returning('fileId').execute();
    for (const { fileId } of rows) if (fileId) await removeFile(tx, fileId);
  },
};

/**
 * Roles add up. Of a role that both have, the term that lasts longer stays, from the earlier beginning where the two overlap: nobody gets days that neither had.
 * Who was suspended brings none along.
 */
export const mergedRoles: MergeStep = {
  async clashes(tx, { from, into }) {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from identity.member_role a join identity.member_role b on b.tenant_id = a.tenant_id and b.role_id = a.role_id and b.member_id = ${into} where a.member_id = ${from}`.execute(tx);
    return rows[0]!.count;
  },
  async merge(tx, { from, into }) {
    await sql`
      insert into identity.member_role as held (member_id, role_id, starts_at, expires_at)
      select ${into}, r.role_id, r.starts_at, r.expires_at from identity.member_role r join identity.member m on m.tenant_id = r.tenant_id and m.id = r.member_id where r.member_id = ${from} and m.status = 'active'
      on conflict (tenant_id, member_id, role_id) do update set
        starts_at = case
          when held.starts_at <= coalesce(excluded.expires_at, 'infinity') and excluded.starts_at <= coalesce(held.expires_at, 'infinity') then least(held.starts_at, excluded.starts_at)
          when coalesce(excluded.expires_at, 'infinity') > coalesce(held.expires_at, 'infinity') then excluded.starts_at else held.starts_at end,
        expires_at = nullif(greatest(coalesce(held.expires_at, 'infinity'), coalesce(excluded.expires_at, 'infinity')), 'infinity')`.execute(tx);
    await tx.deleteFrom('identity.memberRole').where('memberId', '=', from).execute();
  },
};
