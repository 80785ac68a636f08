import { Anchor, Badge, Card, EmptyState, LinkButton, Notice, PageHeader, Table } from '@milpa/ui';
import { Plus } from 'lucide-react';
import { listPlans, type Plan } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { nameIn } from '../../identity/words.ts';
import { Title } from '../../shell/title.tsx';
import type { Route } from './+types/plans';

export async function loader({ context }: Route.LoaderArgs) {
  const { locale, url } = web(context);
  const { data } = await load(context, listPlans);
  const done = ['created', 'saved', 'retired', 'offered'].find((one) => url.searchParams.has(one)) as 'created' | 'saved' | 'retired' | 'offered' | undefined;
  return { plans: data.map((plan) => ({ ...plan, name: nameIn(locale, plan.name) })), done };
}

type Row = Omit<Plan, 'name'> & { name: string };

export default function Plans({ loaderData: { plans, done } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <Title>{t('tenancy.operator.plans')}</Title>
      <PageHeader title={t('tenancy.operator.plans')} lead={t('tenancy.plans.lead')} actions={<LinkButton href="/operator/plans/new" look="primary" icon={<Plus aria-hidden="true" />}>{t('tenancy.plans.new')}</LinkButton>} />
      {done && <div className="mb-5"><Notice tone="success" live>{t(`tenancy.plans.${done}`)}</Notice></div>}
      {plans.length === 0
        ? <EmptyState title={t('tenancy.plans.none')}><p>{t('tenancy.plans.noneText')}</p></EmptyState>
        : (
          <Card flush>
            <Table
              caption={t('tenancy.operator.plans')} rows={plans} rowKey={({ key }) => key}
              columns={[
                { key: 'name', header: t('tenancy.plan.column'), primary: true, cell: (plan) => <PlanName plan={plan} /> },
                { key: 'members', header: t('tenancy.usage.members'), align: 'end', cell: ({ limits }) => format.number(limits.members) },
                { key: 'courses', header: t('tenancy.usage.courses'), align: 'end', cell: ({ limits }) => format.number(limits.courses) },
                { key: 'storage', header: t('tenancy.usage.storageBytes'), align: 'end', cell: ({ limits }) => format.bytes(limits.storageBytes) },
                { key: 'tenants', header: t('tenancy.operator.tenants'), align: 'end', cell: ({ key, tenants }) => (tenants === 0 ? format.number(0) : <Anchor className="ui-link" href={`/operator/tenants?plan=${key}`} aria-label={t('tenancy.plans.seeTenants', { count: tenants })}>{format.number(tenants)}</Anchor>) },
              ]}
            />
          </Card>
        )}
    </>
  );
}

/** Its name, whether it is offered still, and who starts on it. */
function PlanName({ plan: { key, name, retiredAt, defaultFor } }: { plan: Row }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <span className="flex flex-wrap items-center gap-2"><Anchor className="ui-link" href={`/operator/plans/${key}`}><bdi>{name}</bdi></Anchor>{retiredAt && <Badge>{t('tenancy.plan.retired')}</Badge>}</span>
      {defaultFor.length > 0 && <span className="block text-sm font-normal text-ink-soft">{t('tenancy.plans.startHere', { kinds: format.list(defaultFor.map((blueprint) => t('tenancy.blueprint', { blueprint }))) })}</span>}
    </>
  );
}
