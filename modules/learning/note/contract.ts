import { endpoint, id, nothing, pageOf, pageQuery, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { place } from '../position/contract.ts';

const words = (max: number) => z.string().trim().max(max).regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u);

export const noteKind = z.enum(['note', 'bookmark']);
/** A note has words; a bookmark only its place. Without a place it is about the lesson as a whole. */
export const noteInput = z.strictObject({
  lessonId: id, kind: noteKind, place: place.nullable(), quote: words(500), text: words(8000),
});
export type NoteInput = z.infer<typeof noteInput>;

export const note = z.object({
  id, kind: noteKind, courseId: id, lessonId: id.nullable(), lessonTitle: z.string(), place: place.nullable(), quote: z.string(), text: z.string(), createdAt: timestamp, changedAt: timestamp,
}).meta({ id: 'Note' });
export type Note = z.infer<typeof note>;
export const noteInCourse = note.extend({ course: z.object({ slug: z.string(), title: z.string(), language: z.string() }) }).meta({ id: 'NoteInCourse' });
export type NoteInCourse = z.infer<typeof noteInCourse>;

export const listNotes = endpoint({
  id: 'learning.listNotes', method: 'GET', path: '/notes', summary: 'My notes and bookmarks, the newest first', access: 'note:manage:own',
  query: pageQuery.extend({ courseId: id.optional(), lessonId: id.optional(), kind: noteKind.optional(), q: z.string().trim().max(200).optional() }), response: pageOf(noteInCourse),
});
export const saveNote = endpoint({
  id: 'learning.saveNote', method: 'PUT', path: '/courses/{courseId}/notes/{noteId}', summary: 'Write or change a note of mine; its id is made by who writes', access: 'note:manage:own',
  params: z.object({ courseId: id, noteId: id }), body: noteInput, response: note, unaudited: 'what somebody notes for themselves is theirs',
  errors: ['learning.not_enrolled', 'learning.notes_full', 'learning.note_empty', 'learning.note_removed', 'learning.lesson_locked', 'catalog.lesson_not_found'],
});
export const removeNote = endpoint({
  id: 'learning.removeNote', method: 'DELETE', path: '/notes/{noteId}', summary: 'Remove a note of mine; again changes nothing', access: 'note:manage:own', status: 204,
  params: z.object({ noteId: id }), response: nothing, unaudited: 'what somebody notes for themselves is theirs', errors: ['learning.note_not_found'],
});
