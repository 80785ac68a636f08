/** A course's page: what it is, what is in it, and the way in. */
import { lazy, Suspense } from 'react';
import { data, redirect } from 'react-router';
import { Anchor, Breadcrumbs, LinkButton, Notice, Page, PageHeader, Section, VisuallyHidden } from '@milpa/ui';
import { getOutline, listCategories, listRelatedCourses } from '@milpa/catalog/contract';
import { enroll, getPlayer, joinCohort } from '@milpa/learning/contract';
import { ChevronDown, Circle, CircleCheck, GraduationCap, Languages, MessageSquare, UserRound } from 'lucide-react';
import { load, submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { usePage, type ScreenHandle } from '../page.tsx';
import { signInPath } from '../shell/paths.ts';
import { Refused } from '../shell/refused.tsx';
import { Title } from '../shell/title.tsx';
import type { WebContext } from '../../web-context.ts';
import { CourseReviews as CourseReviewsNow } from '../reviews/course-reviews.tsx';
import { newestReviews, recommendationsFor } from '../reviews/load.ts';
import { Recommendations as RecommendationsNow } from '../reviews/recommendations.tsx';
import { EnrollmentCard } from './enrollment-card.tsx';
import { Duration, LessonFacts, Rating } from './facts.tsx';
import { catalogPath } from './filters.ts';
import { directionOf, plainLanguageName } from './language.ts';
import { openCohorts } from './cohorts.ts';
import { courseToRead } from './course-to-read.ts';
import { OpenCohorts as OpenCohortsNow } from './open-cohorts.tsx';
import { coursePath, managePath, playerPath } from './paths.ts';
import { Related as RelatedNow, Tags as TagsNow } from './related.tsx';
import { ShareTags, StructuredData } from './share-tags.tsx';
import { shareOf } from './share.ts';
import { pathTo } from './tree.ts';
import type { Route } from './+types/course';

export const handle = { lesson: 'wide', words: ['reviews'] } satisfies ScreenHandle;

const later = () => import('./further-down.tsx');
// What stands far down is in the server's page at once; its scripts come after the others.
const CourseReviews = import.meta.env.SSR ? CourseReviewsNow : lazy(async () => ({ default: (await later()).CourseReviews }));
const OpenCohorts = import.meta.env.SSR ? OpenCohortsNow : lazy(async () => ({ default: (await later()).OpenCohorts }));
const Related = import.meta.env.SSR ? RelatedNow : lazy(async () => ({ default: (await later()).Related }));
const Tags = import.meta.env.SSR ? TagsNow : lazy(async () => ({ default: (await later()).Tags }));
const Recommendations = import.meta.env.SSR ? RecommendationsNow : lazy(async () => ({ default: (await later()).Recommendations }));

/** Why somebody was led here. */
const hints = ['enroll', 'empty', 'left'] as const;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { locale, viewer } = web(context);
  const [{ course, enrollment, modules }, categories, related, reviews, together, cohorts] = await Promise.all([
    courseFor(context, params.course), load(context, listCategories), submit(context, listRelatedCourses, { params: { courseId: params.course } }),
    newestReviews(context, params.course), recommendationsFor(context, params.course), openCohorts(context, params.course),
  ]);
  const { id, slug, title, summary, level, language, price, lessonCount, durationMinutes, status, tags, descriptionHtml, rating, poster, publishedAt, instructor } = course;
  const enrolling = enrollingOf(course, web(context));
  const crumbs = pathTo(categories.data, course.categoryId).map((category) => ({ slug: category.slug, name: category.name }));
  const share = shareOf(web(context), coursePath(slug), poster?.address ?? null);
  const asked = new URL(request.url).searchParams.get('hint');
  return {
    course: { id, slug, title, summary, level, language, languageName: plainLanguageName(language, locale), price, lessonCount, durationMinutes, status, tags, descriptionHtml, rating, poster, publishedAt, instructor: instructor?.name ?? null },
    crumbs, share,
    related: related.output?.data.map((one) => ({ id: one.id, slug: one.slug, title: one.title, language: one.language, price: one.price, rating: one.rating, poster: one.poster, lessonCount: one.lessonCount, durationMinutes: one.durationMinutes })) ?? [],
    modules,
    enrollment: enrollment && {
      status: enrollment.status, completedLessons: enrollment.completedLessons, lessonCount: enrollment.lessonCount, started: enrollment.lastLessonId !== null || enrollment.completedLessons > 0,
    },
    enrolling, reviews, together, cohorts: enrollment === null && enrolling === 'open' ? cohorts : [],
    mayReview: enrollment !== null && viewer.permissions.includes('review:write:own'), mayWrite: enrollment !== null && viewer.permissions.includes('message:write:own'),
    signIn: signInPath({ pathname: coursePath(slug), search: '' }),
    can: { update: course.abilities.update && viewer.kind === 'member' },
    mayLeave: viewer.permissions.includes('enrollment:leave:own'),
    hint: hints.find((hint) => hint === asked) ?? null,
  };
}

/** `completed` is told to who is enrolled. */
interface OutlineModule { id: string; title: string; lessons: { id: string; title: string; minutes: number | null; completed?: boolean }[] }

/** The course and its outline; for who is enrolled, with what they have done. */
async function courseFor(context: Route.LoaderArgs['context'], key: string) {
  const { viewer } = web(context);
  const params = { courseId: key };
  const outline = async (): Promise<OutlineModule[]> => (await load(context, getOutline, { params })).modules;
  const takes = viewer.kind === 'member' && viewer.permissions.includes('enrollment:read:own');
  // Who is not enrolled has no player: then the outline as everybody sees it.
  const [course, player] = await Promise.all([courseToRead(context, key), takes ? submit(context, getPlayer, { params }) : null]);
  const taken = player?.output?.enrollment ? player.output : null;
  return { course, enrollment: taken?.enrollment ?? null, modules: taken?.modules ?? await outline() };
}

/** The way in, for who is not enrolled. */
function enrollingOf(course: { status: string; price: unknown }, { viewer, tenant }: WebContext) {
  if (course.status !== 'published') return 'closed';
  if (course.price) return 'paid';
  if (viewer.kind === 'support') return 'none';
  if (!tenant?.features['selfEnrollment']) return 'invitation';
  if (viewer.kind === 'visitor') return 'signIn';
  return viewer.permissions.includes('enrollment:create:own') ? 'open' : 'invitation';
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await request.formData();
  const courseId = String(form.get('courseId'));
  const cohortId = form.get('cohortId');
  const { problem } = cohortId ? await submit(context, joinCohort, { params: { courseId, cohortId: String(cohortId) } }) : await submit(context, enroll, { params: { courseId } });
  return problem ? data({ problem }, { status: problem.status }) : redirect(playerPath(params.course), 303);
}

export default function Course({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const { course, crumbs, modules, can, hint, share, related, reviews, together, cohorts, mayReview, mayWrite } = loaderData;
  const lead = course.summary && <span lang={course.language} dir="auto">{course.summary}</span>;
  return (
    <Page>
      <Title>{course.title}</Title>
      <ShareTags {...share} title={course.title} description={course.summary} indexed={course.status === 'published'} />
      <StructuredData course={course} share={share} above={[{ path: '/courses', name: t('catalog.courses') }, ...crumbs.map(({ slug, name }) => ({ path: catalogPath({ category: slug }), name }))]} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-14 lg:grid-cols-[minmax(0,1fr)_21rem] lg:grid-rows-[auto_1fr]">
        <div>
          <PageHeader
            before={<Breadcrumbs label={t('catalog.crumbs')} items={[{ href: '/courses', label: t('catalog.courses') }, ...crumbs.map(({ slug, name }) => ({ href: catalogPath({ category: slug }), label: name }))]} />}
            title={<bdi lang={course.language}>{course.title}</bdi>}
            lead={lead}
            actions={can.update && <LinkButton href={managePath(course.id)}>{t('catalog.manage.link')}</LinkButton>}
          />
          <p className="ui-facts mb-6 text-base">
            {course.rating && <Anchor href="#reviews" className="text-ink"><Rating rating={course.rating} /></Anchor>}
            <span><GraduationCap aria-hidden="true" />{t(`catalog.level.${course.level}`)}</span>
            <span><Languages aria-hidden="true" />{course.languageName}</span>
            <LessonFacts {...course} />
            {course.instructor && <span><UserRound aria-hidden="true" />{t('catalog.taughtBy', { name: course.instructor })}</span>}
          </p>
          <div className="mb-6 flex flex-col gap-3 empty:hidden">
            {actionData?.problem && <Refused problem={actionData.problem} />}
            {hint && <Notice live>{t(`catalog.hint.${hint}`)}</Notice>}
            {course.status !== 'published' && <Notice tone="warning" title={t(`catalog.notice.${course.status}.title`)}>{t(`catalog.notice.${course.status}.text`)}</Notice>}
          </div>
        </div>
        <aside aria-label={t('catalog.takePart')} className="lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:sticky lg:top-24 lg:mt-11 lg:self-start"><EnrollmentCard {...loaderData} /></aside>
        <div>
          {course.descriptionHtml && (
            <Section title={t('catalog.about')}>
              <div className="prose mx-0" lang={course.language} dir={directionOf(course.language)} dangerouslySetInnerHTML={{ __html: course.descriptionHtml }} />
            </Section>
          )}
          <Section title={t('catalog.outline.title')} lead={modules.length > 0 ? t('catalog.outline.lead', { modules: modules.length, lessons: course.lessonCount }) : t('catalog.outline.empty')}>
            <Outline {...loaderData} />
          </Section>
          <Suspense>
            {cohorts.length > 0 && <OpenCohorts cohorts={cohorts} courseId={course.id} />}
            <CourseReviews course={course.slug} {...reviews} mayReview={mayReview} />
          </Suspense>
          {mayWrite && <p className="mb-6"><LinkButton href={`/messages/new/${course.slug}`} icon={<MessageSquare aria-hidden="true" />}>{t('catalog.writeTeacher')}</LinkButton></p>}
          {course.tags.length > 0 && <Suspense><Tags tags={course.tags} /></Suspense>}
        </div>
      </div>
      <Suspense>
        <Recommendations items={together} of={course.id} />
        {related.length > 0 && <Related courses={related} />}
      </Suspense>
    </Page>
  );
}

function Outline({ course, modules, enrollment, can }: Route.ComponentProps['loaderData']) {
  const open = enrollment !== null || can.update;
  return (
    <div className="ui-outline" lang={course.language}>
      {modules.map((module, index) => (
        <details key={module.id} open={index === 0} className="rounded-(--round-l) border border-line bg-surface px-2">
          <summary><ChevronDown aria-hidden="true" /><bdi className="flex-1">{module.title}</bdi></summary>
          <ol className="pb-2">
            {module.lessons.map((lesson) => (
              <li key={lesson.id}>
                {open
                  ? <Anchor href={playerPath(course.slug, lesson.id)} className="ui-outline-item" data-state={lesson.completed ? 'done' : undefined}><LessonLine {...lesson} /></Anchor>
                  : <span className="ui-outline-item"><LessonLine {...lesson} /></span>}
              </li>
            ))}
          </ol>
        </details>
      ))}
    </div>
  );
}

function LessonLine({ title, minutes, completed }: OutlineModule['lessons'][number]) {
  const t = useT();
  const { locale } = usePage();
  const Mark = completed ? CircleCheck : Circle;
  return <><Mark aria-hidden="true" /><bdi className="flex-1">{title}{completed && <VisuallyHidden> <span lang={locale}>{t('catalog.outline.done')}</span></VisuallyHidden>}</bdi>{minutes !== null && <small className="ms-auto whitespace-nowrap"><Duration minutes={minutes} /></small>}</>;
}
