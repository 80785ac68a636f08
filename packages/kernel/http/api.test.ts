/** What every endpoint gets from the kernel, whatever its module does. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestServer, tenant, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => { server = await startTestServer(); });
afterAll(() => server.close());
beforeEach(() => server.owner.query('delete from shelf.thing'));

const ana = { authorization: 'Bearer ana' };
const add = (name: string, headers: Record<string, string> = ana) => server.send({ method: 'POST', url: '/api/v1/things', payload: { name }, headers });
const countThings = async () => Number((await server.owner.query('select count(*) from shelf.thing')).rows[0].count);

describe('Idempotency-Key', () => {
  test('the same request again is answered the same, and done once', async () => {
    const [first, again] = [await add('maize', { ...ana, 'idempotency-key': 'same' }), await add('maize', { ...ana, 'idempotency-key': 'same' })];
    expect([first.statusCode, again.statusCode]).toEqual([201, 201]);
    expect(again.json()).toEqual(first.json());
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(await countThings()).toBe(1);
  });
  test('at once is once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => add('maize', { ...ana, 'idempotency-key': 'at once' })));
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true')).toHaveLength(4);
    expect(await countThings()).toBe(1);
  });
  test('for another body is refused', async () => {
    await add('maize', { ...ana, 'idempotency-key': 'other body' });
    const other = await add('beans', { ...ana, 'idempotency-key': 'other body' });
    expect([other.statusCode, other.json().code]).toEqual([422, 'kernel.idempotency_key_reused']);
    expect(await countThings()).toBe(1);
  });
  test('of another person is another key', async () => {
    await add('maize', { ...ana, 'idempotency-key': 'two people' });
    expect((await add('maize', { authorization: 'Bearer beto', 'idempotency-key': 'two people' })).headers['idempotent-replayed']).toBeUndefined();
    expect(await countThings()).toBe(2);
  });
  test('of a request that failed may be used again', async () => {
    expect((await add('refused', { ...ana, 'idempotency-key': 'failed' })).statusCode).toBe(403);
    expect((await add('maize', { ...ana, 'idempotency-key': 'failed' })).statusCode).toBe(201);
  });
  test.each(['', 'x'.repeat(201)])('that cannot be kept is refused: “%s”', async (key) => {
    expect((await add('maize', { ...ana, 'idempotency-key': key })).json().code).toBe('kernel.malformed_request');
    expect(await countThings()).toBe(0);
  });
  test('counts in the control plane as well: one job', async () => {
    const ask = () => server.send({ method: 'POST', url: '/api/v1/questions', payload: { word: 'why' }, headers: { ...ana, 'idempotency-key': 'question' } });
    expect([(await ask()).statusCode, (await ask()).headers['idempotent-replayed']]).toEqual([202, 'true']);
    expect((await server.owner.query("select count(*)::int as count from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'shelf.answer'")).rows).toEqual([{ count: 1 }]);
  });
});

describe('If-Match', () => {
  const rename = (id: string, headers: Record<string, string>) => server.send({ method: 'PATCH', url: `/api/v1/things/${id}`, payload: { name: 'beans' }, headers: { ...ana, ...headers } });
  test('missing is asked for, old is refused, the one that was read is accepted', async () => {
    const made = await add('maize');
    const { id } = made.json();
    expect(made.headers.etag).toBe('"1"');
    const missing = await rename(id, {});
    expect([missing.statusCode, missing.json().code]).toEqual([428, 'kernel.version_required']);
    const renamed = await rename(id, { 'if-match': '"1"' });
    expect([renamed.statusCode, renamed.headers.etag]).toEqual([200, '"2"']);
    for (const old of ['"1"', '*', 'nonsense']) {
      const conflict = await rename(id, { 'if-match': old });
      expect([conflict.statusCode, conflict.json().code]).toEqual([412, 'kernel.version_conflict']);
    }
  });
});

describe('requests of browsers', () => {
  const own = 'http://shelf.milpa.test';
  const change = (headers: Record<string, string>) => add('maize', headers).then(({ statusCode }) => statusCode);
  test.each([
    ['from this site', { 'sec-fetch-site': 'same-origin' }, 201], ['from this site, by an old browser', { origin: own }, 201],
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: own }, 403], ['from a sibling', { 'sec-fetch-site': 'same-site' }, 403], ['typed by hand', { 'sec-fetch-site': 'none' }, 403],
    ['from another origin', { origin: 'http://evil.example' }, 403], ['from nowhere', {}, 403], ['from an opaque origin', { origin: 'null' }, 403],
  ])('with a cookie %s', async (_, headers, status) => expect(await change({ cookie: 'session=ana', ...headers })).toBe(status));
  test('with a token come from anywhere', async () => expect(await change({ ...ana, 'sec-fetch-site': 'cross-site', origin: 'https://partner.example' })).toBe(201));
  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403], ['another origin', { origin: 'http://evil.example' }, 403], ['no browser', {}, 415],
  ])('that post a form without cookies from %s', async (_, headers, status) => expect((await server.send({ method: 'POST', url: '/api/v1/things', payload: 'name=maize', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })).statusCode).toBe(status));
  test('that only read are not asked', async () => expect((await server.send({ url: '/api/v1/things', headers: { cookie: 'session=ana', 'sec-fetch-site': 'cross-site' } })).statusCode).toBe(200));

  const preflight = (origin: string) => server.send({ method: 'OPTIONS', url: '/api/v1/things', headers: { origin, 'access-control-request-method': 'POST' } });
  test('the tenant’s partners may call, without cookies', async () => {
    const { statusCode, headers } = await preflight('https://partner.example');
    expect([statusCode, headers['access-control-allow-origin'], headers['access-control-allow-credentials']]).toEqual([204, 'https://partner.example', undefined]);
    expect(headers['access-control-allow-headers']).toContain('Idempotency-Key');
    expect((await server.send({ url: '/api/v1/things', headers: { origin: 'https://partner.example' } })).headers).toMatchObject({ 'access-control-allow-origin': 'https://partner.example', vary: 'Origin' });
  });
  test('refusals can be read by partners too', async () => {
    expect((await server.send({ method: 'POST', url: '/api/v1/things', payload: { name: '' }, headers: { ...ana, origin: 'https://partner.example' } })).headers['access-control-allow-origin']).toBe('https://partner.example');
  });
  test.each(['https://evil.example', 'https://partner.example.evil.example', 'null'])('%s may not', async (origin) => {
    expect((await preflight(origin)).headers['access-control-allow-origin']).toBeUndefined();
    expect((await server.send({ url: '/api/v1/things', headers: { origin } })).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('problems', () => {
  test.each([['en', 'Some fields need another look'], ['es-MX,es;q=0.9', 'Hay campos por revisar'], ['es', 'Hay campos por revisar'], ['ar-EG', 'بعض الحقول تحتاج إلى مراجعة'], ['fr', 'Hay campos por revisar'], ['fr;q=1, ar;q=0.4', 'بعض الحقول تحتاج إلى مراجعة']])('are told in the reader’s language: %s', async (language, title) => {
    const answer = await add('', { ...ana, 'accept-language': language });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ status: 422, code: 'kernel.validation_failed', title, type: 'urn:milpa:problem:kernel.validation_failed' });
  });
  test('the language switch goes before the browser’s list', async () => expect((await add('', { ...ana, cookie: 'locale=en', 'accept-language': 'ar' })).json().title).toBe('Some fields need another look'));
  test('name the field', async () => expect((await add('x'.repeat(21))).json().fields).toMatchObject([{ path: 'body.name', code: 'too_long' }]));
  test('unknown fields are refused', async () => {
    const answer = await server.send({ method: 'POST', url: '/api/v1/things', payload: { name: 'maize', owner: 'me' }, headers: ana });
    expect([answer.statusCode, answer.json().fields[0]]).toMatchObject([422, { path: 'body.owner', code: 'unknown' }]);
  });
  test.each([
    ['broken JSON', '{"name":', 'application/json', 400, 'kernel.malformed_request'], ['no JSON', 'maize', 'text/plain', 415, 'kernel.unsupported_media_type'], ['a form', 'name=maize', 'application/x-www-form-urlencoded', 415, 'kernel.unsupported_media_type'],
    ['too much', JSON.stringify({ name: 'x'.repeat(20_000) }), 'application/json', 413, 'kernel.too_large'], ['a prototype', '{"__proto__":{"name":"maize"}}', 'application/json', 400, 'kernel.malformed_request'],
    ['nothing', '', 'application/json', 400, 'kernel.malformed_request'], ['a list', '[]', 'application/json', 422, 'kernel.validation_failed'], ['null', 'null', 'application/json', 422, 'kernel.validation_failed'],
  ])('%s is told as such', async (_, payload, type, status, code) => {
    const answer = await server.send({ method: 'POST', url: '/api/v1/things', payload, headers: { ...ana, 'content-type': type } });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });
  test('what broke inside is not told', async () => {
    const answer = await server.send({ url: '/api/v1/broken' });
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'kernel.unexpected']);
    expect(answer.body).not.toContain('secret');
  });
  test('what is nowhere is 404, and an id that is none is a field problem', async () => {
    expect((await server.send({ url: '/api/v1/nowhere' })).json().code).toBe('kernel.not_found');
    expect((await server.send({ method: 'PATCH', url: '/api/v1/things/7', payload: { name: 'x' }, headers: { ...ana, 'if-match': '"1"' } })).json().fields).toMatchObject([{ path: 'params.thingId' }]);
  });
  test.each(['no-time', '2026-02-30T00:00:00Z', '9'.repeat(20)])('a time that is none is refused, not broken: %s', async (since) => {
    expect((await server.send({ url: `/api/v1/things?since=${since}` })).json().code).toBe('kernel.validation_failed');
  });
  test('a zero byte is refused, not broken', async () => expect((await add('a\u0000b')).statusCode).toBe(422));
  test('an address that cannot be decoded is malformed', async () => expect((await server.send({ url: '/api/v1/things/%E0%A4%A' })).statusCode).toBe(400));
});

describe('every response', () => {
  const protective = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'strict-origin-when-cross-origin', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox" };
  test.each(['/api/v1/things', '/api/v1/nowhere', '/api/v1/broken', '/api/v1/openapi.json'])('of %s carries the protective headers', async (url) => {
    const { headers } = await server.send({ url });
    expect(headers).toMatchObject(protective);
    expect(headers['strict-transport-security']).toBeUndefined();
  });
  test('is not kept by caches on the way', async () => {
    expect((await server.send({ url: '/api/v1/things' })).headers['cache-control']).toBe('private, no-store');
    expect((await add('')).headers['cache-control']).toBe('no-store');
  });
  test('to HEAD has the headers of GET and no body', async () => {
    const head = await server.send({ method: 'HEAD', url: '/api/v1/things' });
    expect([head.statusCode, head.body]).toEqual([200, '']);
  });
  test('carries what the response promises and nothing else', async () => {
    await add('maize');
    expect(Object.keys((await server.send({ url: '/api/v1/things' })).json().data[0])).toEqual(['id', 'name', 'version']);
  });
});

describe('a file', () => {
  const bring = (payload: Buffer, query = '', headers: Record<string, string> = ana) => server.send({ method: 'POST', url: `/api/v1/files${query}`, payload, headers: { 'content-type': 'application/octet-stream', ...headers } });
  test('is received, counted and removed', async () => {
    const bytes = Buffer.from('three sisters');
    const answer = await bring(bytes, '?name=..%2F..%2Fetc%2Fpasswd');
    expect(answer.json()).toEqual({ name: 'passwd', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect(await server.spooled()).toEqual([]);
  });
  test('too large is refused, and nothing stays', async () => {
    expect((await bring(Buffer.alloc(1001))).json().code).toBe('kernel.too_large');
    expect(await server.spooled()).toEqual([]);
  });
  test('too large is told to who is still sending', async () => {
    const address = await server.listen();
    const answer = await fetch(`${address}/api/v1/files`, { method: 'POST', body: Buffer.alloc(2_000_000), headers: { ...ana, 'content-type': 'application/octet-stream', 'x-tenant-id': tenant.id } });
    expect([answer.status, (await answer.json() as { code: string }).code]).toEqual([413, 'kernel.too_large']);
  });
  test('is removed when the handler breaks', async () => {
    expect((await bring(Buffer.from('x'), '?name=bad')).statusCode).toBe(500);
    expect(await server.spooled()).toEqual([]);
  });
  test('of who may not bring one is not read', async () => {
    expect((await bring(Buffer.from('x'), '', {})).statusCode).toBe(401);
    expect(await server.spooled()).toEqual([]);
  });
  test('cannot be forged by JSON', async () => {
    const forged = Buffer.from(JSON.stringify({ name: 'x', path: '/etc/passwd', size: 1, sha256: 'x', mediaType: 'x' }));
    expect((await bring(forged, '', { ...ana, 'content-type': 'application/json' })).json().size).toBe(forged.length);
  });
});

describe('limits', () => {
  let narrow: TestServer;
  beforeAll(async () => { narrow = await startTestServer({ limits: { address: 6, member: 2 }, secure: true }); });
  afterAll(() => narrow.close());

  test('are told, and then kept: first a member’s, then an address’s', async () => {
    const look = (headers = {}) => narrow.send({ url: '/api/v1/things', headers });
    const first = await look(ana);
    expect(first.headers).toMatchObject({ 'ratelimit-policy': '"member";q=2;w=60', ratelimit: expect.stringMatching(/^"member";r=1;t=\d+$/), 'strict-transport-security': 'max-age=31536000; includeSubDomains' });
    // What lies beneath somebody's own domain is not ours to speak for.
    expect((await narrow.send({ url: '/nowhere', headers: { host: 'school.example' } })).headers['strict-transport-security']).toBe('max-age=31536000');
    await look(ana);
    const refused = await look(ana);
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'kernel.rate_limited']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['ratelimit']).toMatch(/^"member";r=0;/);
    expect((await look({ authorization: 'Bearer beto' })).statusCode).toBe(200);
    await Promise.all([look(), look(), look()]);
    expect((await look()).headers['ratelimit-policy']).toBe('"address";q=6;w=60');
    expect((await look()).statusCode).toBe(429);
  });
  test('count before anybody asks whose the request is', async () => {
    const guessing = await startTestServer({ limits: { address: 2, member: 100 } });
    const guess = async () => (await guessing.send({ url: '/api/v1/things', headers: { 'x-tenant-id': 'another' } })).statusCode;
    expect([await guess(), await guess(), await guess()]).toEqual([404, 404, 429]);
    await guessing.close();
  });
  test('of the tenant are used by its members alone', async () => {
    const small = await startTestServer({ apiPerMinute: 2 });
    const look = async (headers = {}) => (await small.send({ url: '/api/v1/things', headers })).statusCode;
    expect([await look(), await look(), await look(), await look(ana), await look(ana), await look(ana)]).toEqual([200, 200, 200, 200, 200, 429]);
    await small.close();
  });
});
