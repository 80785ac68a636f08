/** Where an instructor's day begins: their courses in every state, and how they are taken up. */
import { Anchor, Card, Cover, EmptyState, LinkButton, Page, PageHeader, Pagination } from '@milpa/ui';
import { listManagedCourses } from '@milpa/catalog/contract';
import { listCourseStatistics } from '@milpa/learning/contract';
import { Plus, Upload } from 'lucide-react';
import { load, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { Title } from '../shell/title.tsx';
import { StatusBadge } from '../catalog/facts.tsx';
import { importPath, managePath } from '../catalog/paths.ts';
import type { ScreenHandle } from '../page.tsx';
import { Attention } from '../teaching/attention-card.tsx';
import { attentionOf } from '../teaching/attention.ts';
import type { Route } from './+types/teaching';

export const handle = { words: ['catalog', 'teaching'] } satisfies ScreenHandle;

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const { viewer } = web(context);
  const [attention, courses, statistics] = await Promise.all([cursor ? null : attentionOf(context), load(context, listManagedCourses, { query: { limit: 50, ...(cursor && { cursor }) } }), load(context, listCourseStatistics)]);
  const uptake = new Map(statistics.data.map(({ courseId, enrolled, completed }) => [courseId, { enrolled, completed }]));
  return {
    courses: courses.data.map(({ id, title, status, language, lessonCount, updatedAt }) => ({ id, title, status, lang: language, lessonCount, updatedAt, ...(uptake.get(id) ?? { enrolled: 0, completed: 0 }) })),
    attention, first: cursor === null,
    next: courses.page.next,
    now: web(context).now.toISOString(),
    mayCreate: viewer.permissions.includes('course:create'),
    mayImport: viewer.permissions.includes('course_import:create'),
    mayReview: viewer.permissions.includes('course:review') && web(context).tenant?.features['courseReview'] === true,
  };
}

export default function Teaching({ loaderData: { attention, courses, first, next, now, mayCreate, mayImport, mayReview } }: Route.ComponentProps) {
  const t = useT();
  const none = courses.length === 0 && first;
  const create = mayCreate && <LinkButton look={none && mayImport ? 'secondary' : 'primary'} href="/teaching/new" icon={<Plus aria-hidden="true" />}>{t('catalog.new.title')}</LinkButton>;
  const bring = mayImport && <LinkButton look={none ? 'primary' : 'secondary'} href={importPath} icon={<Upload aria-hidden="true" />}>{t('authoring.import')}</LinkButton>;
  return (
    <Page>
      <Title>{t('authoring.teaching')}</Title>
      <PageHeader title={t('authoring.teaching')} lead={none ? undefined : t('authoring.teaching.lead')} actions={<>{mayReview && <LinkButton look="quiet" href="/teaching/reviews">{t('authoring.reviews.title')}</LinkButton>}{!none && <>{bring}{create}</>}</>} />
      {attention && <Attention {...attention} />}
      {none
        ? <EmptyState title={t('authoring.teaching.none.title')} action={<>{bring}{create}</>}><p>{t(mayImport ? 'authoring.teaching.none.import' : 'authoring.teaching.none.text')}</p></EmptyState>
        : <ul className="flex flex-col gap-3">{courses.map((course) => <li key={course.id}><CourseRow course={course} now={now} /></li>)}</ul>}
      <Pagination
        label={t('catalog.pages')}
        previous={first ? undefined : { href: '/teaching', label: t('authoring.firstPage') }}
        next={next ? { href: `/teaching?cursor=${encodeURIComponent(next)}`, label: t('catalog.nextPage') } : undefined}
      />
    </Page>
  );
}

function CourseRow({ course, now }: { course: Route.ComponentProps['loaderData']['courses'][number]; now: string }) {
  const t = useT();
  const format = useFormat();
  return (
    <Card flush className="relative flex items-stretch transition-shadow hover:shadow-lift">
      <div className="w-24 flex-none sm:w-40"><Cover seed={course.id} className="h-full w-full" /></div>
      <div className="flex min-w-0 flex-1 flex-col gap-2 p-4 sm:flex-row sm:items-center sm:justify-between sm:gap-6">
        <div className="min-w-0">
          <h2 className="text-lg leading-snug"><Anchor href={managePath(course.id)} className="no-underline after:absolute after:inset-0"><bdi lang={course.lang}>{course.title}</bdi></Anchor></h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
            <StatusBadge status={course.status} />
            <span>{t('catalog.lessonCount', { n: course.lessonCount })}</span>
            <span>{t('authoring.changed', { when: format.relative(course.updatedAt, now) })}</span>
          </p>
        </div>
        {course.status !== 'draft' && (
          <dl className="flex flex-none gap-6 text-sm *:flex *:flex-col-reverse sm:text-end">
            <div><dt className="text-ink-soft">{t('authoring.uptake.enrolled')}</dt><dd className="text-lg font-semibold tabular-nums">{format.number(course.enrolled)}</dd></div>
            <div><dt className="text-ink-soft">{t('authoring.uptake.completed')}</dt><dd className="text-lg font-semibold tabular-nums">{format.number(course.completed)}</dd></div>
          </dl>
        )}
      </div>
    </Card>
  );
}
