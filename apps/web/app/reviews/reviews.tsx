/** All reviews of a course, and the reader's own. */
import { data, redirect } from 'react-router';
import { Breadcrumbs, Button, EmptyState, Field, Fieldset, Notice, Page, PageHeader, Pagination, Radio, Section, Select, SubmitButton, TextArea, TextInput, VisuallyHidden } from '@milpa/ui';
import { answerReview, deleteMyReview, getMyReview, hideReview, listReviews, putMyReview, reportReview, type CourseReview } from '@milpa/learning/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { courseToRead } from '../catalog/course-to-read.ts';
import { coursePath } from '../catalog/paths.ts';
import { load, submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { reviewsPath } from './paths.ts';
import { RatingSummary } from './rating-summary.tsx';
import { ReviewCard } from './review-card.tsx';
import type { Route } from './+types/reviews';

const sorts = ['newest', 'highest', 'lowest'] as const;

export async function loader({ context, params }: Route.LoaderArgs) {
  const { url, viewer } = web(context);
  const { id, slug, title, language } = await courseToRead(context, params.course);
  const sort = sorts.find((one) => one === url.searchParams.get('sort')) ?? 'newest';
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const writes = viewer.kind === 'member' && viewer.permissions.includes('review:write:own');
  const [reviews, mine] = await Promise.all([
    load(context, listReviews, { params: { courseId: id }, query: { sort, ...(cursor && { cursor }) } }), writes ? load(context, getMyReview, { params: { courseId: id } }) : null,
  ]);
  const said = ['thanks', 'reported', 'hidden', 'answered'] as const;
  return { course: { id, slug, title, language }, reviews: reviews.data, summary: reviews.summary, next: reviews.page.next, later: cursor !== undefined, sort, mine, said: said.find((one) => url.searchParams.has(one)) ?? null };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const { id: courseId } = await courseToRead(context, params.course);
  const reviewId = text('reviewId');
  const done = async (work: Promise<{ problem?: ProblemDocument }>, said: string) => {
    const { problem } = await work;
    return problem ? data({ problem }, { status: problem.status }) : redirect(`${reviewsPath(params.course)}${said && `?${said}`}`, 303);
  };
  switch (text('intent')) {
    case 'remove': return done(submit(context, deleteMyReview, { params: { courseId } }), '');
    case 'report': return done(submit(context, reportReview, { params: { courseId, reviewId }, body: { reason: text('reason') } }), 'reported');
    case 'hide': return done(submit(context, hideReview, { params: { reviewId }, body: { reason: text('reason') } }), 'hidden');
    case 'answer': return done(submit(context, answerReview, { params: { courseId, reviewId }, body: { answer: text('answer') || null } }), 'answered');
    default: return done(submit(context, putMyReview, { params: { courseId }, body: { rating: Number(text('rating')), body: text('body') } }), 'thanks');
  }
}

export default function Reviews({ loaderData: { course, reviews, summary, next, later, sort, mine, said }, actionData }: Route.ComponentProps) {
  const t = useT();
  const href = (cursor?: string) => `${reviewsPath(course.slug)}?${new URLSearchParams({ sort, ...(cursor && { cursor }) })}`;
  return (
    <Page narrow>
      <Title>{t('reviews.of', { course: course.title })}</Title>
      <PageHeader before={<Breadcrumbs label={t('reviews.crumbs')} items={[{ href: coursePath(course.slug), label: <bdi lang={course.language}>{course.title}</bdi> }]} />} title={t('reviews.title')} />
      <div className="mb-4 flex flex-col gap-3 empty:hidden">
        <ProblemSummary problem={actionData?.problem} />
        {said && <Notice tone="success" live>{t(`reviews.said.${said}`)}</Notice>}
      </div>
      <RatingSummary summary={summary} />
      {mine && (mine.may === 'write' ? <MyReview review={mine.review} /> : <p className="mt-6 text-ink-soft">{t(`reviews.may.${mine.may}`)}</p>)}
      <Section
        title={t('reviews.what')} className="mt-8"
        actions={summary.count > 1 && (
          <form method="get" action={reviewsPath(course.slug)} className="flex items-end gap-2">
            <label><VisuallyHidden>{t('reviews.sort')}</VisuallyHidden><Select name="sort" defaultValue={sort}>{sorts.map((one) => <option key={one} value={one}>{t(`reviews.sort.${one}`)}</option>)}</Select></label>
            <Button type="submit">{t('reviews.show')}</Button>
          </form>
        )}
      >
        {reviews.length === 0 ? <EmptyState title={t('reviews.none')} headingLevel={3} /> : <ul className="flex flex-col gap-4">{reviews.map((review) => <li key={review.id}><ReviewCard review={review}><Actions review={review} /></ReviewCard></li>)}</ul>}
        <Pagination label={t('reviews.pages')} previous={later ? { href: href(), label: t('reviews.first') } : undefined} next={next ? { href: href(next), label: t('reviews.next') } : undefined} />
      </Section>
    </Page>
  );
}

function MyReview({ review }: { review: { rating: number; body: string; hiddenReason: string | null } | null }) {
  const t = useT();
  return (
    <Section title={t(review ? 'reviews.yours' : 'reviews.write')} className="mt-8">
      {review?.hiddenReason && <Notice tone="warning" title={t('reviews.hidden')}><bdi>{review.hiddenReason}</bdi></Notice>}
      <form method="post" className="ui-stack">
        <Fieldset id="body.rating" label={t('reviews.rate')}>
          <div className="flex flex-wrap gap-x-6">{[5, 4, 3, 2, 1].map((rating) => <Radio key={rating} name="rating" value={rating} defaultChecked={review?.rating === rating} required label={t('reviews.stars', { n: rating })} />)}</div>
        </Fieldset>
        <Field id="body.body" label={t('reviews.text')} hint={t('reviews.textHint')}><TextArea name="body" rows={4} maxLength={4000} dir="auto" defaultValue={review?.body} /></Field>
        <div className="ui-cluster">
          <SubmitButton look="primary">{t(review ? 'reviews.change' : 'reviews.publish')}</SubmitButton>
          {review && !review.hiddenReason && <Button type="submit" look="quiet" name="intent" value="remove" formNoValidate>{t('reviews.takeBack')}</Button>}
        </div>
      </form>
    </Section>
  );
}

/** What the reader may do with somebody else's review: each behind its word, so that the texts stay calm. */
function Actions({ review: { id, answer, abilities } }: { review: CourseReview }) {
  const t = useT();
  const summary = 'flex min-h-(--tap) w-fit cursor-pointer items-center text-ink-soft underline';
  if (!abilities.answer && !abilities.report && !abilities.hide) return null;
  return (
    <div className="mt-3 flex flex-wrap gap-x-6 text-sm">
      {abilities.answer && (
        <details className="open:basis-full"><summary className={summary}>{t(answer ? 'reviews.changeAnswer' : 'reviews.answer')}</summary>
          <form method="post" className="ui-stack mt-2"><input type="hidden" name="intent" value="answer" /><input type="hidden" name="reviewId" value={id} />
            <Field label={t('reviews.yourAnswer')} hint={t('reviews.answerHint')}><TextArea name="answer" rows={3} maxLength={4000} dir="auto" defaultValue={answer?.body} /></Field><div><SubmitButton>{t('reviews.publish')}</SubmitButton></div></form>
        </details>
      )}
      {abilities.report && <WithReason intent="report" id={id} label={t('reviews.report')} summary={summary} />}
      {abilities.hide && <WithReason intent="hide" id={id} label={t('reviews.hide')} summary={summary} />}
    </div>
  );
}

function WithReason({ intent, id, label, summary }: { intent: 'report' | 'hide'; id: string; label: string; summary: string }) {
  const t = useT();
  return (
    <details className="open:basis-full"><summary className={summary}>{label}</summary>
      <form method="post" className="mt-2 flex flex-wrap items-end gap-3"><input type="hidden" name="intent" value={intent} /><input type="hidden" name="reviewId" value={id} />
        <Field label={t(`reviews.reason.${intent}`)} className="min-w-0 flex-1 basis-56"><TextInput name="reason" maxLength={500} required dir="auto" /></Field><SubmitButton>{label}</SubmitButton></form>
    </details>
  );
}
