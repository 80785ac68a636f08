/** An organisation that has chosen a domain is found there: whoever comes to another of its addresses is sent on, to the same page. */
import type { FastifyInstance } from 'fastify';
import { isLocalAddress } from '@milpa/kernel';
import type { Directory } from '@milpa/tenancy';

/** What programs call, what belongs to a document that is here already, what shows that a name is ours, and the secrets of mails and of support, which are for the installation alone. */
const stays = /^\/(api|assets|health|ready|metrics|\.well-known|service-worker[^/]*|reset-password|verify-email|invitation|support)(\/|$)|\.data$/;
/** The way to change the choice, and to an invitation, signing in or confirming who one is on the way, wherever the domain leads by now. */
const waysBack = ['/admin/domains', '/invitation'].map(encodeURIComponent);
const wayBack = (path: string, query: string): boolean => path === '/admin/domains' || (/^\/(sign-in|confirm)(\/|$)/.test(path) && waysBack.some((way) => query.includes(way)));
/** Support came in at the installation's own name, and its session is there. */
const isSupport = (cookie = ''): boolean => /(^|;\s*)(__Host-)?milpa\.support=/.test(cookie);

export interface PrimaryHostOptions { directory: Pick<Directory, 'byHost'>; baseHost: string; originOf(tenant: { slug: string; primaryHost: string | null }): string }

export function leadToPrimaryHost(server: FastifyInstance, { directory, baseHost, originOf }: PrimaryHostOptions): void {
  server.addHook('onRequest', async (request, reply) => {
    const { method, host, url, headers } = request;
    if ((method !== 'GET' && method !== 'HEAD') || host === baseHost || isLocalAddress(host)) return;
    const [path = '/', query = ''] = url.split('?', 2);
    const name = host.replace(/:\d+$/, '').toLowerCase();
    if (stays.test(path)) return;
    const tenant = await directory.byHost(name);
    if (!tenant?.primaryHost || tenant.primaryHost === name) return;
    if ((wayBack(path, query) || isSupport(headers.cookie)) && name.startsWith(`${tenant.slug}.`)) return;
    // Asked again each time, as the choice may change; a path may begin with any number of slashes and never names a host.
    return reply.code(308).headers({ location: originOf(tenant) + url.replace(/^[\\/]+/, '/'), 'cache-control': 'private, no-cache' }).send();
  });
}
