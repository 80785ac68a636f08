import { fontsToPreload } from '@milpa/ui/fonts';
import { renderToString } from 'react-dom/server';
import { isRouteErrorResponse, ServerRouter, type EntryContext, type HandleErrorFunction, type RouterContextProvider } from 'react-router';
import { pageSettings, reporter } from './context.ts';
import { PageProvider, type ScreenHandle } from './page.tsx';

const encoder = new TextEncoder();

/**
 * Renders a document in one go. Loaders have all their data by then, so streaming would only cost: measured on a page
 * of 64 lessons, a quarter more pages a second than `renderToPipeableStream`. A failure while rendering still becomes
 * a proper error page with its status, because nothing has been sent.
 */
export default async function renderDocument(
  request: Request, status: number, headers: Headers, entry: EntryContext, context: Readonly<RouterContextProvider>,
): Promise<Response> {
  const settings = context.get(pageSettings);
  const { nonce } = settings;
  const data = await textOf(entry.serverHandoffStream);
  // Without the stream the router leaves the hand-over of its data to us: see `handOver`.
  const { serverHandoffStream: _, ...rendered } = entry;
  const html = renderToString(
    <PageProvider value={settings}><ServerRouter context={rendered} url={request.url} nonce={nonce} /></PageProvider>,
  );
  const lesson = entry.staticHandlerContext.matches.map(({ route }) => (route.handle as ScreenHandle | undefined)?.lesson).find(Boolean) ?? false;
  headers.set('Content-Type', 'text/html; charset=utf-8');
  headers.set('Content-Language', settings.locale);
  headers.append('Link', fontLinks(settings.locale, lesson));
  const body = encoder.encode(`<!DOCTYPE html>${scriptsLast(html).replace(/<\/body><\/html>$/, () => `${handOver(data, nonce)}</body></html>`)}`);
  // With its length known the server sends it as one piece.
  headers.set('Content-Length', String(body.byteLength));
  return new Response(body, { status, headers });
}

export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  context.get(reporter)(isRouteErrorResponse(error) && 'error' in error ? error.error : error);
};

/** So that the browser asks for the fonts of this page before it has read the stylesheet. */
function fontLinks(locale: string, lesson: boolean | 'wide'): string {
  const [interfaceFont, ...others] = fontsToPreload(locale, { lesson: lesson !== false }).map((font) => `<${font}>; rel=preload; as=font; type="font/woff2"; crossorigin`);
  return [interfaceFont, ...others.map((font) => (lesson === 'wide' ? `${font}; media="(min-width: 64rem)"` : font))].join(', ');
}

/** A page can be read and used before its scripts are there: they come behind the stylesheet and the font. The router has no attribute for it. */
const scriptsLast = (html: string): string => html.replaceAll('<link rel="modulepreload"', '<link rel="modulepreload" fetchpriority="low"');

/** What the router's own streaming would write: the loaders' data, in its encoding, for the browser to start from. */
function handOver(data: string, nonce: string): string {
  const text = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  return `<script nonce="${nonce}">{let c=window.__reactRouterContext.streamController;c.enqueue(${text});c.close()}</script>`;
}

async function textOf(stream: ReadableStream<Uint8Array> | undefined): Promise<string> {
  return stream ? new Response(stream).text() : '';
}
