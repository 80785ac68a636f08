/** The head of the screens about a course's learners. */
import { Breadcrumbs, PageHeader, Tabs } from '@milpa/ui';
import type { ReactNode } from 'react';
import { managePath } from '../catalog/paths.ts';
import { useT } from '../i18n/index.ts';
import { useSupport } from '../shell/support.ts';
import { Title } from '../shell/title.tsx';
import type { TaughtCourse } from './course.ts';
import { cohortsPath, enrollPath, learnersPath, progressPath, writePath } from './paths.ts';

const parts = { learners: learnersPath, progress: progressPath, cohorts: cohortsPath, enroll: enrollPath, write: writePath } as const;

/** @param title of one thing in a part, such as a group: its own name */
export function TeachHeader({ course, part, title, lead, actions }: { course: TaughtCourse; part: keyof typeof parts; title?: string; lead?: ReactNode; actions?: ReactNode }) {
  const t = useT();
  const support = useSupport();
  // Lists of people and what is written to them are the members' own.
  const shown = (Object.keys(parts) as (keyof typeof parts)[]).filter((name) => !support.here || (name !== 'enroll' && name !== 'write'));
  return (
    <>
      <Title>{t('teaching.title', { part: title ?? t(`teaching.part.${part}`), course: course.title })}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('teaching.crumbs')} items={[{ href: '/teaching', label: t('teaching.courses') }, { href: managePath(course.id), label: <bdi lang={course.language}>{course.title}</bdi> }, ...(title ? [{ href: parts[part](course.id), label: t(`teaching.part.${part}`) }] : [])]} />}
        title={title ? <bdi>{title}</bdi> : t(`teaching.part.${part}`)} lead={lead} actions={actions}
      />
      <Tabs
        label={t('teaching.parts')}
        items={shown.map((name) => ({ href: parts[name](course.id), label: t(`teaching.part.${name}`), current: name === part }))}
      />
    </>
  );
}
