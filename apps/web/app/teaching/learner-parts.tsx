import { Badge, Progress } from '@milpa/ui';
import type { RosterEntry } from '@milpa/learning/contract';
import { useT } from '../i18n/index.ts';

export function LearnerProgress({ row }: { row: Pick<RosterEntry, 'completedLessons' | 'lessonCount' | 'status' | 'stalled'> }) {
  const t = useT();
  return (
    <span className="flex min-w-36 flex-col gap-1">
      <Progress value={row.completedLessons} max={Math.max(row.lessonCount, 1)} label={t('teaching.column.progress')} text={t('teaching.progressOf', { done: row.completedLessons, all: row.lessonCount })} />
      {row.status !== 'active' && <span><Badge tone={row.status === 'completed' ? 'leaf' : 'neutral'}>{t(`teaching.status.${row.status}`)}</Badge></span>}
      {row.stalled && <span><Badge tone="clay">{t('teaching.status.stalled')}</Badge></span>}
    </span>
  );
}

export function Version({ row }: { row: Pick<RosterEntry, 'versionNumber' | 'outdated'> }) {
  const t = useT();
  if (row.versionNumber === null) return '–';
  return <span className="inline-flex flex-wrap items-center gap-2">{t('teaching.version', { n: row.versionNumber })}{row.outdated && <Badge tone="maize">{t('teaching.version.older')}</Badge>}</span>;
}
