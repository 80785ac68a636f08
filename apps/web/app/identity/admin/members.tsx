import { Form } from 'react-router';
import { Anchor, Avatar, Badge, Button, Card, EmptyState, LinkButton, PageHeader, Pagination, Select, Table, TextInput, VisuallyHidden } from '@milpa/ui';
import { UserPlus } from 'lucide-react';
import { listMembers, listRoles } from '@milpa/identity/contract';
import { load, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { nameIn } from '../words.ts';
import type { Route } from './+types/members';

const statuses = ['active', 'suspended'] as const;
const sorts = ['name', 'newest'] as const;

export async function loader({ context }: Route.LoaderArgs) {
  const { locale, url, viewer } = web(context);
  const q = url.searchParams.get('q')?.slice(0, 200).trim() ?? '';
  const status = statuses.find((one) => one === url.searchParams.get('status'));
  const sort = sorts.find((one) => one === url.searchParams.get('sort')) ?? 'name';
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const { data: known } = viewer.permissions.includes('role:read') ? await load(context, listRoles) : { data: [] };
  const roles = known.filter(({ key }) => key !== 'visitor').map(({ id, name }) => ({ id, name: nameIn(locale, name) }));
  const roleId = roles.find(({ id }) => id === url.searchParams.get('roleId'))?.id;
  const { data, page } = await load(context, listMembers, { query: { sort, ...(q && { q }), ...(status && { status }), ...(roleId && { roleId }), ...(cursor && { cursor }), limit: 30 } });
  const members = data.map(({ roles: held, persona: _, ...member }) => ({ ...member, held: held.map(({ name }) => nameIn(locale, name)) }));
  return { members, next: page.next, q, status, sort, roles, roleId, later: cursor !== undefined, mayInvite: viewer.permissions.includes('invitation:create') };
}

export default function Members({ loaderData: { members, next, q, status, sort, roles, roleId, later, mayInvite } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const filter = new URLSearchParams({ ...(q && { q }), ...(status && { status }), ...(roleId && { roleId }), ...(sort !== 'name' && { sort }) });
  const href = (cursor?: string) => `/admin/members?${new URLSearchParams([...filter, ...(cursor ? [['cursor', cursor]] : [])])}`;
  return (
    <>
      <Title>{t('identity.members.title')}</Title>
      <PageHeader
        title={t('identity.members.title')}
        actions={mayInvite && <LinkButton href="/admin/invitations" look="primary" icon={<UserPlus aria-hidden="true" />}>{t('identity.members.invite')}</LinkButton>}
      />
      <Form className="mb-5 flex flex-wrap items-end gap-3" role="search">
        <label className="min-w-0 basis-full"><VisuallyHidden>{t('identity.members.search')}</VisuallyHidden>
          <TextInput type="search" name="q" defaultValue={q} placeholder={t('identity.members.search')} />
        </label>
        <label className="flex-1 basis-36 sm:flex-none sm:basis-44"><VisuallyHidden>{t('identity.members.status')}</VisuallyHidden>
          <Select name="status" defaultValue={status ?? ''}>
            <option value="">{t('identity.members.all')}</option>
            {statuses.map((one) => <option key={one} value={one}>{t(`identity.memberStatus.${one}`)}</option>)}
          </Select>
        </label>
        {roles.length > 0 && (
          <label className="flex-1 basis-36 sm:flex-none sm:basis-44"><VisuallyHidden>{t('identity.members.role')}</VisuallyHidden>
            <Select name="roleId" defaultValue={roleId ?? ''}>
              <option value="">{t('identity.members.anyRole')}</option>
              {roles.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </Select>
          </label>
        )}
        <label className="flex-1 basis-36 sm:flex-none sm:basis-44"><VisuallyHidden>{t('identity.members.sort')}</VisuallyHidden>
          <Select name="sort" defaultValue={sort}>
            {sorts.map((one) => <option key={one} value={one}>{t(`identity.members.sort.${one}`)}</option>)}
          </Select>
        </label>
        <Button type="submit">{t('identity.members.find')}</Button>
      </Form>
      {members.length === 0
        ? (
          <EmptyState illustration="search" title={t('identity.members.none')} action={<LinkButton href="/admin/members">{t('identity.members.showAll')}</LinkButton>}>
            <p>{t('identity.members.noneText')}</p>
          </EmptyState>
        )
        : (
          <Card flush>
            <Table
              caption={t('identity.members.title')}
              rows={members}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: 'name', header: t('identity.field.name'), primary: true, cell: ({ id, name, email }) => (
                    <span className="flex items-center gap-3">
                      <Avatar name={name} />
                      <span className="min-w-0">
                        <Anchor className="ui-link block" href={`/admin/members/${id}`}><bdi>{name}</bdi></Anchor>
                        <bdi className="block text-sm font-normal break-all text-ink-soft">{email}</bdi>
                      </span>
                    </span>
                  ),
                },
                { key: 'roles', header: t('identity.member.roles'), cell: ({ held }) => (held.length > 0 ? format.list(held) : '–') },
                { key: 'status', header: t('identity.members.status'), cell: ({ status: state }) => <MemberStatusBadge status={state} /> },
                { key: 'joined', header: t('identity.members.joined'), cell: ({ joinedAt }) => format.date(joinedAt) },
              ]}
            />
          </Card>
        )}
      <Pagination
        label={t('identity.pages')}
        previous={later ? { href: href(), label: t('identity.firstPage') } : undefined}
        next={next ? { href: href(next), label: t('identity.nextPage') } : undefined}
      />
    </>
  );
}

export function MemberStatusBadge({ status }: { status: (typeof statuses)[number] }) {
  const t = useT();
  return <Badge tone={status === 'active' ? 'leaf' : 'clay'}>{t(`identity.memberStatus.${status}`)}</Badge>;
}
