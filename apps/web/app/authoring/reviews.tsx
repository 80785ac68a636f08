/** Courses whose authors wait for somebody to look at them. */
import { Anchor, Card, EmptyState, Page, PageHeader, Pagination } from '@milpa/ui';
import { listWaitingReviews } from '@milpa/catalog/contract';
import { managePath } from '../catalog/paths.ts';
import { load } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { Title } from '../shell/title.tsx';
import type { Route } from './+types/reviews';

export const handle = { words: ['catalog'] } satisfies ScreenHandle;

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('after');
  const { data, page } = await load(context, listWaitingReviews, { query: { limit: 20, ...(cursor && { cursor }) } });
  return { reviews: data.map(({ id, course, requestedBy, requestedAt }) => ({ id, course, by: requestedBy?.name ?? null, requestedAt })), next: page.next, first: cursor === null };
}

export default function Reviews({ loaderData: { reviews, next, first } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  return (
    <Page narrow>
      <Title>{t('authoring.reviews.title')}</Title>
      <PageHeader title={t('authoring.reviews.title')} lead={t('authoring.reviews.lead')} />
      {reviews.length === 0 ? <EmptyState illustration="harvest" title={t('authoring.reviews.none')} /> : (
        <ul className="flex flex-col gap-3">
          {reviews.map(({ id, course, by, requestedAt }) => (
            <li key={id}>
              <Card className="relative">
                <h2 className="text-lg"><Anchor href={`${managePath(course.id)}/publish`} className="no-underline after:absolute after:inset-0"><bdi>{course.title}</bdi></Anchor></h2>
                <p className="mt-1 text-sm text-ink-soft">{by && <><bdi>{by}</bdi> · </>}{format.dateTime(requestedAt)}</p>
              </Card>
            </li>
          ))}
        </ul>
      )}
      <Pagination label={t('catalog.pages')} previous={first ? undefined : { href: '/teaching/reviews', label: t('authoring.newest') }} next={next ? { href: `/teaching/reviews?after=${encodeURIComponent(next)}`, label: t('authoring.older') } : undefined} />
    </Page>
  );
}
