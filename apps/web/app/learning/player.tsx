/** The course player: one lesson, its place in the course, and the way on. */
import { lazy, Suspense } from 'react';
import { data, redirect } from 'react-router';
import { completeLesson, getPlayerLesson, getReadingPreference, listNotes, listPositions, openLesson, saveNote } from '@milpa/learning/contract';
import { playerPath } from '../catalog/paths.ts';
import { submit, web } from '../context.ts';
import type { ScreenHandle } from '../page.tsx';
import { ErrorScreen } from '../shell/errors.tsx';
import { Frame } from '../shell/frame.tsx';
import { admitted, previewOf } from './admission.ts';
import { lessonData, lockedLesson } from './lesson/data.ts';
import { LockedScreen as LockedScreenNow } from './lesson/at-once.ts';
import { asUsual, cookieFor, preferenceIn } from './lesson/reading.ts';
import { LessonScreen } from './lesson/screen.tsx';
import { orOffline } from './offline/fallback.ts';
import type { Route } from './+types/player';

const LockedScreen = import.meta.env.SSR ? LockedScreenNow : lazy(async () => ({ default: (await import('./lesson/locked.tsx')).LockedScreen }));

export const handle = { lesson: true } satisfies ScreenHandle;

/** Who opens a lesson again within a minute, by reloading or going back, tells nothing new. */
const rememberedMs = 60_000;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const query = previewOf(new URL(request.url).search);
  const [outline, lesson, reading] = await Promise.all([
    admitted(context, params.course, query),
    submit(context, getPlayerLesson, { params: { courseId: params.course, lessonId: params.lesson }, query }),
    readingOf(context, request),
  ]);
  if (lesson.problem?.code === 'learning.lesson_locked') return { locked: lockedLesson(outline, params.lesson), reading };
  if (lesson.problem) throw data(lesson.problem, { status: lesson.problem.status === 422 ? 404 : lesson.problem.status });
  const { enrollment, course } = outline;
  const mine = { params: { enrollmentId: enrollment?.id ?? '' } };
  const isRemembered = enrollment !== null && enrollment.lastLessonId === params.lesson && (lesson.output.completion !== 'open' || lesson.output.completed)
    && web(context).now.getTime() - Date.parse(enrollment.lastOpenedAt ?? enrollment.enrolledAt) < rememberedMs;
  const [positions, notes] = enrollment
    ? await Promise.all([
      submit(context, listPositions, mine),
      submit(context, listNotes, { query: { courseId: course.id, lessonId: params.lesson, limit: 100 } }),
      // Remembered for the next visit, unless it just was; a lesson is shown even where that fails.
      isRemembered ? null : submit(context, openLesson, { ...mine, body: { lessonId: params.lesson } }),
    ])
    : [];
  return { page: { ...lessonData(outline, lesson.output, positions?.output?.data ?? [], notes?.output?.data ?? []), reading }, newNoteId: crypto.randomUUID() };
}

/** As this browser has it, else as the member has it elsewhere; then this browser has it too. */
async function readingOf(context: Route.LoaderArgs['context'], request: Request) {
  const { viewer, url, setCookies } = web(context);
  const here = preferenceIn(request.headers.get('cookie'));
  if (here || viewer.kind !== 'member') return here ?? asUsual;
  const kept = (await submit(context, getReadingPreference)).output?.preference ?? asUsual;
  setCookies.push(cookieFor(kept, url.protocol === 'https:'));
  return kept;
}

/** Without a network, what this device has kept. */
export const clientLoader = ({ serverLoader, request }: Route.ClientLoaderArgs) => orOffline(serverLoader, request);

/** Marks the lesson as done, then goes on: to the next one, or to the end. Or takes a note to the lesson. */
export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name));
  if (form.get('intent') === 'note') {
    const { problem } = await submit(context, saveNote, {
      params: { courseId: field('courseId'), noteId: field('noteId') }, body: { lessonId: params.lesson, kind: 'note', place: null, quote: '', text: field('text') },
    });
    return problem ? data({ problem }, { status: problem.status }) : redirect(playerPath(params.course, params.lesson), 303);
  }
  const { problem } = await submit(context, completeLesson, { params: { enrollmentId: field('enrollmentId'), lessonId: params.lesson } });
  if (problem) return data({ problem }, { status: problem.status });
  const next = form.get('next');
  return redirect(next ? playerPath(params.course, String(next)) : playerPath(params.course, 'done'), 303);
}

export default function Player({ loaderData, actionData }: Route.ComponentProps) {
  if (loaderData.locked) return <Suspense><LockedScreen {...loaderData} /></Suspense>;
  const { page, newNoteId } = loaderData;
  return <LessonScreen key={page.lesson.id} page={page} newNoteId={newNoteId} problem={actionData?.problem} />;
}

export function ErrorBoundary() {
  return <Frame><ErrorScreen /></Frame>;
}
