/** Where a learner's day begins: on with the last course, then the others, then what is done. */
import { Anchor, Card, Cover, CourseCard, EmptyState, Grid, LinkButton, Page, PageHeader, Pagination, Progress, Section } from '@milpa/ui';
import { listCourses } from '@milpa/catalog/contract';
import { listMyEnrollments, type MyEnrollment } from '@milpa/learning/contract';
import { CircleCheck } from 'lucide-react';
import { coursePath, playerPath } from '../catalog/paths.ts';
import { load, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { Title } from '../shell/title.tsx';
import type { Route } from './+types/home';

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const [active, completed] = await Promise.all([
    load(context, listMyEnrollments, { query: { status: 'active', limit: 24, ...(cursor && { cursor }) } }),
    cursor ? null : load(context, listMyEnrollments, { query: { status: 'completed', limit: 24 } }),
  ]);
  const idle = active.data.length === 0 && !cursor;
  const suggestions = idle ? await load(context, listCourses, { query: { limit: 6 } }) : null;
  const known = new Set(completed?.data.map(({ courseId }) => courseId));
  return {
    name: web(context).viewer.name,
    active: active.data.map(shown),
    completed: completed?.data.map(shown) ?? [],
    suggestions: suggestions?.data.filter(({ id }) => !known.has(id)).map(({ id, slug, title, summary, language, lessonCount }) => ({ id, slug, title, summary, lang: language, lessonCount })) ?? [],
    first: !cursor,
    next: active.page.next,
  };
}

const shown = ({ courseId, completedLessons, lessonCount, completedAt, lastLessonId, course }: MyEnrollment) =>
  ({ courseId, slug: course.slug, title: course.title, lang: course.language, done: completedLessons, total: lessonCount, completedAt, started: lastLessonId !== null || completedLessons > 0 });

type Data = Route.ComponentProps['loaderData'];
type Shown = Data['active'][number];

export default function Home({ loaderData: { name, active, completed, suggestions, first, next } }: Route.ComponentProps) {
  const t = useT();
  const [latest, ...others] = active;
  const rest = first ? others : active;
  return (
    <Page>
      <Title>{t('learning.title')}</Title>
      <PageHeader title={name && first ? t('learning.greeting', { name: name.split(' ')[0] ?? name }) : t('learning.title')} />
      {first && latest && <GoOn course={latest} />}
      {active.length === 0 && <Nothing completed={completed.length} />}
      {suggestions.length > 0 && <Section title={t('learning.suggestions')}><Suggestions courses={suggestions} /></Section>}
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
      {completed.length > 0 && <Section title={t('learning.completed')}><Completed courses={completed} /></Section>}
    </Page>
  );
}

/** The one thing to do now. */
function GoOn({ course }: { course: Shown }) {
  const t = useT();
  return (
    <Card flush className="grid md:grid-cols-2">
      <Cover seed={course.courseId} className="block aspect-video h-full w-full md:order-2 md:aspect-auto" />
      <div className="flex flex-col gap-5 p-6 sm:p-8 lg:p-12">
        <div>
          <p className="ui-eyebrow mb-2">{t(course.started ? 'learning.goOn.eyebrow' : 'learning.start.eyebrow')}</p>
          <h2 className="text-2xl leading-tight"><bdi lang={course.lang}>{course.title}</bdi></h2>
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

function Suggestions({ courses }: { courses: Data['suggestions'] }) {
  const t = useT();
  return (
    <Grid>
      {courses.map((course) => (
        <CourseCard
          key={course.id}
          href={coursePath(course.slug)}
          coverSeed={course.id}
          title={<bdi lang={course.lang}>{course.title}</bdi>}
          summary={<span lang={course.lang} dir="auto">{course.summary}</span>}
          facts={<span>{t('learning.lessonCount', { n: course.lessonCount })}</span>}
        />
      ))}
    </Grid>
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
          <Anchor href={coursePath(course.slug)} className="flex min-h-(--tap) min-w-0 flex-1 items-center font-medium break-words no-underline hover:underline"><bdi lang={course.lang}>{course.title}</bdi></Anchor>
          {course.completedAt && <span className="text-sm text-ink-soft">{t('learning.completedOn', { date: format.date(course.completedAt) })}</span>}
        </li>
      ))}
    </ul>
  );
}
