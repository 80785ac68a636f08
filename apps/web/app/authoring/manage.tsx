/** Works on a course's state and outline. Every step is a form of its own, so nothing waits for a script. */
import { data, Form, redirect } from 'react-router';
import { Notice, Page, SubmitButton } from '@milpa/ui';
import { addLesson, addModule, archiveCourse, getCourse, getOutline, publishCourse, renameModule, reorderOutline } from '@milpa/catalog/contract';
import { load, submit } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { ManageHeader } from './manage-header.tsx';
import { OutlineEditor } from './outline-editor.tsx';
import { moved, type Direction } from './outline.ts';
import { lessonEditorPath, managePath } from '../catalog/paths.ts';
import type { Route } from './+types/manage';

const notes = ['published', 'archived', 'changed'] as const;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const [course, { modules }] = await Promise.all([load(context, getCourse, { params }), load(context, getOutline, { params })]);
  if (!course.abilities.update) throw data(null, { status: 403 });
  const { id, slug, title, status, language, lessonCount, publishedAt, version, abilities } = course;
  const asked = new URL(request.url).searchParams.get('note');
  return {
    course: { id, slug, title, status, language, lessonCount, publishedAt }, version, modules, abilities,
    missing: lessonCount === 0 ? 'lesson' as const : course.summary ? null : 'summary' as const,
    note: notes.find((note) => note === asked) ?? null,
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? '');
  const here = managePath(params.courseId);
  const done = (to: string, problem: Awaited<ReturnType<typeof submit>>['problem']) =>
    (problem ? data({ problem, intent: field('intent') }, { status: problem.status }) : redirect(to, 303));

  switch (field('intent')) {
    case 'publish': return done(`${here}?note=published`, (await submit(context, publishCourse, { params })).problem);
    case 'archive': return done(`${here}?note=archived`, (await submit(context, archiveCourse, { params })).problem);
    case 'addModule': return done(`${here}#add-module`, (await submit(context, addModule, { params, body: { title: field('title') } })).problem);
    case 'renameModule': return done(here, (await submit(context, renameModule, { params: { ...params, moduleId: field('moduleId') }, body: { title: field('title') } })).problem);
    case 'addLesson': {
      const { output, problem } = await submit(context, addLesson, { params: { ...params, moduleId: field('moduleId') }, body: { title: field('title') } });
      return done(output ? lessonEditorPath(params.courseId, output.id) : here, problem);
    }
    default: return move(context, params, field('move'), field('version'));
  }
}

/** `up:<id>` or `down:<id>`. Where somebody else was quicker, the outline is shown as it is now. */
async function move(context: Route.ActionArgs['context'], params: { courseId: string }, step: string, version: string) {
  const here = managePath(params.courseId);
  const [direction, id = ''] = step.split(':');
  const { modules } = await load(context, getOutline, { params });
  const order = moved(modules.map((module) => ({ id: module.id, lessonIds: module.lessons.map((lesson) => lesson.id) })), id, (direction === 'up' ? 'up' : 'down') satisfies Direction);
  const { problem } = await submit(context, reorderOutline, { params, body: { modules: order }, ifMatch: `"${version}"` });
  if (!problem) return redirect(`${here}#part-${id}`, 303);
  if (problem.code === 'kernel.version_conflict' || problem.code === 'catalog.outline_mismatch') return redirect(`${here}?note=changed`, 303);
  return data({ problem, intent: 'move' }, { status: problem.status });
}

export default function Manage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const { course, version, modules, note } = loaderData;
  return (
    <Page narrow>
      <Title>{t('authoring.manage.title', { title: course.title })}</Title>
      <ManageHeader course={course} part="outline" />
      <div className="flex flex-col gap-4 py-6">
        <ProblemSummary problem={actionData?.problem} />
        {note && !actionData && <Notice tone={note === 'changed' ? 'warning' : 'success'} live>{t(`authoring.note.${note}`)}</Notice>}
        <State {...loaderData} />
      </div>
      <OutlineEditor key={version} courseId={course.id} version={version} modules={modules} language={course.language} />
    </Page>
  );
}

/** What state the course is in, what it lacks, and the one step from here. */
function State({ course, abilities, missing }: Route.ComponentProps['loaderData']) {
  const t = useT();
  const format = useFormat();
  const { status } = course;
  const text = status === 'published' && course.publishedAt ? t('authoring.state.published', { date: format.date(course.publishedAt, 'long') }) : t(status === 'archived' ? 'authoring.state.archived' : 'authoring.state.draft');
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 rounded-(--round-l) bg-sunk p-5">
      <div className="min-w-0 flex-1 basis-60">
        <p>{text}</p>
        {missing && <p className="mt-1 text-sm text-maize-text">{t(`authoring.missing.${missing}`)}</p>}
      </div>
      <Form method="post">
        {status !== 'published' && abilities.publish && <SubmitButton name="intent" value="publish" disabled={missing === 'lesson'}>{t(status === 'draft' ? 'authoring.publish' : 'authoring.publishAgain')}</SubmitButton>}
        {status === 'published' && abilities.archive && <SubmitButton look="secondary" name="intent" value="archive">{t('authoring.archive')}</SubmitButton>}
      </Form>
    </div>
  );
}
