/** One version beside the draft: what has changed since, and the way back to it. */
import { data } from 'react-router';
import { Form } from 'react-router';
import { Breadcrumbs, LinkButton, Page, PageHeader, Section, SubmitButton } from '@milpa/ui';
import { compareVersion, getCourse, getVersion } from '@milpa/catalog/contract';
import { managePath } from '../catalog/paths.ts';
import { load } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { useSupport } from '../shell/support.ts';
import { Title } from '../shell/title.tsx';
import { Changes } from './changes.tsx';
import type { Route } from './+types/version';

export const handle = { words: ['catalog'] } satisfies ScreenHandle;

export async function loader({ context, params }: Route.LoaderArgs) {
  const { courseId, versionId } = params;
  const [course, version, changes] = await Promise.all([load(context, getCourse, { params: { courseId } }), load(context, getVersion, { params }), load(context, compareVersion, { params: { courseId, versionId } })]);
  if (!course.abilities.update) throw data(null, { status: 403 });
  const { id, number, note, createdAt, member } = version;
  return { course: { id: course.id, title: course.title, language: course.language }, version: { id, number, note, createdAt, by: member?.name ?? null }, changes };
}

export default function Version({ loaderData: { course, version, changes } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const support = useSupport();
  const versions = `${managePath(course.id)}/versions`;
  const title = t('authoring.versions.number', { number: version.number });
  return (
    <Page narrow>
      <Title>{title}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('catalog.crumbs')} items={[{ href: '/teaching', label: t('authoring.teaching') }, { href: managePath(course.id), label: <bdi>{course.title}</bdi> }, { href: versions, label: t('authoring.tab.versions') }]} />}
        title={title} lead={<><bdi>{version.note}</bdi> <span className="block text-sm text-ink-soft">{format.dateTime(version.createdAt)}{version.by && <> · <bdi>{version.by}</bdi></>}</span></>}
      />
      <Section title={t('authoring.versions.since')}><Changes changes={changes} language={course.language} /></Section>
      {!support.onlyReads && <Form method="post" action={versions} className="flex flex-col gap-4 rounded-(--round-l) bg-sunk p-5">
        <p>{t('authoring.versions.restoreText')}</p>
        <input type="hidden" name="versionId" value={version.id} />
        <div className="ui-cluster"><SubmitButton name="intent" value="restore">{t('authoring.versions.restore')}</SubmitButton><LinkButton look="quiet" href={versions}>{t('authoring.cancel')}</LinkButton></div>
      </Form>}
    </Page>
  );
}
