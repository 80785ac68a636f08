import { Progress } from '@milpa/ui';
import { useFormat, useT } from '../i18n/index.ts';

export interface UsageData {
  limits: { courses: number; members: number; storageBytes: number };
  usage: { courses: number; members: number; storageBytes: number };
}

/** The share of a limit from which people should hear of it. */
const nearlyFull = 0.9;

/** The limits that are nearly reached. */
export function tightLimits({ limits, usage }: UsageData) {
  return (['courses', 'members', 'storageBytes'] as const).filter((what) => usage[what] >= limits[what] * nearlyFull);
}

/** What is used beside what there is. */
export function UsageBars({ limits, usage }: UsageData) {
  const t = useT();
  const format = useFormat();
  const say = { courses: format.number, members: format.number, storageBytes: format.bytes };
  return (
    <dl className="grid gap-5 sm:grid-cols-3">
      {(['members', 'courses', 'storageBytes'] as const).map((what) => (
        <div key={what} className="ui-stack ui-gap-s">
          <dt className="text-sm text-ink-soft">{t(`tenancy.usage.${what}`)}</dt>
          <dd className="ui-stack ui-gap-s">
            <span><strong className="text-2xl font-semibold">{say[what](usage[what])}</strong> <span className="text-sm text-ink-soft">{t('tenancy.usage.of', { limit: say[what](limits[what]) })}</span></span>
            <Progress value={Math.min(usage[what], limits[what])} max={limits[what]} label={t(`tenancy.usage.${what}`)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
