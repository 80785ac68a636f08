/** The head of the screens that work on one course: what state it is in, and its parts. */
import { Breadcrumbs, LinkButton, PageHeader, Tabs } from '@milpa/ui';
import type { CourseSummary } from '@milpa/catalog/contract';
import { Eye } from 'lucide-react';
import { useT } from '../i18n/index.ts';
import { StatusBadge } from '../catalog/facts.tsx';
import { coursePath, managePath } from '../catalog/paths.ts';

interface ManageHeaderProps {
  course: Pick<CourseSummary, 'id' | 'slug' | 'title' | 'status' | 'language'>;
  part: 'outline' | 'description';
}

export function ManageHeader({ course, part }: ManageHeaderProps) {
  const t = useT();
  const base = managePath(course.id);
  return (
    <>
      <PageHeader
        before={<Breadcrumbs label={t('catalog.crumbs')} items={[{ href: '/teaching', label: t('authoring.teaching') }]} />}
        eyebrow={<StatusBadge status={course.status} />}
        title={<bdi lang={course.language}>{course.title}</bdi>}
        actions={<LinkButton href={coursePath(course.slug)} icon={<Eye aria-hidden="true" />}>{t('authoring.manage.view')}</LinkButton>}
      />
      <Tabs
        label={t('authoring.manage.parts')}
        items={[
          { href: base, label: t('catalog.outline.title'), current: part === 'outline' },
          { href: `${base}/description`, label: t('catalog.about'), current: part === 'description' },
        ]}
      />
    </>
  );
}
