/** All files of a course: what needs them, and a way to delete what nothing needs. */
import { Form, redirect } from 'react-router';
import { Button, Card, EmptyState, Notice, Page, Section, Table, TextLink } from '@milpa/ui';
import { deleteCourseFile, getCourse, getDraft, listCourseFiles, type ListedFile } from '@milpa/catalog/contract';
import { AudioLines, File, FileText, Film, Image as ImageIcon, Trash2 } from 'lucide-react';
import { lessonEditorPath, managePath } from '../catalog/paths.ts';
import { load, submit, web } from '../context.ts';
import { refused } from '../identity/form.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { ProblemSummary } from '../shell/problem.tsx';
import { useSupport } from '../shell/support.ts';
import { Title } from '../shell/title.tsx';
import { managed, ManageHeader } from './manage-header.tsx';
import type { Route } from './+types/files';

export const handle = { words: ['catalog'] } satisfies ScreenHandle;

export async function loader({ context, params }: Route.LoaderArgs) {
  const [course, draft, files] = await Promise.all([load(context, getCourse, { params }), load(context, getDraft, { params }), load(context, listCourseFiles, { params })]);
  return { course: managed(course, draft), files: files.data, deleted: web(context).url.searchParams.has('deleted') };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const fileId = String((await request.formData()).get('fileId'));
  const { problem } = await submit(context, deleteCourseFile, { params: { ...params, fileId } });
  return problem ? refused(problem, { fileId }) : redirect(`${managePath(params.courseId)}/files?deleted`, 303);
}

const icons = { picture: ImageIcon, audio: AudioLines, video: Film, pdf: FileText, other: File };

/** Pictures are known by their looks, other files by their kind. */
function Name({ file: { name, address, kind } }: { file: ListedFile }) {
  const Icon = icons[kind];
  return (
    <span className="flex items-center gap-3">
      <span className="grid size-12 flex-none place-items-center overflow-hidden rounded-(--round-s) bg-sunk text-ink-soft">
        {kind === 'picture' ? <img src={address} alt="" loading="lazy" className="size-full object-cover" /> : <Icon aria-hidden="true" />}
      </span>
      <TextLink href={address} target="_blank" className="wrap-anywhere"><bdi>{name}</bdi></TextLink>
    </span>
  );
}

/** What needs the file: by name where it can be taken out. */
function Uses({ courseId, file: { fileId, name, uses } }: { courseId: string; file: ListedFile }) {
  const t = useT();
  const [use] = uses;
  const support = useSupport();
  if (!use) {
    if (support.here) return t('authoring.files.unused');
    return (
      <details>
        <summary className="inline-flex min-h-(--tap) cursor-pointer items-center gap-2 text-ink-soft"><Trash2 aria-hidden="true" className="flex-none" /><span className="underline">{t('authoring.files.unused')}</span></summary>
        <Form method="post" className="pb-2" preventScrollReset>
          <input type="hidden" name="fileId" value={fileId} />
          <p className="mb-2 text-sm">{t('authoring.files.deleteMeans')}</p>
          <Button type="submit" size="small" look="danger" aria-label={t('authoring.files.deleteOne', { name })}>{t('authoring.files.delete')}</Button>
        </Form>
      </details>
    );
  }
  const more = new Set(uses.map(({ place, lessonId }) => lessonId ?? place)).size - 1;
  const title = <bdi>{use.title}</bdi>;
  return (
    <span className="text-sm">
      {use.place === 'lesson' && use.lessonId ? <TextLink href={lessonEditorPath(courseId, use.lessonId)} className="wrap-anywhere">{title}</TextLink> : <>{t(`authoring.files.use.${use.place === 'lesson' ? 'earlier' : use.place}`)} {title}</>}
      {more > 0 && <span className="text-ink-soft"> {t('authoring.files.more', { n: more })}</span>}
    </span>
  );
}

export default function Files({ loaderData: { course, files, deleted }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  return (
    <Page narrow>
      <Title>{t('authoring.files.title', { title: course.title })}</Title>
      <ManageHeader course={course} part="files" />
      <div className="ui-stack pt-6 empty:hidden">
        <ProblemSummary problem={actionData?.problem} />
        {deleted && !actionData && <Notice tone="success" live>{t('authoring.files.deleted')}</Notice>}
      </div>
      <Section title={t('authoring.tab.files')}>
        {files.length === 0 ? <EmptyState title={t('authoring.files.noneYet')}><p>{t('authoring.files.noneText')}</p></EmptyState> : (
          <Card flush><Table
            caption={t('authoring.tab.files')} rows={files} rowKey={({ fileId }) => fileId}
            columns={[
              { key: 'name', header: t('authoring.files.name'), primary: true, cell: (file) => <Name file={file} /> },
              { key: 'kind', header: t('authoring.files.kind'), cell: ({ kind }) => t(`authoring.files.kind.${kind}`) },
              { key: 'size', header: t('authoring.files.size'), align: 'end', cell: ({ size }) => format.bytes(size) },
              { key: 'uses', header: t('authoring.files.usedIn'), cell: (file) => <Uses courseId={course.id} file={file} /> },
            ]}
          /></Card>
        )}
      </Section>
    </Page>
  );
}
