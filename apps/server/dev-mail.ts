/** A page to read the mail that would have been sent. For development only, so in English and without the web app. */
import { randomBytes } from 'node:crypto';
import { listMail, pagePolicy } from '@milpa/kernel';
import type { Application } from './application.ts';

const escape = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const linked = (text: string) => escape(text).replace(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}">${address}</a>`);

const style = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
  article { border-block-start: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding-block: 1rem; }
  h2 { font-size: 1.1rem; margin: 0; } p { margin: 0.25rem 0; } .meta { opacity: 0.75; } pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }`;

export function registerDevMail({ server, database }: Application): void {
  server.get('/dev/mail', { config: { operation: 'devMail' } }, async (request, reply) => {
    const { to } = request.query as { to?: unknown };
    const mail = await listMail(database, typeof to === 'string' ? to : undefined);
    const nonce = randomBytes(16).toString('base64');
    const articles = mail.map((message) => `<article lang="${message.locale}" dir="${message.locale === 'ar' ? 'rtl' : 'ltr'}"><h2>${escape(message.subject)}</h2><p class="meta">${escape(message.recipient)}, <time>${message.createdAt}</time></p><pre>${linked(message.body ?? '')}</pre></article>`);
    return reply.header('content-security-policy', pagePolicy(nonce)).header('cache-control', 'no-store').type('text/html; charset=utf-8')
      .send(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Local outbox</title><style nonce="${nonce}">${style}</style></head><body><h1>Local outbox</h1>${articles.join('') || '<p>No mail yet.</p>'}</body></html>`);
  });
}
