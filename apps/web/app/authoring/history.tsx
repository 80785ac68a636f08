/** What a lesson said before, and the way back to it. */
import { data, Form, redirect } from 'react-router';
import { Anchor, Breadcrumbs, Notice, Page, PageHeader, Pagination, SubmitButton } from '@milpa/ui';
import { getCourse, getManagedLesson, getRevision, listRevisions, restoreRevision } from '@milpa/catalog/contract';
import { directionOf } from '../catalog/language.ts';
import { lessonEditorPath, managePath } from '../catalog/paths.ts';
import { load, submit } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { MarkedText } from './marked-text.tsx';
import type { Route } from './+types/history';

export const handle = { lesson: true, words: ['catalog'] } satisfies ScreenHandle;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const [cursor, chosen] = [searchParams.get('after'), searchParams.get('revision')];
  const [course, lesson, revisions] = await Promise.all([load(context, getCourse, { params: { courseId: params.courseId } }), load(context, getManagedLesson, { params }), load(context, listRevisions, { params, query: { limit: 20, ...(cursor && { cursor }) } })]);
  const shown = chosen ? await load(context, getRevision, { params: { ...params, revisionId: chosen } }) : null;
  return {
    course: { id: course.id, title: course.title, language: course.language }, lesson: { id: lesson.id, title: lesson.title, version: lesson.version }, revisions: revisions.data, next: revisions.page.next, first: cursor === null,
    shown: shown && { id: shown.id, title: shown.title, createdAt: shown.createdAt, bodyHtml: shown.bodyHtml, changes: shown.changes, current: shown.current },
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const { problem } = await submit(context, restoreRevision, { params: { ...params, revisionId: String(form.get('revisionId')) }, ifMatch: `"${form.get('version')}"` });
  return problem ? data({ problem }, { status: problem.status }) : redirect(lessonEditorPath(params.courseId, params.lessonId), 303);
}

export default function History({ loaderData: { course, lesson, revisions, next, first, shown }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const here = `${lessonEditorPath(course.id, lesson.id)}/history`;
  return (
    <Page>
      <Title>{t('authoring.history.of', { title: lesson.title })}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('catalog.crumbs')} items={[{ href: '/teaching', label: t('authoring.teaching') }, { href: managePath(course.id), label: <bdi>{course.title}</bdi> }, { href: lessonEditorPath(course.id, lesson.id), label: <bdi>{lesson.title}</bdi> }]} />}
        title={t('authoring.history.title')} lead={t('authoring.history.lead')}
      />
      <ProblemSummary problem={actionData?.problem} />
      <div className="grid gap-8 lg:grid-cols-[18rem_minmax(0,1fr)]">
        <nav aria-label={t('authoring.history.title')}>
          {revisions.length === 0 && <p className="text-ink-soft">{t('authoring.history.none')}</p>}
          <ol className="flex flex-col gap-1">
            {revisions.map(({ id, createdAt, member, current }) => (
              <li key={id}>
                <Anchor href={`${here}?revision=${id}`} aria-current={shown?.id === id ? 'true' : undefined} className="block rounded-(--round-m) px-4 py-2 no-underline hover:bg-sunk aria-[current=true]:bg-accent-soft">
                  <span className="block font-medium">{format.dateTime(createdAt)}</span>
                  <span className="text-sm text-ink-soft">{member && <bdi>{member.name}</bdi>}{current && <> · {t('authoring.history.current')}</>}</span>
                </Anchor>
              </li>
            ))}
          </ol>
          <Pagination label={t('catalog.pages')} previous={first ? undefined : { href: here, label: t('authoring.newest') }} next={next ? { href: `${here}?after=${encodeURIComponent(next)}`, label: t('authoring.older') } : undefined} />
        </nav>
        {shown ? (
          <div className="flex min-w-0 flex-col gap-6">
            <Form method="post" className="ui-cluster">
              <input type="hidden" name="revisionId" value={shown.id} /><input type="hidden" name="version" value={lesson.version} />
              {shown.current ? <p className="text-ink-soft">{t('authoring.history.isCurrent')}</p> : <SubmitButton>{t('authoring.history.restore')}</SubmitButton>}
            </Form>
            {!shown.current && <details><summary className="inline-flex min-h-(--tap) items-center text-accent-text underline">{t('authoring.history.changes')}</summary><MarkedText pieces={shown.changes} language={course.language} /></details>}
            <article lang={course.language} dir={directionOf(course.language)} className="rounded-(--round-m) border border-line bg-surface p-5 sm:p-8">
              <h2 className="mb-4 text-2xl">{shown.title}</h2>
              <div className="prose" dangerouslySetInnerHTML={{ __html: shown.bodyHtml }} />
            </article>
          </div>
        ) : revisions.length > 0 && <Notice>{t('authoring.history.choose')}</Notice>}
      </div>
    </Page>
  );
}
