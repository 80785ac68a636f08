/** All that a member noted and marked, with the way back to each place. */
import { Badge, Button, Field, LinkButton, EmptyState, Page, PageHeader, Pagination, SubmitButton, TextArea, TextInput } from '@milpa/ui';
import { listNotes, removeNote, saveNote, type NoteInCourse } from '@milpa/learning/contract';
import { Download, Search } from 'lucide-react';
import { data, Form, redirect } from 'react-router';
import { playerPath } from '../catalog/paths.ts';
import { load, membersOnly, submit } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import type { Route } from './+types/notes';

export async function loader({ context, request }: Route.LoaderArgs) {
  membersOnly(context);
  const { searchParams } = new URL(request.url);
  const [course, q, cursor] = ['course', 'q', 'cursor'].map((name) => searchParams.get(name)?.trim() || undefined);
  const { data: notes, page } = await load(context, listNotes, { query: { limit: 30, ...(course && { courseId: course }), ...(q && { q }), ...(cursor && { cursor }) } });
  return { notes, next: page.next, course: course ?? null, q: q ?? '', first: !cursor };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name));
  const { problem } = form.get('intent') === 'remove'
    ? await submit(context, removeNote, { params: { noteId: field('noteId') } })
    : await submit(context, saveNote, { params: { courseId: field('courseId'), noteId: field('noteId') }, body: { ...JSON.parse(field('note')), text: field('text') } });
  return problem ? data({ problem }, { status: problem.status }) : redirect(request.url, 303);
}

export default function Notes({ loaderData: { notes, next, course, q, first }, actionData }: Route.ComponentProps) {
  const t = useT();
  const query = (more: Record<string, string>) => new URLSearchParams({ ...(course && { course }), ...(q && { q }), ...more }).toString();
  const title = course && notes[0] ? notes[0].course.title : null;
  const nothing = notes.length === 0 && first;
  return (
    <Page narrow>
      <Title>{t('learning.notes.mine')}</Title>
      <PageHeader
        title={t('learning.notes.mine')}
        lead={title ? <bdi>{title}</bdi> : t('learning.notes.lead')}
        actions={!nothing && <LinkButton download="notes.md" icon={<Download aria-hidden="true" />} href={`/learning/notes/export?${query({})}`}>{t('learning.notes.export')}</LinkButton>}
      />
      <ProblemSummary problem={actionData?.problem} />
      {(!nothing || q) && (
        <Form role="search" className="mb-6 flex items-end gap-2">
          {course && <input type="hidden" name="course" value={course} />}
          <Field label={t('learning.notes.search')} className="min-w-0 flex-1"><TextInput type="search" name="q" defaultValue={q} maxLength={200} /></Field>
          <Button type="submit" icon={<Search aria-hidden="true" />}>{t('learning.notes.find')}</Button>
        </Form>
      )}
      {course && <p className="mb-4"><LinkButton size="small" look="quiet" href="/learning/notes">{t('learning.notes.everyCourse')}</LinkButton></p>}
      {nothing
        ? <EmptyState title={t(q ? 'learning.notes.notFound' : 'learning.notes.none')}><p>{t(q ? 'learning.notes.notFoundText' : 'learning.notes.noneText')}</p></EmptyState>
        : <ul className="flex flex-col gap-4">{notes.map((note) => <li key={note.id}><OneNote note={note} /></li>)}</ul>}
      <Pagination
        label={t('learning.notes.pages')}
        previous={first ? undefined : { href: `/learning/notes?${query({})}`, label: t('learning.firstPage') }}
        next={next ? { href: `/learning/notes?${query({ cursor: next })}`, label: t('learning.nextPage') } : undefined}
      />
    </Page>
  );
}

function OneNote({ note }: { note: NoteInCourse }) {
  const t = useT();
  const format = useFormat();
  const { id, kind, course, courseId, lessonId, lessonTitle, place, quote, text, changedAt } = note;
  return (
    <article className="ui-card flex flex-col gap-2" aria-label={`${course.title}, ${lessonTitle}`}>
      <p className="text-sm text-ink-soft"><bdi lang={course.language}>{course.title}</bdi> · <bdi lang={course.language}>{lessonTitle}</bdi> · {format.date(changedAt)}</p>
      {quote && <blockquote className="border-s-4 border-maize ps-3 text-ink-soft" dir="auto" lang={course.language}>{quote}</blockquote>}
      {kind === 'bookmark' ? <p><Badge tone="maize">{t('learning.notes.isBookmark')}</Badge></p> : <p className="whitespace-pre-line break-words" dir="auto">{text}</p>}
      <div className="flex flex-wrap items-start gap-2">
        {lessonId && <LinkButton size="small" href={`${playerPath(course.slug, lessonId)}?note=${id}`}>{t('learning.notes.open')}</LinkButton>}
        <Form method="post">
          <input type="hidden" name="intent" value="remove" />
          <input type="hidden" name="noteId" value={id} />
          <Button type="submit" size="small" look="quiet" aria-label={t('learning.notes.removeOf', { title: lessonTitle })}>{t('learning.notes.remove')}</Button>
        </Form>
        {kind === 'note' && lessonId && (
          <details className="min-w-0 open:basis-full" key={changedAt}>
            <summary className="ui-button" data-look="quiet" data-size="small">{t('learning.notes.edit')}</summary>
            <Form method="post" className="flex flex-col items-start gap-2">
              <input type="hidden" name="noteId" value={id} />
              <input type="hidden" name="courseId" value={courseId} />
              <input type="hidden" name="note" value={JSON.stringify({ lessonId, kind, place, quote })} />
              <Field label={t('learning.notes.text')} className="w-full"><TextArea name="text" rows={4} maxLength={8000} required defaultValue={text} dir="auto" /></Field>
              <SubmitButton size="small" look="secondary">{t('learning.notes.save')}</SubmitButton>
            </Form>
          </details>
        )}
      </div>
    </article>
  );
}
