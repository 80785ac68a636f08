/** The web app, as the server uses it. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { assetsDirectory, buildDirectory, messageChunks, readManifest, type MessageChunks } from './assets.ts';
import type { WebContext } from './web-context.ts';

export { buildWeb, webBuildIsFresh } from './build.ts';
export type { Theme, WebContext, WebTenant, WebViewer } from './web-context.ts';

export interface WebHandler {
  /** Answers with a page, its data or a redirect; never throws for what a visitor can cause. */
  handle(request: Request, context: WebContext): Promise<Response>;
  /** Absolute; its `assets/` holds hashed files that may be cached for ever, each compressible one with its `.br`. */
  assetsDir: string;
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
  return { handle: bundle.createHandler(messageChunks(readManifest()), options), assetsDir: assetsDirectory };
}
