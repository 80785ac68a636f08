/** Sizes and lengths of time in the unit that reads best. */
import type { Locale } from '@milpa/kernel/contract';
import { numberFormat } from './intl.ts';

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A kilobyte is 1,024 bytes, as plans count: what was agreed as 20 GB reads as 20 GB everywhere. */
export function formatBytes(locale: Locale, size: number): string {
  const power = Math.min(size < 1024 ? 0 : Math.floor(Math.log2(size) / 10), byteUnits.length - 1);
  const unit = byteUnits[power] ?? 'byte';
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: power === 0 ? 'long' : 'short', maximumFractionDigits: power < 2 ? 0 : 1 }).format(size / 1024 ** power);
}

const durations = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const;

export function formatDuration(locale: Locale, seconds: number): string {
  const [unit, length] = durations.find(([, each]) => seconds >= each) ?? ['second', 1];
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0, roundingMode: 'floor' }).format(seconds / length);
}

/** Facts ready for a message: those whose names end in `Bytes` and `Seconds` in words, the others as they are. */
export const readable = (locale: Locale, values: Readonly<Record<string, number | string>>): Record<string, number | string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name,
    typeof value === 'string' ? value : name.endsWith('Bytes') ? formatBytes(locale, value) : name.endsWith('Seconds') ? formatDuration(locale, value) : value]));
