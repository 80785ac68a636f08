/** All files of a course. */
import { EmptyState, Page, Section, Table, TextLink } from '@milpa/ui';
import { getCourse, getDraft, listCourseFiles } from '@milpa/catalog/contract';
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

export default function Files({ loaderData: { course, files } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  return (
    <Page narrow>
      <Title>{t('authoring.files.title', { title: course.title })}</Title>
      <ManageHeader course={course} part="files" />
      <Section title={t('authoring.tab.files')}>
        {files.length === 0 ? <EmptyState title={t('authoring.files.noneYet')}><p>{t('authoring.files.noneText')}</p></EmptyState> : (
          <Table
            caption={t('authoring.tab.files')} rows={files} rowKey={({ fileId }) => fileId}
            columns={[
              { key: 'name', header: t('authoring.files.name'), primary: true, cell: ({ name, address }) => <TextLink href={address} target="_blank" className="wrap-anywhere"><bdi>{name}</bdi></TextLink> },
              { key: 'kind', header: t('authoring.files.kind'), cell: ({ kind }) => t(`authoring.files.kind.${kind}`) },
              { key: 'size', header: t('authoring.files.size'), align: 'end', cell: ({ size }) => format.bytes(size) },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}
