/** The way of a call after its actor is known: validate, permit, run in one transaction, remember, audit. The same for HTTP and for screens. */
import { createHash } from 'node:crypto';
import { audit, auditControl } from './audit/audit.ts';
import { can, maySee, onlyReads, readingOf, type Actor } from './actor.ts';
import { keptAnswer, type KeptAnswer } from './cache.ts';
import { Upload, type AnyEndpoint, type Input } from './contract.ts';
import type { ControlTx, Database, Tx } from './database/database.ts';
import { auditSupport, noteReading } from './audit/support.ts';
import { beginOnce, finishOnce } from './idempotency.ts';
import type { Reply, RequestContext, Route } from './module.ts';
import { Problem } from './problem.ts';
import { problems } from './problems.ts';
import { traced } from './telemetry.ts';
import { requireFeature } from './tenant.ts';
import { validate } from './validate.ts';

export interface RawInput { params?: unknown; query?: unknown; body?: unknown }
export interface Invocation extends Reply { status: number; body: unknown; kept?: KeptAnswer }

/** Whether an endpoint only reads. */
export const isRead = (endpoint: AnyEndpoint): boolean => endpoint.method === 'GET';

/**
 * Calls an endpoint.
 * @throws Problem for whatever the caller can act on.
 */
export function invoke(database: Database, route: Route, request: RequestContext, raw: RawInput): Promise<Invocation> {
  const { endpoint } = route;
  const attributes = { 'milpa.tenant': request.tenant?.id ?? '', 'milpa.request': request.requestId };
  return traced(endpoint.id, attributes, async () => run(database, route, request, raw));
}

async function run(database: Database, route: Route, request: RequestContext, raw: RawInput): Promise<Invocation> {
  const { endpoint } = route;
  permit(endpoint, request);
  requireFresh(endpoint, request);
  if (route.feature && request.tenant) requireFeature(request.tenant, route.feature);
  const input: Input<AnyEndpoint> = {
    params: validate(endpoint.params, raw.params, 'params'),
    query: validate(endpoint.query, raw.query, 'query'),
    body: validate(endpoint.body, raw.body, 'body'),
  };
  if (endpoint.ifMatch && !request.ifMatch) throw new Problem(problems.version_required);
  return endpoint.plane === 'control' ? invokeControl(database, route, request, input) : invokeTenant(database, route, request, input);
}

async function invokeTenant(database: Database, route: Route, request: RequestContext, input: Input<AnyEndpoint>): Promise<Invocation> {
  const { endpoint } = route;
  const { tenant, actor } = request;
  if (!tenant) throw new Problem(problems.tenant_not_found);
  const reply: Reply = { cookies: [], headers: {} };
  const run = async (tx: Tx) => {
    const resource = await owned(route, tx, actor, input);
    return route.handle({ ...input, tx, tenant, actor, request, reply, resource });
  };
  if (isRead(endpoint)) {
    if (actor.support && typeof endpoint.access === 'string' && !actor.support.open.has(endpoint.access)) await noteReading(database, tenant, actor, endpoint.id, subjectOf(input.params), request.requestId);
    const key = route.kept?.key(input, tenant) ?? null;
    // What is not kept is not made bytes of, nor given a tag.
    if (!route.kept || key === null || database.answerRoom === 0) return { ...reply, status: endpoint.status, body: await database.readTenant(tenant, actor, run) };
    const kept = await keptAnswer(database, tenant, actor, route.kept, JSON.stringify([tenant.id, endpoint.id, key, input]), () => database.readTenant(tenant, actor, run));
    return { ...reply, status: endpoint.status, body: kept.body, kept };
  }
  const done = await database.withTenant(tenant, actor, async (tx): Promise<Invocation> => {
    const once = onceKey(request, endpoint, input);
    const before = once && await beginOnce(tx, 'kernel.idempotencyKey', once);
    if (before) return replay(before);
    const body = await run(tx);
    if (once) await finishOnce(tx, 'kernel.idempotencyKey', once, endpoint.status, body);
    if (!endpoint.unaudited) await audit(tx, { action: endpoint.id, requestId: request.requestId, ...subject(input, body) });
    if (actor.support && !endpoint.unaudited) await auditSupport(database, tenant, actor, endpoint.id, request.requestId);
    return { ...reply, status: endpoint.status, body };
  });
  return finished(route, done);
}

async function invokeControl(database: Database, route: Route, request: RequestContext, input: Input<AnyEndpoint>): Promise<Invocation> {
  const { endpoint } = route;
  const { actor } = request;
  const reply: Reply = { cookies: [], headers: {} };
  const run = (tx: ControlTx) => route.handle({ ...input, tx, actor, request, reply });
  if (isRead(endpoint)) return { ...reply, status: endpoint.status, body: await database.readControl(run) };
  const done = await database.withControl(async (tx): Promise<Invocation> => {
    const once = onceKey(request, endpoint, input);
    const before = once && await beginOnce(tx, 'kernelControl.idempotencyKey', once);
    if (before) return replay(before);
    const body = await run(tx);
    if (once) await finishOnce(tx, 'kernelControl.idempotencyKey', once, endpoint.status, body);
    if (!endpoint.unaudited) await auditControl(tx, { action: endpoint.id, accountId: actor.accountId, requestId: request.requestId, ...subject(input, body) });
    return { ...reply, status: endpoint.status, body };
  });
  return finished(route, done);
}

async function finished({ finish }: Route, done: Invocation): Promise<Invocation> {
  if (!finish) return done;
  const body = await finish(done.body);
  return { ...done, body, headers: { ...done.headers, ...versionHeader(body) } };
}

/** The answer as it was given, with the version that a later `If-Match` names. */
function replay({ status, response }: { status: number; response: unknown }): Invocation {
  return { status, body: response, cookies: [], headers: { 'idempotent-replayed': 'true', ...versionHeader(response) } };
}

function versionHeader(body: unknown): Record<string, string> {
  const version = (body as { version?: unknown } | null)?.version;
  return typeof version === 'number' ? { etag: `"${version}"` } : {};
}

/** Deny by default. Who is not signed in is asked to; who may not see the resource hears that it isn't there; else it is forbidden. */
export function permit(endpoint: AnyEndpoint, { actor }: RequestContext): void {
  const { access } = endpoint;
  if (actor.support && permitSupport(endpoint)) return;
  if (typeof access === 'string') {
    // Whose the thing is nobody has asked yet: where an endpoint is for all of them, who may do it to their own alone may not.
    if (access.endsWith(':own') ? can(actor, access) : actor.permissions.has(access)) {
      if (onlyReads(actor) && !isRead(endpoint)) throw new Problem(problems.support_reads_only);
      return;
    }
    if (actor.kind === 'visitor') throw new Problem(problems.unauthenticated);
    throw new Problem(maySee(actor, access) ? problems.forbidden : problems.not_found);
  }
  if ('public' in access) return;
  if (actor.accountId === null) throw new Problem(problems.unauthenticated);
  if ('operator' in access && actor.kind !== 'operator') throw new Problem(problems.not_found);
}

/** What is particular to support: nothing of accounts is its own, and some endpoints are closed to it. Whether the endpoint is open to it beyond its permissions. */
function permitSupport({ access, support }: AnyEndpoint): boolean {
  if (support && 'open' in support) return true;
  if (support || (typeof access === 'object' && 'account' in access)) throw new Problem(problems.support_excluded);
  return false;
}

/** Who may do something sensitive must have shown lately that it is them, which a token cannot. */
function requireFresh(endpoint: AnyEndpoint, { fresh, sessionId }: RequestContext): void {
  if (endpoint.fresh && !fresh) throw new Problem(sessionId === null ? problems.session_required : problems.confirmation_required);
}

async function owned(route: Route, tx: Tx, actor: Actor, input: Input<AnyEndpoint>): Promise<unknown> {
  const { ownership, endpoint } = route;
  if (!ownership || 'actor' in ownership) return undefined;
  const resource = await ownership.resource(tx, input);
  if (resource === null) throw new Problem(ownership.notFound);
  const owner = ownership.ownerId(resource) ?? null;
  if (typeof endpoint.access === 'string' && !can(actor, endpoint.access, owner)) {
    const isSeen = ownership.isVisible ? ownership.isVisible(actor, resource) : can(actor, readingOf(endpoint.access), owner);
    throw new Problem(isSeen ? problems.forbidden : ownership.notFound);
  }
  return resource;
}

function onceKey(request: RequestContext, endpoint: AnyEndpoint, input: Input<AnyEndpoint>) {
  if (!request.idempotencyKey || endpoint.secret) return null;
  const { actor } = request;
  const body = input.body instanceof Upload ? input.body.sha256 : input.body;
  return {
    actorKey: actor.memberId ?? actor.accountId ?? `visitor:${request.address}`,
    key: request.idempotencyKey,
    operation: endpoint.id,
    requestHash: createHash('sha256').update(JSON.stringify([endpoint.id, input.params, input.query, body])).digest('hex'),
  };
}

/** What a call is about, by its parameters: the first that is an id. Others may be secrets, such as the token of an invitation. */
export function subjectOf(params: unknown): { subjectType: string; subjectId: string } | null {
  const found = Object.entries((params ?? {}) as Record<string, unknown>).find(([name]) => name.endsWith('Id'));
  return found ? { subjectType: found[0].slice(0, -2), subjectId: String(found[1]).slice(0, 200) } : null;
}

function subject(input: Input<AnyEndpoint>, body: unknown): { subjectType: string | null; subjectId: string | null } {
  const fromParams = subjectOf(input.params);
  if (fromParams) return fromParams;
  const made = (body as { id?: unknown } | undefined)?.id;
  return { subjectType: null, subjectId: typeof made === 'string' ? made : null };
}
