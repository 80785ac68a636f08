/** One group: its dates and places. */
import { data, redirect } from 'react-router';
import { Button, LinkButton, Page, SubmitButton } from '@milpa/ui';
import { deleteCohort, listCohorts, updateCohort } from '@milpa/learning/contract';
import { load, submit, web } from '../context.ts';
import { dayEndingAt } from '../identity/dates.ts';
import { versionTag } from '../identity/form.ts';
import { useT } from '../i18n/index.ts';
import { useSupport } from '../shell/support.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { CohortFields, cohortFields } from './cohort-fields.tsx';
import { taughtCourse } from './course.ts';
import { TeachHeader } from './header.tsx';
import { cohortsPath, learnersPath, writePath } from './paths.ts';
import type { Route } from './+types/cohort';

export async function loader({ context, params: { courseId, cohortId } }: Route.LoaderArgs) {
  const [course, cohorts] = await Promise.all([taughtCourse(context, courseId), load(context, listCohorts, { params: { courseId } })]);
  const cohort = cohorts.data.find(({ id }) => id === cohortId);
  if (!cohort) throw data(null, { status: 404 });
  const timeZone = web(context).tenant?.timeZone ?? 'UTC';
  const { id, name, version, capacity, selfEnrollment } = cohort;
  // The day after an instant's end is the day that begins with it.
  const startsAt = dayEndingAt(new Date(Date.parse(cohort.startsAt) + 1).toISOString(), timeZone);
  return { course, cohort: { id, name, version, capacity, selfEnrollment, taken: cohort.taken, startsAt, endsAt: cohort.endsAt ? dayEndingAt(cohort.endsAt, timeZone) : '' } };
}

export async function action({ context, params: { courseId, cohortId }, request }: Route.ActionArgs) {
  const form = await request.formData();
  const params = { courseId, cohortId };
  const { problem } = form.get('intent') === 'remove'
    ? await submit(context, deleteCohort, { params })
    : await submit(context, updateCohort, { params, ifMatch: versionTag(String(form.get('version'))), body: cohortFields(form, web(context).tenant?.timeZone ?? 'UTC') });
  return problem ? data({ problem }, { status: problem.status }) : redirect(cohortsPath(courseId), 303);
}

export default function Cohort({ loaderData: { course, cohort }, actionData }: Route.ComponentProps) {
  const t = useT();
  const support = useSupport();
  return (
    <Page>
      <TeachHeader
        course={course} part="cohorts" title={cohort.name}
        actions={<><LinkButton href={`${learnersPath(course.id)}?cohortId=${cohort.id}`}>{t('teaching.cohorts.members', { n: cohort.taken })}</LinkButton>{!support.here && <LinkButton href={`${writePath(course.id)}?cohort=${cohort.id}`}>{t('teaching.cohorts.write')}</LinkButton>}</>}
      />
      <div className="pt-2">
        <ProblemSummary problem={actionData?.problem} />
        <form method="post" className="ui-stack max-w-xl">
          <input type="hidden" name="version" value={cohort.version} />
          <CohortFields problem={actionData?.problem} values={cohort} />
          {!support.onlyReads && <div className="ui-cluster">
            <SubmitButton look="primary">{t('teaching.cohorts.save')}</SubmitButton>
            {cohort.taken === 0 && !support.here && <Button type="submit" look="quiet" name="intent" value="remove" formNoValidate>{t('teaching.cohorts.remove')}</Button>}
          </div>}
        </form>
      </div>
    </Page>
  );
}
