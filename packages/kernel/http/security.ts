/** Headers and checks that protect browsers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';

/** A page's policy: scripts and styles only with this response's nonce, nothing framed, and embedded only the players of films that a reader asks for. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'", `script-src 'self' 'nonce-${nonce}'`, `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data: blob:", "font-src 'self'",
    "media-src 'self' blob:", "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "object-src 'none'", 'frame-src https://www.youtube-nocookie.com https://player.vimeo.com', "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
  ].join('; ');
}

/** What is not a page renders nothing. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** `isOurs`: the host is the installation's, and so is what lies beneath it; of an organisation's own domain the rest may be somewhere else, without a certificate. */
export function setSecurityHeaders(reply: FastifyReply, secure: boolean, isOurs = false): void {
  reply.headers({
    'content-security-policy': dataPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  });
  if (secure) reply.header('strict-transport-security', `max-age=31536000${isOurs ? '; includeSubDomains' : ''}`);
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a page of any site can post to this one without asking. */
const formTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)/i;

/**
 * Refuses a change that a browser sends with this site's cookies from another site. Browsers say where a request comes from in
 * `Sec-Fetch-Site` and `Origin`; a request with cookies that says neither is refused as well. A foreign form is refused even without
 * cookies: its answer would set them, and so sign its reader out, or in as somebody else.
 */
export function refuseCrossSite(request: FastifyRequest, ownOrigin: string): void {
  const { authorization, cookie, origin, 'content-type': type = '', 'sec-fetch-site': site } = request.headers;
  if (safeMethods.has(request.method) || authorization) return;
  if (site === 'same-origin' || (site === undefined && origin === ownOrigin)) return;
  const fromBrowser = site !== undefined || origin !== undefined;
  if (!cookie && !(fromBrowser && formTypes.test(type))) return;
  throw new Problem(problems.cross_site_request);
}

/** Lets the origins that the tenant allows call its API, with a token but never with cookies. */
export function answerCors(request: FastifyRequest, reply: FastifyReply, allowed: readonly string[]): void {
  const { origin } = request.headers;
  if (!origin) return;
  reply.header('vary', 'Origin');
  if (!allowed.includes(origin)) return;
  reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'ETag, RateLimit, RateLimit-Policy, Retry-After' });
  if (request.method !== 'OPTIONS') return;
  reply.headers({
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, If-Match, X-Tenant-ID',
    'access-control-max-age': '600',
  });
}
