/** What waits to be sent. Rules alone: where it is kept is `device.ts`, how it is sent `sync.ts`. */
import type { Note, SyncItem, SyncResult } from '@milpa/learning/contract';
import type { LessonData } from '../lesson/data.ts';

/** One thing done on this device. */
export interface Waiting {
  /** What replaces it: of positions in one lesson only the last is worth sending. */
  key: string;
  enrollmentId: string;
  item: SyncItem;
  /** What it is called where it is shown. */
  lessonTitle: string;
  /** Why it was refused; it is shown until its owner has seen it. */
  refused?: NonNullable<SyncResult['problem']>;
}

export const keyOf = (item: SyncItem): string => (item.kind === 'position' ? `position ${item.lessonId}` : item.id);

/** What is to be sent, in the order in which it was done: one batch an enrolment, as large as one may be. */
export function batchesOf(queue: readonly Waiting[], most = 100): { enrollmentId: string; waiting: Waiting[] }[] {
  const batches: { enrollmentId: string; waiting: Waiting[] }[] = [];
  for (const one of queue.filter(({ refused }) => !refused).toSorted((a, b) => a.item.occurredAt.localeCompare(b.item.occurredAt))) {
    const open = batches.findLast(({ enrollmentId }) => enrollmentId === one.enrollmentId);
    if (open && open.waiting.length < most) open.waiting.push(one);
    else batches.push({ enrollmentId: one.enrollmentId, waiting: [one] });
  }
  return batches;
}

/** What an answer means for what was sent. */
export type Verdict = 'taken' | 'later' | 'signIn' | 'refused';

/** Too many requests, a failing server or a proxy's page: later. Who is signed out is asked in. What the server will never take is refused. */
export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 401) return 'signIn';
  return status === 408 || status === 425 || status === 429 || status >= 500 || status < 400 ? 'later' : 'refused';
}

/** How many people would count: where somebody was reading is sent along without a word. */
export const countOf = (queue: readonly Waiting[]): number => queue.filter(({ item, refused }) => !refused && item.kind !== 'position').length;

/** What holds here: what waits, and what was done on this page, sent or not; nothing that was refused. In the order in which it was done. */
export function holding(queue: readonly Waiting[], here: readonly Waiting[]): Waiting[] {
  const refused = new Set(queue.filter((one) => one.refused).map(({ key }) => key));
  return [...new Map([...queue, ...here].map((one) => [one.key, one])).values()].filter(({ key }) => !refused.has(key)).toSorted((a, b) => a.item.occurredAt.localeCompare(b.item.occurredAt));
}

/** A lesson as it is once all that waits has been sent. */
export function withQueue(data: LessonData, queue: readonly Waiting[]): LessonData {
  const { enrollment, lesson } = data;
  if (!enrollment) return data;
  const mine = queue.filter(({ enrollmentId, refused }) => enrollmentId === enrollment.id && !refused).map(({ item }) => item);
  const done = new Set(mine.flatMap((item) => (item.kind === 'completion' ? [item.lessonId] : [])));
  const modules = data.modules.map((module) => {
    const lessons = module.lessons.map((each) => (done.has(each.id) ? { ...each, completed: true } : each));
    return { ...module, lessons, completedLessons: module.completedLessons + count(lessons) - count(module.lessons) };
  });
  const newly = counting(modules) - counting(data.modules);
  const position = mine.findLast((item) => item.kind === 'position' && item.lessonId === lesson.id);
  return {
    ...data, modules,
    enrollment: { ...enrollment, done: enrollment.done + newly },
    lesson: { ...lesson, completed: lesson.completed || done.has(lesson.id) },
    place: position?.kind === 'position' ? position.reading : data.place,
    notes: notesWith(data, mine),
  };
}

const count = (lessons: readonly { completed: boolean }[]) => lessons.filter(({ completed }) => completed).length;
/** What is optional does not count towards the course. */
const counting = (modules: LessonData['modules']) => count(modules.flatMap(({ lessons }) => lessons.filter(({ optional }) => !optional)));

function notesWith({ course, lesson, notes }: LessonData, items: readonly SyncItem[]): Note[] {
  const byId = new Map(notes.map((note) => [note.id, note]));
  for (const item of items) {
    if (item.kind === 'noteRemoval') byId.delete(item.noteId);
    if (item.kind !== 'note' || item.note.lessonId !== lesson.id) continue;
    byId.set(item.noteId, { ...item.note, id: item.noteId, courseId: course.id, lessonTitle: lesson.title, createdAt: byId.get(item.noteId)?.createdAt ?? item.occurredAt, changedAt: item.occurredAt });
  }
  return [...byId.values()];
}
