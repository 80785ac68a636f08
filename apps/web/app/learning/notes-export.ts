/** The member's notes as a Markdown file. */
import { listNotes, type NoteInCourse } from '@milpa/learning/contract';
import { load } from '../context.ts';
import { markdownOf } from './notes-markdown.ts';
import type { Route } from './+types/notes-export';

export async function loader({ context, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const [course, q] = ['course', 'q'].map((name) => searchParams.get(name)?.trim() || undefined);
  const notes: NoteInCourse[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { data, page }: { data: NoteInCourse[]; page: { next: string | null } } = await load(context, listNotes, { query: { limit: 100, ...(course && { courseId: course }), ...(q && { q }), ...(cursor && { cursor }) } });
    notes.push(...data);
    cursor = page.next;
  }
  return new Response(markdownOf(notes), { headers: { 'content-type': 'text/markdown; charset=utf-8', 'content-disposition': 'attachment; filename="notes.md"' } });
}
