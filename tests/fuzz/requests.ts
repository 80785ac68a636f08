/** Requests that no form would send: one valid request of an endpoint, broken in one place. The same seed makes the same requests. */
import type { AnyEndpoint } from '../../packages/kernel/contract.ts';
import { requestFor } from '../../packages/testkit/endpoints.ts';
import type { Words } from '../../packages/testkit/sample.ts';
import { z } from 'zod';

export interface Case {
  /** What is wrong with it. */
  what: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  raw?: string | Buffer;
}

export interface Random { pick<T>(from: readonly T[]): T; some<T>(from: readonly T[], count: number): T[] }

/** A stream of choices that follows from a text (mulberry32 over FNV-1a). */
export function randomOf(seed: string): Random {
  let state = [...seed].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0)!, 16_777_619), 2_166_136_261);
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
  const pick: Random['pick'] = (from) => from[below(from.length)]!;
  return {
    pick,
    some(from, count) {
      const rest = [...from];
      return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(below(rest.length), 1)[0]!);
    },
  };
}

type Node = Record<string, any>;
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const loneSurrogate = 'a\ud800b';
const texts = ['', ' ', 'a\u0000b', '\u0007', loneSurrogate, '\u202eright to left\u202c', 'أهلًا\u200f', '𝒳👩‍👩‍👧‍👦é', "'; select 1; --", '<script>alert(1)</script>', '%', '%_\\', '${7*7}', '../../etc/passwd', 'null', 'x'.repeat(5000), '\n\r\n', '١٢٣', '{0, plural,', '\ufeffx'];
const numbers: readonly (number | string)[] = [0, -1, 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, '007', '1e3', '0x10', ' 1', 'NaN', 'Infinity', '-0'];
const times = ['2026-02-30T00:00:00Z', '0000-00-00T00:00:00Z', '+275760-09-13T00:00:01Z', '-000001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z', '294277-01-01T00:00:00Z', '2026-01-01', 'now', 'infinity', '2026-01-01T00:00:00+99:99'];
const shapes: readonly unknown[] = [null, true, 7, 'text', [], {}, [[]], [null], { a: { b: {} } }, [{}, 'x', 1]];
const idsOf = (foreign: string) => [foreign, foreign.toUpperCase(), '00000000-0000-4000-8000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', `${foreign} `, '7', 'null', 'undefined', ...texts];

/** Cursors that were not made here, or were made of something else. */
const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');
const cursors = ['', 'x', '%%%', cursor(null), cursor([]), cursor(['x', 'y']), cursor(['infinity', 'infinity']), cursor(['2026-02-30T00:00:00Z', 'not-an-id']), cursor([loneSurrogate, 'a\u0000b']), cursor([1, 2]), cursor([2 ** 60, '']), cursor({}), 'x'.repeat(600)];

const schemaOf = (schema: z.ZodType | undefined): Node => (schema ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Node : {});
const resolve = (node: Node, root: Node): Node => (typeof node['$ref'] === 'string' ? node['$ref'].split('/').slice(1).reduce((at: Node, part: string) => at[part], root) : node);
const variantsOf = (node: Node, root: Node): Node[] => [node, ...(node['anyOf'] ?? node['oneOf'] ?? node['allOf'] ?? [])].map((variant: Node) => resolve(variant, root));

/** Values that stand at the edges of what a schema takes, or beyond. */
function edgesOf(node: Node, root: Node, foreign: string): unknown[] {
  return variantsOf(node, root).flatMap((variant): unknown[] => {
    const { maxLength, minLength, maximum, minimum, maxItems } = variant as Record<string, number>;
    switch (variant['type']) {
      case 'string': return [
        ...(variant['format'] === 'uuid' ? idsOf(foreign) : texts), ...(variant['format'] === 'date-time' ? times : []),
        ...(maxLength === undefined ? [] : ['é'.repeat(maxLength), '👋'.repeat(maxLength), 'x'.repeat(maxLength + 1)]), ...(minLength ? ['x'.repeat(minLength - 1)] : []),
      ];
      case 'integer': case 'number': return [...numbers, ...(maximum === undefined ? [] : [maximum, maximum + 1]), ...(minimum === undefined ? [] : [minimum, minimum - 1])];
      case 'array': return [[], Array.from({ length: Math.min((maxItems ?? 2000) + 1, 5000) }, () => foreign), [null], [foreign, foreign]];
      case 'object': return [{}, Object.fromEntries(['constructor', 'toString', 'hasOwnProperty'].map((name) => [name, 'x']))];
      default: return [];
    }
  });
}

/** Every place in a value that a schema describes: the way to it, and its schema. */
function placesIn(value: unknown, node: Node, root: Node, way: readonly (string | number)[] = []): { way: readonly (string | number)[]; node: Node }[] {
  if (way.length > 4) return [];
  return variantsOf(node, root).flatMap((variant) => {
    if (variant['properties'] && typeof value === 'object' && value !== null) {
      return Object.entries(variant['properties'] as Node).flatMap(([name, shape]) => [{ way: [...way, name], node: resolve(shape, root) }, ...placesIn((value as Node)[name], resolve(shape, root), root, [...way, name])]);
    }
    return variant['items'] && Array.isArray(value) && value.length > 0 ? [{ way: [...way, 0], node: resolve(variant['items'], root) }, ...placesIn(value[0], resolve(variant['items'], root), root, [...way, 0])] : [];
  });
}

/** The value with another at that place; `undefined` takes the place away. */
function replaced(value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (first === undefined) return by;
  const copy: any = Array.isArray(value) ? [...value] : { ...value as object };
  copy[first] = replaced(copy[first], rest, by);
  return copy;
}

const brokenJson = ['', '{', '{"name":', '[', 'undefined', '{"a":1,}', "{'a':1}", '{"a":1}{"b":2}', 'null', '[]', '"text"', '7', '1e999', '{"version":1e999}', 'true', deep(20_000), `{"__proto__":{"admin":true}}`, `{"constructor":{"prototype":{"admin":true}}}`, '{"name":"a","name":"b"}', '\ufeff{}', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from([0, 0, 0]), `{"x":"${'y'.repeat(1_100_000)}"}`];
const types = ['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/xml', 'application/json; charset=utf-16', 'application/json;;;=', 'application/merge-patch+json', 'x', '*/*', 'a'.repeat(3000)];
const ifMatches = ['', '*', '""', '"0"', '"-1"', '"1.5"', '"2147483648"', '"99999999999999999999999"', 'W/"1"', '"1", "2"', 'nonsense', '"\u00e9"', '"'.repeat(900)];
const oddHeaders = (foreignTenant: string): readonly Record<string, string>[] => [
  { 'x-tenant-id': foreignTenant }, { 'x-tenant-id': 'nonsense' }, { 'x-tenant-id': '' }, { 'idempotency-key': '' }, { 'idempotency-key': 'x'.repeat(201) }, { 'idempotency-key': 'clé' }, { 'idempotency-key': '\t' },
  { 'accept-language': ';;;q=,=,' }, { 'accept-language': 'x'.repeat(4000) }, { 'accept-language': '*;q=NaN' }, { authorization: 'Bearer' }, { authorization: 'Bearer a.b.c' }, { authorization: 'Basic eDp5' }, { authorization: '' },
  { cookie: '=;;=%;locale=%;theme=' }, { cookie: `locale=ar; ${'x=y; '.repeat(400)}` }, { 'x-http-method-override': 'DELETE' }, { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', 'x-forwarded-for': 'not-an-address' },
  { origin: 'null' }, { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }, { accept: 'image/png' }, { 'accept-encoding': 'identity;q=0, *;q=0' }, { range: 'bytes=9999999999999999999-' }, { range: 'bytes=-0' }, { 'if-none-match': '*' }, { 'if-modified-since': 'never' },
  { expect: 'the-unexpected' }, { 'user-agent': '\u00e9'.repeat(900) }, { host: 'nowhere.example' }, { host: 'x'.repeat(300) }, { host: 'a b' },
];
const files: readonly (string | Buffer)[] = ['', Buffer.from([0]), 'PK\u0003\u0004', `--x\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\nbytes\r\n--x--`, Buffer.from('PK\u0005\u0006' + '\u0000'.repeat(18), 'latin1'), Buffer.alloc(3_000_000, 65), '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', Buffer.from('89504e470d0a1a0a', 'hex')];
const fileNames = [...texts.slice(0, 18), 'a.zip', '.zip', 'CON', 'x'.repeat(300)];
/** Bytes in an address that are no text, and text that is no address. */
const oddParts = ['%00', '%E0%A4%A', '%ED%A0%80', '%0a', '..%2f..%2f', '%', '.', '..', '%2e%2e', 'x'.repeat(3000), '%F0%9F%92%A9', '*', ':', '{id}', '__proto__', 'constructor'];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];

export interface Grounds { words: Words; foreign: Words; foreignTenant: string; /** Of each kind of breach. */ share: number }

/** Requests of an endpoint: the valid one, and others that differ from it in one place. */
export function casesOf(endpoint: AnyEndpoint, grounds: Grounds, random: Random): Case[] {
  const { words, foreign, foreignTenant, share } = grounds;
  const { path, body, raw, headers } = requestFor(endpoint, words);
  const valid: Case = { what: 'as it should be', method: endpoint.method, path, headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' }, ...(body === undefined ? raw === undefined ? {} : { raw } : { raw: JSON.stringify(body) }) };
  const [addressPath = '', addressQuery = ''] = path.split('?');
  const aForeignId = String(foreign['courseId']);
  const cases: Case[] = [];
  const add = (what: string, change: Partial<Case>) => cases.push({ ...valid, what, ...change });
  const withQuery = (pairs: string) => `${addressPath}?${[addressQuery, pairs].filter(Boolean).join('&')}`;

  for (const name of endpoint.path.match(/(?<=\{)\w+/g) ?? []) {
    const put = (part: string) => requestFor({ ...endpoint, body: undefined, query: undefined, path: endpoint.path.replace(`{${name}}`, '{fuzzed}') }, { ...words, fuzzed: '\u0001' }).path.replace('%01', () => part);
    if (foreign[name] !== undefined) add(`{${name}} of another organisation`, { path: put(encodeURIComponent(String(foreign[name]))) });
    for (const part of random.some([...oddParts, ...idsOf(aForeignId).filter((text) => text !== loneSurrogate).map(encodeURIComponent)], 3 * share)) add(`{${name}} is ${part.slice(0, 40)}`, { path: put(part) });
  }

  const query = schemaOf(endpoint.query);
  for (const [name, shape] of Object.entries<Node>(query['properties'] ?? {})) {
    const edges = name === 'cursor' ? cursors : edgesOf(shape, query, aForeignId).concat(shape['type'] === 'integer' ? [] : numbers);
    for (const edge of random.some(edges, name === 'cursor' ? 3 * share : share)) add(`${name}=${String(edge).slice(0, 40)}`, { path: withQuery(new URLSearchParams({ [name]: String(edge) }).toString()) });
  }
  const named = Object.keys(query['properties'] ?? {});
  for (const odd of random.some(['a=1', '__proto__[x]=1', '__proto__=1', 'constructor[prototype][x]=1', '%', '%00=%00', '&&&=', 'x'.repeat(4000), ...named.flatMap((name) => [`${name}=a&${name}=b`, `${name}[]=a`, `${name}[x]=a`, `${name}=%ff`])], share)) add(`?${odd.slice(0, 40)}`, { path: withQuery(odd) });

  if (body !== undefined) {
    const schema = schemaOf(endpoint.body);
    const json = (value: unknown) => JSON.stringify(value) ?? '';
    for (const { way, node } of placesIn(body, schema, schema)) {
      for (const value of [...random.some(edgesOf(node, schema, aForeignId), share), random.pick(shapes)]) add(`${way.join('.')} = ${json(value).slice(0, 60)}`, { raw: json(replaced(body, way, value)) });
      if (random.pick([true, false])) add(`without ${way.join('.')}`, { raw: json(replaced(body, way, undefined)) });
      const [name] = way;
      if (way.length === 1 && typeof name === 'string' && foreign[name] !== undefined) add(`${name} of another organisation`, { raw: json(replaced(body, way, foreign[name])) });
    }
    add('with one property more', { raw: json({ ...body as object, tenantId: foreignTenant }) });
    for (const text of random.some(brokenJson, 2 * share)) add(`body is ${String(text).slice(0, 40)}`, { raw: text });
    for (const type of random.some(types, share)) add(`content-type: ${type.slice(0, 40)}`, { headers: { ...valid.headers, 'content-type': type } });
  } else if (raw !== undefined) {
    for (const file of random.some(files, 2 * share)) add(`a file of ${file.length} bytes`, { raw: file });
    for (const name of random.some(fileNames.filter((text) => text !== loneSurrogate), 2 * share)) add(`a file called ${name.slice(0, 40)}`, { path: withQuery(`name=${encodeURIComponent(name)}`) });
    for (const type of random.some(types, 2 * share)) add(`a file as ${type.slice(0, 40)}`, { headers: { ...valid.headers, 'content-type': type } });
  } else if (endpoint.method !== 'GET') add('with a body that nobody asked for', { raw: '{"a":1}', headers: { ...valid.headers, 'content-type': 'application/json' } });

  if (endpoint.ifMatch) for (const value of random.some(ifMatches, 2 * share)) add(`if-match: ${value.slice(0, 40)}`, { headers: { ...valid.headers, 'if-match': value } });
  for (const odd of random.some(oddHeaders(foreignTenant), 2 * share)) add(JSON.stringify(odd).slice(0, 60), { headers: { ...valid.headers, ...odd } });
  for (const method of random.some(methods.filter((other) => other !== endpoint.method), 2)) add(`${method} instead`, { method });
  add('by path of another organisation', { path: `/tenants/${foreignTenant}${path}` });
  return [...cases, valid];
}
