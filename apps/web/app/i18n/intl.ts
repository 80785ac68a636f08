/** Intl formatters are slow to make and quick to use: one of each kind is kept. */
import type { Locale } from '@milpa/kernel/contract';

/** Arabic is written with Arabic digits and Egyptian names of months. */
const intlLocale: Record<Locale, string> = { en: 'en', 'es-MX': 'es-MX', ar: 'ar-EG' };

/** The same as the contract's list, without bringing its schemas to the browser. */
export const locales = Object.keys(intlLocale) as Locale[];

function kept<Options, Formatter>(make: (locale: string, options?: Options) => Formatter) {
  const formatters = new Map<string, Formatter>();
  return (locale: string | string[] | Intl.Locale | undefined, options?: Options): Formatter => {
    const tag = intlLocale[locale as Locale];
    const key = options ? tag + JSON.stringify(options) : tag;
    let formatter = formatters.get(key);
    if (!formatter) formatters.set(key, (formatter = make(tag, options)));
    return formatter;
  };
}

export const dateTimeFormat = kept((locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
export const numberFormat = kept((locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
export const pluralRules = kept((locale, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options));
export const relativeTimeFormat = kept((locale, options?: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options));
export const listFormat = kept((locale, options?: Intl.ListFormatOptions) => new Intl.ListFormat(locale, options));

/** The same styles in messages (`{when, date, medium}`) and in `useFormat`. */
export const dateStyles = {
  short: { dateStyle: 'short' },
  medium: { dateStyle: 'medium' },
  long: { dateStyle: 'long' },
  full: { dateStyle: 'full' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateStyle = keyof typeof dateStyles;
