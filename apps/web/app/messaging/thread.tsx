/** One conversation: what was written, and the place to answer. Opening it marks it as read. */
import { data, redirect } from 'react-router';
import { Breadcrumbs, Button, Card, Field, Notice, Page, PageHeader, SubmitButton, TextArea, TextInput } from '@milpa/ui';
import { getThread, readThread, replyToThread, reportThread, setBlock } from '@milpa/messaging/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { Send } from 'lucide-react';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { LinkedText } from './linked-text.tsx';
import type { Route } from './+types/thread';

export async function loader({ context, params }: Route.LoaderArgs) {
  const thread = await load(context, getThread, { params });
  await submit(context, readThread, { params });
  return { thread, mayWrite: web(context).viewer.permissions.includes('message:write:own') };
}

type Answer = { problem?: ProblemDocument; body?: string; done?: 'reported' };

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const intent = form.get('intent');
  const body = String(form.get('body') ?? '');
  if (intent === 'report') {
    const { problem } = await submit(context, reportThread, { params, body: { reason: String(form.get('reason')) } });
    return problem ? data<Answer>({ problem }, { status: problem.status }) : data<Answer>({ done: 'reported' });
  }
  const { problem } = intent === 'block' ? await submit(context, setBlock, { params, body: { blocked: form.get('blocked') === 'yes' } }) : await submit(context, replyToThread, { params, body: { body } });
  return problem ? data<Answer>({ problem, body }, { status: problem.status }) : redirect(`/messages/${params.threadId}`, 303);
}

export default function Thread({ loaderData: { thread, mayWrite }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: Answer | undefined = actionData;
  return (
    <Page narrow>
      <Title>{thread.subject}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('messaging.crumbs')} items={[{ href: '/messages', label: t('messaging.title') }]} />}
        title={<bdi>{thread.subject}</bdi>} lead={<><bdi>{thread.with.name}</bdi> · <bdi>{thread.course.title}</bdi></>}
      />
      <ol className="flex flex-col gap-4">
        {thread.messages.map((message) => (
          <li key={message.id} className={message.mine ? 'ms-8 sm:ms-16' : 'me-8 sm:me-16'}>
            <Card tone={message.mine ? 'accent' : 'plain'}>
              <p className="mb-1 flex flex-wrap justify-between gap-x-4 text-sm text-ink-soft"><bdi>{message.mine ? t('messaging.me') : message.author.name}</bdi><time dateTime={message.createdAt}>{format.dateTime(message.createdAt)}</time></p>
              <LinkedText text={message.body} />
            </Card>
          </li>
        ))}
      </ol>
      {mayWrite && (
        <div className="mt-8 flex flex-col gap-6">
          <ProblemSummary problem={answer?.problem} />
          {answer?.done && <Notice tone="success" live>{t('messaging.reported')}</Notice>}
          <form method="post" className="ui-stack">
            <Field id="body.body" label={t('messaging.answer')} required><TextArea key={thread.messages.length} name="body" rows={5} maxLength={5000} dir="auto" defaultValue={answer?.body} required /></Field>
            <div><SubmitButton look="primary" icon={<Send aria-hidden="true" className="ui-mirror" />}>{t('messaging.send')}</SubmitButton></div>
          </form>
          <details className="text-sm">
            <summary className="flex min-h-(--tap) w-fit cursor-pointer items-center text-ink-soft underline">{t('messaging.trouble')}</summary>
            <div className="mt-2 flex flex-col gap-4">
              <form method="post">
                <input type="hidden" name="intent" value="block" />
                <Button type="submit" name="blocked" value={thread.blocked ? 'no' : 'yes'}>{t(thread.blocked ? 'messaging.unblock' : 'messaging.block', { name: thread.with.name })}</Button>
              </form>
              {thread.reported ? <p>{t('messaging.reported')}</p> : (
                <form method="post" className="flex flex-wrap items-end gap-3">
                  <input type="hidden" name="intent" value="report" />
                  <label className="min-w-0 flex-1 basis-56"><span className="ui-label">{t('messaging.reportReason')}</span><TextInput name="reason" maxLength={500} required /></label>
                  <Button type="submit">{t('messaging.report')}</Button>
                </form>
              )}
            </div>
          </details>
        </div>
      )}
    </Page>
  );
}
