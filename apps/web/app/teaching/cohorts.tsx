/** The groups that take a course together, and the form for a new one. */
import { data, redirect } from 'react-router';
import { Anchor, Badge, Card, Checkbox, EmptyState, Page, Section, SubmitButton } from '@milpa/ui';
import { createCohort, listCohorts } from '@milpa/learning/contract';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { useSupport } from '../shell/support.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { CohortFields, cohortFields } from './cohort-fields.tsx';
import { taughtCourse } from './course.ts';
import { TeachHeader } from './header.tsx';
import { cohortsPath } from './paths.ts';
import type { Route } from './+types/cohorts';

export async function loader({ context, params: { courseId } }: Route.LoaderArgs) {
  const [course, cohorts] = await Promise.all([taughtCourse(context, courseId), load(context, listCohorts, { params: { courseId } })]);
  return { course, cohorts: cohorts.data, now: web(context).now.toISOString() };
}

export async function action({ context, params: { courseId }, request }: Route.ActionArgs) {
  const form = await request.formData();
  const { problem } = await submit(context, createCohort, { params: { courseId }, body: { ...cohortFields(form, web(context).tenant?.timeZone ?? 'UTC'), pinVersion: form.has('pinVersion') } });
  return problem ? data({ problem }, { status: problem.status }) : redirect(cohortsPath(courseId), 303);
}

export default function Cohorts({ loaderData: { course, cohorts, now }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const support = useSupport();
  return (
    <Page>
      <TeachHeader course={course} part="cohorts" lead={t('teaching.cohorts.lead')} />
      {cohorts.length === 0 && <EmptyState title={t('teaching.cohorts.none')}><p>{t('teaching.cohorts.noneText')}</p></EmptyState>}
      <ul className="ui-grid" data-cells="large">
        {cohorts.map((cohort) => {
          const state = cohort.startsAt > now ? 'ahead' : cohort.endsAt !== null && cohort.endsAt <= now ? 'over' : 'running';
          return (
            <li key={cohort.id}>
              <Card className="relative flex h-full flex-col gap-2">
                <p className="flex flex-wrap gap-2"><Badge tone={({ ahead: 'night', running: 'leaf', over: 'neutral' } as const)[state]}>{t(`teaching.cohorts.${state}`)}</Badge>{cohort.selfEnrollment && <Badge tone="maize">{t('teaching.cohorts.open')}</Badge>}</p>
                <h2 className="text-lg"><Anchor href={cohortsPath(course.id, cohort.id)} className="no-underline after:absolute after:inset-0"><bdi>{cohort.name}</bdi></Anchor></h2>
                <p className="text-ink-soft">{cohort.endsAt ? t('teaching.cohorts.fromTo', { from: format.date(cohort.startsAt), to: format.date(new Date(Date.parse(cohort.endsAt) - 1)) }) : t('teaching.cohorts.from', { from: format.date(cohort.startsAt) })}</p>
                <p className="mt-auto tabular-nums">{cohort.capacity === null ? t('teaching.cohorts.members', { n: cohort.taken }) : t('teaching.cohorts.places', { n: cohort.taken, all: cohort.capacity })}</p>
              </Card>
            </li>
          );
        })}
      </ul>
      {!support.onlyReads && <Section title={t('teaching.cohorts.new')} className="mt-8">
        <ProblemSummary problem={actionData?.problem} />
        <form method="post" className="ui-stack max-w-xl">
          <CohortFields problem={actionData?.problem} />
          <Checkbox name="pinVersion" defaultChecked label={t('teaching.cohorts.pin')} hint={t('teaching.cohorts.pinHint')} />
          <div><SubmitButton look="primary">{t('teaching.cohorts.create')}</SubmitButton></div>
        </form>
      </Section>}
    </Page>
  );
}
