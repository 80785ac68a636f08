/** Pages: every address that is not the API's goes to the web app, with the same tenant, actor and limits. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import fastifyStatic from '@fastify/static';
import { hasOperator } from '@milpa/identity';
import { call, pagePolicy, pickLocale, Problem, problems, resolveContext, systemActor, takeAll, toProblem, visitorBudgets, type RequestContext, type Route } from '@milpa/kernel';
import { locales, type AnyEndpoint, type CallInput, type Output } from '@milpa/kernel/contract';
import { logoUrl } from '@milpa/tenancy';
import type { Theme, WebContext, WebHandler } from '@milpa/web';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Application } from './application.ts';
import { compress } from './compression.ts';
import { registerCrawlers } from './crawlers.ts';
import { readForm, type Form } from './form.ts';
import { sendPlainPage } from './plain-page.ts';
import { leadToPrimaryHost } from './primary-host.ts';

export interface WebOptions {
  /** The page at `/dev/mail` is there. */
  devMail?: boolean;
  /** Visitors of the operator's host are led to make the first operator while there is none. */
  guidesSetup?: boolean;
}

/** What every page is answered with. */
interface Pages {
  application: Application;
  web: WebHandler;
  routes: ReadonlyMap<string, Route>;
  devMail: boolean;
  needsSetup: () => Promise<boolean>;
}

export function registerWeb(application: Application, web: WebHandler, { devMail = false, guidesSetup = false }: WebOptions = {}): void {
  const { server } = application;
  const routes = new Map(application.api.routes.map((route) => [route.endpoint.id, route]));
  const pagesOf: Pages = { application, web, routes, devMail, needsSetup: guidesSetup ? untilOperated(application) : async () => false };
  server.register(fastifyStatic, { root: web.assetsDirs, serve: false, preCompressed: true, immutable: true, maxAge: '365d', index: false, setHeaders: allowWorker });
  // A route of our own: the library's reads the whole folder for each file, to compare how names are spelled. Ours are all public.
  server.get('/assets/*', (request, reply) => reply.sendFile((request.params as { '*': string })['*']));
  leadToPrimaryHost(server, { directory: application.directory, baseHost: application.api.baseHost, originOf: application.originOf });
  registerCrawlers(application);
  server.register(async (pages) => {
    pages.removeAllContentTypeParsers();
    pages.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    pages.setErrorHandler(sendPlainPage);
    pages.route({ method: ['GET', 'POST'], url: '/*', config: { operation: 'page' }, handler: (request, reply) => page(pagesOf, request, reply) });
  });
}

/** The service worker may answer for every page of its host, and reach this host alone. */
function allowWorker(reply: FastifyReply, path: string): void {
  if (!/\/service-worker-[\w-]+\.js(\.br)?$/.test(path)) return;
  reply.headers({ 'service-worker-allowed': '/', 'content-security-policy': "default-src 'none'; connect-src 'self'" });
}

/** Whether there is no operator yet; asked until there is one. */
function untilOperated({ database }: Application): () => Promise<boolean> {
  let operated = false;
  return async () => {
    operated ||= await database.readControl(hasOperator);
    return !operated;
  };
}

async function page(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { api } = pages.application;
  if (request.url.startsWith('/api/')) throw new Problem(problems.not_found);
  const url = pageUrl(request, api.secure);
  const nonce = randomBytes(16).toString('base64');
  reply.header('content-security-policy', pagePolicy(nonce));
  let form: Form | null = null;
  try {
    const { context, problem } = await contextOf(pages.application, request);
    if (problem) reply.headers(problem.headers);
    if (request.method === 'POST' && problem?.code !== problems.rate_limited) form = await readForm(request, api);
    const needsSetup = context.tenant === null && problem === null && await pages.needsSetup();
    const webContext = toWebContext(pages, request, context, { nonce, url, needsSetup, refusal: problem?.document(context.locale, context.requestId) ?? null, uploads: form?.uploads ?? new Map() });
    const response = await pages.web.handle(toWebRequest(request, url, form), webContext);
    return await send(response, request, reply);
  } finally {
    await form?.discard();
  }
}

/** The address that the visitor sees. A path may begin with any number of slashes and never names a host. @throws Problem `kernel.malformed_request` for a host that is none. */
export function pageUrl({ url: target, host }: Pick<FastifyRequest, 'url' | 'host'>, secure: boolean): URL {
  const site = `${secure ? 'https' : 'http'}://${host}`;
  if (!/^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i.test(host) || !URL.canParse(site)) throw new Problem(problems.malformed_request);
  const url = new URL(site);
  const question = target.indexOf('?');
  url.pathname = (question < 0 ? target : target.slice(0, question)).replace(/^[\\/]+/, '/');
  url.search = question < 0 ? '' : target.slice(question);
  return url;
}

const refusals: readonly string[] = [problems.tenant_not_found, problems.tenant_suspended, problems.rate_limited, 'identity.support_ended'];

/** The request's context; where there is no such tenant, it is paused, or there are too many requests, that of a stranger together with the reason. */
async function contextOf(application: Application, request: FastifyRequest): Promise<{ context: RequestContext; problem: Problem | null }> {
  const { api } = application;
  try {
    const context = request.milpa = await resolveContext(api, request);
    await takeAll(api.rateLimiter, visitorBudgets(context, api.limits));
    return { context, problem: null };
  } catch (error) {
    const problem = toProblem(error, request.log);
    if (!refusals.includes(problem.code)) throw problem;
    const cookieHeader = request.headers.cookie ?? '';
    return {
      problem,
      context: {
        requestId: request.id, locale: pickLocale(cookieHeader, request.headers['accept-language'], 'en'), tenant: null, actor: { ...systemActor, kind: 'visitor' }, sessionId: null, fresh: false,
        address: request.ip, userAgent: '', origin: '', cookieHeader, idempotencyKey: null, ifMatch: null,
      },
    };
  }
}

function toWebContext(
  { application, routes, devMail }: Pages, request: FastifyRequest, context: RequestContext,
  page: Pick<WebContext, 'nonce' | 'url' | 'needsSetup' | 'refusal' | 'uploads'>,
): WebContext {
  const { tenant, actor } = context;
  const named = locales.find((locale) => locale === page.url.searchParams.get('lang'));
  // Who comes by an address in a language stays in it.
  const setCookies = named && !/(?:^|;\s*)locale=/.test(context.cookieHeader) ? [`locale=${named}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${page.url.protocol === 'https:' ? '; Secure' : ''}`] : [];
  return {
    ...page, devMail, setCookies, installationOrigin: `${page.url.protocol}//${application.api.baseHost}`, locale: named ?? context.locale, theme: themeOf(context.cookieHeader) ?? actor.profile?.theme ?? 'system', now: application.clock.now(), requestId: context.requestId,
    tenant: tenant && {
      id: tenant.id, slug: tenant.slug, name: tenant.name, tagline: tenant.tagline, accent: tenant.accent, locale: tenant.locale, timeZone: tenant.timeZone, currency: tenant.currency,
      features: tenant.features, signUp: tenant.signUp, logoUrl: logoUrl(tenant.logoFileId),
    },
    viewer: {
      kind: actor.kind === 'system' ? 'visitor' : actor.kind, name: actor.profile?.name ?? null, email: actor.profile?.email ?? null, persona: actor.profile?.persona ?? null, memberId: actor.memberId, timeZone: actor.profile?.timeZone ?? null, permissions: [...actor.permissions], support: actor.support ?? null,
    },
    async call<E extends AnyEndpoint>(endpoint: E, input?: CallInput<E>): Promise<Output<E>> {
      const route = routes.get(endpoint.id);
      if (!route) throw new Error(`There is no endpoint ${endpoint.id}.`);
      const { ifMatch, idempotencyKey, ...raw } = (input ?? {}) as CallInput<AnyEndpoint>;
      try {
        const outcome = await call(application.database, route, { ...context, ifMatch: ifMatch ?? null, idempotencyKey: idempotencyKey ?? null }, raw);
        setCookies.push(...outcome.cookies);
        return outcome.body as Output<E>;
      } catch (error) {
        throw toProblem(error, request.log);
      }
    },
  };
}

/** This browser's own choice; "system" is one too. */
function themeOf(cookieHeader: string): Theme | null {
  const chosen = /(?:^|;\s*)theme=(light|dark|system)/.exec(cookieHeader)?.[1];
  return chosen === 'light' || chosen === 'dark' || chosen === 'system' ? chosen : null;
}

function toWebRequest(request: FastifyRequest, url: URL, form: Form | null): Request {
  const headers = new Headers();
  for (const name of ['accept', 'accept-language', 'cookie', 'user-agent', 'referer', 'x-react-router-request']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return request.method === 'POST' ? new Request(url, { method: 'POST', headers, body: form?.fields ?? new URLSearchParams() }) : new Request(url, { method: 'GET', headers });
}

/** A document, or a router's data for one. */
const isDocument = (response: Response) => /^text\/(html|x-script)\b/.test(response.headers.get('content-type') ?? '');

async function send(response: Response, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  if (!response.body) return reply.send('');
  if (!isDocument(response)) return reply.send(Readable.fromWeb(response.body as never));
  // The answer to a form may show a secret, such as a new token, beside what was typed: how well the two compress would tell of it.
  const accepted = request.method === 'POST' ? undefined : request.headers['accept-encoding'];
  const { body, encoding } = await compress(Buffer.from(await response.arrayBuffer()), accepted);
  reply.header('vary', [response.headers.get('vary'), 'Accept-Encoding'].filter(Boolean).join(', ')).header('content-length', body.length);
  return encoding === null ? reply.send(body) : reply.header('content-encoding', encoding).send(body);
}
