/** A list of people to invite, line by line: what would become of it, how far it is, what became of it. */
import { redirect } from 'react-router';
import { Badge, Breadcrumbs, Button, Card, LinkButton, Notice, PageHeader, Pagination, Progress, Stack, SubmitButton, Table, type Tone } from '@milpa/ui';
import { discardBulkInvitation, getBulkInvitation, listBulkInvitationLines, startBulkInvitation } from '@milpa/identity/contract';
import { Download } from 'lucide-react';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { LineFilters } from '../../shell/line-filters.tsx';
import { useLookingAgain } from '../../shell/look-again.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { readForm, refused } from '../form.ts';
import { nameIn } from '../words.ts';
import type { Route } from './+types/invite-list';

const kinds = ['invite', 'invited', 'already_member', 'already_invited', 'duplicate', 'no_such_role', 'not_allowed', 'bad_address', 'bad_date', 'bad_language', 'no_place', 'mailed_often', 'over_budget', 'failed'] as const;
type Kind = (typeof kinds)[number];
const tones: Partial<Record<Kind, Tone>> = { invite: 'leaf', invited: 'leaf', already_member: 'neutral', already_invited: 'neutral', duplicate: 'neutral' };

export async function loader({ context, params: { bulkId } }: Route.LoaderArgs) {
  const { locale, url, viewer } = web(context);
  const kind = kinds.find((one) => one === url.searchParams.get('kind'));
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const params = { bulkInvitationId: bulkId };
  const [list, lines] = await Promise.all([load(context, getBulkInvitation, { params }), load(context, listBulkInvitationLines, { params, query: { limit: 100, ...(kind && { kind }), ...(cursor && { cursor }) } })]);
  return {
    list, kind, next: lines.page.next, later: cursor !== undefined, may: { invite: viewer.permissions.includes('invitation:create') },
    lines: lines.data.map(({ line, name, email, role, roleText, rolesExpireAt, forecast, outcome }) => ({ line, name, email, role: role ? nameIn(locale, role.name) : roleText, rolesExpireAt, state: outcome ?? forecast })),
  };
}

export async function action({ context, params: { bulkId }, request }: Route.ActionArgs) {
  const discard = (await readForm(request)).text('intent') === 'discard';
  const params = { bulkInvitationId: bulkId };
  const { problem } = discard ? await submit(context, discardBulkInvitation, { params }) : await submit(context, startBulkInvitation, { params });
  return problem ? refused(problem) : redirect(discard ? '/admin/invitations/many' : `/admin/invitations/many/${bulkId}`, 303);
}

export default function InviteList({ loaderData: { list, lines, next, later, kind, may }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const base = `/admin/invitations/many/${list.id}`;
  useLookingAgain(list.status === 'running');
  const found = list.status === 'draft' ? list.forecasts : list.outcomes;
  const counts = kinds.flatMap((name) => { const count = found.find((one) => one.kind === name)?.count; return count ? [{ name, count }] : []; });
  const willDo = counts.find(({ name }) => name === 'invite')?.count ?? 0;
  const title = list.fileName || t('identity.many.pasted');
  return (
    <>
      <Title>{title}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('identity.wayBack')} items={[{ href: '/admin/invitations', label: t('identity.invitations.title') }, { href: '/admin/invitations/many', label: t('identity.many.title') }]} />}
        title={<bdi className="wrap-anywhere">{title}</bdi>} lead={t('identity.many.lineCount', { n: list.lineCount })}
      />
      <Stack>
        <ProblemSummary problem={actionData?.problem} />
        {list.status === 'running' && (
          <Card>
            <p role="status" className="mb-2">{t('identity.many.running')}</p>
            <Progress value={list.doneCount} max={list.lineCount} label={t('identity.many.running')} text={t('identity.many.progress', { done: list.doneCount, all: list.lineCount })} />
            <p className="mt-2 text-ink-soft">{t('identity.many.leave')}</p>
            <LinkButton href={base}>{t('identity.many.refresh')}</LinkButton>
          </Card>
        )}
        {list.status === 'draft' && (
          <Notice title={willDo === 0 ? t('identity.many.nobody') : t('identity.many.ready', { n: willDo })}>
            <p>{t('identity.many.check')}</p>
            {may.invite && (
              <form method="post" className="ui-cluster mt-3">
                {willDo > 0 && <SubmitButton look="primary">{t('identity.many.start', { n: willDo })}</SubmitButton>}
                <Button type="submit" name="intent" value="discard">{t('identity.many.discard')}</Button>
              </form>
            )}
          </Notice>
        )}
        {list.status === 'done' && (
          <Notice tone="success" title={t('identity.many.done')} live actions={<LinkButton href={`/api/v1/bulk-invitations/${list.id}/report`} icon={<Download aria-hidden="true" />} download>{t('identity.many.report')}</LinkButton>}>
            <p>{t('identity.many.mails')}</p>
          </Notice>
        )}
        <LineFilters label={t('identity.many.filter')} base={base} chosen={kind} all={{ label: t('identity.many.all'), count: list.lineCount }} kinds={counts.map(({ name, count }) => ({ name, label: t(`identity.line.${name}`), count }))} />
        <Card flush>
          <Table
            caption={t('identity.many.lines')} rows={lines} rowKey={({ line }) => String(line)}
            columns={[
              { key: 'email', header: t('identity.field.email'), primary: true, cell: ({ email }) => <bdi className="break-all">{email || '–'}</bdi> },
              { key: 'name', header: t('identity.field.name'), cell: ({ name }) => <bdi>{name || '–'}</bdi> },
              { key: 'role', header: t('identity.members.role'), cell: ({ role, rolesExpireAt }) => <span><bdi>{role || '–'}</bdi>{rolesExpireAt && <span className="block text-sm text-ink-soft">{t('identity.many.until', { date: format.date(new Date(Date.parse(rolesExpireAt) - 1).toISOString()) })}</span>}</span> },
              { key: 'state', header: t('identity.many.becomes'), cell: ({ state }) => <Badge tone={tones[state] ?? 'clay'}>{t(`identity.line.${state}`)}</Badge> },
              { key: 'line', header: t('identity.many.line'), align: 'end', cell: ({ line }) => format.number(line) },
            ]}
          />
        </Card>
        <Pagination
          label={t('identity.pages')} previous={later ? { href: kind ? `${base}?kind=${kind}` : base, label: t('identity.firstPage') } : undefined}
          next={next ? { href: `${base}?${new URLSearchParams({ ...(kind && { kind }), cursor: next })}`, label: t('identity.nextPage') } : undefined}
        />
      </Stack>
    </>
  );
}
