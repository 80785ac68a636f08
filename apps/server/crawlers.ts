/** What search engines ask for before they look at pages: what they may see, and where it is. */
import { addressBudgets, call, resolveContext, takeAll, type RequestContext, type Route } from '@milpa/kernel';
import { locales } from '@milpa/kernel/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Application } from './application.ts';

/** Addresses that lead nowhere that a search should end. Those for people who sign in lead who does not to the first of these. */
const closed = ['/sign-in', '/sign-up', '/join', '/invitation', '/api/', '/courses?*q=', '/courses?*at=', '/courses?*sort='];

export function registerCrawlers(application: Application): void {
  const { server, api, database } = application;
  const routes = new Map(api.routes.map((route) => [route.endpoint.id, route]));

  /** The visitor that every search engine is; who is signed in asks as one too. */
  const visitor = async (request: FastifyRequest): Promise<RequestContext | null> => {
    await takeAll(api.rateLimiter, addressBudgets(request, api.limits));
    const context = await resolveContext({ ...api, authenticator: { ...api.authenticator, identify: async () => null } }, request).catch(() => null);
    const { features = {} } = context?.tenant ?? {};
    return features['catalog'] && features['publicCatalog'] && context?.actor.permissions.has('course:read') ? context : null;
  };
  const ask = async (context: RequestContext, id: string, query: object) => (await call(database, routes.get(id) as Route, context, { query })).body;

  server.get('/robots.txt', { config: { operation: 'robots' } }, async (request, reply) => {
    const context = await visitor(request);
    reply.type('text/plain; charset=utf-8').header('cache-control', 'public, max-age=3600');
    if (!context) return 'User-agent: *\nDisallow: /\n';
    return `User-agent: *\n${closed.map((path) => `Disallow: ${path}\n`).join('')}\nSitemap: ${context.origin}/sitemap.xml\n`;
  });

  server.get('/sitemap.xml', { config: { operation: 'sitemap' } }, async (request, reply) => {
    const context = await visitor(request);
    if (!context) return reply.callNotFound();
    const { pages } = await ask(context, 'catalog.listCourseAddresses', { page: 1 }) as Addresses;
    const parts = Array.from({ length: pages }, (_, index) => `<sitemap><loc>${context.origin}/sitemap-${index + 1}.xml</loc></sitemap>`);
    return xml(reply, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${parts.join('')}</sitemapindex>`);
  });

  server.get<{ Params: { page: string } }>('/sitemap-:page(^[1-9]\\d{0,3}$).xml', { config: { operation: 'sitemap' } }, async (request, reply) => {
    const context = await visitor(request);
    if (!context) return reply.callNotFound();
    const page = Number(request.params.page);
    const { data, pages } = await ask(context, 'catalog.listCourseAddresses', { page }) as Addresses;
    if (page > pages) return reply.callNotFound();
    const entries = data.map(({ slug, updatedAt }) => entry(`${context.origin}/courses/${encodeURIComponent(slug)}`, updatedAt));
    return xml(reply, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${page === 1 ? entry(`${context.origin}/courses`) : ''}${entries.join('')}</urlset>`);
  });
}

interface Addresses { data: { slug: string; updatedAt: string }[]; pages: number }

/** A page and the same in every language of the screens. */
function entry(address: string, updatedAt?: string): string {
  const alternates = locales.map((locale) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${escape(`${address}?lang=${locale}`)}"/>`);
  return `<url><loc>${escape(address)}</loc>${updatedAt ? `<lastmod>${updatedAt.slice(0, 10)}</lastmod>` : ''}${alternates.join('')}</url>`;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');

const xml = (reply: FastifyReply, document: string) => reply.type('application/xml; charset=utf-8').header('cache-control', 'public, max-age=3600').send(`<?xml version="1.0" encoding="UTF-8"?>${document}`);
