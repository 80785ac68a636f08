/** The versions of a course: saved, compared, brought back. */
import { data, Form, redirect } from 'react-router';
import { Badge, Button, Card, Field, LinkButton, Notice, Page, Pagination, Section, TextInput } from '@milpa/ui';
import { getCourse, getDraft, listVersions, restoreVersion, saveVersion } from '@milpa/catalog/contract';
import { managePath } from '../catalog/paths.ts';
import { load, submit } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { ProblemSummary } from '../shell/problem.tsx';
import { useSupport } from '../shell/support.ts';
import { Title } from '../shell/title.tsx';
import { managed, ManageHeader } from './manage-header.tsx';
import type { Route } from './+types/versions';

export const handle = { words: ['catalog'] } satisfies ScreenHandle;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const cursor = searchParams.get('after');
  const [course, draft, versions] = await Promise.all([load(context, getCourse, { params }), load(context, getDraft, { params }), load(context, listVersions, { params, query: { limit: 20, ...(cursor && { cursor }) } })]);
  return { course: managed(course, draft), versions: versions.data, next: versions.page.next, first: cursor === null, saved: searchParams.has('saved') };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const here = `${managePath(params.courseId)}/versions`;
  const { problem } = form.get('intent') === 'restore'
    ? await submit(context, restoreVersion, { params: { ...params, versionId: String(form.get('versionId')) } })
    : await submit(context, saveVersion, { params, body: { note: String(form.get('note') ?? '') } });
  if (problem) return data({ problem }, { status: problem.status });
  return redirect(form.get('intent') === 'restore' ? `${managePath(params.courseId)}?note=restored` : `${here}?saved`, 303);
}

export default function Versions({ loaderData: { course, versions, next, first, saved }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const here = `${managePath(course.id)}/versions`;
  const support = useSupport();
  return (
    <Page narrow>
      <Title>{t('authoring.versions.title', { title: course.title })}</Title>
      <ManageHeader course={course} part="versions" />
      <div className="flex flex-col gap-4 pt-6 empty:hidden">
        <ProblemSummary problem={actionData?.problem} />
        {saved && !actionData && <Notice tone="success" live>{t('authoring.versions.saved')}</Notice>}
      </div>
      {!support.onlyReads && <Form method="post" className="my-6 flex flex-wrap items-end gap-3 rounded-(--round-l) bg-sunk p-5">
        <Field label={t('authoring.versions.note')} hint={t('authoring.versions.noteHint')} className="min-w-0 flex-1 basis-60"><TextInput name="note" maxLength={500} dir="auto" autoComplete="off" /></Field>
        <Button type="submit">{t('authoring.versions.save')}</Button>
      </Form>}
      <Section title={t('authoring.versions.list')}>
        {versions.length === 0 ? <p className="text-ink-soft">{t('authoring.versions.none')}</p> : (
          <ol className="flex flex-col gap-3">
            {versions.map(({ id, number, note, createdAt, member, publishedAt, current, lessonCount }) => (
              <li key={id}>
                <Card>
                  <div className="ui-cluster ui-between">
                    <div className="min-w-0">
                      <h3 className="flex flex-wrap items-center gap-2 text-lg">{t('authoring.versions.number', { number })}{current ? <Badge tone="leaf">{t('authoring.versions.current')}</Badge> : publishedAt && <Badge>{t('authoring.versions.published')}</Badge>}</h3>
                      {note && <p dir="auto" className="mt-1">{note}</p>}
                      <p className="mt-1 text-sm text-ink-soft">{format.dateTime(createdAt)}{member && <> · <bdi>{member.name}</bdi></>} · {t('catalog.lessonCount', { n: lessonCount })}</p>
                    </div>
                    <LinkButton href={`${here}/${id}`}>{t('authoring.versions.compare')}</LinkButton>
                  </div>
                </Card>
              </li>
            ))}
          </ol>
        )}
        <Pagination label={t('catalog.pages')} previous={first ? undefined : { href: here, label: t('authoring.newest') }} next={next ? { href: `${here}?after=${encodeURIComponent(next)}`, label: t('authoring.older') } : undefined} />
      </Section>
    </Page>
  );
}

