import { Anchor, Card, LinkButton, Notice, PageHeader, Section } from '@milpa/ui';
import { Plus } from 'lucide-react';
import { getInstallationOverview } from '@milpa/tenancy/contract';
import { load } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { statuses } from './status.tsx';
import type { Route } from './+types/overview';

export async function loader({ context }: Route.LoaderArgs) {
  return load(context, getInstallationOverview);
}

export default function Overview({ loaderData: { tenants, parkedJobs, mailWaiting } }: Route.ComponentProps) {
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
    </>
  );
}
