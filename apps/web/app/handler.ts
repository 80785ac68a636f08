/** The server's entry into the built app: one function from a request and its context to a response. */
import { createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router';
import allMessages from 'virtual:messages/all';
import * as build from 'virtual:react-router/server-build';
import { accentCss } from '@milpa/ui/accent';
import { locales, type Locale } from '@milpa/kernel/contract';
import type { MessageChunks } from '../assets.ts';
import type { WebHandler, WebHandlerOptions } from '../server.ts';
import type { WebContext } from '../web-context.ts';
import { pageSettings, reporter, webContext } from './context.ts';
import { completeStore } from './i18n/store.ts';
import type { PageSettings } from './page.tsx';

const stores = Object.fromEntries(locales.map((locale) => [locale, completeStore(allMessages[locale])])) as Record<Locale, PageSettings['messages']>;

export function createHandler(chunks: MessageChunks, { mode, onError = logError }: WebHandlerOptions): WebHandler['handle'] {
  const handleRequest = createRequestHandler(build as ServerBuild, mode);
  return async (request, context) => {
    const router = new RouterContextProvider();
    router.set(webContext, context);
    router.set(reporter, (error) => onError(error, context));
    router.set(pageSettings, settingsOf(context, chunks));
    const response = await handleRequest(request, router);
    addHeaders(response.headers, context);
    return response;
  };
}

function settingsOf({ locale, theme, tenant, viewer, nonce }: WebContext, chunks: MessageChunks): PageSettings {
  return {
    locale,
    theme,
    timeZone: viewer.timeZone ?? tenant?.timeZone ?? 'UTC',
    messages: stores[locale],
    nonce,
    accentCss: tenant?.accent ? accentOf(tenant.accent) : '',
    messageUrls: (modules) => modules.flatMap((module) => chunks[`${locale}/${module}`] ?? []),
  };
}

const accents = new Map<string, string>();

/** The derivation searches for legible shades: once per colour is enough. */
function accentOf(colour: string): string {
  let css = accents.get(colour);
  if (css === undefined) accents.set(colour, (css = accentCss(colour)));
  return css;
}

function addHeaders(headers: Headers, context: WebContext): void {
  for (const cookie of context.setCookies) headers.append('Set-Cookie', cookie);
  headers.append('Vary', 'Cookie, Accept-Language');
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', context.viewer.kind === 'visitor' ? 'private, no-cache' : 'private, no-store');
}

function logError(error: unknown): void {
  console.error(error);
}
