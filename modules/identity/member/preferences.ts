/** What a member has chosen for themselves in this organisation. */
import type { Tx } from '@milpa/kernel';
import type { Locale } from '@milpa/kernel/contract';

export interface MemberPreferences {
  name: string;
  email: string;
  locale: Locale;
  /** IANA name; the organisation's where the member has chosen none. */
  timeZone: string | null;
  theme: 'light' | 'dark' | null;
  /** Whether notices of that kind may come by mail. */
  wantsMail(kind: string): boolean;
}

/** Null when there is no such member, or they are suspended or gone: nobody writes to them then. */
export async function memberPreferences(tx: Tx, memberId: string): Promise<MemberPreferences | null> {
  const row = await tx.selectFrom('identity.member').select(['name', 'email', 'locale', 'timeZone', 'theme', 'mutedNotices'])
    .where('id', '=', memberId).where('status', '=', 'active').executeTakeFirst();
  if (!row) return null;
  const { mutedNotices, ...chosen } = row;
  return { ...chosen, wantsMail: (kind) => !mutedNotices.includes(kind) };
}
