/** From an HTTP request to what the kernel knows of it: tenant, session, actor. */
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../actor.ts';
import { locales, type Locale } from '../contract.ts';
import type { RequestContext } from '../module.ts';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';
import type { Tenant, TenantDirectory } from '../tenant.ts';

/** Who the credentials say this is, before any tenant is asked. */
export interface Identity {
  accountId: string;
  sessionId: string | null;
  operator: boolean;
  /** Whether they have lately shown that it is them; never by a token. */
  fresh?: boolean;
  /** What the account calls itself; a token does not say. */
  person?: { name: string; email: string };
  /** A token speaks for one member of one tenant, with the permissions that it was given. */
  token: { tenantId: string; memberId: string; permissions: string[] } | null;
  /** An operator in one tenant that let support in, as far as the control plane knows. */
  support?: { tenantId: string; accessId: string; until: string };
}

/** Reads credentials and finds the member; the identity module answers. */
export interface Authenticator {
  identify(credentials: { host: string; cookieHeader: string; authorization: string | null }): Promise<Identity | null>;
  actorIn(tenant: Tenant, identity: Identity | null): Promise<Actor>;
}

export interface ContextOptions {
  tenants: TenantDirectory;
  authenticator: Authenticator;
  /** Host (and port) of the installation itself; tenants live in its subdomains. */
  baseHost: string;
  secure: boolean;
  /** Told of every request whose credentials or names point to different tenants. */
  onMismatch(named: readonly Tenant[], identity: Identity | null, request: FastifyRequest): void;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The language a reader asks for: the cookie of the language switch, then the browser's list, then the tenant's. */
export function pickLocale(cookieHeader: string, acceptLanguage: string | undefined, fallback: Locale): Locale {
  const chosen = /(?:^|;\s*)locale=([\w-]+)/.exec(cookieHeader)?.[1];
  if (locales.includes(chosen as Locale)) return chosen as Locale;
  const ranked = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', quality] = part.trim().split(/;\s*q=/);
    return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) || 0 };
  }).sort((a, b) => b.quality - a.quality);
  for (const { tag } of ranked) {
    const match = locales.find((locale) => locale.toLowerCase() === tag) ?? locales.find((locale) => locale.slice(0, 2) === tag.slice(0, 2));
    if (match && tag) return match;
  }
  return fallback;
}

/**
 * Finds the tenant by host, `X-Tenant-ID`, path and token, which must not disagree, and the actor in it.
 * @throws Problem `kernel.tenant_not_found` when a name is unknown or two of them differ; which of the two is not told;
 * `kernel.malformed_request` when the `Idempotency-Key` is empty or longer than 200 characters.
 */
export async function resolveContext(options: ContextOptions, request: FastifyRequest): Promise<RequestContext> {
  const { tenants, authenticator, baseHost } = options;
  const host = request.host;
  const cookieHeader = request.headers.cookie ?? '';
  const header = request.headers['x-tenant-id'];
  const path = (request.params as { tenantId?: string } | undefined)?.tenantId;
  const inPath = path !== undefined && request.routeOptions.config.tenantInPath === true;

  const identity = await authenticator.identify({ host, cookieHeader, authorization: request.headers.authorization ?? null });
  const names = [
    ...(host === baseHost || isLocalAddress(host) ? [] : [tenants.byHost(host.replace(/:\d+$/, ''))]),
    ...(header === undefined ? [] : [byId(tenants, header)]),
    ...(inPath ? [byId(tenants, path)] : []),
    ...(identity?.token ? [byId(tenants, identity.token.tenantId)] : []),
    ...(identity?.support ? [byId(tenants, identity.support.tenantId)] : []),
  ];
  const named = await Promise.all(names);
  const tenant = named[0] ?? null;
  if (named.some((other) => other === null || other.id !== tenant?.id)) {
    options.onMismatch(named.filter((other) => other !== null), identity, request);
    throw new Problem(problems.tenant_not_found);
  }
  if (tenant && tenant.status === 'suspended') throw new Problem(problems.tenant_suspended);
  if (tenant && tenant.status !== 'active') throw new Problem(problems.tenant_not_found);

  const actor = tenant ? await authenticator.actorIn(tenant, identity) : controlActor(identity);
  return {
    requestId: request.id,
    locale: pickLocale(cookieHeader, request.headers['accept-language'], tenant?.locale ?? 'en'),
    tenant, actor,
    sessionId: identity?.sessionId ?? null,
    fresh: identity?.fresh ?? false,
    address: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
    origin: `${options.secure ? 'https' : 'http'}://${host}`,
    cookieHeader,
    idempotencyKey: onceOnly(request.headers['idempotency-key']),
    ifMatch: headerText(request.headers['if-match']),
  };
}

const byId = async (tenants: TenantDirectory, id: string | string[]) => (typeof id === 'string' && uuid.test(id) ? tenants.byId(id) : null);
const headerText = (value: string | string[] | undefined) => (typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : null);
/** A key that cannot be kept is refused: whoever sends one relies on it. */
function onceOnly(key: string | string[] | undefined): string | null {
  const text = headerText(key);
  if (key !== undefined && text === null) throw new Problem(problems.malformed_request);
  return text;
}
/** Health checks and command lines reach the server by address; no tenant lives there. */
export const isLocalAddress = (host: string) => /^(127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);

function controlActor(identity: Identity | null): Actor {
  const kind = identity === null ? 'visitor' : identity.operator ? 'operator' : 'account';
  return { kind, accountId: identity?.accountId ?? null, memberId: null, permissions: new Set(), ...(identity?.person ? { profile: { ...identity.person, persona: null } } : {}) };
}
