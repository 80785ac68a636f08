/** What was written to the reader, and by them. */
import { Anchor, Avatar, Badge, Card, EmptyState, Page, PageHeader, Pagination, Tabs, VisuallyHidden } from '@milpa/ui';
import { listThreads } from '@milpa/messaging/contract';
import { load, membersOnly, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { Title } from '../shell/title.tsx';
import type { Route } from './+types/inbox';

const states = ['all', 'unread', 'waiting'] as const;

export async function loader({ context }: Route.LoaderArgs) {
  membersOnly(context);
  const { url, now } = web(context);
  const state = states.find((one) => one === url.searchParams.get('state')) ?? 'all';
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const { data, page } = await load(context, listThreads, { query: { state, limit: 30, ...(cursor && { cursor }) } });
  return { threads: data, next: page.next, state, later: cursor !== undefined, now: now.toISOString() };
}

export default function Inbox({ loaderData: { threads, next, state, later, now } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const none = threads.length === 0 && !later;
  return (
    <Page narrow>
      <Title>{t('messaging.title')}</Title>
      <PageHeader title={t('messaging.title')} lead={t('messaging.lead')} />
      <Tabs label={t('messaging.which')} items={states.map((one) => ({ href: one === 'all' ? '/messages' : `/messages?state=${one}`, label: t(`messaging.state.${one}`), current: one === state }))} />
      {none ? <EmptyState title={t(`messaging.none.${state}`)}>{state === 'all' && <p>{t('messaging.noneText')}</p>}</EmptyState> : (
        <Card flush>
          <ul>
            {threads.map((thread) => (
              <li key={thread.id} className="relative flex items-start gap-3 border-b border-line p-4 last:border-0 hover:bg-sunk" data-unread={thread.unread > 0 || undefined}>
                <Avatar name={thread.with.name} />
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm text-ink-soft">
                    <span className="min-w-0"><bdi>{thread.with.name}</bdi> · <bdi>{thread.course.title}</bdi></span><time dateTime={thread.lastMessageAt}>{format.relative(thread.lastMessageAt, now)}</time>
                  </p>
                  <h2 className={thread.unread > 0 ? 'text-base font-semibold' : 'text-base font-normal'}><Anchor href={`/messages/${thread.id}`} className="no-underline after:absolute after:inset-0"><bdi>{thread.subject}</bdi></Anchor></h2>
                  <p className="flex gap-1 text-sm text-ink-soft">{thread.last.mine && <span>{t('messaging.you')}</span>}<span className="min-w-0 truncate" dir="auto">{thread.last.excerpt}</span></p>
                </div>
                {thread.unread > 0 && <Badge tone="squash">{format.number(thread.unread)}<VisuallyHidden> {t('messaging.unread')}</VisuallyHidden></Badge>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Pagination
        label={t('messaging.pages')} previous={later ? { href: `/messages?state=${state}`, label: t('messaging.newest') } : undefined}
        next={next ? { href: `/messages?${new URLSearchParams({ state, cursor: next })}`, label: t('messaging.older') } : undefined}
      />
    </Page>
  );
}
