/** What the installation does by itself: what is parked and waits for the operator, what runs, what waits its turn, what runs by the clock. */
import { Form, redirect } from 'react-router';
import { Button, Card, EmptyState, LinkButton, Notice, PageHeader, Pagination, Select, SubmitButton, VisuallyHidden } from '@milpa/ui';
import { countJobs, discardJob, listJobs, listSchedules, retryParkedJob, retryParkedJobs } from '@milpa/tenancy/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { readForm, refused, type Answer } from '../../identity/form.ts';
import { useLookingAgain } from '../../shell/look-again.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { JobName, JobTable, ParkedJobs } from './job-list.tsx';
import { Schedules } from './schedules.tsx';
import type { Route } from './+types/jobs';

const views = ['parked', 'running', 'waiting', 'schedules'] as const;
const everyMs = 5_000;

/** Where the screen is; what stands at its default is left out. */
interface Place { view: (typeof views)[number]; kind: string; tenantId: string }
const hrefOf = ({ view, kind, tenantId }: Place, more: Record<string, string> = {}) => {
  const query = new URLSearchParams({ ...(view !== 'parked' && { view }), ...(kind && { kind }), ...(tenantId && { tenantId }), ...more }).toString();
  return `/operator/jobs${query && `?${query}`}`;
};
function placeIn({ searchParams }: URL): Place {
  const text = (name: string) => searchParams.get(name)?.slice(0, 200) ?? '';
  return { view: views.find((one) => one === text('view')) ?? 'parked', kind: text('kind'), tenantId: text('tenantId') };
}

export async function loader({ context }: Route.LoaderArgs) {
  const { url, now } = web(context);
  const place = placeIn(url);
  const { view, kind, tenantId } = place;
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const whose = tenantId ? { tenantId } : {};
  const [counts, jobs, schedules] = await Promise.all([
    load(context, countJobs, { query: whose }),
    view === 'schedules' ? null : load(context, listJobs, { query: { limit: 30, state: view, cursor, ...whose, ...(kind && { kind }) } }),
    view === 'schedules' ? load(context, listSchedules) : null,
  ]);
  return {
    place, counts, jobs: jobs?.data ?? [], next: jobs?.page.next ?? null, later: cursor !== undefined, schedules: schedules?.data ?? [],
    now: now.toISOString(), done: url.searchParams.get('done'), discard: url.searchParams.get('discard'),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const place = placeIn(new URL(request.url));
  const form = await readForm(request);
  const step = form.text('step');
  const { problem } = step === 'retryAll' ? await submit(context, retryParkedJobs, { body: { kind: form.text('kind') } })
    : await submit(context, step === 'retry' ? retryParkedJob : discardJob, { params: { jobId: form.text('jobId') } });
  return problem ? refused(problem) : redirect(hrefOf(step === 'retryAll' ? { ...place, kind: '' } : place, { done: step }), 303);
}

const doneKeys = { retry: 'tenancy.jobs.retried', retryAll: 'tenancy.jobs.retriedAll', discard: 'tenancy.jobs.discarded' } as const;

export default function Jobs({ loaderData: { place, counts, jobs, next, later, schedules, now, done, discard }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const { view, kind } = place;
  useLookingAgain(view !== 'parked' && !discard, everyMs);
  const doneKey = !answer && done && done in doneKeys ? doneKeys[done as keyof typeof doneKeys] : null;
  const asked = jobs.find(({ id }) => id === discard);
  const sameKind = counts.data.find((one) => one.kind === kind && one.state === 'parked')?.count ?? 0;
  return (
    <>
      <Title>{t('tenancy.operator.jobs')}</Title>
      <PageHeader title={t('tenancy.operator.jobs')} lead={t('tenancy.jobs.lead')} />
      {doneKey && <Notice tone="success" live>{t(doneKey)}</Notice>}
      <ProblemSummary problem={answer?.problem} />
      {asked && <Discard id={asked.id} kind={asked.kind} back={hrefOf(place)} />}
      <Views place={place} counts={counts.data} />
      {view === 'schedules' ? <Schedules schedules={schedules} now={now} /> : (
        <>
          <Filter place={place} counts={counts} />
          {view === 'parked' && kind && sameKind > 1 && !place.tenantId && (
            <Form method="post" className="mb-4">
              <input type="hidden" name="kind" value={kind} />
              <SubmitButton name="step" value="retryAll">{t('tenancy.jobs.retryAll', { count: sameKind })}</SubmitButton>
            </Form>
          )}
          {jobs.length === 0 ? <Nothing place={place} />
            : view === 'parked' ? <ParkedJobs jobs={jobs} now={now} hrefOf={(more) => hrefOf(place, more)} kindHref={(one) => (kind ? null : hrefOf({ ...place, kind: one }))} counts={counts.data} />
              : <JobTable jobs={jobs} view={view} now={now} discardHref={(id) => hrefOf(place, { discard: id })} />}
        </>
      )}
      <Pagination
        label={t('tenancy.pages')}
        previous={later ? { href: hrefOf(place), label: t('tenancy.firstPage') } : undefined}
        next={next ? { href: hrefOf(place, { cursor: next }), label: t('tenancy.nextPage') } : undefined}
      />
    </>
  );
}

type Counts = Awaited<ReturnType<typeof loader>>['counts'];

function Views({ place, counts }: { place: Place; counts: Counts['data'] }) {
  const t = useT();
  const format = useFormat();
  return (
    <nav aria-label={t('tenancy.jobs.views')} className="ui-cluster ui-gap-s mb-5">
      {views.map((view) => {
        const count = counts.filter(({ state }) => state === view).reduce((sum, one) => sum + one.count, 0);
        return (
          <LinkButton key={view} href={hrefOf({ ...place, view, kind: '' })} size="small" look={view === place.view ? 'secondary' : 'quiet'} aria-current={view === place.view ? 'page' : undefined}>
            {t(`tenancy.jobs.view.${view}`)}{view !== 'schedules' && <span className={view === 'parked' && count > 0 ? 'text-clay-text' : 'text-ink-soft'}>{format.number(count)}</span>}
          </LinkButton>
        );
      })}
    </nav>
  );
}

function Filter({ place: { view, kind, tenantId }, counts }: { place: Place; counts: Counts }) {
  const t = useT();
  const kinds = [...new Set([...counts.data.filter(({ state }) => state === view).map((one) => one.kind), ...(kind ? [kind] : [])])];
  if (kinds.length === 0 && !tenantId) return null;
  return (
    <Form key={`${view}/${kind}/${tenantId}`} className="mb-5 flex flex-wrap gap-3">
      {view !== 'parked' && <input type="hidden" name="view" value={view} />}
      <label className="min-w-0 flex-1 basis-56"><VisuallyHidden>{t('tenancy.jobs.kind')}</VisuallyHidden>
        <Select name="kind" defaultValue={kind}>
          <option value="">{t('tenancy.jobs.anyKind')}</option>
          {kinds.map((one) => <option key={one} value={one}>{one}</option>)}
        </Select>
      </label>
      <label className="min-w-0 flex-1 basis-56"><VisuallyHidden>{t('tenancy.jobs.tenant')}</VisuallyHidden>
        <Select name="tenantId" defaultValue={tenantId}>
          <option value="">{t('tenancy.jobs.anyTenant')}</option>
          {counts.tenants.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </Select>
      </label>
      <Button type="submit">{t('tenancy.audit.filter')}</Button>
    </Form>
  );
}

function Nothing({ place: { view, kind, tenantId } }: { place: Place }) {
  const t = useT();
  if (kind || tenantId) return <EmptyState illustration="search" title={t('tenancy.jobs.noneFound')} action={<LinkButton href={hrefOf({ view, kind: '', tenantId: '' })}>{t('tenancy.jobs.showAll')}</LinkButton>} />;
  if (view === 'parked') return <EmptyState illustration="harvest" title={t('tenancy.jobs.none')}><p>{t('tenancy.jobs.noneText')}</p></EmptyState>;
  return <EmptyState title={t(view === 'running' ? 'tenancy.jobs.noneRunning' : 'tenancy.jobs.noneWaiting')} />;
}

function Discard({ id, kind, back }: { id: string; kind: string; back: string }) {
  const t = useT();
  return (
    <Card className="ui-stack mb-5">
      <h2 className="text-lg">{t('tenancy.jobs.discardTitle')}</h2>
      <p><JobName kind={kind} /></p>
      <p className="text-ink-soft">{t(kind.startsWith('kernel.deliverEvent:') ? 'tenancy.jobs.discardEvent' : 'tenancy.jobs.discardText')}</p>
      <Form method="post" action={back} className="ui-cluster ui-gap-s">
        <input type="hidden" name="jobId" value={id} />
        <SubmitButton look="danger" name="step" value="discard">{t('tenancy.jobs.discardGo')}</SubmitButton>
        <LinkButton href={back} look="quiet">{t('tenancy.jobs.keep')}</LinkButton>
      </Form>
    </Card>
  );
}
