import { Form } from 'react-router';
import { Anchor, Badge, Button, Card, LinkButton, Progress, Table } from '@milpa/ui';
import type { OperatorJob } from '@milpa/tenancy/contract';
import { useFormat, useT } from '../../i18n/index.ts';

/** What a job is called; an event on its way is called after who is to hear of it. */
export function JobName({ kind }: { kind: string }) {
  const t = useT();
  const [job, handler] = kind.split(':');
  if (!handler) return <code dir="ltr" className="break-words">{job}</code>;
  return <span className="ui-cluster ui-gap-s"><code dir="ltr" className="break-words">{handler}</code><Badge>{t('tenancy.jobs.event')}</Badge></span>;
}

function Whose({ tenant }: { tenant: OperatorJob['tenant'] }) {
  const t = useT();
  return tenant ? <Anchor className="ui-link" href={`/operator/tenants/${tenant.id}`}><bdi>{tenant.name}</bdi></Anchor> : <>{t('tenancy.jobs.installation')}</>;
}

const firstLine = (text: string) => text.split('\n', 1)[0];

export interface ParkedJobsProps {
  jobs: readonly OperatorJob[];
  now: string;
  hrefOf: (more: Record<string, string>) => string;
  /** Where all of a kind are; null when they are here. */
  kindHref: (kind: string) => string | null;
  counts: readonly { kind: string; state: string; count: number }[];
}

export function ParkedJobs({ jobs, now, hrefOf, kindHref, counts }: ParkedJobsProps) {
  const t = useT();
  const format = useFormat();
  return (
    <ul className="ui-stack">
      {jobs.map(({ id, kind, tenant, attempts, lastError, payload, since }) => {
        const count = counts.find((one) => one.kind === kind && one.state === 'parked')?.count ?? 1;
        const href = count > 1 ? kindHref(kind) : null;
        return (
          <li key={id}>
            <Card className="ui-stack ui-gap-s">
              <h2 className="text-lg"><JobName kind={kind} /></h2>
              <p className="text-sm text-ink-soft"><Whose tenant={tenant} /> · {t('tenancy.jobs.tries', { count: attempts })} · {format.relative(since, now)}</p>
              {lastError && <p dir="ltr" className="font-medium break-words text-clay-text">{firstLine(lastError)}</p>}
              <details>
                <summary className="ui-link w-fit">{t('tenancy.jobs.details')}</summary>
                {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
                <pre dir="ltr" tabIndex={0} className="mt-2 max-h-80 overflow-auto rounded-m bg-sunk p-3 text-sm whitespace-pre-wrap break-words">{[lastError, payload].join('\n\n')}</pre>
              </details>
              <div className="ui-cluster ui-gap-s">
                <Form method="post">
                  <input type="hidden" name="jobId" value={id} />
                  <Button type="submit" name="step" value="retry">{t('tenancy.jobs.retry')}</Button>
                </Form>
                <LinkButton look="quiet" href={hrefOf({ discard: id })}>{t('tenancy.jobs.discard')}</LinkButton>
                {href && <Anchor className="ui-link" href={href}>{t('tenancy.jobs.same', { count })}</Anchor>}
              </div>
            </Card>
          </li>
        );
      })}
    </ul>
  );
}

export interface JobTableProps { jobs: readonly OperatorJob[]; view: 'running' | 'waiting'; now: string; discardHref: (id: string) => string }

export function JobTable({ jobs, view, now, discardHref }: JobTableProps) {
  const t = useT();
  const format = useFormat();
  const name = { key: 'kind', header: t('tenancy.jobs.kind'), primary: true, cell: ({ kind, lastError }: OperatorJob) => (
    <>
      <JobName kind={kind} />
      {lastError && <span dir="ltr" className="block text-sm font-normal break-words text-clay-text">{firstLine(lastError)}</span>}
    </>
  ) };
  const whose = { key: 'tenant', header: t('tenancy.jobs.tenant'), cell: ({ tenant }: OperatorJob) => <Whose tenant={tenant} /> };
  const tries = { key: 'tries', header: t('tenancy.jobs.tried'), cell: ({ attempts, maxAttempts }: OperatorJob) => t('tenancy.jobs.triesOf', { attempts, maxAttempts }) };
  const columns = view === 'running'
    ? [name, whose, tries,
        { key: 'since', header: t('tenancy.jobs.since'), cell: ({ since }: OperatorJob) => format.relative(since, now) },
        { key: 'progress', header: t('tenancy.jobs.progress'), cell: ({ progress }: OperatorJob) => (progress === null ? '–' : <Progress value={progress} label={t('tenancy.jobs.progress')} text={format.percent(progress / 100)} />) },
        { key: 'worker', header: t('tenancy.jobs.worker'), cell: ({ worker }: OperatorJob) => <code dir="ltr" className="text-sm break-all">{worker}</code> }]
    : [name, whose, tries,
        { key: 'next', header: t('tenancy.jobs.next'), cell: ({ runAt }: OperatorJob) => (runAt <= now ? t('tenancy.jobs.now') : format.relative(runAt, now)) },
        { key: 'discard', header: t('tenancy.jobs.cancel'), actions: true, cell: ({ id }: OperatorJob) => <LinkButton look="quiet" size="small" href={discardHref(id)}>{t('tenancy.jobs.cancel')}</LinkButton> }];
  return <Card flush><Table caption={t(`tenancy.jobs.view.${view}`)} rows={jobs} rowKey={({ id }) => id} columns={columns} /></Card>;
}
