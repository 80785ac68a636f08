import { Form } from 'react-router';
import { Anchor, Button, Card, EmptyState, LinkButton, PageHeader, Pagination, Select, Table, TextInput, VisuallyHidden } from '@milpa/ui';
import { Plus } from 'lucide-react';
import { listTenants } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { StatusBadge, statuses } from './status.tsx';
import type { Route } from './+types/tenants';

export async function loader({ context }: Route.LoaderArgs) {
  const { searchParams } = web(context).url;
  const q = searchParams.get('q')?.slice(0, 120).trim() ?? '';
  const status = statuses.find((one) => one === searchParams.get('status'));
  const cursor = searchParams.get('cursor') ?? undefined;
  const { data, page } = await load(context, listTenants, { query: { limit: 30, status, cursor, ...(q && { q }) } });
  return { tenants: data, next: page.next, q, status, later: cursor !== undefined };
}

export default function Tenants({ loaderData: { tenants, next, q, status, later } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const href = (cursor?: string) => `/operator/tenants?${new URLSearchParams({ ...(q && { q }), ...(status && { status }), ...(cursor && { cursor }) })}`;
  const filtered = q !== '' || status !== undefined;
  return (
    <>
      <Title>{t('tenancy.operator.tenants')}</Title>
      <PageHeader title={t('tenancy.operator.tenants')} actions={<LinkButton href="/operator/tenants/new" look="primary" icon={<Plus aria-hidden="true" />}>{t('tenancy.tenants.new')}</LinkButton>} />
      <Form className="mb-5 flex flex-wrap items-end gap-3" role="search" key={`${q}/${status ?? ''}`}>
        <label className="min-w-0 flex-1 basis-56"><VisuallyHidden>{t('tenancy.tenants.search')}</VisuallyHidden>
          <TextInput type="search" name="q" defaultValue={q} placeholder={t('tenancy.tenants.search')} />
        </label>
        <label className="basis-44"><VisuallyHidden>{t('tenancy.field.status')}</VisuallyHidden>
          <Select name="status" defaultValue={status ?? ''}>
            <option value="">{t('tenancy.tenants.all')}</option>
            {statuses.map((one) => <option key={one} value={one}>{t(`tenancy.status.${one}`)}</option>)}
          </Select>
        </label>
        <Button type="submit">{t('tenancy.tenants.find')}</Button>
      </Form>
      {tenants.length === 0
        ? (
          <EmptyState
            illustration={filtered ? 'search' : 'seedling'}
            title={filtered ? t('tenancy.tenants.noneFound') : t('tenancy.tenants.none')}
            action={filtered && <LinkButton href="/operator/tenants">{t('tenancy.tenants.showAll')}</LinkButton>}
          />
        )
        : (
          <Card flush>
            <Table
              caption={t('tenancy.operator.tenants')}
              rows={tenants}
              rowKey={({ id }) => id}
              columns={[
                { key: 'name', header: t('tenancy.field.name'), primary: true, cell: ({ id, name, slug }) => (
                  <>
                    <Anchor className="ui-link block" href={`/operator/tenants/${id}`}><bdi>{name}</bdi></Anchor>
                    <bdi className="text-sm font-normal text-ink-soft" dir="ltr">{slug}</bdi>
                  </>
                ) },
                { key: 'blueprint', header: t('tenancy.field.blueprint'), cell: ({ blueprint }) => t('tenancy.blueprint', { blueprint }) },
                { key: 'language', header: t('tenancy.field.language'), cell: ({ locale }) => t(`shell.language.${locale}`) },
                { key: 'status', header: t('tenancy.field.status'), cell: (tenant) => <StatusBadge status={tenant.status} /> },
                { key: 'created', header: t('tenancy.field.opened'), cell: ({ createdAt }) => format.date(createdAt) },
              ]}
            />
          </Card>
        )}
      <Pagination
        label={t('tenancy.pages')}
        previous={later ? { href: href(), label: t('tenancy.firstPage') } : undefined}
        next={next ? { href: href(next), label: t('tenancy.nextPage') } : undefined}
      />
    </>
  );
}
