/** Who is where in a course, who stalls, and what to do about it. */
import { data } from 'react-router';
import { Anchor, Avatar, Button, Card, EmptyState, LinkButton, Notice, Page, Pagination, Select, Table, TextInput, VisuallyHidden } from '@milpa/ui';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { getRoster, getRosterSummary, listCohorts, moveLearners, moveToVersion, withdrawLearners } from '@milpa/learning/contract';
import { Download, UserPlus } from 'lucide-react';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { useSupport } from '../shell/support.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { taughtCourse } from './course.ts';
import { TeachHeader } from './header.tsx';
import { enrollPath, learnersPath, writePath } from './paths.ts';
import { LearnerProgress, Version } from './learner-parts.tsx';
import { queryOf, rosterQuery, sorts, states, stalledDays } from './roster-query.ts';
import type { Route } from './+types/learners';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { url, now } = web(context);
  const query = rosterQuery(url.searchParams);
  const { courseId } = params;
  const [course, roster, summary, cohorts] = await Promise.all([
    taughtCourse(context, courseId), load(context, getRoster, { params: { courseId }, query: { ...query, limit: 50 } }),
    load(context, getRosterSummary, { params: { courseId }, query: { stalledAfterDays: query.stalledAfterDays } }), load(context, listCohorts, { params: { courseId } }),
  ]);
  return {
    course, learners: roster.data, next: roster.page.next, query, now: now.toISOString(),
    counts: { current: summary.active + summary.completed, active: summary.active, stalled: summary.stalled, completed: summary.completed, left: summary.left },
    cohorts: cohorts.data.map(({ id, name }) => ({ id, name })),
  };
}

type Answer = { problem?: ProblemDocument; done?: 'withdrawn' | 'moved' | 'renewed'; count?: number; none?: true };

export async function action({ context, params: { courseId }, request }: Route.ActionArgs) {
  const form = await request.formData();
  const enrollmentIds = form.getAll('enrollment').map(String);
  if (enrollmentIds.length === 0) return data<Answer>({ none: true }, { status: 422 });
  if (form.get('intent') === 'move') {
    const { problem } = await submit(context, moveLearners, { params: { courseId }, body: { enrollmentIds, cohortId: String(form.get('cohortId')) || null } });
    return problem ? data<Answer>({ problem }, { status: problem.status }) : { done: 'moved' as const, count: enrollmentIds.length };
  }
  if (form.get('intent') === 'renew') {
    const { output, problem } = await submit(context, moveToVersion, { params: { courseId }, body: { enrollmentIds } });
    return problem ? data<Answer>({ problem }, { status: problem.status }) : { done: 'renewed' as const, count: output.moved };
  }
  const { output, problem } = await submit(context, withdrawLearners, { params: { courseId }, body: { enrollmentIds, reason: String(form.get('reason')) } });
  return problem ? data<Answer>({ problem }, { status: problem.status }) : { done: 'withdrawn' as const, count: output.withdrawn };
}

export default function Learners({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const { course, learners, next, query, counts, cohorts } = loaderData;
  const answer: Answer | undefined = actionData;
  const href = (changes: Record<string, string | undefined>) => `${learnersPath(course.id)}?${queryOf({ ...query, ...changes })}`;
  const support = useSupport();
  const nobody = counts.current + counts.left === 0;
  return (
    <Page>
      <TeachHeader course={course} part="learners" lead={nobody ? undefined : t('teaching.learners.lead')} actions={!support.here && <LinkButton look="primary" href={enrollPath(course.id)} icon={<UserPlus aria-hidden="true" />}>{t('teaching.learners.enroll')}</LinkButton>} />
      <div className="mb-4 flex flex-col gap-3 empty:hidden">
        <ProblemSummary problem={answer?.problem} />
        {answer?.none && <Notice tone="warning" live>{t('teaching.learners.none')}</Notice>}
        {answer?.done && <Notice tone="success" live>{t(`teaching.learners.${answer.done}`, { n: answer.count ?? 0 })}</Notice>}
      </div>
      {nobody ? <EmptyState title={t('teaching.learners.empty')}><p>{t('teaching.learners.emptyText')}</p></EmptyState> : (
        <>
          <nav aria-label={t('teaching.learners.states')} className="mb-4">
            <ul className="ui-cluster ui-gap-s">
              {states.map((state) => (
                <li key={state}>
                  <Anchor href={href({ state, cursor: undefined })} aria-current={state === query.state ? 'page' : undefined}
                    className="inline-flex min-h-(--tap) items-center gap-2 rounded-(--round-l) border border-line px-4 no-underline aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:font-medium">
                    {t(`teaching.state.${state}`)} <span className="text-ink-soft tabular-nums">{format.number(counts[state])}</span>
                  </Anchor>
                </li>
              ))}
            </ul>
          </nav>
          <Filters query={query} cohorts={cohorts} courseId={course.id} />
          {learners.length === 0
            ? <EmptyState illustration="search" title={t('teaching.learners.noMatch')} action={<LinkButton href={learnersPath(course.id)}>{t('teaching.learners.showAll')}</LinkButton>} />
            : <Roster {...loaderData} />}
          <Pagination
            label={t('teaching.pages')}
            previous={query.cursor ? { href: href({ cursor: undefined }), label: t('teaching.firstPage') } : undefined}
            next={next ? { href: href({ cursor: next }), label: t('teaching.nextPage') } : undefined}
          />
        </>
      )}
    </Page>
  );
}

type Data = Route.ComponentProps['loaderData'];

function Filters({ query, cohorts, courseId }: Pick<Data, 'query' | 'cohorts'> & { courseId: string }) {
  const t = useT();
  const support = useSupport();
  return (
    <form method="get" action={learnersPath(courseId)} role="search" className="mb-5 flex flex-wrap items-end gap-3">
      <input type="hidden" name="state" value={query.state} />
      <label className="min-w-0 flex-1 basis-48"><VisuallyHidden>{t('teaching.learners.search')}</VisuallyHidden><TextInput type="search" name="q" defaultValue={query.q} placeholder={t('teaching.learners.search')} /></label>
      <label className="grow basis-52 sm:grow-0"><VisuallyHidden>{t('teaching.learners.sort')}</VisuallyHidden>
        <Select name="sort" defaultValue={query.sort}>{sorts.map((sort) => <option key={sort} value={sort}>{t(`teaching.sort.${sort}`)}</option>)}</Select>
      </label>
      {cohorts.length > 0 && (
        <label className="grow basis-40 sm:grow-0"><VisuallyHidden>{t('teaching.cohort')}</VisuallyHidden>
          <Select name="cohortId" defaultValue={query.cohortId ?? ''}><option value="">{t('teaching.cohort.all')}</option>{cohorts.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>
        </label>
      )}
      <label className="grow basis-56 sm:grow-0"><VisuallyHidden>{t('teaching.learners.stalledAfter')}</VisuallyHidden>
        <Select name="stalledAfterDays" defaultValue={query.stalledAfterDays}>{stalledDays.map((days) => <option key={days} value={days}>{t('teaching.learners.stalledAfterDays', { n: days })}</option>)}</Select>
      </label>
      <Button type="submit">{t('teaching.learners.find')}</Button>
      {!support.here && <LinkButton look="quiet" href={`/api/v1/courses/${courseId}/roster/export?${queryOf({ ...query, cursor: undefined, sort: undefined })}`} icon={<Download aria-hidden="true" />} download>{t('teaching.learners.export')}</LinkButton>}
    </form>
  );
}

function Roster({ course, learners, cohorts, now, query }: Data) {
  const t = useT();
  const format = useFormat();
  const support = useSupport();
  const outdated = learners.some((row) => row.outdated);
  const acts = query.state !== 'left' && !support.onlyReads && (!support.here || outdated || cohorts.length > 0);
  return (
    <form method="post" id="roster">
      <Card flush>
        <Table
          caption={t('teaching.part.learners')} rows={learners} rowKey={(row) => row.enrollmentId}
          columns={[
            {
              key: 'name', header: t('teaching.column.name'), primary: true, cell: (row) => (
                <span className="flex items-center gap-3">
                  {acts && row.status !== 'left' && <input type="checkbox" name="enrollment" value={row.enrollmentId} aria-label={t('teaching.learners.choose', { name: row.name })} className="size-5 flex-none scroll-mb-64 accent-(--accent)" />}
                  <Avatar name={row.name} />
                  <span className="min-w-0">
                    <Anchor className="ui-link block scroll-mb-64" href={`${learnersPath(course.id)}/${row.memberId}`}><bdi>{row.name}</bdi></Anchor>
                    <bdi className="block text-sm font-normal break-all text-ink-soft">{row.email}</bdi>
                  </span>
                </span>
              ),
            },
            { key: 'progress', header: t('teaching.column.progress'), cell: (row) => <LearnerProgress row={row} /> },
            { key: 'lesson', header: t('teaching.column.lesson'), cell: (row) => (row.lesson ? <bdi lang={course.language}>{row.lesson.title}</bdi> : '–') },
            { key: 'activity', header: t('teaching.column.activity'), cell: (row) => row.lesson || row.completedLessons > 0 ? <time dateTime={row.activeAt}>{format.relative(row.activeAt, now)}</time> : t('teaching.notBegun') },
            { key: 'cohort', header: t('teaching.cohort'), cell: (row) => (row.cohort ? <bdi>{row.cohort.name}</bdi> : '–') },
            { key: 'version', header: t('teaching.column.version'), cell: (row) => <Version row={row} /> },
          ]}
        />
      </Card>
      {acts && (
        <>
          <p className="mt-3 text-sm text-ink-soft [form:has([name=enrollment]:checked)>&]:hidden">{t(support.here ? 'teaching.chosen.hintSupport' : 'teaching.chosen.hint')}</p>
          {/* Comes as soon as somebody is chosen, and stays in sight; rows that are tabbed to stop above it. */}
          <fieldset className="sticky bottom-20 z-10 mt-5 flex flex-col gap-4 rounded-(--round-l) border border-line bg-surface p-4 shadow-float lg:bottom-3 [form:not(:has([name=enrollment]:checked))>&]:hidden">
            <legend className="px-1 font-medium">{t('teaching.chosen')}</legend>
            <div className="flex flex-wrap items-end gap-3">
              {!support.here && <Button type="submit" formMethod="get" formAction={writePath(course.id)}>{t('teaching.chosen.write')}</Button>}
              {outdated && <Button type="submit" name="intent" value="renew">{t('teaching.chosen.renew')}</Button>}
              {cohorts.length > 0 && (
                <span className="flex flex-wrap items-end gap-2">
                  <label><VisuallyHidden>{t('teaching.cohort')}</VisuallyHidden>
                    <Select name="cohortId" defaultValue=""><option value="">{t('teaching.cohort.none')}</option>{cohorts.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>
                  </label>
                  <Button type="submit" name="intent" value="move">{t('teaching.chosen.move')}</Button>
                </span>
              )}
            </div>
            {!support.here && <details>
              <summary className="flex min-h-(--tap) w-fit cursor-pointer items-center text-clay-text underline">{t('teaching.chosen.withdraw')}</summary>
              <div className="mt-2 flex flex-wrap items-end gap-3">
                <label className="min-w-0 flex-1 basis-64"><span className="ui-label">{t('teaching.chosen.reason')}</span><TextInput name="reason" maxLength={500} /></label>
                <Button type="submit" look="danger" name="intent" value="withdraw">{t('teaching.chosen.withdrawNow')}</Button>
              </div>
            </details>}
          </fieldset>
        </>
      )}
    </form>
  );
}
