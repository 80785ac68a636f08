import type { Locale, Money } from '@milpa/kernel/contract';
import { usePage } from '../page.tsx';
import { dateStyles, dateTimeFormat, listFormat, numberFormat, relativeTimeFormat, type DateStyle } from './intl.ts';
import { formatBytes } from './units.ts';

/** Formatters in the reader's language and the tenant's time zone. Moments are ISO 8601 strings or Dates. */
export function useFormat() {
  const { locale, timeZone } = usePage();
  return formatFor(locale, timeZone);
}

export function formatFor(locale: Locale, timeZone: string) {
  return {
    date: (moment: string | Date, style: DateStyle = 'medium') =>
      dateTimeFormat(locale, { ...dateStyles[style], timeZone }).format(new Date(moment)),
    time: (moment: string | Date) => dateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(new Date(moment)),
    dateTime: (moment: string | Date, style: DateStyle = 'medium') =>
      dateTimeFormat(locale, { ...dateStyles[style], timeStyle: 'short', timeZone }).format(new Date(moment)),
    /** With the name of the time zone, for who may be in another one. */
    zoned: (moment: string | Date) =>
      dateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone }).format(new Date(moment)),
    number: (value: number) => numberFormat(locale).format(value),
    /** A share from 0 to 1. */
    percent: (share: number) => numberFormat(locale, { style: 'percent' }).format(share),
    /** A size in bytes, in the unit that reads best. */
    bytes: (size: number) => formatBytes(locale, size),
    money: ({ amount, currency }: Money) => formatMoney(locale, amount, currency),
    /** "in 3 days", "2 hours ago": counted from `now`, which the loader sends so that server and browser agree. */
    relative: (moment: string | Date, now: string | Date) => formatRelative(locale, new Date(moment), new Date(now)),
    list: (items: string[]) => listFormat(locale, { type: 'conjunction' }).format(items),
  };
}

function formatMoney(locale: Locale, amount: number, currency: string): string {
  const formatter = numberFormat(locale, { style: 'currency', currency });
  const exponent = formatter.resolvedOptions().maximumFractionDigits ?? 2;
  return formatter.format(`${amount}E-${exponent}` as Intl.StringNumericLiteral);
}

const steps: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60],
];

function formatRelative(locale: Locale, moment: Date, now: Date): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  const [unit, length] = steps.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
  return relativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / length), unit);
}
