/** Whom to write to in matters of the organisation itself. */
import { sql, type Recipient, type Tx } from '@milpa/kernel';

/** Active members whose roles in force hold the permission: to delete the organisation, unless told. */
export const administrators = (tx: Tx, permission = 'tenant:delete'): Promise<Recipient[]> =>
  tx.selectFrom('identity.member as member').innerJoin('identity.memberRole as held', 'held.memberId', 'member.id').innerJoin('identity.role as role', 'role.id', 'held.roleId')
    .select(['member.id', 'member.name', 'member.email', 'member.locale']).distinct().where('member.status', '=', 'active')
    .where(sql<boolean>`${permission} = any(role.permissions)`).where('held.startsAt', '<=', tx.now.toISOString())
    .where((where) => where.or([where('held.expiresAt', 'is', null), where('held.expiresAt', '>', tx.now.toISOString())])).execute();
