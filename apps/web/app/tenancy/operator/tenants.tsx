import { Form, redirect } from 'react-router';
import { Anchor, Button, Card, EmptyState, Field, LinkButton, Notice, PageHeader, Pagination, Select, Table, TextInput } from '@milpa/ui';
import { Plus } from 'lucide-react';
import { countUsage, listBlueprints, listPlans, listTenants } from '@milpa/tenancy/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { refused, type Answer } from '../../identity/form.ts';
import { nameIn } from '../../identity/words.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { useAmounts, UsageBar, type Counted } from '../usage-bars.tsx';
import { StatusBadge, statuses } from './status.tsx';
import type { Route } from './+types/tenants';

const sortings = ['newest', 'name', 'fullest', 'members', 'courses', 'storage', 'activity'] as const;

export async function loader({ context }: Route.LoaderArgs) {
  const { url, locale, now } = web(context);
  const ask = (name: string) => url.searchParams.get(name)?.slice(0, 120).trim() ?? '';
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const [plans, blueprints] = await Promise.all([load(context, listPlans), load(context, listBlueprints)]);
  const status = statuses.find((one) => one === ask('status'));
  const plan = plans.data.find(({ key }) => key === ask('plan'))?.key;
  const blueprint = blueprints.data.find(({ key }) => key === ask('blueprint'))?.key;
  const sort = sortings.find((one) => one === ask('sort')) ?? 'newest';
  const { data, page } = await load(context, listTenants, { query: { limit: 30, sort, status, plan, blueprint, cursor, ...(ask('q') && { q: ask('q') }) } });
  return {
    tenants: data.map(({ planName, ...tenant }) => ({ ...tenant, planName: nameIn(locale, planName) })), next: page.next, later: cursor !== undefined, now: now.toISOString(),
    filter: { q: ask('q'), status: status ?? '', plan: plan ?? '', blueprint: blueprint ?? '', sort: sort === 'newest' ? '' : sort },
    plans: plans.data.map(({ key, name }) => ({ key, name: nameIn(locale, name) })), blueprints: blueprints.data.map(({ key }) => key), counting: url.searchParams.has('counting'),
  };
}

/** Asks for a count now. */
export async function action({ request, context }: Route.ActionArgs) {
  const { problem } = await submit(context, countUsage);
  if (problem) return refused(problem);
  const { searchParams } = new URL(request.url);
  searchParams.set('counting', '');
  return redirect(`/operator/tenants?${searchParams}`, 303);
}

type Data = Route.ComponentProps['loaderData'];
type Row = Data['tenants'][number];

export default function Tenants({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const { tenants, next, later, filter, counting } = loaderData;
  const { sort: _, ...narrowing } = filter;
  const filtered = Object.values(narrowing).some((value) => value !== '');
  const href = (cursor?: string) => `/operator/tenants?${new URLSearchParams(Object.entries({ ...filter, cursor: cursor ?? '' }).filter(([, value]) => value !== ''))}`;
  return (
    <>
      <Title>{t('tenancy.operator.tenants')}</Title>
      <PageHeader title={t('tenancy.operator.tenants')} actions={<LinkButton href="/operator/tenants/new" look="primary" icon={<Plus aria-hidden="true" />}>{t('tenancy.tenants.new')}</LinkButton>} />
      <ProblemSummary problem={answer?.problem} />
      {counting && !answer && <div className="mb-5"><Notice live>{t('tenancy.tenants.counting')}</Notice></div>}
      <Filters key={href()} {...loaderData} />
      {tenants.length === 0
        ? (
          <EmptyState
            illustration={filtered ? 'search' : 'seedling'}
            title={filtered ? t('tenancy.tenants.noneFound') : t('tenancy.tenants.none')}
            action={filtered && <LinkButton href="/operator/tenants">{t('tenancy.tenants.showAll')}</LinkButton>}
          />
        )
        : <TenantTable {...loaderData} />}
      <Pagination
        label={t('tenancy.pages')}
        previous={later ? { href: href(), label: t('tenancy.firstPage') } : undefined}
        next={next ? { href: href(next), label: t('tenancy.nextPage') } : undefined}
      />
    </>
  );
}

function Filters({ filter, plans, blueprints }: Data) {
  const t = useT();
  return (
    <Card tone="sunk">
      <Form role="search" className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[1.6fr_1fr_1fr_1fr_1.4fr_auto]">
        <Field label={t('tenancy.tenants.search')} className="col-span-2 lg:col-span-1"><TextInput type="search" name="q" defaultValue={filter.q} /></Field>
        <Field label={t('tenancy.field.status')}>
          <Select name="status" defaultValue={filter.status}>
            <option value="">{t('tenancy.tenants.all')}</option>
            {statuses.map((one) => <option key={one} value={one}>{t(`tenancy.status.${one}`)}</option>)}
          </Select>
        </Field>
        <Field label={t('tenancy.plan.column')}>
          <Select name="plan" defaultValue={filter.plan}>
            <option value="">{t('tenancy.tenants.all')}</option>
            {plans.map(({ key, name }) => <option key={key} value={key}>{name}</option>)}
          </Select>
        </Field>
        <Field label={t('tenancy.field.blueprint')}>
          <Select name="blueprint" defaultValue={filter.blueprint}>
            <option value="">{t('tenancy.tenants.all')}</option>
            {blueprints.map((key) => <option key={key} value={key}>{t('tenancy.blueprint', { blueprint: key })}</option>)}
          </Select>
        </Field>
        <Field label={t('tenancy.tenants.sort')}>
          <Select name="sort" defaultValue={filter.sort || 'newest'}>
            {sortings.map((one) => <option key={one} value={one}>{t(`tenancy.tenants.sort.${one}`)}</option>)}
          </Select>
        </Field>
        <Button type="submit" className="col-span-2 lg:col-span-1">{t('tenancy.tenants.find')}</Button>
      </Form>
    </Card>
  );
}

function TenantTable({ tenants, now }: Data) {
  const t = useT();
  const format = useFormat();
  const countedAt = tenants.flatMap(({ usage }) => usage?.countedAt ?? []).toSorted()[0];
  const bar = (what: Counted) => ({ key: what, header: t(`tenancy.usage.${what}`), cell: (tenant: Row) => <UsageCell what={what} tenant={tenant} /> });
  return (
    <>
      <Form method="post" className="my-4 flex flex-wrap items-center gap-3 text-sm text-ink-soft">
        <span>{countedAt ? t('tenancy.tenants.counted', { when: format.relative(countedAt, now) }) : t('tenancy.tenants.uncounted')}</span>
        <Button type="submit" size="small" look="quiet">{t('tenancy.tenants.count')}</Button>
      </Form>
      <Card flush>
        <Table
          caption={t('tenancy.operator.tenants')} rows={tenants} rowKey={({ id }) => id}
          columns={[
            { key: 'name', header: t('tenancy.field.name'), primary: true, cell: (tenant) => <TenantName tenant={tenant} /> },
            bar('members'), bar('courses'), bar('storageBytes'),
            { key: 'active', header: t('tenancy.tenants.active'), cell: ({ usage }) => (usage?.lastActiveAt ? <time dateTime={usage.lastActiveAt} className="text-sm whitespace-nowrap">{format.relative(usage.lastActiveAt, now)}</time> : <span className="text-sm text-ink-soft">{t('tenancy.tenants.never')}</span>) },
          ]}
        />
      </Card>
    </>
  );
}

function TenantName({ tenant: { id, name, slug, status, planName, blueprint } }: { tenant: Row }) {
  const t = useT();
  return (
    <>
      <span className="flex flex-wrap items-center gap-2"><Anchor className="ui-link" href={`/operator/tenants/${id}`}><bdi>{name}</bdi></Anchor>{status !== 'active' && <StatusBadge status={status} />}</span>
      <span className="block text-sm font-normal text-ink-soft"><bdi dir="ltr">{slug}</bdi> · {t('tenancy.blueprint', { blueprint })} · <bdi>{t('tenancy.tenants.onPlan', { plan: planName })}</bdi></span>
    </>
  );
}

function UsageCell({ what, tenant: { usage, limits } }: { what: Counted; tenant: Row }) {
  const t = useT();
  const say = useAmounts();
  if (!usage) return <span className="text-ink-soft">{'–'}</span>;
  return (
    <span className="block w-full min-w-28 max-w-48">
      <span className="block text-sm">{say[what](usage[what])} <span className="text-ink-soft">{t('tenancy.usage.of', { limit: say[what](limits[what]) })}</span></span>
      <UsageBar what={what} usage={usage} limits={limits} />
    </span>
  );
}
