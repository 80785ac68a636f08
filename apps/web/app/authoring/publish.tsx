/** Before a course goes out: what it lacks, what is new in it, and who gets it. */
import { data, Form, redirect } from 'react-router';
import { Anchor, Checkbox, Field, LinkButton, Notice, Page, Section, Stack, SubmitButton, Button, TextArea } from '@milpa/ui';
import { approveReview, compareVersion, getCourse, getDraft, getReadiness, publishCourse, requestReview, returnReview, withdrawReview, type ReadinessItem } from '@milpa/catalog/contract';
import { listCourseStatistics, moveToVersion } from '@milpa/learning/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { CircleAlert, Lightbulb } from 'lucide-react';
import { lessonEditorPath, managePath, playerPath } from '../catalog/paths.ts';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { ProblemSummary } from '../shell/problem.tsx';
import { useSupport } from '../shell/support.ts';
import { Title } from '../shell/title.tsx';
import { Changes } from './changes.tsx';
import { managed, ManageHeader } from './manage-header.tsx';
import type { Route } from './+types/publish';

export const handle = { words: ['catalog'] } satisfies ScreenHandle;

export async function loader({ context, params }: Route.LoaderArgs) {
  const [course, draft, readiness] = await Promise.all([load(context, getCourse, { params }), load(context, getDraft, { params }), load(context, getReadiness, { params })]);
  const { abilities } = course;
  // Who decides sees what they decide about, whatever is in the draft by now.
  const waiting = abilities.review && draft.review?.state === 'requested' ? { to: draft.review.versionId } : {};
  const changes = draft.published ? await load(context, compareVersion, { params: { ...params, versionId: draft.published.id }, query: waiting }) : null;
  const { viewer, tenant } = web(context);
  const mayMove = viewer.permissions.some((permission) => permission === 'enrollment:manage' || permission === 'enrollment:manage:own');
  const underWay = draft.published && mayMove ? (await load(context, listCourseStatistics)).data.find(({ courseId }) => courseId === course.id) : undefined;
  const review = draft.review && { state: draft.review.state, versionId: draft.review.versionId, comment: draft.review.comment, by: draft.review.decidedBy?.name ?? null, requestedBy: draft.review.requestedBy?.name ?? null, requestedAt: draft.review.requestedAt };
  return { course: managed(course, draft), abilities, readiness, changes, published: draft.published, review, reviewed: needsReview(tenant?.features ?? {}) && !abilities.review, learners: underWay ? Math.max(underWay.enrolled - underWay.completed, 0) : 0 };
}

/** Whether courses are looked at before they go out. */
const needsReview = (features: Record<string, boolean>): boolean => features['courseReview'] === true;

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const note = String(form.get('note') ?? '');
  const versionId = String(form.get('versionId') ?? '');
  const here = managePath(params.courseId);
  const done = ({ problem }: { problem?: ProblemDocument }, to: string) => (problem ? data({ problem }, { status: problem.status }) : redirect(to, 303));
  switch (form.get('intent')) {
    case 'request': return done(await submit(context, requestReview, { params, body: { note } }), `${here}?note=requested`);
    case 'withdraw': return done(await submit(context, withdrawReview, { params }), `${here}?note=withdrawn`);
    case 'approve': return done(await submit(context, approveReview, { params, body: { versionId } }), `${here}?note=published`);
    case 'return': return done(await submit(context, returnReview, { params, body: { versionId, comment: String(form.get('comment') ?? '') } }), '/teaching/reviews');
    default: {
      const { problem } = await submit(context, publishCourse, { params, body: { note } });
      // Where courses are looked at first, publishing is asking.
      if (problem?.code === 'catalog.review_needed') return done(await submit(context, requestReview, { params, body: { note } }), `${here}?note=requested`);
      if (problem) return data({ problem }, { status: problem.status });
      return done(form.has('move') ? await submit(context, moveToVersion, { params, body: {} }) : {}, `${here}?note=published`);
    }
  }
}

export default function Publish({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const { course, abilities, readiness, changes, published, review, reviewed, learners } = loaderData;
  const waits = review?.state === 'requested';
  const support = useSupport();
  const nothingNew = published !== null && !course.changed && course.status === 'published';
  return (
    <Page narrow>
      <Title>{t('authoring.publish.title', { title: course.title })}</Title>
      <ManageHeader course={course} part="publish" />
      <Stack gap="large" className="pt-6">
        <ProblemSummary problem={actionData?.problem} />
        {review?.state === 'returned' && <Notice tone="warning" title={t('authoring.review.returned', { name: review.by ?? '' })}><p dir="auto" className="whitespace-pre-wrap">{review.comment}</p></Notice>}
        {waits && <Notice tone="info" title={t('authoring.review.waits', { name: review.requestedBy ?? '', when: format.dateTime(review.requestedAt) })} actions={abilities.review && <LinkButton size="small" href={`${playerPath(course.slug)}?preview=review`}>{t('authoring.review.look')}</LinkButton>} />}
        {nothingNew && <Notice tone="success" title={t('authoring.publish.nothingNew')} />}
      </Stack>
      {(!nothingNew || readiness.items.length > 0) && <Section title={t('authoring.readiness.title')} lead={readiness.ready ? undefined : t('authoring.readiness.notYet')}>
        {readiness.items.length === 0
          ? <p className="text-leaf-text">{t('authoring.readiness.complete')}</p>
          : <ul className="flex flex-col gap-2">{readiness.items.map((item) => <li key={`${item.code}${item.moduleId}${item.lessonId}`}><Lack courseId={course.id} item={item} /></li>)}</ul>}
      </Section>}
      {changes && !nothingNew && <Section title={t('authoring.changes.title')}><Changes changes={changes} language={course.language} /></Section>}
      {!nothingNew && !support.onlyReads && (
        <Form method="post" className="pt-4">
          <Stack gap="large">
            {waits && abilities.review ? (
              <>
                <input type="hidden" name="versionId" value={review.versionId} />
                <Field label={t('authoring.review.comment')} hint={t('authoring.review.commentHint')} id="body.comment"><TextArea name="comment" rows={4} dir="auto" maxLength={2000} /></Field>
                <div className="ui-cluster"><SubmitButton name="intent" value="approve">{t('authoring.review.approve')}</SubmitButton><Button type="submit" name="intent" value="return">{t('authoring.review.return')}</Button></div>
              </>
            ) : (
              <>
                {published && <Field label={t('authoring.publish.note')} hint={t('authoring.publish.noteHint')}><TextArea name="note" rows={2} dir="auto" maxLength={500} /></Field>}
                {published && <p className="text-ink-soft">{t('authoring.publish.learnersStay')}</p>}
                {learners > 0 && !reviewed && <Checkbox name="move" label={t('authoring.publish.move', { n: learners })} hint={t('authoring.publish.moveHint')} />}
                <div className="ui-cluster">
                  {abilities.publish && <SubmitButton name="intent" value={reviewed ? 'request' : 'publish'} disabled={!readiness.ready}>{t(reviewed ? 'authoring.review.request' : published ? 'authoring.publish.changes' : 'authoring.publish.now')}</SubmitButton>}
                  {waits && <Button type="submit" name="intent" value="withdraw">{t('authoring.review.withdraw')}</Button>}
                  <LinkButton look="quiet" href={managePath(course.id)}>{t('authoring.publish.notYet')}</LinkButton>
                </div>
              </>
            )}
          </Stack>
        </Form>
      )}
    </Page>
  );
}

/** Something that is missing, with the way to where it belongs. */
function Lack({ courseId, item: { code, severity, lessonId, moduleId, title, count } }: { courseId: string; item: ReadinessItem }) {
  const t = useT();
  const base = managePath(courseId);
  const ofCourse = ['no_summary', 'no_description', 'no_category', 'no_poster_alt'].includes(code);
  const to = lessonId ? lessonEditorPath(courseId, lessonId) : code === 'prerequisite_circle' && moduleId ? `${base}/modules/${moduleId}` : ofCourse ? `${base}/description` : moduleId ? `${base}#part-${moduleId}` : base;
  const Icon = severity === 'blocker' ? CircleAlert : Lightbulb;
  return (
    <Anchor href={to} className="flex min-h-(--tap) items-start gap-3 rounded-(--round-m) bg-sunk px-4 py-3 no-underline hover:underline">
      <Icon aria-hidden="true" className={`mt-1 flex-none ${severity === 'blocker' ? 'text-clay-text' : 'text-maize-text'}`} />
      <span className="min-w-0">
        <span className="block font-medium">{code === 'missing_file' || code === 'dead_lesson_link' || code === 'image_without_alt' ? t(`authoring.readiness.${code}`, { n: count }) : t(`authoring.readiness.${code}`)}</span>
        {title && <bdi className="block text-sm text-ink-soft">{title}</bdi>}
        <span className="text-sm text-ink-soft">{t(severity === 'blocker' ? 'authoring.readiness.blocker' : 'authoring.readiness.advice')}</span>
      </span>
    </Anchor>
  );
}
