import { Progress } from '@milpa/ui';
import { useFormat, useT } from '../i18n/index.ts';

export const counted = ['members', 'courses', 'storageBytes'] as const;
export type Counted = (typeof counted)[number];
type Counts = Record<Counted, number>;
export interface UsageData { limits: Counts; usage: Counts }

/** The share of a limit from which people should hear of it. */
const nearlyFull = 0.9;

/** Whether there is room; `full`: nothing new fits, or there is more than the limit allows. */
export const roomOf = (used: number, limit: number) => (used >= limit ? 'full' : used >= limit * nearlyFull ? 'near' : 'plenty');

/** The limits that are nearly reached. */
export const tightLimits = ({ limits, usage }: UsageData) => counted.filter((what) => roomOf(usage[what], limits[what]) !== 'plenty');

/** The limits that are below what is used. */
export const overLimits = (limits: Counts, usage: Counts) => counted.filter((what) => usage[what] > limits[what]);

/** How an amount of it is written. */
export function useAmounts(): Record<Counted, (amount: number) => string> {
  const format = useFormat();
  return { members: format.number, courses: format.number, storageBytes: format.bytes };
}

export function UsageBar({ what, limits, usage }: UsageData & { what: Counted }) {
  const t = useT();
  return <Progress value={Math.min(usage[what], limits[what])} max={limits[what]} tone={roomOf(usage[what], limits[what])} label={t(`tenancy.usage.${what}`)} />;
}

/** What is used beside what there is. */
export function UsageBars({ limits, usage }: UsageData) {
  const t = useT();
  const say = useAmounts();
  return (
    <dl className="grid gap-5 sm:grid-cols-3">
      {counted.map((what) => (
        <div key={what} className="ui-stack ui-gap-s">
          <dt className="text-sm text-ink-soft">{t(`tenancy.usage.${what}`)}</dt>
          <dd className="ui-stack ui-gap-s">
            <span><strong className="text-2xl font-semibold">{say[what](usage[what])}</strong> <span className="text-sm text-ink-soft">{t('tenancy.usage.of', { limit: say[what](limits[what]) })}</span></span>
            <UsageBar what={what} limits={limits} usage={usage} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
