/** How the installation grows, and who is largest, as they were counted last. */
import { Anchor, BarChart, Card, LineChart, LinkButton, Section, Table, type LineSeries } from '@milpa/ui';
import type { UsageDay } from '@milpa/tenancy/contract';
import { useFormat, useT } from '../../i18n/index.ts';

export const spans = [30, 90, 365] as const;
export type Span = (typeof spans)[number];
/** Days between two rows of a table. */
const steps = { 30: 1, 90: 7, 365: 30 } as const;

const kinds = [['tenants', 'night'], ['members', 'leaf'], ['storageBytes', 'squash']] as const satisfies readonly (readonly [keyof UsageDay, LineSeries['tone']])[];
type Kind = (typeof kinds)[number][0];

function useAmount(kind: Kind) {
  const format = useFormat();
  return kind === 'storageBytes' ? format.bytes : format.number;
}

export function Growth({ days, span, counted }: { days: UsageDay[]; span: Span; counted: string | null }) {
  const t = useT();
  return (
    <Section
      title={t('tenancy.growth.title')} lead={days.length === 1 ? t('tenancy.growth.first') : counted ? t('tenancy.tenants.counted', { when: counted }) : undefined}
      actions={(
        <div className="flex flex-wrap gap-2">
          {spans.map((one) => <LinkButton key={one} href={`/operator?days=${one}`} size="small" look={one === span ? 'secondary' : 'quiet'} aria-current={one === span || undefined}>{t('tenancy.dashboard.activity.span', { days: one })}</LinkButton>)}
        </div>
      )}
    >
      {days.length === 0
        ? <Card><p className="text-ink-soft">{t('tenancy.growth.none')}</p></Card>
        : <div className="grid gap-4 lg:grid-cols-3">{kinds.map(([kind, tone]) => <Card key={kind}><GrowthChart kind={kind} tone={tone} days={days} span={span} /></Card>)}</div>}
    </Section>
  );
}

function GrowthChart({ kind, tone, days, span }: { kind: Kind; tone: LineSeries['tone']; days: UsageDay[]; span: Span }) {
  const t = useT();
  const format = useFormat();
  const say = useAmount(kind);
  // A day has no time of its own: at noon it is the same day everywhere that it is written for.
  const dayName = (day: string) => format.date(`${day}T12:00:00Z`);
  const [first, last] = [days[0]!, days.at(-1)!];
  const name = t(`tenancy.growth.${kind}`);
  // One count is no line yet.
  if (first === last) return <><h3 className="font-medium">{name}</h3><p className="text-3xl leading-relaxed font-semibold tabular-nums">{say(last[kind])}</p></>;
  return (
    <>
      <h3 className="text-3xl leading-relaxed font-semibold tabular-nums"><span className="sr-only">{name} </span>{say(last[kind])}</h3>
      <p className="mb-3 text-sm text-ink-soft">{t('tenancy.growth.before', { before: say(first[kind]), day: dayName(first.day) })}</p>
      <LineChart
        label={t('tenancy.growth.label', { what: name, from: dayName(first.day), to: dayName(last.day) })} from={dayName(first.day)} to={dayName(last.day)} formatMax={say}
        series={[{ key: kind, label: name, tone, values: days.map((day) => day[kind]) }]}
        tableLabel={t('tenancy.dashboard.activity.table')}
        table={(
          <Table
            caption={name} rowKey={({ day }) => day} rows={days.filter((_, index) => (days.length - 1 - index) % steps[span] === 0).toReversed()}
            columns={[{ key: 'day', header: t('tenancy.dashboard.activity.day'), primary: true, cell: ({ day }) => dayName(day) }, { key: kind, header: name, align: 'end', cell: (day) => say(day[kind]) }]}
          />
        )}
      />
    </>
  );
}

export interface Largest { id: string; name: string; usage: { members: number; storageBytes: number } }

/** The largest by one measure, longest bar first. */
export function LargestTenants({ kind, tenants }: { kind: 'members' | 'storageBytes'; tenants: readonly Largest[] }) {
  const t = useT();
  const say = useAmount(kind);
  const caption = t(`tenancy.growth.largest.${kind}`);
  return (
    <Card>
      <h3 className="mb-3 text-base font-medium">{caption}</h3>
      <BarChart
        caption={caption} headers={{ row: t('tenancy.field.name'), numbers: [t(`tenancy.usage.${kind}`)] }} max={Math.max(1, ...tenants.map(({ usage }) => usage[kind]))}
        rows={tenants.map(({ id, name, usage }) => ({
          key: id, label: <Anchor className="ui-link" href={`/operator/tenants/${id}`}><bdi>{name}</bdi></Anchor>, parts: [{ value: usage[kind], tone: kind === 'members' ? 'leaf' : 'squash' }], numbers: [say(usage[kind])],
        }))}
      />
    </Card>
  );
}
