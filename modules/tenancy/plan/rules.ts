import type { TenantLimits } from '@milpa/kernel';

/** Limits of what is there and stays; requests a minute come anew every minute. */
export const countedLimits = ['members', 'courses', 'storageBytes'] as const;
export type CountedLimit = (typeof countedLimits)[number];

/** Which limits are below what is used. */
export const overLimits = (limits: TenantLimits, usage: Record<CountedLimit, number>): CountedLimit[] => countedLimits.filter((what) => usage[what] > limits[what]);

/** `before` with the changes; null takes an entry away. */
export function merged<T>(before: Partial<Record<string, T>>, changes: Partial<Record<string, T | null | undefined>>): Record<string, T> {
  const entries = Object.entries({ ...before, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) });
  return Object.fromEntries(entries.filter((entry): entry is [string, T] => entry[1] !== null && entry[1] !== undefined));
}
