/** Walks every registered endpoint: whether it is declared as it must be, and whether strangers see or change anything through it. */
import type { Module, Route } from '@milpa/kernel';
import { problemCodes, problemText } from '@milpa/kernel';
import { locales, upload, type AnyEndpoint } from '@milpa/kernel/contract';
import type pg from 'pg';
import { z } from 'zod';
import type { Answer, Client } from './client.ts';
import { sampleOf, type Words } from './sample.ts';
import type { Fault } from './tables.ts';

export interface Declared {
  routes: readonly Route[];
  modules: readonly Pick<Module, 'name' | 'permissions'>[];
  /** Permissions that any role of any blueprint gives. */
  granted: ReadonlySet<string>;
  /** The document that the API serves. */
  openApi: { paths: Record<string, Record<string, { operationId: string }>> };
}

/** Fills every gap of a text. */
const anything = new Proxy({}, { get: () => 1, has: () => true });
const any = (permission: string) => permission.replace(/:own$/, '');
const reasonOf = (access: AnyEndpoint['access']) => (typeof access === 'object' && access !== null ? Object.values(access)[0] as string | undefined : undefined);

const secretName = /^(password|\w+Password|token|\w+Token|secret|code|backupCodes|otpauthUri)$/;

/** The first property of an endpoint's body, parameters or response whose name says that it is secret. */
function secretProperty({ params, body, response }: AnyEndpoint): string | undefined {
  return [params, body, response].filter((schema) => schema !== undefined).flatMap((schema) => Object.keys((z.toJSONSchema(schema, { unrepresentable: 'any' }).properties as object | undefined) ?? {})).find((name) => secretName.test(name));
}

/** What of an endpoint's declaration is missing or points nowhere. */
export function declarationFaults({ routes, modules, granted, openApi }: Declared): Fault[] {
  const known = new Set(modules.flatMap((module) => module.permissions));
  const codes = new Set(problemCodes());
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const { endpoint, ownership } of routes) {
    const fault = (rule: string, detail: string) => faults.push({ rule, object: endpoint.id, detail });
    const { access } = endpoint;
    if (typeof access === 'string') {
      if (!known.has(access)) fault('its permission is in a module’s list', `${access} is in none`);
      if (!granted.has(access) && !granted.has(any(access))) fault('its permission is in a role of a blueprint', `nobody can have ${access}`);
      if (access.endsWith(':own') && !(ownership && ('actor' in ownership ? ownership.actor : ownership.notFound))) fault('it says how ownership is decided', 'use routeOwned');
    } else if (!reasonOf(access)) fault('it names a permission, or who may call it and why', 'has no access');
    if (endpoint.fresh && typeof access === 'object' && 'public' in access) fault('what wants a proof of who one is wants somebody signed in', 'is open');
    for (const code of endpoint.errors ?? []) {
      if (!codes.has(code)) fault('its error codes are registered', `${code} is not`);
      else if (!locales.every((locale) => problemText(code, locale, anything).title && problemText(code, locale, anything).detail)) fault('its error codes have texts in every language', code);
    }
    const secret = endpoint.method === 'GET' || endpoint.secret ? undefined : secretProperty(endpoint);
    if (secret) fault('what takes or gives secrets says so', `${secret} would be kept under an Idempotency-Key`);
    if (openApi.paths[`/api/v1${endpoint.path}`]?.[endpoint.method.toLowerCase()]?.operationId !== endpoint.id) fault('it is in the OpenAPI document', `${endpoint.method} ${endpoint.path}`);
    if (!modules.some(({ name }) => endpoint.id.startsWith(`${name}.`))) fault('its id begins with its module', endpoint.id);
    for (const key of [endpoint.id, `${endpoint.method} ${endpoint.path.replace(/\{\w+\}/g, '{}')}`]) {
      if (seen.has(key)) fault('its id and address are its own', key);
      seen.add(key);
    }
  }
  return faults;
}

export interface Intruder {
  name: string;
  /** Where and as whom it calls; the address of an endpoint below the client's. */
  client: Client;
  address?: (path: string) => string;
  /** Tokens that only their owners hold, told to the intruder; else it guesses. */
  knowsSecrets: boolean;
  /** `never`: no success at all. `own`: success on its own things only. `refused`: what needs a permission is refused, what is open is open. */
  may: 'never' | 'own' | 'refused';
  /** Which endpoints it calls; all unless told. */
  calls?: (route: Route) => boolean;
  /** In whose rows of the attacked tenant it may cause changes: those that carry this id. */
  ownId?: string;
}

export interface Attack {
  routes: readonly Route[];
  intruders: readonly Intruder[];
  /** Real values of the attacked tenant by the name of the parameter or property. */
  words: Words;
  secrets: Words;
  /** Texts that only the attacked tenant knows. */
  markers: readonly string[];
  victim: { tenantId: string; accountIds: readonly string[] };
  owner: Pick<pg.ClientBase, 'query'>;
}

type Rows = Map<string, string>;

/** Refusals are written there, and answers to repeated requests. */
const mayGrow = new Set(['kernel.audit_entry', 'kernel.idempotency_key']);

/** Every row of the tenant in the data plane, and what the control plane has of it and its people. */
export async function rowsOf(owner: Attack['owner'], { tenantId, accountIds }: Attack['victim']): Promise<Rows> {
  const { rows: tables } = await owner.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_.*|information_schema|graphile_worker|.*_control)$'`);
  const parts = [
    ...tables.filter(({ name }) => !mayGrow.has(name)).map(({ name }) => `select '${name}' as name, to_jsonb(t)::text as row from ${name} t where tenant_id = $1`),
    "select 'tenancy_control.tenant', to_jsonb(t)::text from tenancy_control.tenant t where id = $1",
    "select 'tenancy_control.domain', to_jsonb(t)::text from tenancy_control.domain t where tenant_id = $1",
    "select 'identity_control.account', to_jsonb(t)::text from identity_control.account t where id = any($2)",
    "select 'identity_control.credential', to_jsonb(t)::text from identity_control.credential t where account_id = any($2)",
    "select 'identity_control.session', to_jsonb(t)::text from identity_control.session t where account_id = any($2)",
  ];
  const { rows } = await owner.query<{ name: string; row: string }>(parts.join(' union all '), [tenantId, accountIds]);
  return new Map(rows.map(({ name, row }) => [`${name} ${row}`, name]));
}

/** The request that calls an endpoint, with the words for its parameters and a body that fits. @throws naming what the words lack. */
export function requestFor(endpoint: AnyEndpoint, words: Words): { path: string; body?: unknown; raw?: Buffer; headers: Record<string, string> } {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (words[name] === undefined) throw new Error(`nothing is known for the parameter {${name}}: add a real value of it to the words of the fixture`);
    return encodeURIComponent(String(words[name]));
  });
  const required = endpoint.query ? queryOf(endpoint, words) : '';
  const headers = endpoint.ifMatch ? { 'if-match': String(words['ifMatch'] ?? '"1"') } : {};
  if (endpoint.body === upload) return { path: path + required, raw: Buffer.from('a small file'), headers: { ...headers, 'content-type': 'application/octet-stream' } };
  if (!endpoint.body) return { path: path + required, headers };
  try {
    return { path: path + required, body: sampleOf(endpoint.body, words), headers };
  } catch (error) {
    throw new Error(`no body that fits can be made: add what is wrong to the words of the fixture (${(error as Error).message})`, { cause: error });
  }
}

/** Only what a query must have: filters would hide what an unfiltered list shows. */
function queryOf(endpoint: AnyEndpoint, words: Words): string {
  if (endpoint.query.safeParse({}).success) return '';
  return `?${new URLSearchParams(sampleOf(endpoint.query, words) as Record<string, string>)}`;
}

const accepted = (answer: Answer) => answer.status >= 200 && answer.status < 300;

/** Calls every endpoint as every intruder, and reports whatever was seen or changed. */
export async function walkEndpoints(attack: Attack): Promise<{ faults: Fault[]; calls: number }> {
  const { routes, intruders, owner, victim } = attack;
  const faults: Fault[] = [];
  let calls = 0;
  let before = await rowsOf(owner, victim);
  const guesses = Object.fromEntries(Object.keys(attack.secrets).map((name) => [name, 'a-guess-that-is-wrong']));
  for (const route of routes) {
    const { endpoint } = route;
    const object = endpoint.id;
    for (const intruder of intruders) {
      if (intruder.calls && !intruder.calls(route)) continue;
      let request;
      try {
        request = requestFor(endpoint, { ...attack.words, ...(intruder.knowsSecrets ? attack.secrets : guesses) });
      } catch (error) {
        faults.push({ rule: 'the fixture can call it', object, detail: (error as Error).message });
        break;
      }
      const { path, ...rest } = request;
      const answer = await intruder.client.ask((intruder.address ?? ((own) => `/api/v1${own}`))(path), { method: endpoint.method, ...rest });
      calls += 1;
      const fault = (rule: string, detail: string) => faults.push({ rule, object, detail: `${intruder.name}: ${endpoint.method} ${path} → ${answer.status} ${answer.body?.code ?? ''}; ${detail}` });
      if (answer.status >= 500) fault('it does not break', answer.text.slice(0, 200));
      judge(route, intruder, answer, attack, fault);
      const after = await rowsOf(owner, victim);
      for (const [row, table] of changes(before, after, intruder, accepted(answer))) fault('no row of another changes', `${table}: ${row.slice(0, 300)}`);
      before = after;
    }
  }
  return { faults, calls };
}

function judge({ endpoint }: Route, intruder: Intruder, answer: Answer, { markers }: Attack, fault: (rule: string, detail: string) => void): void {
  const seen = markers.filter((marker) => answer.text.includes(marker));
  const protectedHere = typeof endpoint.access === 'string' || endpoint.access === undefined || (typeof endpoint.access === 'object' && 'operator' in endpoint.access);
  const refusedHere = intruder.may === 'never' || (intruder.may === 'refused' && protectedHere);
  if (refusedHere && accepted(answer)) fault('strangers are refused', 'was accepted');
  if (intruder.may === 'never' && answer.status !== 404) fault('names that disagree are 404', 'is not 404');
  if (intruder.may === 'own' && accepted(answer) && endpoint.plane === 'tenant' && endpoint.path.includes('{')) fault('strangers are refused', 'accepted the id of another’s');
  const showsOwnIds = intruder.ownId !== undefined && endpoint.method !== 'GET';
  if (seen.length > 0 && !showsOwnIds) fault('nothing is seen', `shows ${seen.slice(0, 3).join(', ')}`);
}

/** Rows that went, came or changed, unless they are the intruder's own. */
function changes(before: Rows, after: Rows, intruder: Intruder, wasAccepted: boolean): [row: string, table: string][] {
  const gone = [...before].filter(([row]) => !after.has(row));
  const come = [...after].filter(([row]) => !before.has(row));
  if (intruder.ownId === undefined || !wasAccepted) return [...gone, ...come];
  // A row that takes another's place carries its id; what is new must name the intruder.
  return [...gone, ...come].filter(([row]) => !row.includes(intruder.ownId!));
}
