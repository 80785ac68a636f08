import { Anchor, Avatar, Card, EmptyState, LineChart, LinkButton, Notice, PageHeader, Section, Table, TextLink } from '@milpa/ui';
import { UserPlus } from 'lucide-react';
import { data, redirect } from 'react-router';
import { listWaitingReviews } from '@milpa/catalog/contract';
import { listInvitations, listMembers, listSupportAccesses } from '@milpa/identity/contract';
import { getActivity, listCourseStatistics, listModeratedReviews } from '@milpa/learning/contract';
import { listThreadReports } from '@milpa/messaging/contract';
import { getUsage, listAuditEntries } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { AuditList } from '../audit-list.tsx';
import { UsageBars, tightLimits } from '../usage-bars.tsx';
import { adminPaths } from './sections.ts';
import type { Route } from './+types/dashboard';

const spans = [30, 90] as const;

export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, viewer, url, now } = web(context);
  const may = (permission: string) => viewer.permissions.includes(permission);
  // Who administers one part begins there, and who administers nothing has no overview of it.
  const [first] = adminPaths(viewer.permissions);
  if (first !== '/admin') throw first ? redirect(first) : data(null, { status: 404 });
  const span = spans.find((days) => String(days) === url.searchParams.get('days')) ?? 30;
  const [usage, activity, invitations, waiting, threads, reviews, courses, audit, members, support] = await Promise.all([
    may('tenant:read') ? load(context, getUsage) : null,
    may('activity:read') ? load(context, getActivity, { query: { days: span } }) : null,
    may('invitation:read') ? load(context, listInvitations, { query: { status: 'pending', limit: 100 } }) : null,
    may('course:review') ? load(context, listWaitingReviews, { query: { limit: most } }) : null,
    may('message:moderate') ? load(context, listThreadReports, { query: { limit: most } }) : null,
    may('review:moderate') ? load(context, listModeratedReviews, { query: { state: 'reported', limit: most } }) : null,
    may('course:update') ? load(context, listCourseStatistics) : null,
    may('audit:read') ? load(context, listAuditEntries, { query: { limit: 8 } }) : null,
    may('member:read') ? load(context, listMembers, { query: { sort: 'newest', status: 'active', limit: 5 } }) : null,
    may('support:manage') ? load(context, listSupportAccesses) : null,
  ]);
  return {
    organisation: tenant?.name ?? '', name: viewer.name, now: now.toISOString(), usage, activity, span,
    mayInvite: may('invitation:create'),
    waits: { review: counted(waiting), threads: counted(threads), reviews: counted(reviews) },
    invited: invitations?.data.filter(({ expired }) => !expired).length ?? 0,
    expired: invitations?.data.filter(({ expired }) => expired).length ?? 0,
    supportAsks: support?.data.find(({ state }) => state === 'requested')?.operatorName ?? null,
    nothingPublished: courses !== null && !courses.data.some(({ status }) => status === 'published'),
    newest: members?.data.map(({ id, name: who, joinedAt }) => ({ id, name: who, joinedAt })) ?? [],
    recent: audit && audit.data.map(({ id, at, action, memberId, memberName, supportName, actorKind, outcome }) => ({
      id, at, action, who: memberName, support: supportName, whoHref: memberId && memberName && may('member:read') ? `/admin/members/${memberId}` : undefined,
      system: actorKind === 'system', refused: outcome === 'refused',
    })),
  };
}

/** So many are counted; there may be more. */
const most = 20;
const counted = (list: { data: unknown[]; page: { next: string | null } } | null) => ({ count: list?.data.length ?? 0, more: Boolean(list?.page.next) });

type Data = Route.ComponentProps['loaderData'];

export default function Dashboard({ loaderData }: Route.ComponentProps) {
  const t = useT();
  const { organisation, name, mayInvite, usage, activity, span, newest, recent, now } = loaderData;
  return (
    <>
      <Title>{t('tenancy.admin.overview')}</Title>
      <PageHeader
        title={organisation} lead={name && t('tenancy.dashboard.welcome', { name })}
        actions={mayInvite && <LinkButton href="/admin/invitations" look="primary" icon={<UserPlus aria-hidden="true" />}>{t('tenancy.dashboard.invite')}</LinkButton>}
      />
      <Attention {...loaderData} />
      {activity && (
        <Section
          title={t('tenancy.dashboard.learning')}
          actions={(
            <div className="flex flex-wrap gap-2">
              {spans.map((days) => (
                <LinkButton key={days} href={`/admin?days=${days}`} size="small" look={days === span ? 'secondary' : 'quiet'} aria-current={days === span || undefined}>{t('tenancy.dashboard.activity.span', { days })}</LinkButton>
              ))}
            </div>
          )}
        >
          <ActivityFigures activity={activity} span={span} />
        </Section>
      )}
      {usage && <Section title={t('tenancy.dashboard.usage')} actions={<TextLink href="/admin/limits">{t('tenancy.dashboard.seeLimits')}</TextLink>}><Card><UsageBars {...usage} /></Card></Section>}
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

/** What somebody should look at, or that all is well. */
function Attention({ usage, waits, invited, expired, nothingPublished, supportAsks }: Data) {
  const t = useT();
  const format = useFormat();
  const tight = usage ? tightLimits(usage) : [];
  const reported = [
    { what: 'review', href: '/teaching/reviews', see: 'tenancy.dashboard.seeReview' },
    { what: 'threads', href: '/admin/message-reports', see: 'tenancy.dashboard.seeReports' },
    { what: 'reviews', href: '/admin/reviews', see: 'tenancy.dashboard.seeReports' },
  ] as const;
  const shown = reported.filter(({ what }) => waits[what].count > 0);
  const well = tight.length === 0 && shown.length === 0 && invited === 0 && expired === 0 && !nothingPublished && supportAsks === null;
  const seeInvitations = <LinkButton href="/admin/invitations" size="small">{t('tenancy.dashboard.seeInvitations')}</LinkButton>;
  if (well) return <div className="mt-6"><Notice tone="success">{t('tenancy.dashboard.well')}</Notice></div>;
  return (
    <Section title={t('tenancy.dashboard.attention')}>
      <div className="ui-stack ui-gap-s">
        {tight.map((what) => <Notice key={what} tone="warning" actions={<LinkButton href="/admin/limits" size="small">{t('tenancy.dashboard.seeLimits')}</LinkButton>}>{t(`tenancy.dashboard.tight.${what}`)}</Notice>)}
        {shown.map(({ what, href, see }) => (
          <Notice key={what} tone="warning" actions={<LinkButton href={href} size="small">{t(see)}</LinkButton>}>
            {t(`tenancy.dashboard.${what}`, { count: waits[what].count, shown: `${format.number(waits[what].count)}${waits[what].more ? '+' : ''}` })}
          </Notice>
        ))}
        {supportAsks !== null && <Notice tone="warning" actions={<LinkButton href="/admin/support-access" size="small">{t('tenancy.dashboard.seeSupport')}</LinkButton>}>{t('tenancy.dashboard.supportAsks', { name: supportAsks })}</Notice>}
        {nothingPublished && <Notice actions={<LinkButton href="/teaching" size="small">{t('tenancy.dashboard.courses')}</LinkButton>}>{t('tenancy.dashboard.nothingPublished')}</Notice>}
        {expired > 0 && <Notice tone="warning" actions={seeInvitations}>{t('tenancy.dashboard.expired', { count: expired })}</Notice>}
        {invited > 0 && <Notice actions={expired > 0 ? undefined : seeInvitations}>{t('tenancy.dashboard.waiting', { count: invited })}</Notice>}
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

/** What was learned in these days: the sums, and day by day as a chart and a table. */
function ActivityFigures({ activity: { total, before, days }, span }: { activity: NonNullable<Data['activity']>; span: number }) {
  const t = useT();
  const format = useFormat();
  // A day has no time of its own: at noon it is the same day everywhere that it is written for.
  const dayName = (day: string) => format.date(`${day}T12:00:00Z`);
  const busy = days.filter((day) => day.activeLearners + day.enrolled + day.completed + day.lessonsCompleted > 0).toReversed();
  const shown = ['activeLearners', 'enrolled', 'lessonsCompleted', 'completed'] as const;
  return (
    <div className="ui-stack">
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {shown.map((what) => (
          <Card key={what}>
            <dt className="text-sm text-ink-soft">{t(`tenancy.dashboard.activity.${what}`)}</dt>
            <dd>
              <p className="text-3xl font-semibold tabular-nums">{format.number(total[what])}</p>
              <p className="text-sm text-ink-soft">{what === 'activeLearners' ? t('tenancy.dashboard.activity.each') : t('tenancy.dashboard.activity.before', { before: format.number(before[what]), days: span })}</p>
            </dd>
          </Card>
        ))}
      </dl>
      <Card>
        {busy.length === 0 ? <p className="text-ink-soft">{t('tenancy.dashboard.activity.none')}</p> : (
          <LineChart
            label={t('tenancy.dashboard.activity.label', { days: span })} from={dayName(days[0]!.day)} to={dayName(days.at(-1)!.day)} formatMax={format.number}
            series={([['activeLearners', 'leaf'], ['enrolled', 'squash'], ['completed', 'night']] as const).map(([key, tone]) => ({ key, tone, label: t(`tenancy.dashboard.activity.${key}`), values: days.map((day) => day[key]) }))}
            tableLabel={t('tenancy.dashboard.activity.table')}
            table={(
              <Table
                caption={t('tenancy.dashboard.activity.caption')} rowKey={({ day }) => day} rows={busy}
                columns={[
                  { key: 'day', header: t('tenancy.dashboard.activity.day'), primary: true, cell: ({ day }) => dayName(day) },
                  ...shown.map((key) => ({ key, header: t(`tenancy.dashboard.activity.${key}`), align: 'end' as const, cell: (day: (typeof days)[number]) => format.number(day[key]) })),
                ]}
              />
            )}
          />
        )}
      </Card>
    </div>
  );
}
