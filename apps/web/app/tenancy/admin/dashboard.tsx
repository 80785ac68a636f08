import { Anchor, Avatar, Card, EmptyState, LinkButton, Notice, PageHeader, Section, TextLink } from '@milpa/ui';
import { BookOpen, Settings, ShieldCheck, UserPlus, Users, type LucideIcon } from 'lucide-react';
import { data } from 'react-router';
import { listInvitations, listMembers } from '@milpa/identity/contract';
import { listCourseStatistics } from '@milpa/learning/contract';
import { getUsage, listAuditEntries } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useFormat, useT, type PlainMessageKey } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { AuditList } from '../audit-list.tsx';
import { UsageBars, tightLimits } from '../usage-bars.tsx';
import type { Route } from './+types/dashboard';

const links = [
  { href: '/admin/members', permission: 'member:read', label: 'tenancy.admin.members', icon: Users },
  { href: '/admin/invitations', permission: 'invitation:create', label: 'tenancy.dashboard.invite', icon: UserPlus },
  { href: '/teaching', permission: 'course:create', label: 'tenancy.dashboard.courses', icon: BookOpen },
  { href: '/admin/roles', permission: 'role:read', label: 'tenancy.admin.roles', icon: ShieldCheck },
  { href: '/admin/settings', permission: 'tenant:update', label: 'tenancy.admin.settings', icon: Settings },
] as const satisfies { href: string; permission: string; label: PlainMessageKey; icon: LucideIcon }[];

export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, viewer } = web(context);
  const may = (permission: string) => viewer.permissions.includes(permission);
  // Who administers nothing has no overview of it.
  if (!['member:read', 'tenant:read', 'audit:read', 'role:read', 'invitation:read'].some(may)) throw data(null, { status: 404 });
  const [usage, invitations, audit, courses, members] = await Promise.all([
    may('tenant:read') ? load(context, getUsage) : null,
    may('invitation:read') ? load(context, listInvitations, { query: { status: 'pending', limit: 100 } }) : null,
    may('audit:read') ? load(context, listAuditEntries, { query: { limit: 8 } }) : null,
    may('course:update') ? load(context, listCourseStatistics) : null,
    may('member:read') ? load(context, listMembers, { query: { sort: 'newest', status: 'active', limit: 5 } }) : null,
  ]);
  return {
    organisation: tenant?.name ?? '', name: viewer.name, now: web(context).now.toISOString(), usage,
    links: links.filter(({ permission }) => may(permission)).map(({ href }) => href as string),
    waiting: invitations?.data.filter(({ expired }) => !expired).length ?? 0,
    expired: invitations?.data.filter(({ expired }) => expired).length ?? 0,
    learning: courses && {
      published: courses.data.filter(({ status }) => status === 'published').length,
      drafts: courses.data.filter(({ status }) => status === 'draft').length,
      enrolled: courses.data.reduce((sum, course) => sum + course.enrolled, 0),
      completed: courses.data.reduce((sum, course) => sum + course.completed, 0),
    },
    newest: members?.data.map(({ id, name, joinedAt }) => ({ id, name, joinedAt })) ?? [],
    recent: audit && audit.data.map(({ id, at, action, memberId, memberName, actorKind, outcome }) => ({
      id, at, action, who: memberName, whoHref: memberId && memberName && may('member:read') ? `/admin/members/${memberId}` : undefined,
      system: actorKind === 'system', refused: outcome === 'refused',
    })),
  };
}

type Data = Route.ComponentProps['loaderData'];

export default function Dashboard({ loaderData }: Route.ComponentProps) {
  const t = useT();
  const { organisation, name, usage, learning, newest, recent, now } = loaderData;
  return (
    <>
      <Title>{t('tenancy.admin.overview')}</Title>
      <PageHeader title={organisation} lead={name && t('tenancy.dashboard.welcome', { name })} />
      <QuickLinks shown={loaderData.links} />
      <Attention {...loaderData} />
      {usage && <Section title={t('tenancy.dashboard.usage')}><Card><UsageBars {...usage} /></Card></Section>}
      {learning && <Section title={t('tenancy.dashboard.learning')}><Learning {...learning} /></Section>}
      {newest.length > 0 && (
        <Section title={t('tenancy.dashboard.newest')} actions={<TextLink href="/admin/members?sort=newest">{t('tenancy.dashboard.allMembers')}</TextLink>}>
          <Newest members={newest} now={now} />
        </Section>
      )}
      {recent && (
        <Section title={t('tenancy.dashboard.recent')} actions={<TextLink href="/admin/audit">{t('tenancy.dashboard.allEvents')}</TextLink>}>
          {recent.length > 0 ? <AuditList lines={recent} now={now} /> : <EmptyState title={t('tenancy.audit.none')} />}
        </Section>
      )}
    </>
  );
}

function QuickLinks({ shown }: { shown: string[] }) {
  const t = useT();
  const visible = links.filter(({ href }) => shown.includes(href));
  if (visible.length === 0) return null;
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      {visible.map(({ href, label, icon: Icon }) => (
        <li key={href}>
          <Anchor href={href} className="flex h-full items-center gap-3 rounded-(--round-l) border border-line bg-surface p-4 font-medium hover:border-line-strong">
            <Icon aria-hidden="true" className="shrink-0 text-accent-text" />{t(label)}
          </Anchor>
        </li>
      ))}
    </ul>
  );
}

/** What somebody should look at; nothing when all is well. */
function Attention({ usage, waiting, expired, learning }: Data) {
  const t = useT();
  const tight = usage ? tightLimits(usage) : [];
  const nothingPublished = learning !== null && learning.published === 0;
  if (tight.length === 0 && expired === 0 && waiting === 0 && !nothingPublished) return null;
  return (
    <Section title={t('tenancy.dashboard.attention')}>
      <div className="ui-stack ui-gap-s">
        {tight.map((what) => <Notice key={what} tone="warning">{t(`tenancy.dashboard.tight.${what}`)}</Notice>)}
        {nothingPublished && <Notice actions={<LinkButton href="/teaching" size="small">{t('tenancy.dashboard.courses')}</LinkButton>}>{t('tenancy.dashboard.nothingPublished')}</Notice>}
        {expired > 0 && <Notice tone="warning" actions={<LinkButton href="/admin/invitations" size="small">{t('tenancy.dashboard.seeInvitations')}</LinkButton>}>{t('tenancy.dashboard.expired', { count: expired })}</Notice>}
        {waiting > 0 && <Notice>{t('tenancy.dashboard.waiting', { count: waiting })}</Notice>}
      </div>
    </Section>
  );
}

function Newest({ members, now }: { members: Data['newest']; now: string }) {
  const format = useFormat();
  return (
    <Card flush>
      <ul className="divide-y divide-line">
        {members.map(({ id, name, joinedAt }) => (
          <li key={id} className="flex items-center gap-3 px-4 py-3">
            <Avatar name={name} />
            <Anchor className="ui-link min-w-0 flex-1" href={`/admin/members/${id}`}><bdi>{name}</bdi></Anchor>
            <time dateTime={joinedAt} title={format.dateTime(joinedAt, 'long')} className="text-sm whitespace-nowrap text-ink-soft">{format.relative(joinedAt, now)}</time>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Learning(numbers: NonNullable<Data['learning']>) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {(['published', 'drafts', 'enrolled', 'completed'] as const).map((what) => (
        <Card key={what}>
          <p className="text-sm text-ink-soft">{t(`tenancy.dashboard.count.${what}`)}</p>
          <p className="text-3xl font-semibold">{format.number(numbers[what])}</p>
        </Card>
      ))}
    </div>
  );
}
