import { Anchor, Card, LinkButton, Notice, PageHeader, Section, TextLink } from '@milpa/ui';
import { Plus } from 'lucide-react';
import { getGrowth, getInstallationOverview, listTenants } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { Growth, LargestTenants, spans, type Largest } from './growth.tsx';
import { statuses } from './status.tsx';
import type { Route } from './+types/overview';

export async function loader({ context }: Route.LoaderArgs) {
  const { url, now } = web(context);
  const span = spans.find((days) => String(days) === url.searchParams.get('days')) ?? 90;
  const largest = (sort: 'members' | 'storage') => load(context, listTenants, { query: { sort, status: 'active', limit: 5 } });
  const [overview, growth, byMembers, byStorage] = await Promise.all([load(context, getInstallationOverview), load(context, getGrowth, { query: { days: span } }), largest('members'), largest('storage')]);
  const counted = ({ data }: typeof byMembers): Largest[] => data.flatMap(({ id, name, usage }) => (usage ? [{ id, name, usage }] : []));
  return { ...overview, growth, span, byMembers: counted(byMembers), byStorage: counted(byStorage), now: now.toISOString() };
}

export default function Overview({ loaderData: { tenants, parkedJobs, mailWaiting, growth, span, byMembers, byStorage, now } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <Title>{t('tenancy.operator.title')}</Title>
      <PageHeader title={t('tenancy.operator.title')} actions={<LinkButton href="/operator/tenants/new" look="primary" icon={<Plus aria-hidden="true" />}>{t('tenancy.tenants.new')}</LinkButton>} />
      <div className="ui-stack ui-gap-s">
        {parkedJobs > 0
          ? <Notice tone="danger" actions={<LinkButton href="/operator/jobs" size="small">{t('tenancy.operator.seeJobs')}</LinkButton>}>{t('tenancy.operator.parked', { count: parkedJobs })}</Notice>
          : <Notice tone="success">{t('tenancy.operator.noParked')}</Notice>}
        {mailWaiting > 0 && <Notice>{t('tenancy.operator.mail', { count: mailWaiting })}</Notice>}
      </div>
      <Section title={t('tenancy.operator.tenants')}>
        <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
          {statuses.map((status) => (
            <Card key={status} className="relative hover:border-line-strong">
              <p className="text-sm text-ink-soft"><Anchor href={`/operator/tenants?status=${status}`} className="after:absolute after:inset-0">{t(`tenancy.status.${status}`)}</Anchor></p>
              <p className="text-3xl font-semibold">{format.number(tenants[status])}</p>
            </Card>
          ))}
        </div>
      </Section>
      <Growth days={growth.days} span={span} counted={growth.countedAt && format.relative(growth.countedAt, now)} />
      {byMembers.length > 0 && (
        <Section title={t('tenancy.growth.largest')} actions={<TextLink href="/operator/tenants?sort=fullest">{t('tenancy.growth.fullest')}</TextLink>}>
          <div className="grid gap-4 lg:grid-cols-2"><LargestTenants kind="members" tenants={byMembers} /><LargestTenants kind="storageBytes" tenants={byStorage} /></div>
        </Section>
      )}
    </>
  );
}
