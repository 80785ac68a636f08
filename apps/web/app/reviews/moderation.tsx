/** Reviews that somebody reported, or that are hidden, for who moderates. */
import { data, redirect } from 'react-router';
import { Anchor, Card, EmptyState, Field, PageHeader, Pagination, SubmitButton, Tabs, TextInput } from '@milpa/ui';
import { hideReview, keepReview, listModeratedReviews } from '@milpa/learning/contract';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { reviewsPath } from './paths.ts';
import { Stars } from './stars.tsx';
import type { Route } from './+types/moderation';

const states = ['reported', 'hidden'] as const;

export async function loader({ context }: Route.LoaderArgs) {
  const { searchParams } = web(context).url;
  const state = states.find((one) => one === searchParams.get('state')) ?? 'reported';
  const cursor = searchParams.get('cursor') ?? undefined;
  const { data: reviews, page } = await load(context, listModeratedReviews, { query: { state, ...(cursor && { cursor }) } });
  return { reviews, next: page.next, state };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const params = { reviewId: String(form.get('reviewId')) };
  const { problem } = form.get('intent') === 'keep' ? await submit(context, keepReview, { params }) : await submit(context, hideReview, { params, body: { reason: String(form.get('reason')) } });
  return problem ? data({ problem }, { status: problem.status }) : redirect(new URL(request.url).pathname, 303);
}

export default function Moderation({ loaderData: { reviews, next, state }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="max-w-3xl">
      <Title>{t('reviews.moderation')}</Title>
      <PageHeader title={t('reviews.moderation')} lead={t('reviews.moderation.lead')} />
      <Tabs label={t('reviews.moderation.which')} items={states.map((one) => ({ href: one === 'reported' ? '/admin/reviews' : '/admin/reviews?state=hidden', label: t(`reviews.moderation.${one}`), current: one === state }))} />
      <ProblemSummary problem={actionData?.problem} />
      {reviews.length === 0 && <EmptyState illustration="harvest" title={t('reviews.moderation.none')} />}
      <ul className="flex flex-col gap-5">
        {reviews.map((review) => (
          <li key={review.id}>
            <Card>
              <h2 className="text-lg"><Anchor className="ui-link" href={reviewsPath(review.course.slug)}><bdi>{review.course.title}</bdi></Anchor></h2>
              <p className="my-1 flex flex-wrap items-center gap-x-4"><Stars rating={review.rating} /><span className="text-sm text-ink-soft"><bdi>{review.author}</bdi> · {format.date(review.createdAt)}</span></p>
              <p className="whitespace-pre-line wrap-anywhere" dir="auto">{review.body}</p>
              {review.hiddenReason && <p className="mt-3 text-sm"><span className="font-medium">{t('reviews.reason.hide')}</span> <bdi>{review.hiddenReason}</bdi></p>}
              {review.reports.length > 0 && <ul className="mt-3 border-s-4 border-clay ps-3 text-sm">{review.reports.map((report) => <li key={report.createdAt}><bdi>{report.reason}</bdi></li>)}</ul>}
              <div className="mt-4 flex flex-wrap items-end gap-4">
                <form method="post"><input type="hidden" name="intent" value="keep" /><input type="hidden" name="reviewId" value={review.id} /><SubmitButton>{t(review.hiddenAt ? 'reviews.showAgain' : 'reviews.keep')}</SubmitButton></form>
                {!review.hiddenAt && (
                  <form method="post" className="flex min-w-0 flex-1 basis-64 flex-wrap items-end gap-3"><input type="hidden" name="reviewId" value={review.id} />
                    <Field label={t('reviews.reason.hide')} className="min-w-0 flex-1 basis-48"><TextInput name="reason" maxLength={500} required dir="auto" /></Field><SubmitButton look="danger">{t('reviews.hide')}</SubmitButton></form>
                )}
              </div>
            </Card>
          </li>
        ))}
      </ul>
      <Pagination label={t('reviews.pages')} next={next ? { href: `/admin/reviews?${new URLSearchParams({ state, cursor: next })}`, label: t('reviews.next') } : undefined} />
    </div>
  );
}
