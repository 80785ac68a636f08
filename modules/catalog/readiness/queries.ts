import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';

/** What the lessons of the draft say, and how many files each offers. */
export async function listTexts(tx: Tx, courseId: string): Promise<Map<string, { bodyHtml: string; attachments: number }>> {
  const { rows } = await sql<{ id: string; bodyHtml: string; attachments: number }>`
    select l.id, l.body_html, (select count(*) from catalog.attachment a where a.tenant_id = l.tenant_id and a.lesson_id = l.id)::int as attachments
    from catalog.lesson l where l.course_id = ${courseId} and l.removed_at is null`.execute(tx);
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}
