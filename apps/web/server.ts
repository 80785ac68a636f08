/** The web app, as the server uses it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assetsDirectory, buildDirectory, messageChunks, previousAssetsDirectory, readManifest, type MessageChunks } from './assets.ts';
import type { WebContext } from './web-context.ts';

export { buildWeb, webBuildIsFresh } from './build.ts';
export type { Theme, WebContext, WebTenant, WebViewer } from './web-context.ts';

export interface WebHandler {
  /** Answers with a page, its data or a redirect; never throws for what a visitor can cause. */
  handle(request: Request, context: WebContext): Promise<Response>;
  /**
   * Absolute folders of hashed files that may be cached for ever, each compressible one with its `.br`: those of this build,
   * then those of the build before, which pages that are open may still ask for.
   */
  assetsDirs: string[];
}

export interface WebHandlerOptions {
  /** `development` shows errors as they are. */
  mode: 'production' | 'development';
  /** Told of failures that are not problems; the page shows only the request id. Standard error otherwise. */
  onError?: (error: unknown, context: WebContext) => void;
}

interface ServerBundle {
  createHandler(chunks: MessageChunks, options: WebHandlerOptions): WebHandler['handle'];
}

/** Loads the built app. Throws when it has not been built: see `buildWeb`. */
export async function createWebHandler(options: WebHandlerOptions): Promise<WebHandler> {
  const bundle = await import(pathToFileURL(join(buildDirectory, 'server/index.js')).href) as ServerBundle;
  const assetsDirs = [assetsDirectory, previousAssetsDirectory].map((directory) => join(directory, 'assets'));
  for (const directory of assetsDirs) mkdirSync(directory, { recursive: true });
  return { handle: bundle.createHandler(messageChunks(readManifest()), options), assetsDirs };
}
