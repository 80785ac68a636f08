/** The languages that courses are written in. Names are made on the server, so that every browser shows the same. */
import type { Locale } from '@milpa/kernel/contract';

const offered = ['es-MX', 'en', 'ar', 'es', 'fr', 'pt-BR'];
const rightToLeft = new Set(['ar', 'fa', 'he', 'ps', 'ur']);

export interface NamedLanguage { code: string; name: string }

const names = new Map<Locale, Intl.DisplayNames>();

/** The name of a language in the reader's, as it begins a line; the code itself where there is no name. */
function languageName(code: string, locale: Locale): string {
  let display = names.get(locale);
  if (!display) names.set(locale, (display = new Intl.DisplayNames([locale], { type: 'language', languageDisplay: 'standard' })));
  try {
    const name = display.of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return code;
  }
}

const baseOf = (code: string): string => code.split('-')[0] ?? code;

/** The name without the region, for readers who only want to know whether they understand it. */
export const plainLanguageName = (code: string, locale: Locale): string => languageName(baseOf(code), locale);

export const sameLanguage = (a: string, b: string): boolean => baseOf(a) === baseOf(b);

/** The languages to choose from, and `also` where it is another. */
export function languageChoices(locale: Locale, also?: string | null): NamedLanguage[] {
  const codes = also && !offered.includes(also) ? [...offered, also] : offered;
  return codes.map((code) => ({ code, name: languageName(code, locale) }));
}

/** Which way text in a language runs. */
export const directionOf = (code: string): 'ltr' | 'rtl' => (rightToLeft.has(baseOf(code)) ? 'rtl' : 'ltr');
