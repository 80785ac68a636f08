import { Form } from 'react-router';
import { Button, EmptyState, LinkButton, PageHeader, Pagination, Select, VisuallyHidden } from '@milpa/ui';
import { listOperatorAudit } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { operatorActions } from '../audit-actions.ts';
import { actionKey, AuditList } from '../audit-list.tsx';
import type { Route } from './+types/audit';

export async function loader({ context }: Route.LoaderArgs) {
  const { searchParams } = web(context).url;
  const action = searchParams.get('action')?.slice(0, 100) ?? '';
  const cursor = searchParams.get('cursor') ?? undefined;
  const { data, page } = await load(context, listOperatorAudit, { query: { limit: 30, cursor, ...(action && { action }) } });
  return {
    action, next: page.next, later: cursor !== undefined, now: web(context).now.toISOString(),
    lines: data.map(({ id, at, action: what, accountId, accountName, tenant }) => ({
      id, at, action: what, who: accountName, system: accountId === null, about: tenant ? { name: tenant.name, href: `/operator/tenants/${tenant.id}` } : undefined,
    })),
  };
}

export default function OperatorAudit({ loaderData: { action, lines, next, later, now } }: Route.ComponentProps) {
  const t = useT();
  const href = (cursor?: string) => `/operator/audit?${new URLSearchParams({ ...(action && { action }), ...(cursor && { cursor }) })}`;
  return (
    <>
      <Title>{t('tenancy.operator.audit')}</Title>
      <PageHeader title={t('tenancy.operator.audit')} lead={t('tenancy.audit.operatorLead')} />
      <Form key={action} className="mb-5 flex flex-wrap gap-3">
        <label className="min-w-0 flex-1 basis-64 sm:max-w-md"><VisuallyHidden>{t('tenancy.audit.what')}</VisuallyHidden>
          <Select name="action" defaultValue={action}>
            <option value="">{t('tenancy.audit.everything')}</option>
            {operatorActions.map((one) => <option key={one} value={one}>{t('tenancy.audit.action', { action: actionKey(one), code: one })}</option>)}
          </Select>
        </label>
        <Button type="submit">{t('tenancy.audit.filter')}</Button>
      </Form>
      {lines.length === 0
        ? <EmptyState illustration="search" title={t('tenancy.audit.none')} action={action && <LinkButton href="/operator/audit">{t('tenancy.audit.showAll')}</LinkButton>} />
        : <AuditList lines={lines} now={now} />}
      <Pagination
        label={t('tenancy.pages')}
        previous={later ? { href: href(), label: t('tenancy.firstPage') } : undefined}
        next={next ? { href: href(next), label: t('tenancy.nextPage') } : undefined}
      />
    </>
  );
}
