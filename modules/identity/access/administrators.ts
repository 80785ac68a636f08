/** Whom to write to in matters of the organisation itself. */
import { sql, type Tx } from '@milpa/kernel';
import type { Locale } from '@milpa/kernel/contract';

/** Active members whose roles in force hold the permission: to delete the organisation, unless told. */
export const administrators = (tx: Tx, permission = 'tenant:delete'): Promise<{ memberId: string; name: string; email: string; locale: Locale }[]> =>
  tx.selectFrom('identity.member as member').innerJoin('identity.memberRole as held', 'held.memberId', 'member.id').innerJoin('identity.role as role', 'role.id', 'held.roleId')
    .select(['member.id as memberId', 'member.name', 'member.email', 'member.locale']).distinct().where('member.status', '=', 'active')
    .where(sql<boolean>`${permission} = any(role.permissions)`).where('held.startsAt', '<=', tx.now.toISOString())
    .where((where) => where.or([where('held.expiresAt', 'is', null), where('held.expiresAt', '>', tx.now.toISOString())])).execute();
