/** What the screen of a lesson shows: the same whether the server sends it or the device has kept it. */
import type { Note, PlayerLesson, PlayerOutline, Position, ReadingPreference } from '@milpa/learning/contract';
import { firstOpen } from '../place.ts';

export interface LessonData {
  course: PlayerOutline['course'];
  modules: PlayerOutline['modules'];
  /** Null for the draft. */
  version: number | null;
  /** Null for who only looks. */
  enrollment: { id: string; done: number; total: number; lastLessonId: string | null } | null;
  lesson: { id: string; title: string; minutes: number | null; completed: boolean; moduleTitle: string; html: string; completion: 'mark' | 'open' | 'end' };
  attachments: PlayerLesson['attachments'];
  previous: PlayerLesson['previous'];
  next: PlayerLesson['next'];
  /** Where in the lesson the reader was. */
  place: Pick<Position, 'index' | 'hash' | 'share'> | null;
  notes: Note[];
}

const standingOf = ({ id, completedLessons, lessonCount, lastLessonId }: NonNullable<PlayerOutline['enrollment']>) => ({ id, done: completedLessons, total: lessonCount, lastLessonId });

/** What a page needs besides: how its reader likes to read. */
export interface LessonPage extends LessonData { reading: ReadingPreference }

export function lessonData({ course, enrollment, modules, version }: PlayerOutline, lesson: PlayerLesson, positions: readonly Position[], notes: readonly Note[]): LessonData {
  const { id, title, minutes, completed, completion, bodyHtml, moduleTitle, attachments, previous, next } = lesson;
  const position = positions.find(({ lessonId }) => lessonId === id);
  return {
    course, modules, version, attachments, previous, next,
    enrollment: enrollment && standingOf(enrollment),
    lesson: { id, title, minutes, completed, moduleTitle, html: bodyHtml, completion },
    place: position ? { index: position.index, hash: position.hash, share: position.share } : null,
    notes: notes.map(({ id: noteId, kind, courseId, lessonId, lessonTitle, place, quote, text, createdAt, changedAt }) => ({ id: noteId, kind, courseId, lessonId, lessonTitle, place, quote, text, createdAt, changedAt })),
  };
}

/** A lesson that does not open now, and what does. */
export interface LockedLesson extends Pick<LessonData, 'course' | 'modules' | 'enrollment'> {
  id: string;
  title: string;
  /** Where to go instead. */
  open: string | null;
}

export function lockedLesson(outline: PlayerOutline, id: string): LockedLesson {
  const { course, modules, enrollment } = outline;
  const lessons = modules.flatMap((module) => module.lessons);
  return { course, modules, enrollment: enrollment && standingOf(enrollment), id, title: lessons.find((lesson) => lesson.id === id)?.title ?? '', open: firstOpen(outline) };
}
