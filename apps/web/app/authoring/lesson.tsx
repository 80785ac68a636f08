/** Writes a lesson. Its text is edited as HTML source, and says so. */
import { data, Form, redirect } from 'react-router';
import { Breadcrumbs, Field, LinkButton, Notice, Page, PageHeader, Section, Stack, SubmitButton, TextArea, TextInput, TextLink } from '@milpa/ui';
import { getCourse, getManagedLesson, updateLesson } from '@milpa/catalog/contract';
import { Eye } from 'lucide-react';
import { load, submit } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { fieldError, ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { Conflict } from './conflict.tsx';
import { managePath, playerPath, lessonEditorPath, removePath } from '../catalog/paths.ts';
import type { Route } from './+types/lesson';

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const [course, lesson] = await Promise.all([load(context, getCourse, { params: { courseId: params.courseId } }), load(context, getManagedLesson, { params })]);
  const { id, title, minutes, bodyHtml, version, attachments } = lesson;
  return {
    course: { id: course.id, slug: course.slug, title: course.title },
    lesson: { id, title, version }, attachments,
    values: { title, minutes: minutes === null ? '' : String(minutes), bodyHtml },
    saved: new URL(request.url).searchParams.has('saved'),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? '').replace(/\r\n/g, '\n');
  const values = { title: field('title'), minutes: field('minutes').trim(), bodyHtml: field('bodyHtml') };
  const body = { title: values.title, bodyHtml: values.bodyHtml, minutes: values.minutes === '' ? null : Number(values.minutes) };
  const { problem } = await submit(context, updateLesson, { params, body, ifMatch: `"${field('version')}"` });
  if (!problem) return redirect(`${lessonEditorPath(params.courseId, params.lessonId)}?saved`, 303);
  const theirs = problem.code === 'kernel.version_conflict' ? await load(context, getManagedLesson, { params }) : null;
  return data({ problem, values, theirs: theirs && { version: theirs.version, title: theirs.title, bodyHtml: theirs.bodyHtml } }, { status: problem.status });
}

export default function Lesson({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const { course, lesson, attachments, saved } = loaderData;
  const { problem, theirs } = actionData ?? {};
  const values = actionData?.values ?? loaderData.values;
  const labels = { title: t('authoring.lesson.title'), bodyHtml: t('authoring.lesson.source') };
  const differences = (['title', 'bodyHtml'] as const).flatMap((name) => (theirs && theirs[name] !== values[name] ? [{ name, label: labels[name], theirs: theirs[name] }] : []));
  const wired = (path: string) => ({ id: `body.${path}`, error: fieldError(problem, `body.${path}`) });
  return (
    <Page narrow>
      <Title>{lesson.title}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('catalog.crumbs')} items={[{ href: '/teaching', label: t('authoring.teaching') }, { href: managePath(course.id), label: <bdi>{course.title}</bdi> }]} />}
        title={<bdi>{lesson.title}</bdi>}
        actions={(
          <LinkButton href={playerPath(course.slug, lesson.id)} target="_blank" icon={<Eye aria-hidden="true" />}>{t('authoring.lesson.preview')}</LinkButton>
        )}
      />
      <Form key={lesson.version} method="post">
        <input type="hidden" name="version" value={theirs?.version ?? lesson.version} />
        <Stack gap="large">
          {saved && !actionData && <Notice tone="success" live>{t('authoring.lesson.saved')}</Notice>}
          {theirs ? <Conflict differences={differences} /> : <ProblemSummary problem={problem} />}
          <Field label={t('authoring.lesson.title')} {...wired('title')} required><TextInput name="title" defaultValue={values.title} maxLength={200} dir="auto" autoComplete="off" /></Field>
          <Field label={t('authoring.lesson.minutes')} hint={t('authoring.lesson.minutesHint')} {...wired('minutes')}><TextInput type="number" name="minutes" defaultValue={values.minutes} min={1} max={600} className="max-w-32" /></Field>
          <Field label={t('authoring.lesson.source')} hint={t('authoring.field.htmlHint')} {...wired('bodyHtml')}>
            <TextArea name="bodyHtml" defaultValue={values.bodyHtml} rows={18} dir="ltr" spellCheck={false} className="font-mono text-sm" />
          </Field>
          <div className="ui-cluster"><SubmitButton>{t('catalog.save')}</SubmitButton><LinkButton look="quiet" href={managePath(course.id)}>{t('authoring.lesson.back')}</LinkButton></div>
        </Stack>
      </Form>
      <Section title={t('authoring.lesson.files')}><Attachments courseId={course.id} files={attachments} /></Section>
      <p className="border-t border-line pt-5"><TextLink href={removePath(course.id, lesson.id)}>{t('authoring.lesson.remove')}</TextLink></p>
    </Page>
  );
}

function Attachments({ courseId, files }: { courseId: string; files: Route.ComponentProps['loaderData']['attachments'] }) {
  const t = useT();
  const format = useFormat();
  if (files.length === 0) return <p className="text-ink-soft">{t('authoring.lesson.noFiles')}</p>;
  return (
    <ul className="flex flex-col gap-1">
      {files.map((file) => (
        <li key={file.id} className="flex flex-wrap items-center gap-x-3">
          <TextLink href={`/api/v1/courses/${courseId}/files/${file.fileId}`} className="inline-flex min-h-(--tap) items-center break-all"><bdi>{file.name}</bdi></TextLink>
          <span className="text-sm text-ink-soft">{format.bytes(file.size)}</span>
        </li>
      ))}
    </ul>
  );
}
