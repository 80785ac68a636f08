/** What a reader sees when a page could not even be begun: the problem in words, without scripts, data or cost. */
import { randomBytes } from 'node:crypto';
import { pagePolicy, pickLocale, sendProblem, toProblem } from '@milpa/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

const style = `
  :root { color-scheme: light dark; --paper: light-dark(#fbf7ee, #121a27); --ink: light-dark(#251f16, #f5eee0); }
  body { margin: 0; min-height: 100svh; display: grid; place-content: center; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1.125rem/1.6 system-ui, sans-serif; }
  main { max-width: 32rem; } h1 { margin: 0 0 .75rem; font-size: 1.75rem; line-height: 1.25; } p { margin: 0; }`;

/** No text of ours holds markup, but it may one day. */
const escape = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Answers browsers with a page that comes again by itself where that helps, and everybody else with the problem document. */
export function sendPlainPage(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!request.headers.accept?.includes('text/html')) return sendProblem(error, request, reply);
  const problem = toProblem(error, request.log);
  const locale = pickLocale(request.headers.cookie ?? '', request.headers['accept-language'], 'en');
  const { title, detail = '' } = problem.document(locale);
  const again = request.method === 'GET' ? problem.headers['retry-after'] : undefined;
  const nonce = randomBytes(16).toString('base64');
  return reply.code(problem.status).headers(problem.headers).headers({ 'cache-control': 'no-store', 'content-security-policy': pagePolicy(nonce) }).type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>${again ? `<meta http-equiv="refresh" content="${again}">` : ''}<style nonce="${nonce}">${style}</style></head>
<body><main><h1>${escape(title)}</h1><p>${escape(detail)}</p></main></body>
</html>`);
}
