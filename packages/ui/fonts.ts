/** The addresses of the font files that a page needs at once, for <link rel="preload" as="font" type="font/woff2" crossorigin>. Bundler only (?url). */
import lexend from '@fontsource-variable/lexend/files/lexend-latin-wght-normal.woff2?url';
import literata from '@fontsource-variable/literata/files/literata-latin-wght-normal.woff2?url';
import naskh from '@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2?url';
import readex from '@fontsource-variable/readex-pro/files/readex-pro-arabic-wght-normal.woff2?url';

const FONTS = { latin: { interface: lexend, lesson: literata }, arabic: { interface: readex, lesson: naskh } } as const;

/** `lesson: true` for pages that show lesson text. */
export function fontsToPreload(locale: string, { lesson = false } = {}): string[] {
  const fonts = /^ar\b/.test(locale) ? FONTS.arabic : FONTS.latin;
  return lesson ? [fonts.interface, fonts.lesson] : [fonts.interface];
}
