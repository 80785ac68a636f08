/** What can be wrong with message catalogues. */
import type { Locale } from '@milpa/kernel/contract';
import { locales, type Catalogue } from './catalogues.ts';
import { readParameters, type MessageParameters } from './parameters.ts';

/** The forms that a counted noun takes in Arabic; a missing one would be said wrongly without any error. */
const requiredPlurals: Partial<Record<Locale, string[]>> = { ar: ['zero', 'one', 'two', 'few', 'many', 'other'] };

/** Faults of a module's catalogues, each naming locale and key. */
export function faultsOf(module: string, catalogues: Record<Locale, Catalogue>): string[] {
  const english = catalogues.en;
  return locales.flatMap((locale) => {
    const catalogue = catalogues[locale];
    const missing = Object.keys(english).filter((key) => !(key in catalogue)).map((key) => `${locale}: ${key} is missing`);
    return [...missing, ...Object.entries(catalogue).flatMap(([key, message]) => faultsOfMessage(module, locale, key, message, english[key]))];
  });
}

function faultsOfMessage(module: string, locale: Locale, key: string, message: string, english: string | undefined): string[] {
  const at = `${locale}: ${key}`;
  if (!key.startsWith(`${module}.`)) return [`${at} does not begin with ${module}.`];
  if (english === undefined) return [`${at} is not in en`];
  if (message.trim() === '') return [`${at} is empty`];
  const read = tryRead(message);
  if (typeof read === 'string') return [`${at} is not valid: ${read}`];
  const original = tryRead(english);
  const faults: string[] = [];
  if (typeof original !== 'string' && signature(read) !== signature(original)) faults.push(`${at} takes ${signature(read)}, en takes ${signature(original)}`);
  for (const forms of read.plurals) {
    const lacking = (requiredPlurals[locale] ?? []).filter((form) => !forms.includes(form));
    if (lacking.length > 0) faults.push(`${at} lacks the plural forms ${lacking.join(', ')}`);
  }
  return faults;
}

function tryRead(message: string): MessageParameters | string {
  try {
    return readParameters(message);
  } catch (error) {
    return (error as Error).message;
  }
}

function signature({ parameters }: MessageParameters): string {
  return [...parameters].map(([name, kind]) => `${name}:${kind}`).sort().join(' ') || 'nothing';
}

/** Keys that no source names, whole or by the beginning of a template (`catalog.level.${level}`). */
export function unusedKeys(keys: string[], sources: string[]): string[] {
  const quoted = new Set(sources.flatMap((source) => [...source.matchAll(/['"]([\w.-]+)['"]/g)].map((match) => match[1])));
  const beginnings = sources.flatMap((source) => [...source.matchAll(/`([\w-]+(?:\.[\w-]*)+)\$\{/g)].map((match) => match[1] ?? ''));
  return keys.filter((key) => !quoted.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)));
}
