/** The course player: one lesson, its place in the course, and the way on. */
import { useEffect, type ReactNode } from 'react';
import { data, Form, redirect, useNavigate } from 'react-router';
import { CourseOutline, LinkButton, Notice, PlayerShell, SubmitButton, type OutlineSection } from '@milpa/ui';
import { completeLesson, getPlayerLesson, openLesson } from '@milpa/learning/contract';
import { ArrowRight, Check, Paperclip } from 'lucide-react';
import { coursePath, lessonEditorPath, playerPath } from '../catalog/paths.ts';
import { directionOf } from '../catalog/language.ts';
import { submit } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { usePage, type ScreenHandle } from '../page.tsx';
import { ErrorScreen } from '../shell/errors.tsx';
import { Frame } from '../shell/frame.tsx';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { admitted } from './admission.ts';
import { fileKind } from './file-kind.ts';
import type { Route } from './+types/player';

export const handle = { lesson: true } satisfies ScreenHandle;

export async function loader({ context, params }: Route.LoaderArgs) {
  const [{ course, enrollment, modules }, lesson] = await Promise.all([
    admitted(context, params.course),
    submit(context, getPlayerLesson, { params: { courseId: params.course, lessonId: params.lesson } }),
  ]);
  if (lesson.problem) throw data(lesson.problem, { status: lesson.problem.status === 422 ? 404 : lesson.problem.status });
  // Remembered for the next visit; a lesson is shown even where that fails.
  if (enrollment) await submit(context, openLesson, { params: { enrollmentId: enrollment.id }, body: { lessonId: params.lesson } });
  const { id, title, minutes, completed, bodyHtml, moduleTitle, attachments, previous, next } = lesson.output;
  return {
    course, modules, attachments, previous, next,
    enrollment: enrollment && { id: enrollment.id, done: enrollment.completedLessons, total: enrollment.lessonCount },
    lesson: { id, title, minutes, completed, moduleTitle, html: bodyHtml },
  };
}

/** Marks the lesson as done, then goes on: to the next one, or to the end. */
export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const { problem } = await submit(context, completeLesson, { params: { enrollmentId: String(form.get('enrollmentId')), lessonId: params.lesson } });
  if (problem) return data({ problem }, { status: problem.status });
  const next = form.get('next');
  return redirect(next ? playerPath(params.course, String(next)) : playerPath(params.course, 'done'), 303);
}

type Data = Route.ComponentProps['loaderData'];

export default function Player({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const { course, lesson, enrollment, attachments, previous, next } = loaderData;
  const at = (id: string) => playerPath(course.slug, id);
  useKeys(previous && at(previous.id), next && at(next.id));
  const { done = 0, total = 0 } = enrollment ?? {};
  return (
    <PlayerShell
      skipLabel={t('learning.skipToLesson')}
      course={{ href: coursePath(course.slug), title: <span lang={course.language} dir={directionOf(course.language)} className="block truncate">{course.title}</span>, backLabel: t('learning.backToCourse') }}
      outline={<CourseOutline key={lesson.id} sections={sectionsOf(loaderData, t)} />}
      outlineLabel={t('learning.outline')}
      closeLabel={t('learning.closeOutline')}
      progress={{ value: done, max: Math.max(total, 1), label: t('learning.progressIn', { title: course.title }), text: enrollment ? format.percent(total ? Math.min(done / total, 1) : 0) : t('learning.preview.short') }}
      stepsLabel={t('learning.steps')}
      previous={previous ? { href: at(previous.id), label: t('learning.previous'), title: <bdi>{previous.title}</bdi> } : undefined}
      nextAction={<GoOn {...loaderData} />}
    >
      <Title>{`${lesson.title} · ${course.title}`}</Title>
      <div className="mx-auto mb-8 flex max-w-[40rem] flex-col gap-4 empty:hidden">
        <ProblemSummary problem={actionData?.problem} />
        {!enrollment && (
          <Notice title={t('learning.preview.title')} actions={<LinkButton href={lessonEditorPath(course.id, lesson.id)}>{t('learning.preview.edit')}</LinkButton>}>{t('learning.preview.text')}</Notice>
        )}
      </div>
      <article lang={course.language} dir={directionOf(course.language)} className="mx-auto max-w-[40rem]">
        <header className="pb-6">
          <p className="ui-eyebrow">{lesson.moduleTitle}</p>
          <h1 className="mt-2 text-3xl leading-tight">{lesson.title}</h1>
          <LessonState lesson={lesson} />
        </header>
        <div className="prose" dangerouslySetInnerHTML={{ __html: lesson.html }} />
      </article>
      {attachments.length > 0 && <Attachments courseId={course.id} files={attachments} />}
    </PlayerShell>
  );
}

/** How long the lesson takes, and whether it is done: in the reader's language, whatever the course's is. */
function LessonState({ lesson: { minutes, completed } }: { lesson: Data['lesson'] }) {
  const t = useT();
  const { locale } = usePage();
  if (minutes === null && !completed) return null;
  return (
    <p lang={locale} className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft">
      {minutes !== null && <bdi>{t('learning.minutes', { n: minutes })}</bdi>}
      {completed && <bdi className="inline-flex items-center gap-1 font-medium text-leaf-text"><Check aria-hidden="true" />{t('learning.done')}</bdi>}
    </p>
  );
}

/** The one primary action: a form while there is something to mark, a link afterwards and for who only looks. */
function GoOn({ course, lesson, enrollment, next }: Data) {
  const t = useT();
  const arrow = <ArrowRight aria-hidden="true" className="ui-mirror" />;
  if (enrollment && !lesson.completed) {
    return (
      <Form method="post">
        <input type="hidden" name="enrollmentId" value={enrollment.id} />
        {next && <input type="hidden" name="next" value={next.id} />}
        <SubmitButton><StepLabel label={t(next ? 'learning.completeAndGoOn' : 'learning.completeAndFinish')} title={next?.title} />{arrow}</SubmitButton>
      </Form>
    );
  }
  if (next) return <LinkButton look="primary" href={playerPath(course.slug, next.id)} rel="next"><StepLabel label={t('learning.next')} title={next.title} />{arrow}</LinkButton>;
  return enrollment
    ? <LinkButton look="primary" href={playerPath(course.slug, 'done')}>{t('learning.finish')}{arrow}</LinkButton>
    : <LinkButton href={coursePath(course.slug)}>{t('learning.backToCourse')}</LinkButton>;
}

function StepLabel({ label, title }: { label: ReactNode; title: string | undefined }) {
  return <span className="ui-player-step"><span>{label}</span>{title && <small><bdi>{title}</bdi></small>}</span>;
}

function sectionsOf({ course, modules, lesson, enrollment }: Data, t: ReturnType<typeof useT>): OutlineSection[] {
  return modules.map((module) => ({
    id: module.id,
    title: <bdi lang={course.language}>{module.title}</bdi>,
    ...(enrollment && { note: t('learning.moduleDone', { done: module.completedLessons, total: module.lessons.length }) }),
    items: module.lessons.map(({ id, title, minutes, completed }) => {
      const current = id === lesson.id;
      return {
        href: playerPath(course.slug, id),
        title: <bdi lang={course.language}>{title}</bdi>,
        state: current ? 'current' as const : completed ? 'done' as const : 'open' as const,
        stateLabel: t(completed ? 'learning.state.done' : current ? 'learning.state.current' : 'learning.state.open'),
        ...(minutes !== null && { note: t('learning.minutes', { n: minutes }) }),
      };
    }),
  }));
}

function Attachments({ courseId, files }: { courseId: string; files: Data['attachments'] }) {
  const t = useT();
  const format = useFormat();
  return (
    <section aria-labelledby="files" className="mx-auto mt-10 max-w-[40rem] border-t border-line pt-6">
      <h2 id="files" className="mb-3 text-lg">{t('learning.files')}</h2>
      <ul className="flex flex-col gap-2">
        {files.map((file) => (
          <li key={file.id}>
            <a
              href={`/api/v1/courses/${courseId}/files/${file.fileId}`}
              download={file.name}
              className="flex min-h-(--tap) items-center gap-3 rounded-(--round-m) border border-line bg-surface px-4 py-3 no-underline hover:shadow-lift"
            >
              <Paperclip aria-hidden="true" className="text-ink-faint" />
              <span className="flex min-w-0 flex-1 flex-col">
                <bdi className="break-words">{file.name}</bdi>
                <span className="text-sm text-ink-soft">{t(`learning.file.${fileKind(file.mediaType)}`)} · {format.bytes(file.size)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** n and p, besides the buttons: only while the lesson itself has the focus, so that nobody's typing or dictating turns a page. */
function useKeys(previous: string | null, next: string | null): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      const { activeElement } = document;
      if (activeElement !== document.body && activeElement?.id !== 'main') return;
      const to = { n: next, p: previous }[event.key];
      if (to) void navigate(to);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, previous, next]);
}

export function ErrorBoundary() {
  return <Frame><ErrorScreen /></Frame>;
}
