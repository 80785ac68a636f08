import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import { readingPreference, type ReadingPreference } from './contract.ts';

/** What was kept before a choice was added or taken away is as if nothing were. */
export async function findPreference(tx: Tx, memberId: string): Promise<{ preference: ReadingPreference | null }> {
  const row = await tx.selectFrom('learning.readingPreference').select('settings').where('memberId', '=', memberId).executeTakeFirst();
  return { preference: readingPreference.safeParse(row?.settings).data ?? null };
}

export async function keepPreference(tx: Tx, memberId: string, preference: ReadingPreference): Promise<void> {
  await sql`
    insert into learning.reading_preference (member_id, settings) values (${memberId}, ${JSON.stringify(preference)}::jsonb)
    on conflict (tenant_id, member_id) do update set settings = excluded.settings`.execute(tx);
}
