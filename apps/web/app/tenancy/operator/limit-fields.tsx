/** Limits in a form: of a plan, where all are needed, and of one organisation, where an empty field follows its plan. */
import { Badge } from '@milpa/ui';
import type { Plan } from '@milpa/tenancy/contract';
import { useFormat, useT } from '../../i18n/index.ts';
import { TextField } from '../../identity/fields.tsx';
import type { Answer, FormText } from '../../identity/form.ts';

const limitKeys = ['members', 'courses', 'storageBytes', 'apiPerMinute'] as const;
type LimitKey = (typeof limitKeys)[number];
export type Limits = Plan['limits'];

const gibibyte = 1024 ** 3;
/** Storage is typed in GB, as it is shown. */
const typed = (key: LimitKey, value: number) => (key === 'storageBytes' ? Math.round(value / gibibyte * 1000) / 1000 : value);
const field = (key: LimitKey) => `limits.${key}`;
export const limitFields = limitKeys.map(field);

/** The limits that were typed; what was left empty is null. */
export function limitsIn(form: FormText): { [K in LimitKey]: number | null } {
  const read = (key: LimitKey) => {
    const text = form.optional(field(key));
    return text === undefined ? null : key === 'storageBytes' ? Math.round(Number(text) * gibibyte) : Number(text);
  };
  return { members: read('members'), courses: read('courses'), storageBytes: read('storageBytes'), apiPerMinute: read('apiPerMinute') };
}

interface LimitFieldsProps {
  values: { [K in LimitKey]?: number | undefined };
  /** Given where a field may be empty: what is in force then. */
  fallback?: Limits;
  answer: Answer | undefined;
}

export function LimitFields({ values, fallback, answer }: LimitFieldsProps) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="grid items-end gap-4 sm:grid-cols-2">
      {limitKeys.map((key) => {
        const value = values[key];
        const step = key === 'storageBytes' ? { min: 0.001, step: 'any' } : { min: 1, step: 1 };
        const label = t(`tenancy.limit.${key}`);
        return (
          <TextField
            key={key} name={field(key)} type="number" inputMode="decimal" dir="ltr" {...step} required={!fallback} answer={answer} defaultValue={value === undefined ? '' : typed(key, value)}
            label={fallback && value !== undefined ? <span className="inline-flex flex-wrap items-center gap-2">{label} <Badge tone="maize">{t('tenancy.agreed')}</Badge></span> : label}
            {...(fallback && { hint: t('tenancy.limit.byPlan', { limit: format.number(typed(key, fallback[key])) }) })}
          />
        );
      })}
    </div>
  );
}
