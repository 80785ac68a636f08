/** Where a lesson is written, with the course's contents beside it. It saves itself; without scripts it is a plain form. */
import { useEffect, useRef, useState } from 'react';
import { data, Form, redirect } from 'react-router';
import { Breadcrumbs, Button, Checkbox, Field, LinkButton, Notice, Page, Section, Select, Stack, TextArea, TextInput } from '@milpa/ui';
import { addAttachment, getCourse, getDraft, getManagedLesson, removeAttachment, renameAttachment, reorderAttachments, updateLesson, uploadCourseFile, type Completion, type ManagedLesson } from '@milpa/catalog/contract';
import { ChevronDown, Eye, History } from 'lucide-react';
import { directionOf } from '../catalog/language.ts';
import { lessonEditorPath, managePath, playerPath } from '../catalog/paths.ts';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { fieldError, ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { Attachments } from './attachments.tsx';
import type { Theirs } from './autosave.ts';
import { Conflict } from './conflict.tsx';
import { RichText } from './editor/rich-text.tsx';
import './authoring.css';
import { LessonConflict } from './lesson-conflict.tsx';
import { OutlineTree } from './outline-tree.tsx';
import { SaveState } from './save-state.tsx';
import { useAutosave } from './use-autosave.ts';
import { useLatest } from './use-latest.ts';
import { wordsOf } from './words.ts';
import type { Route } from './+types/lesson';

export const handle = { lesson: true, words: ['catalog'] } satisfies ScreenHandle;

/** A title may be long enough for two lines of its field, and is one. */
const inOneLine = (title: string): string => title.replace(/\s*\n\s*/g, ' ');

/** What of a lesson is written; minutes as typed. */
interface Fields { title: string; minutes: string; completion: Completion; optional: boolean; bodyHtml: string }
const fieldsOf = ({ title, minutes, completion, optional, bodyHtml }: Pick<ManagedLesson, 'title' | 'minutes' | 'completion' | 'optional' | 'bodyHtml'>): Fields =>
  ({ title, minutes: minutes === null ? '' : String(minutes), completion, optional, bodyHtml });
const bodyOf = ({ title, minutes, completion, optional, bodyHtml }: Fields) => ({ title, minutes: minutes.trim() === '' ? null : Number(minutes), completion, optional, bodyHtml });

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { tenant, viewer } = web(context);
  const at = { params: { courseId: params.courseId } };
  const [course, draft, lesson] = await Promise.all([load(context, getCourse, at), load(context, getDraft, at), load(context, getManagedLesson, { params })]);
  // Who may only look reads it where learners would.
  if (viewer.support?.mayChange === false) throw redirect(`${playerPath(course.slug, params.lessonId)}?preview`);
  const { id, version, attachments, updatedAt } = lesson;
  return {
    course: { id: course.id, slug: course.slug, title: course.title, language: course.language },
    lesson: { id, version, updatedAt }, attachments, fields: fieldsOf(lesson), draft: { version: draft.version, modules: draft.modules },
    me: viewer.name ?? '', device: `${tenant?.id}:${viewer.memberId ?? viewer.kind}:${id}`,
    saved: new URL(request.url).searchParams.has('saved'),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? '').replace(/\r\n/g, '\n');
  const here = lessonEditorPath(params.courseId, params.lessonId);
  const intent = field('intent');
  if (intent) {
    const problem = await changeFiles(context, params, intent, field);
    if (problem) return data({ problem, fields: undefined, theirs: null }, { status: problem.status });
    return field('inPlace') && request.headers.has('x-react-router-request') ? null : redirect(`${here}#files`, 303);
  }
  const completion = field('completion');
  const fields: Fields = { title: inOneLine(field('title')), minutes: field('minutes'), completion: completion === 'open' || completion === 'end' ? completion : 'mark', optional: form.has('optional'), bodyHtml: field('bodyHtml') };
  const { problem } = await submit(context, updateLesson, { params, body: { ...bodyOf(fields), ...(form.has('keep') && { keep: true }) }, ifMatch: `"${field('version')}"` });
  if (!problem) return redirect(`${here}?saved`, 303);
  const theirs = problem.code === 'kernel.version_conflict' ? await load(context, getManagedLesson, { params }) : null;
  return data({ problem, fields, theirs: theirs && { version: theirs.version, title: theirs.title, bodyHtml: theirs.bodyHtml } }, { status: problem.status });
}

/** Adds, renames, moves or removes a file beside the lesson. @returns why it was refused. */
async function changeFiles(context: Route.ActionArgs['context'], params: { courseId: string; lessonId: string }, intent: string, field: (name: string) => string) {
  const attachmentId = field('attachmentId');
  if (intent === 'attach') {
    const file = web(context).uploads.get('file');
    if (!file) return undefined;
    const { output, problem } = await submit(context, uploadCourseFile, { params, query: { name: file.name }, body: file });
    return problem ?? (await submit(context, addAttachment, { params, body: { fileId: output.fileId, name: file.name } })).problem;
  }
  if (intent === 'renameFile') return (await submit(context, renameAttachment, { params: { ...params, attachmentId }, body: { name: field('name') } })).problem;
  if (intent === 'removeFile') return (await submit(context, removeAttachment, { params: { ...params, attachmentId } })).problem;
  const { attachments } = await load(context, getManagedLesson, { params });
  const ids = attachments.map(({ id }) => id);
  const at = ids.indexOf(attachmentId);
  const to = intent === 'fileUp' ? at - 1 : at + 1;
  if (at < 0 || to < 0 || to >= ids.length) return undefined;
  ids.splice(to, 0, ...ids.splice(at, 1));
  return (await submit(context, reorderAttachments, { params, body: { attachmentIds: ids } })).problem;
}

export default function Lesson({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const { course, lesson, attachments, draft } = loaderData;
  return (
    <Page>
      <Title>{loaderData.fields.title}</Title>
      <div className="grid gap-x-10 lg:grid-cols-[17rem_minmax(0,1fr)]">
        <aside className="editor-side" aria-label={t('catalog.outline.title')}>
          <details className="group lg:hidden"><summary className="flex min-h-(--tap) items-center justify-between font-medium">{t('catalog.outline.title')}<ChevronDown aria-hidden="true" className="text-ink-faint group-open:rotate-180" /></summary><OutlineTree compact courseId={course.id} draft={draft} language={course.language} current={lesson.id} /></details>
          <div className="hidden lg:block"><OutlineTree compact courseId={course.id} draft={draft} language={course.language} current={lesson.id} /></div>
        </aside>
        <div className="min-w-0 max-w-[46rem] pb-16">
          <LessonEditor key={`${lesson.id}:${actionData?.fields ? 'again' : ''}`} {...loaderData} answer={actionData ?? undefined} />
          <Section title={t('authoring.lesson.files')} id="files"><Attachments key={attachments.map(({ id, name }) => id + name).join()} courseId={course.id} lessonId={lesson.id} files={attachments} /></Section>
        </div>
      </div>
    </Page>
  );
}

type Answer = NonNullable<Route.ComponentProps['actionData']>;

function LessonEditor({ course, lesson, fields: loaded, draft, me, device, saved, answer }: Route.ComponentProps['loaderData'] & { answer: Answer | undefined }) {
  const t = useT();
  const first = answer?.fields ?? loaded;
  const now = useRef(first);
  const [shown, setShown] = useState({ fields: first, epoch: 0 });
  const [mineBefore, setMineBefore] = useState<Fields | null>(null);
  const url = `/api/v1/courses/${course.id}/lessons/${lesson.id}`;
  const autosave = useAutosave<Fields>({
    key: device, version: lesson.version, fields: loaded, url,
    body: (fields, replaces) => ({ ...bodyOf(fields), ...(replaces && { keep: true }) }),
    latest: async () => {
      const answered = await fetch(`${url}/source`, { headers: { accept: 'application/json' } });
      if (!answered.ok) return null;
      const theirs = await answered.json() as ManagedLesson;
      return { version: theirs.version, fields: fieldsOf(theirs), by: theirs.updatedBy, at: theirs.updatedAt } satisfies Theirs<Fields>;
    },
  });
  const { state, found } = autosave;
  const change = (part: Partial<Fields>) => { now.current = { ...now.current, ...part }; autosave.edited(now.current); };
  const show = (fields: Fields) => { now.current = fields; setShown(({ epoch }) => ({ fields, epoch: epoch + 1 })); };
  useSaveKey(autosave.saveNow);
  const problem = answer?.problem ?? state.problem ?? undefined;
  const wired = (path: string) => ({ id: `body.${path}`, error: fieldError(problem, `body.${path}`) });
  const { fields, epoch } = shown;
  const theirs = answer?.theirs;
  const differences = (['title', 'bodyHtml'] as const).flatMap((name) => (theirs && theirs[name] !== fields[name] ? [{ name, label: name === 'title' ? t('authoring.lesson.title') : t('authoring.lesson.text'), theirs: theirs[name] }] : []));
  const lessons = draft.modules.flatMap((module) => module.lessons).filter(({ id }) => id !== lesson.id).map(({ id, title }) => ({ id, title }));
  return (
    <>
      <div className="editor-head">
        <h1 className="sr-only">{loaded.title}</h1>
        <Breadcrumbs label={t('catalog.crumbs')} items={[{ href: '/teaching', label: t('authoring.teaching') }, { href: managePath(course.id), label: <bdi>{course.title}</bdi> }]} />
        <div className="ui-cluster ui-between">
          <SaveState state={state} />
          <div className="ui-cluster">
            <LinkButton look="quiet" size="small" href={`${lessonEditorPath(course.id, lesson.id)}/history`} icon={<History aria-hidden="true" />}>{t('authoring.history.title')}</LinkButton>
            <LinkButton size="small" href={`${playerPath(course.slug, lesson.id)}?preview`} target="_blank" icon={<Eye aria-hidden="true" />}>{t('authoring.lesson.preview')}</LinkButton>
          </div>
        </div>
      </div>
      <Stack gap="large">
        {saved && !answer && state.edits === 0 && <Notice tone="success" live>{t('authoring.lesson.saved')}</Notice>}
        {theirs ? <Conflict differences={differences} /> : <ProblemSummary problem={answer?.problem} />}
        {found && (
          <Found at={found.at} onUse={() => { const fields = autosave.takeFound(); if (fields) show(fields); }} onDrop={autosave.dropFound} />
        )}
        {state.theirs && <LessonConflict theirs={state.theirs} mine={() => now.current} me={me} language={course.language} onKeepMine={autosave.keepMine} onTakeTheirs={() => { setMineBefore(now.current); const { fields } = state.theirs!; autosave.takeTheirs(); show(fields); }} />}
        {mineBefore && (
          <Notice
            tone="info" live title={t('authoring.conflict.mineKept')}
            actions={<><Button onClick={() => void navigator.clipboard.writeText(`${mineBefore.title}\n\n${wordsOf(mineBefore.bodyHtml)}`)}>{t('authoring.conflict.copyMine')}</Button><Button onClick={() => { show(mineBefore); autosave.edited(mineBefore); setMineBefore(null); }}>{t('authoring.conflict.mineAgain')}</Button></>}
          />
        )}
        <Form key={epoch} method="post" onSubmit={(event) => { event.preventDefault(); autosave.saveNow(); }}>
          <input type="hidden" name="version" value={theirs?.version ?? lesson.version} />
          {theirs && <input type="hidden" name="keep" value="1" />}
          <Stack gap="large">
            <Field label={t('authoring.lesson.title')} {...wired('title')} required>
              <TextArea name="title" rows={1} defaultValue={fields.title} maxLength={200} dir="auto" lang={course.language} autoComplete="off" className="editor-title" onKeyDown={(event) => { if (event.key === 'Enter') event.preventDefault(); }} onChange={(event) => change({ title: inOneLine(event.target.value) })} />
            </Field>
            <RichText
              name="bodyHtml" label={t('authoring.lesson.text')} html={fields.bodyHtml} language={course.language} direction={directionOf(course.language)} courseId={course.id} lessons={lessons}
              onChange={(bodyHtml) => change({ bodyHtml })}
            />
            <details className="group rounded-(--round-m) bg-sunk px-5 py-2">
              <summary className="flex min-h-(--tap) items-center justify-between font-medium">{t('authoring.lesson.settings')}<ChevronDown aria-hidden="true" className="text-ink-faint group-open:rotate-180" /></summary>
              <div className="grid gap-5 pt-3 pb-4 sm:grid-cols-2">
                <Field label={t('authoring.lesson.minutes')} hint={t('authoring.lesson.minutesHint')} {...wired('minutes')}><TextInput type="number" name="minutes" defaultValue={fields.minutes} min={1} max={600} className="max-w-32" onChange={(event) => change({ minutes: event.target.value })} /></Field>
                <Field label={t('authoring.lesson.completion')} hint={t('authoring.lesson.completionHint')}>
                  <Select name="completion" defaultValue={fields.completion} onChange={(event) => change({ completion: event.target.value as Completion })}>
                    {(['mark', 'open', 'end'] as const).map((kind) => <option key={kind} value={kind}>{t(`authoring.completion.${kind}`)}</option>)}
                  </Select>
                </Field>
                <Checkbox name="optional" defaultChecked={fields.optional} label={t('authoring.lesson.optional')} hint={t('authoring.lesson.optionalHint')} onChange={(event) => change({ optional: event.target.checked })} />
              </div>
            </details>
            <noscript><Button type="submit" look="primary">{t('catalog.save')}</Button></noscript>
          </Stack>
        </Form>
      </Stack>
    </>
  );
}

/** Text of an earlier visit that the server never got. */
function Found({ at, onUse, onDrop }: { at: string; onUse: () => void; onDrop: () => void }) {
  const t = useT();
  const format = useFormat();
  return <Notice tone="info" live title={t('authoring.found.title')} actions={<><Button look="primary" onClick={onUse}>{t('authoring.found.use')}</Button><Button onClick={onDrop}>{t('authoring.found.drop')}</Button></>}><p>{t('authoring.found.text', { when: format.dateTime(at) })}</p></Notice>;
}

/** Ctrl+S and ⌘S save at once. */
function useSaveKey(save: () => void) {
  const latest = useLatest(save);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') { event.preventDefault(); latest.current(); }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [latest]);
}

