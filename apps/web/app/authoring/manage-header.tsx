/** The head of the screens that work on one course: what state it is in, whether something waits to be published, and its parts. */
import { Badge, Breadcrumbs, LinkButton, PageHeader, Tabs } from '@milpa/ui';
import type { CourseDraft, CourseSummary } from '@milpa/catalog/contract';
import { Download, Eye, Send } from 'lucide-react';
import { StatusBadge } from '../catalog/facts.tsx';
import { coursePath, managePath, playerPath } from '../catalog/paths.ts';
import { useT } from '../i18n/index.ts';
import { useSupport } from '../shell/support.ts';

export type ManagedPart = 'outline' | 'description' | 'versions' | 'files' | 'publish' | 'export';
export interface ManagedCourse extends Pick<CourseSummary, 'id' | 'slug' | 'title' | 'status' | 'language'> {
  changed: boolean;
  waiting: boolean;
  /** Whether there are lessons that nobody has been given yet. */
  publishable: boolean;
}

/** What every screen of a course's management shows of it. */
export const managed = ({ id, slug, title, status, language }: CourseSummary, { changed, review, modules }: Pick<CourseDraft, 'changed' | 'review' | 'modules'>): ManagedCourse =>
  ({ id, slug, title, status, language, changed, waiting: review?.state === 'requested', publishable: (changed || status !== 'published') && modules.some(({ lessons }) => lessons.length > 0) });

export function ManageHeader({ course, part }: { course: ManagedCourse; part: ManagedPart }) {
  const t = useT();
  const base = managePath(course.id);
  const support = useSupport();
  const tabs = ([['outline', '', t('catalog.outline.title')], ['description', '/description', t('authoring.tab.description')], ['files', '/files', t('authoring.tab.files')], ['versions', '/versions', t('authoring.tab.versions')], ['learners', '/learners', t('authoring.tab.learners')]] as const).filter(([key]) => key !== 'description' || !support.onlyReads);
  return (
    <>
      <PageHeader
        before={<Breadcrumbs label={t('catalog.crumbs')} items={[{ href: '/teaching', label: t('authoring.teaching') }]} />}
        eyebrow={(
          <span className="ui-cluster ui-gap-s">
            <StatusBadge status={course.status} />
            {course.waiting ? <Badge tone="night">{t('authoring.waiting')}</Badge> : course.changed && course.status !== 'draft' && <Badge tone="maize">{t('authoring.unpublished')}</Badge>}
          </span>
        )}
        title={<bdi lang={course.language}>{course.title}</bdi>}
        actions={(
          <>
            {part !== 'export' && !support.here && <LinkButton look="quiet" href={`${base}/export`} icon={<Download aria-hidden="true" />}>{t('authoring.export')}</LinkButton>}
            <LinkButton href={course.status === 'draft' ? `${playerPath(course.slug)}${course.waiting ? '?preview=review' : '?preview'}` : coursePath(course.slug)} icon={<Eye aria-hidden="true" />}>{t(course.status === 'draft' ? 'authoring.previewCourse' : 'authoring.manage.view')}</LinkButton>
            {part !== 'publish' && !support.onlyReads && <LinkButton look={part === 'outline' && course.publishable ? 'primary' : 'secondary'} href={`${base}/publish`} icon={<Send aria-hidden="true" className="ui-mirror" />}>{t('authoring.publish')}</LinkButton>}
          </>
        )}
      />
      <Tabs label={t('authoring.manage.parts')} items={tabs.map(([key, path, label]) => ({ href: base + path, label, current: part === key }))} />
    </>
  );
}
