/** Where a public page is, for its head. Only loaders use this: it knows the languages by the contract. */
import { locales, type Locale } from '@milpa/kernel/contract';
import type { WebContext } from '../../web-context.ts';

export interface Share {
  /** The address of the page without what does not change it, in the language that the address names. */
  canonical: string;
  alternates: { locale: Locale | 'x-default'; href: string }[];
  site: string;
  picture: string | null;
}

/** @param path of the page, with what belongs to its address; `picture` a path too */
export function shareOf({ url, tenant }: Pick<WebContext, 'url' | 'tenant'>, path: string, picture: string | null = null): Share {
  const absolute = (to: string) => new URL(to, url.origin).href;
  const inLanguage = (locale: string) => `${absolute(path)}${path.includes('?') ? '&' : '?'}lang=${locale}`;
  const asked = locales.find((locale) => locale === url.searchParams.get('lang'));
  const image = picture ?? tenant?.logoUrl ?? null;
  return {
    canonical: asked ? inLanguage(asked) : absolute(path), site: tenant?.name ?? '', picture: image && absolute(image),
    alternates: [...locales.map((locale) => ({ locale, href: inLanguage(locale) })), { locale: 'x-default', href: absolute(path) }],
  };
}
