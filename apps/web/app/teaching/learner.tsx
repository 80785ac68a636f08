/** One learner in a course: every time that they took it. */
import { Badge, Breadcrumbs, Card, DefinitionList, LinkButton, Page, PageHeader, Section, Stack } from '@milpa/ui';
import { getLearner } from '@milpa/learning/contract';
import { MessageSquare } from 'lucide-react';
import { load, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { useSupport } from '../shell/support.ts';
import { Title } from '../shell/title.tsx';
import { taughtCourse } from './course.ts';
import { LearnerProgress, Version } from './learner-parts.tsx';
import { learnersPath, writePath } from './paths.ts';
import type { Route } from './+types/learner';

export async function loader({ context, params }: Route.LoaderArgs) {
  const [course, learner] = await Promise.all([taughtCourse(context, params.courseId), load(context, getLearner, { params })]);
  return { course, learner, now: web(context).now.toISOString() };
}

export default function Learner({ loaderData: { course, learner, now } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const support = useSupport();
  const latest = learner.enrollments[0]!;
  return (
    <Page narrow>
      <Title>{learner.name}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('teaching.crumbs')} items={[{ href: '/teaching', label: t('teaching.courses') }, { href: learnersPath(course.id), label: t('teaching.part.learners') }]} />}
        title={<bdi>{learner.name}</bdi>} lead={<bdi className="break-all">{learner.email}</bdi>}
        actions={latest.status !== 'left' && !support.here && <LinkButton look="primary" href={`${writePath(course.id)}?enrollment=${latest.enrollmentId}`} icon={<MessageSquare aria-hidden="true" />}>{t('teaching.learner.write')}</LinkButton>}
      />
      <Stack gap="large">
        {learner.enrollments.map((one) => (
          <Section key={one.enrollmentId} title={learner.enrollments.length > 1 ? t('teaching.learner.attempt', { n: one.attempt }) : <bdi lang={course.language}>{course.title}</bdi>}>
            <Card>
              <DefinitionList items={[
                { term: t('teaching.column.progress'), value: <LearnerProgress row={one} /> },
                { term: t('teaching.learner.enrolled'), value: format.date(one.enrolledAt) },
                ...(one.completedAt ? [{ term: t('teaching.learner.completed'), value: format.date(one.completedAt) }] : []),
                ...(one.leftAt ? [{ term: t('teaching.learner.left'), value: format.date(one.leftAt) }] : []),
                ...(one.leftReason ? [{ term: t('teaching.chosen.reason'), value: <bdi>{one.leftReason}</bdi> }] : []),
                { term: t('teaching.column.activity'), value: format.relative(one.activeAt, now) },
                { term: t('teaching.cohort'), value: one.cohort ? <bdi>{one.cohort.name}</bdi> : '–' },
                { term: t('teaching.column.version'), value: <Version row={one} /> },
              ]} />
              {one.lessons.length > 0 && (
                <details className="mt-4">
                  <summary className="flex min-h-(--tap) cursor-pointer items-center underline">{t('teaching.learner.lessons', { n: one.lessons.length })}</summary>
                  <ol className="mt-2 flex flex-col gap-1 text-sm">
                    {one.lessons.map((lesson) => <li key={lesson.id} className="flex flex-wrap justify-between gap-x-4"><bdi lang={course.language}>{lesson.title}</bdi><span className="text-ink-soft">{format.dateTime(lesson.completedAt)}</span></li>)}
                  </ol>
                </details>
              )}
              {one.lesson && one.status === 'active' && <p className="mt-4"><Badge tone="night">{t('teaching.learner.at')}</Badge> <bdi lang={course.language}>{one.lesson.title}</bdi></p>}
            </Card>
          </Section>
        ))}
      </Stack>
    </Page>
  );
}
