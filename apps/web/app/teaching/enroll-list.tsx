/** A list line by line: what would become of it, how far it is, what became of it. */
import { data, redirect } from 'react-router';
import { Badge, Button, Card, LinkButton, Notice, Page, Pagination, Progress, Stack, SubmitButton, Table, type Tone } from '@milpa/ui';
import { discardBulkEnrollment, getBulkEnrollment, listBulkEnrollmentLines, startBulkEnrollment } from '@milpa/learning/contract';
import { Download } from 'lucide-react';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { useLookingAgain } from '../shell/look-again.ts';
import { LineFilters } from '../shell/line-filters.tsx';
import { ProblemSummary } from '../shell/problem.tsx';
import { taughtCourse } from './course.ts';
import { TeachHeader } from './header.tsx';
import { enrollPath } from './paths.ts';
import type { Route } from './+types/enroll-list';

const kinds = ['enroll', 'invite', 'enrolled', 'invited', 'already_enrolled', 'duplicate', 'bad_address', 'no_place', 'not_a_member', 'suspended', 'over_budget', 'failed'] as const;
type Kind = (typeof kinds)[number];
const tones: Partial<Record<Kind, Tone>> = { enroll: 'leaf', enrolled: 'leaf', invite: 'night', invited: 'night', already_enrolled: 'neutral', duplicate: 'neutral' };

export async function loader({ context, params: { courseId, bulkId } }: Route.LoaderArgs) {
  const { url } = web(context);
  const kind = kinds.find((one) => one === url.searchParams.get('kind'));
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const params = { courseId, bulkEnrollmentId: bulkId };
  const [course, list, lines] = await Promise.all([
    taughtCourse(context, courseId), load(context, getBulkEnrollment, { params }), load(context, listBulkEnrollmentLines, { params, query: { limit: 100, ...(kind && { kind }), ...(cursor && { cursor }) } }),
  ]);
  return { course, list, lines: lines.data, next: lines.page.next, kind, later: cursor !== undefined };
}

export async function action({ context, params: { courseId, bulkId }, request }: Route.ActionArgs) {
  const form = await request.formData();
  const params = { courseId, bulkEnrollmentId: bulkId };
  const discard = form.get('intent') === 'discard';
  const { problem } = discard ? await submit(context, discardBulkEnrollment, { params }) : await submit(context, startBulkEnrollment, { params });
  return problem ? data({ problem }, { status: problem.status }) : redirect(discard ? enrollPath(courseId) : enrollPath(courseId, bulkId), 303);
}

export default function EnrollList({ loaderData: { course, list, lines, next, kind, later }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const base = enrollPath(course.id, list.id);
  useLookingAgain(list.status === 'running');
  const counts = (list.status === 'draft' ? list.forecasts : list.outcomes).flatMap(({ kind: name, count }) => { const known = kinds.find((one) => one === name); return known ? [{ name: known, count }] : []; });
  const outsiders = list.status === 'running' ? 0 : counts.find(({ name }) => name === 'not_a_member')?.count ?? 0;
  const willDo = counts.filter(({ name }) => name === 'enroll' || name === 'invite').reduce((sum, { count }) => sum + count, 0);
  return (
    <Page>
      <TeachHeader course={course} part="enroll" lead={<><bdi className="wrap-anywhere">{list.fileName || t('teaching.enroll.pasted')}</bdi>{list.cohort && <> · <bdi>{list.cohort.name}</bdi></>}</>} />
      <Stack>
        <ProblemSummary problem={actionData?.problem} />
        {list.status === 'running' && (
          <Card>
            <p role="status" className="mb-2">{t('teaching.enroll.running')}</p>
            <Progress value={list.doneCount} max={list.lineCount} label={t('teaching.enroll.running')} text={t('teaching.progressOf', { done: list.doneCount, all: list.lineCount })} />
            <p className="mt-2 text-ink-soft">{t('teaching.enroll.leave')}</p>
            <LinkButton href={base}>{t('teaching.enroll.refresh')}</LinkButton>
          </Card>
        )}
        {list.status === 'draft' && (
          <Notice title={willDo === 0 ? t('teaching.enroll.nobody') : t('teaching.enroll.ready', { n: willDo })}>
            <p>{t('teaching.enroll.check')}</p>
            <form method="post" className="ui-cluster mt-3">
              {willDo > 0 && <SubmitButton look="primary">{t('teaching.enroll.start', { n: willDo })}</SubmitButton>}
              <Button type="submit" name="intent" value="discard">{t('teaching.enroll.discard')}</Button>
            </form>
          </Notice>
        )}
        {list.status === 'done' && (
          <Notice tone="success" title={t('teaching.enroll.done')} live actions={<><LinkButton href={`/api/v1/courses/${course.id}/bulk-enrollments/${list.id}/report`} icon={<Download aria-hidden="true" />} download>{t('teaching.enroll.report')}</LinkButton></>} />
        )}
        {outsiders > 0 && (
          <Notice tone="warning" title={t('teaching.enroll.outsiders', { n: outsiders })} actions={<LinkButton href={`/api/v1/courses/${course.id}/bulk-enrollments/${list.id}/report?kind=not_a_member`} icon={<Download aria-hidden="true" />} download>{t('teaching.enroll.outsidersFile')}</LinkButton>}>
            <p>{t('teaching.enroll.outsidersText')}</p>
          </Notice>
        )}
        <LineFilters
          label={t('teaching.enroll.filter')} base={base} chosen={kind} all={{ label: t('teaching.enroll.allLines'), count: list.lineCount }}
          kinds={counts.map(({ name, count }) => ({ name, label: t(`teaching.line.${name}`), count }))}
        />
        <Card flush>
          <Table
            caption={t('teaching.enroll.lines')} rows={lines} rowKey={(row) => String(row.line)}
            columns={[
              { key: 'email', header: t('teaching.enroll.address'), primary: true, cell: (row) => <bdi className="break-all">{row.email || '–'}</bdi> },
              { key: 'name', header: t('teaching.column.name'), cell: (row) => <bdi>{row.name || '–'}</bdi> },
              { key: 'state', header: t('teaching.enroll.outcome'), cell: (row) => { const state = row.outcome ?? row.forecast; return <Badge tone={tones[state] ?? 'clay'}>{t(`teaching.line.${state}`)}</Badge>; } },
              { key: 'line', header: t('teaching.enroll.line'), align: 'end', cell: (row) => format.number(row.line) },
            ]}
          />
        </Card>
        <Pagination
          label={t('teaching.pages')} previous={later ? { href: kind ? `${base}?kind=${kind}` : base, label: t('teaching.firstPage') } : undefined}
          next={next ? { href: `${base}?${new URLSearchParams({ ...(kind && { kind }), cursor: next })}`, label: t('teaching.nextPage') } : undefined}
        />
      </Stack>
    </Page>
  );
}
