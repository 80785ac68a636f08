/** The contents of a course: modules and lessons, and every step that changes them. */
import { data, Form, redirect } from 'react-router';
import { Button, Notice, Page, Table } from '@milpa/ui';
import {
  addLesson, addModule, archiveCourse, deleteCourse, duplicateCourse, duplicateLesson, getCourse, getDraft, removeLesson, removeModule, reorderOutline, restoreLesson, restoreModule, updateLesson, updateModule,
} from '@milpa/catalog/contract';
import { lessonEditorPath, managePath } from '../catalog/paths.ts';
import { load, submit } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { ProblemSummary } from '../shell/problem.tsx';
import { useSupport } from '../shell/support.ts';
import { Title } from '../shell/title.tsx';
import { managed, ManageHeader } from './manage-header.tsx';
import { moved, type Order } from './outline.ts';
import { OutlineTree } from './outline-tree.tsx';
import type { Route } from './+types/manage';

export const handle = { words: ['catalog'] } satisfies ScreenHandle;

const notes = ['published', 'archived', 'changed', 'requested', 'withdrawn', 'restored'] as const;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const [course, draft] = await Promise.all([load(context, getCourse, { params }), load(context, getDraft, { params })]);
  const asked = new URL(request.url).searchParams.get('note');
  const { version, modules, removed } = draft;
  return { course: managed(course, draft), draft: { version, modules }, removed, abilities: course.abilities, fresh: draft.published === null, note: notes.find((note) => note === asked) ?? null };
}

type Context = Route.ActionArgs['context'];
type Answered = Awaited<ReturnType<typeof submit>>;

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? '');
  const intent = field('intent') || 'move';
  const { problem, to } = await step(context, params.courseId, intent, field);
  if (problem) return data({ problem, intent }, { status: problem.status });
  return field('inPlace') ? null : redirect(to, 303);
}

/** One change of the contents, and where to look at it afterwards. */
async function step(context: Context, courseId: string, intent: string, field: (name: string) => string): Promise<{ problem?: Answered['problem'] | undefined; to: string }> {
  const here = managePath(courseId);
  const at = { params: { courseId } };
  const part = field('partId');
  const go = ({ problem }: Answered, to = here) => ({ problem, to });
  switch (intent) {
    case 'addModule': return go(await submit(context, addModule, { ...at, body: { title: field('title') } }), `${here}#add-module`);
    case 'renameModule': return go(await submit(context, updateModule, { params: { courseId, moduleId: field('moduleId') }, body: { title: field('title') } }));
    case 'renameLesson': return go(await submit(context, updateLesson, { params: { courseId, lessonId: field('lessonId') }, body: { title: field('title') }, ifMatch: `"${field('version')}"` }));
    case 'addLesson': {
      const { output, problem } = await submit(context, addLesson, { params: { courseId, moduleId: field('moduleId') }, body: { title: field('title') } });
      return problem ? { problem, to: here } : { to: lessonEditorPath(courseId, output.id) };
    }
    case 'duplicate': return go(await submit(context, duplicateLesson, { params: { courseId, lessonId: part } }));
    case 'remove': return go(field('kind') === 'module' ? await submit(context, removeModule, { params: { courseId, moduleId: part } }) : await submit(context, removeLesson, { params: { courseId, lessonId: part } }));
    case 'restore': return go(field('kind') === 'module' ? await submit(context, restoreModule, { params: { courseId, moduleId: part } }) : await submit(context, restoreLesson, { params: { courseId, lessonId: part } }));
    case 'order': return reorder(context, courseId, JSON.parse(field('order')) as Order[], field('version'));
    case 'archive': return go(await submit(context, archiveCourse, at), `${here}?note=archived`);
    case 'duplicateCourse': {
      const { output, problem } = await submit(context, duplicateCourse, at);
      return problem ? { problem, to: here } : { to: managePath(output.id) };
    }
    case 'delete': return go(await submit(context, deleteCourse, at), '/teaching');
    default: {
      // `up:<id>` or `down:<id>`.
      const [direction, id = ''] = field('move').split(':');
      const { modules } = await load(context, getDraft, at);
      return reorder(context, courseId, moved(modules.map((module) => ({ id: module.id, lessonIds: module.lessons.map((lesson) => lesson.id) })), id, direction === 'up' ? 'up' : 'down'), field('version'), `#part-${id}`);
    }
  }
}

/** Where somebody else was quicker, the outline is shown as it is now. Taking a step back goes by the order that stands. */
async function reorder(context: Context, courseId: string, order: Order[], seen: string, anchor = '') {
  const here = managePath(courseId);
  const version = seen || String((await load(context, getDraft, { params: { courseId } })).version);
  const { problem } = await submit(context, reorderOutline, { params: { courseId }, body: { modules: order.map(({ id, lessonIds }) => ({ id, lessonIds })) }, ifMatch: `"${version}"` });
  if (problem?.code === 'kernel.version_conflict' || problem?.code === 'catalog.outline_mismatch') return { to: `${here}?note=changed` };
  return { problem, to: here + anchor };
}

export default function Manage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const { course, draft, note, abilities, fresh, removed } = loaderData;
  const support = useSupport();
  return (
    <Page narrow>
      <Title>{t('authoring.manage.title', { title: course.title })}</Title>
      <ManageHeader course={course} part="outline" />
      <div className="flex flex-col gap-4 py-6 empty:hidden">
        <ProblemSummary problem={actionData?.problem} />
        {note && !actionData && <Notice tone={note === 'changed' ? 'warning' : 'success'} live>{t(`authoring.note.${note}`)}</Notice>}
      </div>
      <OutlineTree courseId={course.id} draft={draft} language={course.language} fixed={support.onlyReads} />
      {!support.onlyReads && <Removed {...removed} />}
      <Form method="post" className="ui-cluster mt-10 border-t border-line pt-5 empty:hidden">
        {!support.here && <Button type="submit" look="quiet" name="intent" value="duplicateCourse">{t('authoring.course.duplicate')}</Button>}
        {course.status === 'published' && abilities.archive && <Button type="submit" look="quiet" name="intent" value="archive">{t('authoring.archive')}</Button>}
        {course.status === 'draft' && fresh && !support.here && <Button type="submit" look="quiet" name="intent" value="delete" onClick={(event) => { if (!confirm(event.currentTarget.dataset['ask'])) event.preventDefault(); }} data-ask={t('authoring.course.deleteAsk', { title: course.title })}>{t('authoring.course.delete')}</Button>}
      </Form>
    </Page>
  );
}

/** What was taken out and can come back. */
function Removed({ modules, lessons }: Route.ComponentProps['loaderData']['removed']) {
  const t = useT();
  const format = useFormat();
  const rows = [...modules.map((module) => ({ ...module, kind: 'module' as const })), ...lessons.map((lesson) => ({ ...lesson, kind: 'lesson' as const }))].sort((a, b) => b.removedAt.localeCompare(a.removedAt));
  if (rows.length === 0) return null;
  return (
    <details className="mt-8">
      <summary className="inline-flex min-h-(--tap) items-center font-medium text-ink-soft">{t('authoring.removed', { n: rows.length })}</summary>
      <Table
        caption={t('authoring.removed', { n: rows.length })} rows={rows} rowKey={({ id }) => id}
        columns={[
          { key: 'title', header: t('authoring.column.title'), primary: true, cell: ({ title }) => <bdi>{title}</bdi> },
          { key: 'when', header: t('authoring.column.removed'), cell: ({ removedAt }) => format.dateTime(removedAt) },
          {
            key: 'back', header: t('authoring.restore'), align: 'end',
            cell: ({ id, kind, title }) => <Form method="post"><input type="hidden" name="kind" value={kind} /><input type="hidden" name="partId" value={id} /><Button type="submit" size="small" name="intent" value="restore" aria-label={t('authoring.restoreOne', { title })}>{t('authoring.restore')}</Button></Form>,
          },
        ]}
      />
    </details>
  );
}

