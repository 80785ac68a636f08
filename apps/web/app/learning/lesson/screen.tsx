/** The screen of a lesson: its text, its place in the course, and the way on. The same from the server and from the device. */
import { lazy, Suspense, useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { Form, useLocation, useNavigate } from 'react-router';
import { Button, CourseOutline, IconButton, LinkButton, Notice, Panel, PlayerShell, SubmitButton } from '@milpa/ui';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { ArrowRight, Check, NotebookPen, Type } from 'lucide-react';
import { coursePath, lessonEditorPath, playerPath, previewQuery } from '../../catalog/paths.ts';
import { directionOf } from '../../catalog/language.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { useSupport } from '../../shell/support.ts';
import { usePage } from '../../page.tsx';
import { Refused } from '../../shell/refused.tsx';
import { Title } from '../../shell/title.tsx';
import type { LessonData, LessonPage } from './data.ts';
import { Attachments as AttachmentsNow, LessonNote as LessonNoteNow, ReadingPanel as ReadingPanelNow } from './at-once.ts';
import type { Live } from './live.tsx';
import { useMemberId } from './member.ts';
import { useSections } from './outline.tsx';
import { attributesOf, readingPanel } from './reading.ts';
import { useRested } from './rested.ts';

const LessonLife = lazy(() => import('./live.tsx'));
const NotesPanel = lazy(() => import('./notes-panel.tsx'));
const KeepCourse = lazy(() => import('../offline/keep-course.tsx'));
// What stands below the text or in a panel is in the server's page at once; its scripts come after the others.
const later = () => import('./further-down.tsx');
const Attachments = import.meta.env.SSR ? AttachmentsNow : lazy(async () => ({ default: (await later()).Attachments }));
const LessonNote = import.meta.env.SSR ? LessonNoteNow : lazy(async () => ({ default: (await later()).LessonNote }));
const ReadingPanel = import.meta.env.SSR ? ReadingPanelNow : lazy(async () => ({ default: (await later()).ReadingPanel }));
const notesPanel = 'notes';

interface Props {
  page: LessonPage;
  newNoteId: string;
  problem?: ProblemDocument | undefined;
  /** It comes from this device. */
  kept?: boolean;
}

export function LessonScreen({ page, newNoteId, problem, kept = false }: Props) {
  const t = useT();
  const format = useFormat();
  const memberId = useMemberId();
  const [live, setLive] = useState<Live | null>(null);
  const data = live?.data ?? page;
  const { course, lesson, enrollment, attachments, previous, next } = data;
  const [reading, setReading] = useState(page.reading);
  const notesOpened = useOpened(notesPanel);
  const rested = useRested();
  const { pathname, search } = useLocation();
  const preview = enrollment ? '' : previewQuery(search);
  const support = useSupport();
  const at = (id: string) => playerPath(course.slug, id) + preview;
  const { done = 0, total = 0 } = enrollment ?? {};
  useKeys(previous && at(previous.id), next && at(next.id));
  return (
    <PlayerShell
      skipLabel={t('learning.skipToLesson')}
      look={attributesOf(reading)}
      course={{ href: coursePath(course.slug), title: <span lang={course.language} dir={directionOf(course.language)} className="block truncate">{course.title}</span>, backLabel: t('learning.backToCourse') }}
      outline={<><CourseOutline key={lesson.id} sections={useSections(data, lesson.id, preview)} />{enrollment && <OnDevice courseId={course.id} memberId={memberId} />}</>}
      outlineLabel={t('learning.outline')}
      closeLabel={t('learning.closeOutline')}
      progress={{ value: done, max: Math.max(total, 1), label: t('learning.progressIn', { title: course.title }), text: enrollment ? format.percent(total ? Math.min(done / total, 1) : 0) : t('learning.preview.short') }}
      stepsLabel={t('learning.steps')}
      actions={(
        <>
          <IconButton label={t('learning.reading.title')} popoverTarget={readingPanel}><Type aria-hidden="true" /></IconButton>
          {enrollment && <IconButton label={t('learning.notes.here', { n: data.notes.length })} dot={data.notes.length > 0} popoverTarget={notesPanel}><NotebookPen aria-hidden="true" /></IconButton>}
        </>
      )}
      previous={previous ? { href: at(previous.id), label: t('learning.previous'), title: <bdi>{previous.title}</bdi> } : undefined}
      nextAction={<GoOn data={data} live={live} kept={kept} preview={preview} />}
    >
      <Title about={`${course.title}: ${lesson.moduleTitle}, ${lesson.title}`}>{`${lesson.title} · ${course.title}`}</Title>
      <div className="ui-reading-column mb-8 flex flex-col gap-4 empty:hidden">
        {problem && <Refused problem={problem} />}
        {!enrollment && (
          <Notice title={t('learning.preview.title')} actions={data.version === null && !support.onlyReads && <LinkButton href={lessonEditorPath(course.id, lesson.id)}>{t('learning.preview.edit')}</LinkButton>}>
            {data.version === null ? t('learning.preview.text') : t('learning.preview.review', { n: data.version })}
          </Notice>
        )}
      </div>
      {rested && <Suspense><LessonLife page={page} memberId={memberId} notesPanel={notesPanel} onLive={setLive} /></Suspense>}
      <article lang={course.language} dir={directionOf(course.language)} className="ui-reading-column">
        <header className="pb-6">
          <p className="ui-eyebrow">{lesson.moduleTitle}</p>
          <h1 tabIndex={-1} data-begin className="mt-2 text-3xl leading-tight">{lesson.title}</h1>
          <LessonState data={data} start={page.place} />
        </header>
        <Prose html={lesson.html} />
      </article>
      <Suspense>
        {attachments.length > 0 && <Attachments courseId={course.id} files={attachments} />}
        {enrollment && (live || !kept) && <LessonNote id={newNoteId} lessonId={lesson.id} courseId={course.id} live={live} />}
        <ReadingPanel value={reading} back={pathname} onChange={setReading} />
      </Suspense>
      {enrollment && (
        <Panel id={notesPanel} title={t('learning.notes.title')} closeLabel={t('learning.notes.close')}>
          {live && (notesOpened || live.draft) && <Suspense><NotesPanel lessonId={lesson.id} notes={data.notes} draft={live.draft} onSave={live.saveNote} onRemove={live.removeNote} /></Suspense>}
          <p className="mt-4"><LinkButton size="small" href={`/learning/notes?course=${course.id}`}>{t('learning.notes.all')}</LinkButton></p>
        </Panel>
      )}
    </PlayerShell>
  );
}

/** Set once: marks are put into it that another rendering must not undo. */
function Prose({ html }: { html: string }) {
  const [inner] = useState({ __html: html });
  return <div className="prose" data-prose dangerouslySetInnerHTML={inner} />;
}

/** Whether a panel has been opened: what is in it is loaded then. */
function useOpened(id: string): boolean {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const panel = document.getElementById(id);
    const onToggle = () => setOpened(true);
    panel?.addEventListener('toggle', onToggle, { once: true });
    return () => panel?.removeEventListener('toggle', onToggle);
  }, [id]);
  return opened;
}

/** How long the lesson takes, whether it is done, and where to go on: in the reader's language, whatever the course's is. */
function LessonState({ data: { lesson: { minutes, completed, completion }, enrollment }, start }: { data: LessonData; start: LessonData['place'] }) {
  const t = useT();
  const { locale } = usePage();
  const further = start !== null && start.index > 0 && start.share < 98;
  const rule = enrollment && !completed && completion !== 'mark';
  if (minutes === null && !completed && !further && !rule) return null;
  return (
    <div lang={locale} dir={directionOf(locale)} className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft">
      {minutes !== null && <bdi>{t('learning.minutes', { n: minutes })}</bdi>}
      {completed && <bdi className="inline-flex items-center gap-1 font-medium text-leaf-text"><Check aria-hidden="true" />{t('learning.done')}</bdi>}
      {rule && <span>{t(`learning.completion.${completion}`)}</span>}
      {further && <Button size="small" onClick={() => void import('./follow.ts').then(({ goTo }) => goTo(start))}>{t('learning.place.goOn', { share: start.share })}</Button>}
    </div>
  );
}

/** The one primary action: a form while there is something to mark, a link afterwards and for who only looks. */
function GoOn({ data, live, kept, preview }: { data: LessonData; live: Live | null; kept: boolean; preview: string }) {
  const t = useT();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const { course, lesson, enrollment, next } = data;
  const arrow = <ArrowRight aria-hidden="true" className="ui-mirror" />;
  const onward = playerPath(course.slug, next?.id ?? 'done') + preview;
  // The form works by itself. With scripts what it does is kept on this device first, and sent: the same way with a network and without.
  const complete = async (event: FormEvent) => {
    if (live || kept) event.preventDefault();
    if (!live) return;
    setBusy(true);
    const verdict = await live.complete();
    setBusy(false);
    if (verdict === 'refused') document.querySelector('[data-queue]')?.scrollIntoView({ block: 'center' });
    else await navigate(onward);
  };
  if (enrollment && (!lesson.completed || busy)) {
    return (
      <Form method="post" onSubmit={(event) => void complete(event)}>
        <input type="hidden" name="enrollmentId" value={enrollment.id} />
        {next && <input type="hidden" name="next" value={next.id} />}
        <SubmitButton busy={busy}><StepLabel label={t(next ? 'learning.completeAndGoOn' : 'learning.completeAndFinish')} title={next?.title} />{arrow}</SubmitButton>
      </Form>
    );
  }
  if (next) return <LinkButton look="primary" href={onward} rel="next"><StepLabel label={t('learning.next')} title={next.title} />{arrow}</LinkButton>;
  return enrollment
    ? <LinkButton look="primary" href={onward}>{t('learning.finish')}{arrow}</LinkButton>
    : <LinkButton href={coursePath(course.slug)}>{t('learning.backToCourse')}</LinkButton>;
}

function StepLabel({ label, title }: { label: ReactNode; title: string | undefined }) {
  return <span className="ui-player-step"><span>{label}</span>{title && <small><bdi>{title}</bdi></small>}</span>;
}

/** Whether and how the course is on this device: loaded when the page is at rest. */
function OnDevice({ courseId, memberId }: { courseId: string; memberId: string | null }) {
  return useRested() && 'serviceWorker' in navigator && memberId ? <Suspense><KeepCourse courseId={courseId} memberId={memberId} /></Suspense> : null;
}

/** n and p, besides the buttons: only while the lesson itself has the focus, so that nobody's typing or dictating turns a page. */
function useKeys(previous: string | null, next: string | null): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      const { activeElement } = document;
      if (activeElement !== document.body && !activeElement?.matches('#main, [data-begin]')) return;
      const to = { n: next, p: previous }[event.key];
      if (to) void navigate(to);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, previous, next]);
}
