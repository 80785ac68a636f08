/** Many people at once: a list from a file, or pasted; and the lists that were read before. */
import { data, redirect } from 'react-router';
import { Badge, Field, FileInput, Page, Pagination, Section, Select, SubmitButton, Table, TextArea, TextLink } from '@milpa/ui';
import { listBulkEnrollments, listCohorts, pasteBulkEnrollment, uploadBulkEnrollment } from '@milpa/learning/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { taughtCourse } from './course.ts';
import { TeachHeader } from './header.tsx';
import { enrollPath } from './paths.ts';
import type { Route } from './+types/enroll';

export async function loader({ context, params: { courseId } }: Route.LoaderArgs) {
  const cursor = web(context).url.searchParams.get('cursor') ?? undefined;
  const [course, lists, cohorts] = await Promise.all([
    taughtCourse(context, courseId), load(context, listBulkEnrollments, { params: { courseId }, query: { ...(cursor && { cursor }) } }), load(context, listCohorts, { params: { courseId } }),
  ]);
  return { course, lists: lists.data, next: lists.page.next, later: cursor !== undefined, cohorts: cohorts.data.map(({ id, name }) => ({ id, name })), mayInvite: web(context).viewer.permissions.includes('invitation:create') };
}

export async function action({ context, params: { courseId }, request }: Route.ActionArgs) {
  const form = await request.formData();
  const file = web(context).uploads.get('file');
  const text = String(form.get('text') ?? '');
  const cohortId = String(form.get('cohortId') ?? '') || null;
  if ((!file || file.size === 0) && text.trim() === '') return data<{ problem: ProblemDocument | null; text: string }>({ problem: null, text }, { status: 422 });
  const { output, problem } = file && file.size > 0
    ? await submit(context, uploadBulkEnrollment, { params: { courseId }, query: { name: file.name.slice(-200), ...(cohortId && { cohortId }) }, body: file })
    : await submit(context, pasteBulkEnrollment, { params: { courseId }, body: { text, cohortId } });
  return problem ? data<{ problem: ProblemDocument | null; text: string }>({ problem, text }, { status: problem.status }) : redirect(enrollPath(courseId, output.id), 303);
}

export default function Enroll({ loaderData: { course, lists, next, later, cohorts, mayInvite }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  return (
    <Page>
      <TeachHeader course={course} part="enroll" lead={t(mayInvite ? 'teaching.enroll.leadInvite' : 'teaching.enroll.lead')} />
      <ProblemSummary problem={actionData?.problem ?? undefined} />
      <form method="post" encType="multipart/form-data" className="ui-stack max-w-2xl">
        <Field label={t('teaching.enroll.file')} hint={t('teaching.enroll.fileHint')} error={actionData?.problem === null ? t('teaching.enroll.nothing') : undefined}><FileInput name="file" accept=".csv,.txt,text/csv,text/plain" /></Field>
        <Field label={t('teaching.enroll.paste')} hint={t('teaching.enroll.pasteHint')}><TextArea name="text" rows={6} dir="auto" defaultValue={actionData?.text} /></Field>
        {cohorts.length > 0 && (
          <Field label={t('teaching.cohort')}><Select name="cohortId" defaultValue=""><option value="">{t('teaching.cohort.none')}</option>{cohorts.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select></Field>
        )}
        <div><SubmitButton look="primary">{t('teaching.enroll.look')}</SubmitButton></div>
        <p className="text-ink-soft">{t('teaching.enroll.safe')}</p>
      </form>
      {(lists.length > 0 || later) && (
        <Section title={t('teaching.enroll.before')} className="mt-8">
          <Table
            caption={t('teaching.enroll.before')} rows={lists} rowKey={(row) => row.id}
            columns={[
              { key: 'file', header: t('teaching.enroll.list'), primary: true, cell: (row) => <TextLink href={enrollPath(course.id, row.id)}><bdi className="wrap-anywhere">{row.fileName || t('teaching.enroll.pasted')}</bdi></TextLink> },
              { key: 'status', header: t('teaching.enroll.status'), cell: (row) => <Badge tone={({ draft: 'maize', running: 'night', done: 'leaf' } as const)[row.status]}>{t(`teaching.enroll.status.${row.status}`)}</Badge> },
              { key: 'lines', header: t('teaching.enroll.lines'), align: 'end', cell: (row) => format.number(row.lineCount) },
              { key: 'when', header: t('teaching.enroll.when'), align: 'end', cell: (row) => format.dateTime(row.createdAt) },
            ]}
          />
          <Pagination label={t('teaching.pages')} previous={later ? { href: enrollPath(course.id), label: t('teaching.firstPage') } : undefined} next={next ? { href: `${enrollPath(course.id)}?cursor=${encodeURIComponent(next)}`, label: t('teaching.nextPage') } : undefined} />
        </Section>
      )}
    </Page>
  );
}
