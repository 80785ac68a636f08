/**
 * What a lesson does once its page is at rest: goes on where the reader was, follows them, takes notes, keeps the lesson on the device, and
 * sends what is done. Loaded apart: the text does not wait for it.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { Button } from '@milpa/ui';
import type { NoteInput } from '@milpa/learning/contract';
import { Bookmark, NotebookPen } from 'lucide-react';
import { useT } from '../../i18n/index.ts';
import { claimDevice, deviceOf } from '../offline/device.ts';
import { keepLesson } from '../offline/keep.ts';
import { holding, withQueue, type Verdict } from '../offline/queue.ts';
import { SyncStatus } from '../offline/status.tsx';
import { doneNow, sendAtOnce } from '../offline/sync.ts';
import { useQueue, type Queue } from '../offline/use-queue.ts';
import type { LessonData } from './data.ts';
import { follow, goTo, proseOf, type Reading } from './follow.ts';
import { loadEmbeds, markPlaces, selectionIn } from './marks.ts';
import type { Draft } from './notes-panel.tsx';

/** What the page hears of all that. */
export interface Live {
  /** The lesson with what waits to be sent. */
  data: LessonData;
  complete(): Promise<Verdict>;
  saveNote(id: string, note: NoteInput): void;
  removeNote(id: string): void;
  /** The passage that somebody wants to note something about. */
  draft: Draft | null;
}

interface Props { page: LessonData; memberId: string | null; notesPanel: string; onLive: (live: Live) => void }

export default function LessonLife({ page, memberId, notesPanel, onLive }: Props) {
  const { pathname } = useLocation();
  const queue = useQueue(page.enrollment && memberId);
  const data = useMemo(() => withQueue(page, holding(queue.all, queue.here)), [page, queue.all, queue.here]);
  const { enrollment, lesson } = data;
  const enrollmentId = page.enrollment?.id ?? null;
  const [draft, setDraft] = useState<Draft | null>(null);
  const { add } = queue;
  const does = useCallback((done: Parameters<typeof doneNow>[2]) => (enrollmentId ? add(doneNow(enrollmentId, lesson.title, done)) : Promise.resolve<Verdict>('refused')), [add, enrollmentId, lesson.title]);
  const saveNote = useCallback((noteId: string, note: NoteInput) => void does({ kind: 'note', noteId, note }), [does]);
  useFollowing(data, queue);
  useMarks(data);

  useEffect(() => {
    onLive({ data, draft, saveNote, complete: () => does({ kind: 'completion', lessonId: lesson.id }), removeNote: (noteId) => void does({ kind: 'noteRemoval', noteId }) });
  }, [data, draft, does, saveNote, lesson.id, onLive]);

  useEffect(() => {
    if (!memberId || !enrollmentId) return;
    // What was opened once can be read again without a network. Where nothing can be kept, nothing is.
    claimDevice(memberId).then(async () => keepLesson(await deviceOf(memberId), data)).catch(() => {});
  }, [memberId, enrollmentId, data]);

  const begin = (passage: Draft) => {
    setDraft(passage);
    document.getElementById(notesPanel)?.showPopover();
  };
  const bookmark = ({ place, quote }: Draft) => saveNote(crypto.randomUUID(), { lessonId: lesson.id, kind: 'bookmark', place, quote, text: '' });
  return (
    <>
      <SyncStatus queue={queue} back={pathname} className="ui-reading-column mb-8" />
      {enrollment && <PassageTools onDraft={begin} onBookmark={bookmark} />}
    </>
  );
}

/** What to do with a passage that is marked: at the foot of the screen, where no menu of the device covers it. */
function PassageTools({ onDraft, onBookmark }: { onDraft: (draft: Draft) => void; onBookmark: (draft: Draft) => void }) {
  const t = useT();
  const [draft, setDraft] = useState<Draft | null>(null);
  useEffect(() => {
    const onSelect = () => { const prose = proseOf(); setDraft(prose && selectionIn(prose)); };
    document.addEventListener('selectionchange', onSelect);
    return () => document.removeEventListener('selectionchange', onSelect);
  }, []);
  if (!draft) return null;
  // Pressing must not lose the selection before the click.
  const keep = (event: { preventDefault(): void }) => event.preventDefault();
  return (
    <div role="group" aria-label={t('learning.notes.passage')} className="fixed inset-x-0 bottom-24 z-30 mx-auto flex w-fit gap-1 rounded-l border border-line bg-surface p-1 shadow-float">
      <Button look="quiet" icon={<NotebookPen aria-hidden="true" />} onPointerDown={keep} onClick={() => onDraft(draft)}>{t('learning.notes.note')}</Button>
      <Button look="quiet" icon={<Bookmark aria-hidden="true" />} onPointerDown={keep} onClick={() => { onBookmark(draft); getSelection()?.removeAllRanges(); }}>{t('learning.notes.bookmark')}</Button>
    </div>
  );
}

function useMarks({ notes }: LessonData): void {
  const t = useT();
  const [load, text] = [t('learning.embed.load'), t('learning.embed.text', { host: '{host}' })];
  useEffect(() => { const prose = proseOf(); return prose ? loadEmbeds(prose, { load, text }) : undefined; }, [load, text]);
  useEffect(() => { const prose = proseOf(); if (prose) markPlaces(prose, notes); }, [notes]);
}

/** Goes on where the reader was, and remembers where they are. */
function useFollowing({ enrollment, lesson, place, notes }: LessonData, queue: Queue): void {
  const { hash, search } = useLocation();
  const latest = useRef({ queue, lesson });
  useEffect(() => { latest.current = { queue, lesson }; });
  const enrollmentId = enrollment?.id;
  const complete = useCallback(() => {
    const { queue: now, lesson: { id, title, completed } } = latest.current;
    if (enrollmentId && !completed) void now.add(doneNow(enrollmentId, title, { kind: 'completion', lessonId: id }));
  }, [enrollmentId]);

  const went = useRef(false);
  useEffect(() => {
    // Once; and who follows a link to a place, or comes back to a page that the browser has scrolled already, stays there.
    if (went.current) return;
    went.current = true;
    if (hash || scrollY > 0) return;
    const asked = new URLSearchParams(search);
    const to = asked.has('goOn') ? place : notes.find(({ id }) => id === asked.get('note'))?.place;
    if (to) goTo(to);
  }, [hash, search, place, notes]);

  useEffect(() => {
    const prose = proseOf();
    if (!enrollmentId || !prose) return;
    if (lesson.completion === 'open') complete();
    const done = (reading: Reading) => doneNow(enrollmentId, lesson.title, { kind: 'position', lessonId: lesson.id, reading });
    return follow(prose, {
      rests: (reading) => void latest.current.queue.add(done(reading)),
      leaves: (reading) => { const waiting = done(reading); sendAtOnce(waiting); void latest.current.queue.add(waiting); },
      ends: () => { if (lesson.completion === 'end') complete(); },
    });
  }, [enrollmentId, lesson.id, lesson.title, lesson.completion, complete]);
}
