/** The message catalogues on disk: `app/<module>/messages/<locale>.json`, flat, every key beginning with its module. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locales, type Locale } from '@milpa/kernel/contract';

export type Catalogue = Record<string, string>;

export const appDirectory = join(import.meta.dirname, '../app');

export function catalogueFile(module: string, locale: Locale): string {
  return join(appDirectory, module, 'messages', `${locale}.json`);
}

/** Modules that have messages, in alphabetical order. */
export function modulesWithMessages(): string[] {
  return readdirSync(appDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(appDirectory, entry.name, 'messages')))
    .map((entry) => entry.name)
    .sort();
}

/** The messages of a module in a language; none where there is no such file. */
export function readCatalogue(module: string, locale: Locale): Catalogue {
  if (!existsSync(catalogueFile(module, locale))) return {};
  return JSON.parse(readFileSync(catalogueFile(module, locale), 'utf8')) as Catalogue;
}

export { locales };
