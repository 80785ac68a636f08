/** Where a learner's day begins: on with the last course, what opens soon, then the others, then what is done and what was left. */
import { lazy, Suspense } from 'react';
import { Anchor, Card, Cover, CourseCard, EmptyState, Grid, LinkButton, Page, PageHeader, Pagination, Progress, Section } from '@milpa/ui';
import { listMyEnrollments, listPlayers, listPositions, type MyEnrollment, type PlayerOutline } from '@milpa/learning/contract';
import { CalendarClock, CircleCheck, History, NotebookPen } from 'lucide-react';
import { coursePath, playerPath } from '../catalog/paths.ts';
import { load, membersOnly, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { recommendationsFor } from '../reviews/load.ts';
import { Recommendations } from '../reviews/recommendations.tsx';
import { Title } from '../shell/title.tsx';
import { useMemberId } from './lesson/member.ts';
import { useRested } from './lesson/rested.ts';
import { lessonToOpen, opensNext } from './place.ts';
import type { Route } from './+types/home';

export const handle = { words: ['reviews'] } satisfies ScreenHandle;

const KeptHere = lazy(() => import('./offline/kept-here.tsx'));

export async function loader({ context, request }: Route.LoaderArgs) {
  membersOnly(context);
  const cursor = new URL(request.url).searchParams.get('cursor');
  const [active, completed, left, nearest, usual] = await Promise.all([
    load(context, listMyEnrollments, { query: { status: 'active', limit: 24, ...(cursor && { cursor }) } }),
    cursor ? null : load(context, listMyEnrollments, { query: { status: 'completed', limit: 24 } }),
    cursor ? null : load(context, listMyEnrollments, { query: { status: 'left', limit: 12 } }),
    cursor ? [] : submit(context, listPlayers).then(({ output }) => output?.data ?? []),
    cursor ? [] : recommendationsFor(context, undefined, 3),
  ]);
  const idle = active.data.length === 0 && !cursor;
  const latest = nearest.find(({ enrollment }) => enrollment?.id === active.data[0]?.id);
  const [recommended, place] = await Promise.all([idle ? recommendationsFor(context, undefined, 6) : usual, latest && placeIn(context, latest)]);
  return {
    name: web(context).viewer.name,
    recommended,
    active: active.data.map(shown),
    place: place ?? null,
    opening: nearest.flatMap(openingOf).toSorted((a, b) => a.until.localeCompare(b.until)),
    completed: completed?.data.map(shown) ?? [],
    left: left?.data.map(shown) ?? [],
    first: !cursor,
    next: active.page.next,
  };
}

const shown = ({ id, courseId, completedLessons, lessonCount, completedAt, enrolledAt, lastLessonId, course }: MyEnrollment) =>
  ({ id, courseId, slug: course.slug, title: course.title, lang: course.language, done: completedLessons, total: lessonCount, completedAt, enrolledAt, started: lastLessonId !== null || completedLessons > 0 });

/** The lesson that comes next, and how far in it somebody is; what cannot be told is left out. */
async function placeIn(context: Route.LoaderArgs['context'], player: PlayerOutline) {
  const positions = await submit(context, listPositions, { params: { enrollmentId: player.enrollment?.id ?? '' } });
  const lessonId = lessonToOpen(player);
  const lesson = player.modules.flatMap(({ lessons }) => lessons).find((each) => each.id === lessonId);
  return lesson ? { title: lesson.title, minutes: lesson.minutes, share: positions.output?.data.find((position) => position.lessonId === lesson.id)?.share ?? 0 } : null;
}

/** The module of a course that opens next. */
function openingOf(player: PlayerOutline) {
  const { course: { id: courseId, slug, title: course, language: lang } } = player;
  const next = opensNext(player);
  return next ? [{ ...next, courseId, slug, course, lang }] : [];
}

type Data = Route.ComponentProps['loaderData'];
type Shown = Data['active'][number];

export default function Home({ loaderData: { name, active, place, opening, completed, left, recommended, first, next } }: Route.ComponentProps) {
  const t = useT();
  const memberId = useMemberId();
  const [latest, ...others] = active;
  const rest = first ? others : active;
  const rested = useRested();
  return (
    <Page>
      <Title about={t('learning.empty.text')}>{t('learning.title')}</Title>
      <PageHeader
        title={name && first ? t('learning.greeting', { name: name.split(' ')[0] ?? name }) : t('learning.title')}
        actions={active.length + completed.length + left.length > 0 && <LinkButton look="quiet" icon={<NotebookPen aria-hidden="true" />} href="/learning/notes">{t('learning.notes.mine')}</LinkButton>}
      />
      {rested && memberId && <Suspense><KeptHere memberId={memberId} /></Suspense>}
      {first && latest && <GoOn course={latest} place={place} />}
      {opening.length > 0 && <Section title={t('learning.opening.title')}><Opening opening={opening} /></Section>}
      {active.length === 0 && <Nothing completed={completed.length} />}
      {active.length === 0 && <Recommendations items={recommended} />}
      {rest.length > 0 && (
        <Section title={t('learning.underWay')}>
          <Grid>
            {rest.map((course) => (
              <CourseCard key={course.courseId} href={playerPath(course.slug)} coverSeed={course.courseId} title={<bdi lang={course.lang}>{course.title}</bdi>} footer={<LessonProgress course={course} />} />
            ))}
          </Grid>
        </Section>
      )}
      <Pagination
        label={t('learning.pages')}
        previous={first ? undefined : { href: '/learning', label: t('learning.firstPage') }}
        next={next ? { href: `/learning?cursor=${encodeURIComponent(next)}`, label: t('learning.nextPage') } : undefined}
      />
      {active.length > 0 && <Recommendations items={recommended} />}
      {completed.length > 0 && <Section title={t('learning.completed')}><Completed courses={completed} /></Section>}
      {left.length > 0 && <Section title={t('learning.left.title')}><Left courses={left} /></Section>}
    </Page>
  );
}

/** The one thing to do now. */
function GoOn({ course, place }: { course: Shown; place: Data['place'] }) {
  const t = useT();
  return (
    <Card flush className="grid md:grid-cols-2">
      <Cover seed={course.courseId} className="block aspect-video h-full w-full md:order-2 md:aspect-auto" />
      <div className="flex flex-col gap-5 p-6 sm:p-8 lg:p-12">
        <div>
          <p className="ui-eyebrow mb-2">{t(course.started ? 'learning.goOn.eyebrow' : 'learning.start.eyebrow')}</p>
          <h2 className="text-2xl leading-tight"><bdi lang={course.lang}>{course.title}</bdi></h2>
          {place && (
            <p className="mt-2 text-ink-soft">
              <bdi lang={course.lang}>{place.title}</bdi>
              {place.share > 0 && place.share < 98 ? <> · {t('learning.goOn.share', { share: place.share })}</> : place.minutes !== null && <> · {t('learning.minutes', { n: place.minutes })}</>}
            </p>
          )}
        </div>
        <LessonProgress course={course} />
        <div className="flex flex-wrap items-center gap-3">
          <LinkButton look="primary" size="large" href={playerPath(course.slug)}>{t(course.started ? 'learning.goOn.action' : 'learning.start.action')}</LinkButton>
          <LinkButton look="quiet" href={coursePath(course.slug)}>{t('learning.aboutCourse')}</LinkButton>
        </div>
      </div>
    </Card>
  );
}

/** What opens by itself, the soonest first. */
function Opening({ opening }: { opening: Data['opening'] }) {
  const t = useT();
  const format = useFormat();
  return (
    <ul className="flex flex-col">
      {opening.map(({ courseId, slug, course, title, until, lang }) => (
        <li key={courseId} className="flex flex-wrap items-center gap-x-4 border-t border-line py-2">
          <CalendarClock aria-hidden="true" className="text-maize-text" />
          <span className="flex min-w-0 flex-1 flex-col py-1">
            <bdi lang={lang} className="font-medium break-words">{title}</bdi>
            <Anchor href={coursePath(slug)} className="ui-link text-sm"><bdi lang={lang}>{course}</bdi></Anchor>
          </span>
          <span className="text-sm text-ink-soft">{t('learning.opening.on', { date: format.date(until, 'long') })}</span>
        </li>
      ))}
    </ul>
  );
}

function LessonProgress({ course: { done, total, title } }: { course: Shown }) {
  const t = useT();
  return <Progress value={done} max={Math.max(total, 1)} label={t('learning.progressIn', { title })} text={t('learning.lessonsDone', { done, total })} />;
}

function Nothing({ completed }: { completed: number }) {
  const t = useT();
  return (
    <EmptyState
      illustration={completed > 0 ? 'harvest' : 'seedling'}
      title={t(completed > 0 ? 'learning.idle.title' : 'learning.empty.title')}
      action={<LinkButton look="primary" href="/courses">{t('learning.findCourse')}</LinkButton>}
    >
      <p>{t(completed > 0 ? 'learning.idle.text' : 'learning.empty.text')}</p>
    </EmptyState>
  );
}

function Completed({ courses }: { courses: Shown[] }) {
  const t = useT();
  const format = useFormat();
  return (
    <ul className="flex flex-col">
      {courses.map((course) => (
        <li key={course.courseId} className="flex flex-wrap items-center gap-x-4 border-t border-line py-2">
          <CircleCheck aria-hidden="true" className="text-leaf-text" />
          <Anchor href={coursePath(course.slug)} className="flex min-h-(--tap) min-w-0 flex-1 basis-48 items-center font-medium break-words no-underline hover:underline"><bdi lang={course.lang}>{course.title}</bdi></Anchor>
          {course.completedAt && <span className="text-sm text-ink-soft max-sm:ms-10">{t('learning.completedOn', { date: format.date(course.completedAt) })}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Courses that somebody left: what they did then is kept. Who enrols again begins anew. */
function Left({ courses }: { courses: Shown[] }) {
  const t = useT();
  const format = useFormat();
  return (
    <ul className="flex flex-col">
      {courses.map((course) => (
        <li key={course.id} className="flex flex-wrap items-center gap-x-4 border-t border-line py-2">
          <History aria-hidden="true" className="text-ink-faint" />
          <Anchor href={coursePath(course.slug)} className="flex min-h-(--tap) min-w-0 flex-1 basis-48 items-center font-medium break-words no-underline hover:underline"><bdi lang={course.lang}>{course.title}</bdi></Anchor>
          <span className="text-sm text-ink-soft max-sm:ms-10">{t('learning.left.since', { date: format.date(course.enrolledAt) })} · {t('learning.lessonsDone', { done: course.done, total: course.total })}</span>
        </li>
      ))}
    </ul>
  );
}
