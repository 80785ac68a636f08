/** Every endpoint as an HTTP route under `/api/v1`, and the edge that they share: headers, limits, errors, logs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { audit, auditControl } from '../audit/audit.ts';
import { bytesOf, type KeptAnswer } from '../cache.ts';
import { FileContent, fileContent, upload, type AnyEndpoint } from '../contract.ts';
import type { Database } from '../database/database.ts';
import { isConnectionLost } from '../database/database.ts';
import { invoke, permit, subjectOf, type Invocation, type RawInput } from '../invoke.ts';
import type { RequestContext, Route } from '../module.ts';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';
import { pickLocale, resolveContext, type ContextOptions } from './context.ts';
import { sendFile } from './file.ts';
import type { Metrics } from './metrics.ts';
import { networkOf } from './network.ts';
import { openApi } from './openapi.ts';
import { limitPressure, type Pressure } from './pressure.ts';
import { limitHeaders, takeAll, type Budget, type RateLimiter } from './rate-limit.ts';
import { answerCors, refuseCrossSite, setSecurityHeaders } from './security.ts';
import { discard, spool } from './spool.ts';

export interface ApiOptions extends ContextOptions {
  database: Database;
  routes: readonly Route[];
  metrics: Metrics;
  rateLimiter: RateLimiter;
  /** Requests in a minute from one address, which in IPv6 is a network of 64 bits, and of one member. */
  limits: { address: number; member: number };
  /** Requests that may be pending at a time. */
  maxPending: number;
  spoolDirectory: string;
  maxUploadBytes: number;
  version: string;
}

declare module 'fastify' {
  interface FastifyRequest { milpa: RequestContext | null }
  interface FastifyContextConfig { operation?: string; tenantInPath?: boolean }
}

const toFastify = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

/** No names: everything stands where it is used. */
const unnamed = z.registry<object>();

/** Schema for the serializer: it writes just what the response promises, and wants what may be null named plainly. */
export const serializerSchema = (response: z.ZodType): unknown => z.toJSONSchema(response, {
  target: 'draft-7', io: 'output', unrepresentable: 'any', metadata: unnamed,
  override({ jsonSchema: node }) {
    delete node.$schema;
    // It would make moments of what is text already.
    delete node.format;
    const [plain, none, ...more] = node.anyOf ?? [];
    if (typeof plain?.type !== 'string' || none?.type !== 'null' || more.length > 0) return;
    delete node.anyOf;
    Object.assign(node, plain, { nullable: true });
  },
});

/** What an actor was refused is worth remembering where the attempt was made, in the organisation or the installation; visitors are left to the rate limits. */
export async function auditRefusal(database: Database, context: RequestContext, endpoint: AnyEndpoint, problem: Problem, params: unknown): Promise<void> {
  const isRefusal = problem.status === 403 || problem.status === 404 || endpoint.auditedRefusals?.includes(problem.code);
  // Who is asked to confirm that it is them is not refused yet.
  if (context.actor.accountId === null || !isRefusal || problem.code === problems.confirmation_required) return;
  if (!context.tenant) {
    if (!endpoint.auditedRefusals) return;
    return database.withControl((tx) => auditControl(tx, { action: `${endpoint.id}Refused`, accountId: context.actor.accountId, detail: { code: problem.code }, requestId: context.requestId }));
  }
  await database.withTenant(context.tenant, context.actor, (tx) =>
    audit(tx, { action: endpoint.id, outcome: 'refused', ...subjectOf(params), detail: { code: problem.code }, requestId: context.requestId }));
}

/** Runs an endpoint for a resolved request; refusals are written to the audit log. */
export async function call(database: Database, route: Route, context: RequestContext, raw: RawInput): Promise<Invocation> {
  try {
    return await invoke(database, route, context, raw);
  } catch (error) {
    if (error instanceof Problem) await auditRefusal(database, context, route.endpoint, error, raw.params);
    throw error;
  }
}

/** What a request draws on before anybody asks whose it is: looking that up costs something too. */
export const addressBudgets = (request: FastifyRequest, limits: ApiOptions['limits']): Budget[] => [{ name: 'address', key: networkOf(request.ip, 32, 64), limit: limits.address }];

const memberBudgets = ({ tenant, actor }: RequestContext, limits: ApiOptions['limits']): Budget[] =>
  (actor.accountId ? [{ name: 'member', key: `${tenant?.id ?? ''}:${actor.accountId}`, limit: limits.member }] : []);

/** The budgets that a page draws on: the visitor's. */
export const visitorBudgets = (context: RequestContext, limits: ApiOptions['limits']): Budget[] =>
  [{ name: 'address', key: networkOf(context.address, 32, 64), limit: limits.address }, ...memberBudgets(context, limits)];

/** The budgets that a call of the API draws on once its actor is known. What the tenant's plan allows is for its members: nobody else can use it up. */
export const apiBudgets = (context: RequestContext, limits: ApiOptions['limits']): Budget[] =>
  [...memberBudgets(context, limits), ...(context.tenant && context.actor.memberId ? [{ name: 'tenant', key: context.tenant.id, limit: context.tenant.limits.apiPerMinute }] : [])];

/** Registers all endpoints, the OpenAPI document and the hooks on a Fastify instance. */
export function registerApi(app: FastifyInstance, options: ApiOptions): Pressure {
  const { metrics } = options;
  app.decorateRequest('milpa', null);

  // An expectation that we do not know is passed over (RFC 9110, 10.1.1); Node would refuse it in its own words.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.addHook('onRequest', async (request, reply) => {
    setSecurityHeaders(reply, options.secure, `.${request.host}`.endsWith(`.${options.baseHost}`));
    refuseCrossSite(request, `${options.secure ? 'https' : 'http'}://${request.host}`);
  });
  const pressure = limitPressure(app, options.maxPending);
  app.addHook('onResponse', async (request, reply) => {
    const operation = request.routeOptions.config.operation ?? 'other';
    metrics.observe(operation, reply.statusCode, reply.elapsedTime / 1000);
    const context = request.milpa;
    request.log.info({
      operation, status: reply.statusCode, durationMs: Math.round(reply.elapsedTime * 10) / 10,
      tenant: context?.tenant?.id, member: context?.actor.memberId ?? undefined,
    }, 'request');
  });
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(new Problem(problems.not_found), request, reply));

  const document = JSON.stringify(openApi(options.routes.map((route) => route.endpoint), options.version));
  app.get('/api/v1/openapi.json', { config: { operation: 'openapi' } }, (_request, reply) => reply.type('application/json').send(document));

  app.options('/api/v1/*', async (request, reply) => {
    await takeAll(options.rateLimiter, addressBudgets(request, options.limits));
    const { tenant } = await resolveContext(options, request);
    answerCors(request, reply, tenant?.allowedOrigins ?? []);
    return reply.code(204).send();
  });

  app.register(async (json) => {
    json.removeContentTypeParser('text/plain');
    for (const route of options.routes) if (route.endpoint.body !== upload) addRoute(json, route, options);
  });
  app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const route of options.routes) if (route.endpoint.body === upload) addRoute(raw, route, options);
  });
  return pressure;
}

function addRoute(app: FastifyInstance, route: Route, options: ApiOptions): void {
  const { endpoint } = route;
  const schema = endpoint.status === 204 || endpoint.response === fileContent ? {} : { response: { [endpoint.status]: serializerSchema(endpoint.response) } };
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const ofAddress = await takeAll(options.rateLimiter, addressBudgets(request, options.limits));
    const context = request.milpa = await resolveContext(options, request);
    if (context.tenant) answerCors(request, reply, context.tenant.allowedOrigins);
    reply.headers(limitHeaders([...ofAddress, ...await takeAll(options.rateLimiter, apiBudgets(context, options.limits))]));
    reply.header('cache-control', 'private, no-store');
    const { tenantId: _, ...tenantParams } = (request.params ?? {}) as Record<string, unknown>;
    const params = request.routeOptions.config.tenantInPath ? tenantParams : request.params;
    const outcome = endpoint.body === upload
      ? await callWithUpload(route, context, request, params, options)
      : await call(options.database, route, context, { params, query: request.query, body: request.body });
    reply.code(outcome.status).headers(outcome.headers);
    for (const cookie of outcome.cookies) reply.header('set-cookie', cookie);
    if (outcome.status === 204) return reply.send();
    if (outcome.kept) return sendKept(outcome.kept, request, reply);
    return outcome.body instanceof FileContent ? sendFile(outcome.body, request, reply) : outcome.body;
  };
  const path = toFastify(endpoint.path);
  app.route({ method: endpoint.method, url: `/api/v1${path}`, schema, handler, config: { operation: endpoint.id } });
  if (endpoint.plane === 'tenant') {
    app.route({ method: endpoint.method, url: `/api/v1/tenants/:tenantId${path}`, schema, handler, config: { operation: endpoint.id, tenantInPath: true } });
  }
}

/** An answer that is kept is sent as the bytes that it was last sent as, or not at all to who has them. */
function sendKept(kept: KeptAnswer, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { bytes, etag } = bytesOf(kept, (body) => String(reply.serializeInput(body as Record<string, unknown>, '200')));
  reply.header('cache-control', 'private, no-cache').header('etag', etag);
  if (request.headers['if-none-match']?.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === etag)) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(bytes);
}

async function callWithUpload(route: Route, context: RequestContext, request: FastifyRequest, params: unknown, options: ApiOptions): Promise<Invocation> {
  permit(route.endpoint, context);
  const name = String((request.query as { name?: unknown }).name ?? 'file');
  const body = request.body as AsyncIterable<Uint8Array> | undefined;
  if (!body) throw new Problem(problems.malformed_request);
  const file = await spool(body, { name, mediaType: request.headers['content-type'] ?? 'application/octet-stream' }, options.spoolDirectory, options.maxUploadBytes);
  try {
    return await call(options.database, route, context, { params, query: request.query, body: file });
  } finally {
    await discard(file);
  }
}

/** Fastify's own refusals in our words. */
const fastifyProblems: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: problems.too_large,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: problems.unsupported_media_type,
};

/** PostgreSQL on values that no column of their type can have: not of its form, not text, out of range, no date, no time zone. */
const unfitting = new Set(['22P02', '22021', '22003', '22007', '22008', '22009']);

/** What the system says when a disk or a quota is full. */
const noRoom = new Set(['ENOSPC', 'EDQUOT']);

/** Any failure as a Problem; what is not one is logged and told as unexpected, without its details. */
export function toProblem(error: unknown, log: FastifyRequest['log']): Problem {
  if (error instanceof Problem) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = code && fastifyProblems[code];
  if (known) return new Problem(known);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Problem(problems.malformed_request);
  if (code && noRoom.has(code)) {
    log.error({ err: error }, 'the disk is full');
    return new Problem(problems.storage_full, { cause: error });
  }
  if (isConnectionLost(error)) return new Problem(problems.unavailable, { headers: { 'retry-after': '5' }, cause: error });
  if (code && unfitting.has(code)) return new Problem(problems.validation_failed);
  log.error({ err: error }, 'unexpected failure');
  return new Problem(problems.unexpected);
}

/** Answers with the problem document of whatever went wrong. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error, request.log);
  const locale = request.milpa?.locale ?? pickLocale(request.headers.cookie ?? '', request.headers['accept-language'], 'en');
  return reply.code(problem.status).headers(problem.headers).header('cache-control', 'no-store')
    .type('application/problem+json').serializer((value: unknown) => JSON.stringify(value)).send(problem.document(locale, request.id));
}
