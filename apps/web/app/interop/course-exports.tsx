/** Taking a course along: a package for other systems, made while one does something else. */
import { data, Form, redirect } from 'react-router';
import { Button, Card, Fieldset, LinkButton, Notice, Page, Radio, Section, Stack, SubmitButton } from '@milpa/ui';
import { getCourse, getDraft } from '@milpa/catalog/contract';
import { exportFormat, listExports, requestExport } from '@milpa/interop/contract';
import { Download } from 'lucide-react';
import { managed, ManageHeader } from '../authoring/manage-header.tsx';
import { managePath } from '../catalog/paths.ts';
import { load, submit } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { useLookingAgain } from '../shell/look-again.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import type { Route } from './+types/course-exports';

export const handle = { words: ['catalog', 'authoring'] } satisfies ScreenHandle;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const [course, draft, exports] = await Promise.all([load(context, getCourse, { params }), load(context, getDraft, { params }), load(context, listExports, { params })]);
  return { course: managed(course, draft), exports: exports.data, asked: new URL(request.url).searchParams.has('asked') };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const format = exportFormat.catch('cc').parse((await request.formData()).get('format'));
  const { problem } = await submit(context, requestExport, { params, body: { format } });
  return problem ? data({ problem }, { status: problem.status }) : redirect(`${managePath(params.courseId)}/export?asked`, 303);
}

export default function CourseExports({ loaderData: { course, exports, asked }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const waiting = exports.some(({ status }) => status === 'queued');
  useLookingAgain(waiting);
  return (
    <Page narrow>
      <Title>{t('interop.export.title')}</Title>
      <ManageHeader course={course} part="export" />
      <Section title={t('interop.export.title')} lead={t('interop.export.lead')}>
        <Stack gap="large">
          <ProblemSummary problem={actionData?.problem} />
          {asked && waiting && !actionData && <Notice tone="success" live>{t('interop.export.asked')}</Notice>}
          {waiting && <noscript><LinkButton href={`${managePath(course.id)}/export?asked`} size="small">{t('interop.export.look')}</LinkButton></noscript>}
          {exports.length > 0 && (
            <Card flush>
              <ul className="divide-y divide-line">
                {exports.map(({ id, format: kind, status, createdAt, expiresAt }) => (
                  <li key={id} className="flex flex-wrap items-center justify-between gap-3 p-4">
                    <span>
                      <span className="block font-medium">{t(`interop.export.${kind}`)}</span>
                      <span className="text-sm text-ink-soft">{format.dateTime(createdAt)}{expiresAt && <> · {t('interop.export.until', { date: format.date(expiresAt) })}</>}</span>
                    </span>
                    {status === 'succeeded'
                      ? <LinkButton href={`/api/v1/courses/${course.id}/exports/${id}/file`} download size="small" icon={<Download aria-hidden="true" />}>{t('interop.export.save')}</LinkButton>
                      : <span className="text-ink-soft" role="status">{status === 'failed' ? t('interop.export.failed') : <Button size="small" busy disabled>{t('interop.export.waiting')}</Button>}</span>}
                  </li>
                ))}
              </ul>
            </Card>
          )}
          <Form method="post" className="ui-stack">
            <Fieldset label={t('interop.export.which')}>
              <Radio name="format" value="cc" label={t('interop.export.cc')} hint={t('interop.export.ccHint')} defaultChecked />
              <Radio name="format" value="markdown" label={t('interop.export.markdown')} hint={t('interop.export.markdownHint')} />
            </Fieldset>
            <SubmitButton className="self-start">{t('interop.export.go')}</SubmitButton>
          </Form>
        </Stack>
      </Section>
    </Page>
  );
}
