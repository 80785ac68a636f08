/** What the server must know of the built files, read from Vite's manifest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from 'vite';

export const buildDirectory = join(import.meta.dirname, 'build');
/** Tells the builder where to build; React Router's own configuration reads it. */
export const buildDirectoryVariable = 'MILPA_WEB_BUILD';
export const assetsDirectory = join(buildDirectory, 'client');
/** The client's part of the build before. */
export const previousAssetsDirectory = join(buildDirectory, 'previous');

/** The chunks of compiled messages, by `<locale>/<module>`. */
export type MessageChunks = Record<string, { module: string; url: string }>;

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(assetsDirectory, '.vite/manifest.json'), 'utf8')) as Manifest;
}

export function messageChunks(manifest: Manifest): MessageChunks {
  const chunks: MessageChunks = {};
  for (const [source, { file }] of Object.entries(manifest)) {
    const [, locale, module] = /virtual:messages\/([^/]+)\/([^/]+)$/.exec(source) ?? [];
    if (locale && module) chunks[`${locale}/${module}`] = { module, url: `/${file}` };
  }
  return chunks;
}
