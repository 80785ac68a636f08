/** Conversations that somebody reported, for who moderates. */
import { data, redirect } from 'react-router';
import { Card, EmptyState, PageHeader, Pagination, SubmitButton } from '@milpa/ui';
import { listThreadReports, settleThreadReport } from '@milpa/messaging/contract';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { LinkedText } from './linked-text.tsx';
import type { Route } from './+types/reports';

export async function loader({ context }: Route.LoaderArgs) {
  const cursor = web(context).url.searchParams.get('cursor') ?? undefined;
  const { data: reports, page } = await load(context, listThreadReports, { query: { ...(cursor && { cursor }) } });
  return { reports, next: page.next };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const { problem } = await submit(context, settleThreadReport, { params: { threadId: String(form.get('threadId')) } });
  return problem ? data({ problem }, { status: problem.status }) : redirect('/admin/message-reports', 303);
}

export default function Reports({ loaderData: { reports, next }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="max-w-3xl">
      <Title>{t('messaging.reports')}</Title>
      <PageHeader title={t('messaging.reports')} lead={t('messaging.reports.lead')} />
      <ProblemSummary problem={actionData?.problem} />
      {reports.length === 0 && <EmptyState illustration="harvest" title={t('messaging.reports.none')} />}
      <ul className="flex flex-col gap-5">
        {reports.map((report) => (
          <li key={`${report.threadId}${report.createdAt}`}>
            <Card>
              <h2 className="text-lg"><bdi>{report.subject}</bdi></h2>
              <p className="mb-3 text-sm text-ink-soft">{t('messaging.reports.by', { name: report.reporter })} · {format.dateTime(report.createdAt)}</p>
              <blockquote className="mb-3 border-s-4 border-clay ps-3"><LinkedText text={report.reason} /></blockquote>
              <details>
                <summary className="flex min-h-(--tap) cursor-pointer items-center underline">{t('messaging.reports.messages', { n: report.messages.length })}</summary>
                <ol className="mt-2 flex flex-col gap-3">{report.messages.map((message) => <li key={message.id}><p className="text-sm text-ink-soft"><bdi>{message.author.name}</bdi> · {format.dateTime(message.createdAt)}</p><LinkedText text={message.body} /></li>)}</ol>
              </details>
              <form method="post" className="mt-3"><input type="hidden" name="threadId" value={report.threadId} /><SubmitButton>{t('messaging.reports.settle')}</SubmitButton></form>
            </Card>
          </li>
        ))}
      </ul>
      <Pagination label={t('messaging.pages')} next={next ? { href: `/admin/message-reports?cursor=${encodeURIComponent(next)}`, label: t('messaging.older') } : undefined} />
    </div>
  );
}
