/**
 * Compiles the message catalogues into the build, so that no parser is shipped.
 * The server's bundle holds every locale; the browser gets one small chunk per locale and module, when it needs it.
 */
import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';
import type { Locale } from '@milpa/kernel/contract';
import { catalogueFile, locales, modulesWithMessages, readCatalogue } from './catalogues.ts';

const chunk = /^virtual:messages\/([^/]+)\/([^/]+)$/;

export function messageCatalogues(): Plugin {
  return {
    name: 'message-catalogues',
    resolveId(id) {
      return id === 'virtual:messages/all' || id === 'virtual:messages/loaders' || chunk.test(id) ? `\0${id}` : undefined;
    },
    load(resolved) {
      const id = resolved.slice(1);
      if (id === 'virtual:messages/all') return allMessages();
      if (id === 'virtual:messages/loaders') return loaders();
      const [, locale, module] = chunk.exec(id) ?? [];
      if (!locale || !module) return undefined;
      this.addWatchFile(catalogueFile(module, locale as Locale));
      return `export default ${JSON.stringify(compiled(module, locale as Locale))}`;
    },
  };
}

function compiled(module: string, locale: Locale) {
  return Object.fromEntries(Object.entries(readCatalogue(module, locale)).map(([key, message]) => [key, compile(message)]));
}

function allMessages(): string {
  const imports = locales.flatMap((locale) => modulesWithMessages().map((module) => ({ locale, module })));
  const merged = locales.map((locale) =>
    `${JSON.stringify(locale)}: { ${imports.flatMap((item, at) => (item.locale === locale ? [`...m${at}`] : [])).join(', ')} }`);
  return `${imports.map(({ locale, module }, at) => `import m${at} from 'virtual:messages/${locale}/${module}';`).join('\n')}
export default { ${merged.join(', ')} };`;
}

function loaders(): string {
  const entries = locales.flatMap((locale) =>
    modulesWithMessages().map((module) => `'${locale}/${module}': () => import('virtual:messages/${locale}/${module}')`));
  return `export default { ${entries.join(',\n')} };`;
}
