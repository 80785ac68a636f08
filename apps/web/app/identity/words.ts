import type { Locale } from '@milpa/kernel/contract';

type LocalizedName = { [K in Locale]?: string | undefined };

/** The name of a role in the reader's language, or in one that it has. */
export function nameIn(locale: Locale, name: LocalizedName): string {
  return name[locale] ?? name.en ?? name['es-MX'] ?? name.ar ?? '';
}
