import { Badge, Card, Table } from '@milpa/ui';
import type { Schedule } from '@milpa/tenancy/contract';
import { useFormat, useT } from '../../i18n/index.ts';

/** Whether the last run went well, as far as anything is known. */
function Verdict({ schedule: { late, lastError, succeededAt } }: { schedule: Schedule }) {
  const t = useT();
  if (late) return <Badge tone="clay">{t('tenancy.schedule.late')}</Badge>;
  if (lastError) return <Badge tone="maize">{t('tenancy.schedule.failed')}</Badge>;
  if (succeededAt) return <Badge tone="leaf">{t('tenancy.schedule.well')}</Badge>;
  return <>{t('tenancy.schedule.never')}</>;
}

/** Jobs by the clock: when each runs next, and how it ended last. */
export function Schedules({ schedules, now }: { schedules: readonly Schedule[]; now: string }) {
  const t = useT();
  const format = useFormat();
  return (
    <Card flush>
      <Table
        caption={t('tenancy.jobs.view.schedules')}
        rows={schedules}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', header: t('tenancy.jobs.kind'), primary: true, cell: ({ kind, lastError }) => (
            <>
              <code dir="ltr" className="break-words">{kind}</code>
              {lastError && <span dir="ltr" className="block text-sm font-normal break-words text-clay-text">{lastError.split('\n', 1)[0]}</span>}
            </>
          ) },
          { key: 'verdict', header: t('tenancy.schedule.last'), cell: (schedule) => <Verdict schedule={schedule} /> },
          { key: 'success', header: t('tenancy.schedule.success'), cell: ({ succeededAt }) => (succeededAt ? format.relative(succeededAt, now) : '–') },
          { key: 'next', header: t('tenancy.jobs.next'), cell: ({ nextRunAt }) => (nextRunAt ? format.relative(nextRunAt, now) : '–') },
        ]}
      />
    </Card>
  );
}
