/** Long lists to choose from, made by the server, so that the browser needs to know none of them. */
import type { Locale } from '@milpa/kernel/contract';

export function timeZoneChoices(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}

/** Currencies by name in the reader's language, each with its ISO 4217 code. */
export function currencyChoices(locale: Locale): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return Intl.supportedValuesOf('currency')
    .map((code) => ({ code, name: `${names.of(code) ?? code} (${code})` }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
}
