import { Form, redirect } from 'react-router';
import { Button, Card, EmptyState, Notice, PageHeader } from '@milpa/ui';
import { discardParkedJob, listParkedJobs, retryParkedJob } from '@milpa/tenancy/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { readForm, refused, type Answer } from '../../identity/form.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import type { Route } from './+types/jobs';

export async function loader({ context }: Route.LoaderArgs) {
  const { data } = await load(context, listParkedJobs);
  return { jobs: data, now: web(context).now.toISOString(), done: web(context).url.searchParams.get('done') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const jobId = form.text('jobId');
  const retry = form.has('retry');
  const { problem } = await submit(context, retry ? retryParkedJob : discardParkedJob, { params: { jobId } });
  return problem ? refused(problem) : redirect(`/operator/jobs?done=${retry ? 'retried' : 'discarded'}`, 303);
}

export default function Jobs({ loaderData: { jobs, now, done }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: Answer | undefined = actionData;
  return (
    <>
      <Title>{t('tenancy.operator.jobs')}</Title>
      <PageHeader title={t('tenancy.operator.jobs')} lead={t('tenancy.jobs.lead')} />
      {!answer && done === 'retried' && <Notice tone="success" live>{t('tenancy.jobs.retried')}</Notice>}
      {!answer && done === 'discarded' && <Notice tone="success" live>{t('tenancy.jobs.discarded')}</Notice>}
      <ProblemSummary problem={answer?.problem} />
      {jobs.length === 0
        ? <EmptyState illustration="harvest" title={t('tenancy.jobs.none')}><p>{t('tenancy.jobs.noneText')}</p></EmptyState>
        : (
          <ul className="mt-5 ui-stack">
            {jobs.map(({ id, job, attempts, lastError, payload, parkedAt }) => (
              <li key={id}>
                <Card className="ui-stack ui-gap-s">
                  <h2 className="text-lg"><code dir="ltr">{job}</code></h2>
                  <p className="text-sm text-ink-soft">{t('tenancy.jobs.tries', { count: attempts })} · {format.relative(parkedAt, now)}</p>
                  <p dir="ltr" className="font-medium break-words text-clay-text">{lastError.split('\n', 1)[0]}</p>
                  <details>
                    <summary className="ui-link w-fit">{t('tenancy.jobs.details')}</summary>
                    {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
                    <pre dir="ltr" tabIndex={0} className="mt-2 max-h-80 overflow-auto rounded-m bg-sunk p-3 text-sm">{[lastError, payload].join('\n\n')}</pre>
                  </details>
                  <Form method="post" className="ui-cluster ui-gap-s">
                    <input type="hidden" name="jobId" value={id} />
                    <Button type="submit" name="retry" value="yes">{t('tenancy.jobs.retry')}</Button>
                    <Button type="submit" look="quiet" name="discard" value="yes">{t('tenancy.jobs.discard')}</Button>
                  </Form>
                </Card>
              </li>
            ))}
          </ul>
        )}
    </>
  );
}
