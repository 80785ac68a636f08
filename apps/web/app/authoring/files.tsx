/** All files of a course. */
import { Card, EmptyState, Page, Section, Table, TextLink } from '@milpa/ui';
import { getCourse, getDraft, listCourseFiles, type CourseFile } from '@milpa/catalog/contract';
import { AudioLines, File, FileText, Film, Image as ImageIcon } from 'lucide-react';
import { load } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { Title } from '../shell/title.tsx';
import { managed, ManageHeader } from './manage-header.tsx';
import type { Route } from './+types/files';

export const handle = { words: ['catalog'] } satisfies ScreenHandle;

export async function loader({ context, params }: Route.LoaderArgs) {
  const [course, draft, files] = await Promise.all([load(context, getCourse, { params }), load(context, getDraft, { params }), load(context, listCourseFiles, { params })]);
  return { course: managed(course, draft), files: files.data };
}

const icons = { picture: ImageIcon, audio: AudioLines, video: Film, pdf: FileText, other: File };

/** Pictures are known by their looks, other files by their kind. */
function Name({ file: { name, address, kind } }: { file: CourseFile }) {
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

export default function Files({ loaderData: { course, files } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  return (
    <Page narrow>
      <Title>{t('authoring.files.title', { title: course.title })}</Title>
      <ManageHeader course={course} part="files" />
      <Section title={t('authoring.tab.files')}>
        {files.length === 0 ? <EmptyState title={t('authoring.files.noneYet')}><p>{t('authoring.files.noneText')}</p></EmptyState> : (
          <Card flush><Table
            caption={t('authoring.tab.files')} rows={files} rowKey={({ fileId }) => fileId}
            columns={[
              { key: 'name', header: t('authoring.files.name'), primary: true, cell: (file) => <Name file={file} /> },
              { key: 'kind', header: t('authoring.files.kind'), cell: ({ kind }) => t(`authoring.files.kind.${kind}`) },
              { key: 'size', header: t('authoring.files.size'), align: 'end', cell: ({ size }) => format.bytes(size) },
            ]}
          /></Card>
        )}
      </Section>
    </Page>
  );
}
