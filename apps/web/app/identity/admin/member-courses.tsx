/** What a member learns and teaches, on their page. */
import { Badge, Card, EmptyState, Pagination, Progress, Table, TextLink, type Tone } from '@milpa/ui';
import { useFormat, useT } from '../../i18n/index.ts';

interface Enrollment {
  id: string; status: 'active' | 'completed' | 'left'; lastOpenedAt: string | null; completedLessons: number; lessonCount: number;
  course: { id: string; title: string }; cohort: { name: string } | null;
}
const states = { active: 'night', completed: 'leaf', left: 'neutral' } as const satisfies Record<string, Tone>;

export function LearnsTable({ rows, next, later, base, now, mayWrite }: { rows: readonly Enrollment[]; next: string | null; later: boolean; base: string; now: string; mayWrite: boolean }) {
  const t = useT();
  const format = useFormat();
  if (rows.length === 0) return <EmptyState title={t('identity.member.noCourses')} />;
  return (
    <>
      <Card flush>
        <Table
          caption={t('identity.member.learns')} rows={rows} rowKey={({ id }) => id}
          columns={[
            { key: 'course', header: t('identity.member.course'), primary: true, cell: ({ course, cohort }) => <span><bdi>{course.title}</bdi>{cohort && <bdi className="block text-sm font-normal text-ink-soft">{cohort.name}</bdi>}</span> },
            { key: 'progress', header: t('identity.member.progress'), cell: ({ completedLessons, lessonCount }) => <Progress value={completedLessons} max={Math.max(lessonCount, 1)} label={t('identity.member.progress')} text={t('identity.many.progress', { done: completedLessons, all: lessonCount })} /> },
            { key: 'state', header: t('identity.members.status'), cell: ({ status }) => <Badge tone={states[status]}>{t(`identity.learning.${status}`)}</Badge> },
            { key: 'seen', header: t('identity.member.seen'), cell: ({ lastOpenedAt }) => (lastOpenedAt ? format.relative(lastOpenedAt, now) : t('identity.member.neverSeen')) },
            ...(mayWrite ? [{ key: 'write', header: t('identity.actions'), actions: true, cell: ({ id, status, course }: Enrollment) => (status === 'left' ? null : <TextLink href={`/teaching/${course.id}/messages?enrollment=${id}`} aria-label={t('identity.member.writeAbout', { course: course.title })}>{t('identity.member.write')}</TextLink>) }] : []),
          ]}
        />
      </Card>
      <Pagination
        label={t('identity.pages')} previous={later ? { href: base, label: t('identity.firstPage') } : undefined}
        next={next ? { href: `${base}?cursor=${encodeURIComponent(next)}`, label: t('identity.nextPage') } : undefined}
      />
    </>
  );
}

interface Taught { id: string; title: string; status: 'draft' | 'published' | 'archived' }

export function TeachesTable({ rows, more }: { rows: readonly Taught[]; more: boolean }) {
  const t = useT();
  const tones = { draft: 'maize', published: 'leaf', archived: 'neutral' } as const;
  return (
    <>
      <Card flush>
        <Table
          caption={t('identity.member.teaches')} rows={rows} rowKey={({ id }) => id}
          columns={[
            { key: 'course', header: t('identity.member.course'), primary: true, cell: ({ id, title }) => <TextLink href={`/teaching/${id}`}><bdi>{title}</bdi></TextLink> },
            { key: 'state', header: t('identity.members.status'), cell: ({ status }) => <Badge tone={tones[status]}>{t(`identity.course.${status}`)}</Badge> },
          ]}
        />
      </Card>
      {more && <p className="mt-3 text-ink-soft">{t('identity.member.moreCourses')}</p>}
    </>
  );
}
