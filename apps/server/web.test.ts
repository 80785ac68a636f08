import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeOperator } from '@milpa/identity';
import { memoryRateLimiter } from '@milpa/kernel';
import { changeStatus } from '@milpa/tenancy';
import { baseHost, createTestBed, type TestBed, type TestBedOptions } from '@milpa/testkit';
import type { WebContext } from '@milpa/web';
import { registerDevMail } from './dev-mail.ts';
import { registerWeb, type WebOptions } from './web.ts';

let bed: TestBed;
/** What the web app was given with the last request. */
let seen: WebContext;
let page: (context: WebContext) => Response;
const assetsDirs = ['client', 'previous'].map((name) => mkdtempSync(join(tmpdir(), `milpa-${name}-`)));
afterEach(() => bed.close());
afterEach(() => { for (const directory of assetsDirs) rmSync(join(directory, 'shell.js'), { force: true }); });

/** A Milpa whose web app only takes note. */
async function start(web: WebOptions = {}, options: TestBedOptions = {}): Promise<void> {
  page = (context) => new Response('page', { status: context.refusal?.status ?? 200 });
  bed = await createTestBed({
    ...options,
    prepare: (application) => {
      if (web.devMail) registerDevMail(application);
      registerWeb(application, {
        assetsDirs,
        handle: async (_request, context) => {
          seen = context;
          return page(context);
        },
      }, web);
    },
  });
}

const get = (host: string) => bed.client(host).get('/');

test('an organisation that is paused is refused with its reason, in the reader’s language', async () => {
  await start();
  const { tenant, host, visitor } = await bed.tenant();
  expect((await get(host)).status).toBe(200);
  expect(seen).toMatchObject({ refusal: null, tenant: { slug: tenant.slug, signUp: 'open' }, devMail: false, needsSetup: false });
  await bed.application.database.withControl((tx) => changeStatus(tx, tenant.id, 'suspend', 'A reason'));
  bed.application.directory.forget();
  expect((await visitor.get('/', { 'accept-language': 'ar' })).status).toBe(403);
  expect(seen).toMatchObject({ tenant: null, locale: 'ar', refusal: { code: 'kernel.tenant_suspended', title: 'هذه المؤسسة متوقفة مؤقتًا' } });
});

test('who asks too often is told when to come again', async () => {
  await start({}, { rateLimiter: memoryRateLimiter(), limits: { address: 2, member: 1000 } });
  const { host } = await bed.tenant();
  await get(host);
  await get(host);
  const answer = await get(host);
  expect([answer.status, seen.refusal?.code]).toEqual([429, 'kernel.rate_limited']);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
});

test('the installation’s own host asks for its setup until there is an operator, and no other host does', async () => {
  await start({ guidesSetup: true });
  const { host } = await bed.tenant();
  const needed = async (at: string) => { await get(at); return seen.needsSetup; };
  expect([await needed(baseHost), await needed(host)]).toEqual([true, false]);
  const { accountId } = await (await bed.tenant()).person('learner');
  await makeOperator(bed.application.database, accountId);
  expect(await needed(baseHost)).toBe(false);
});

test('mail that is kept can be read on every host, where that is so', async () => {
  await start({ devMail: true });
  const { host } = await bed.tenant();
  for (const at of [baseHost, host]) expect((await bed.client(at).get('/dev/mail')).text, at).toContain('<h1>Local outbox</h1>');
  await get(host);
  expect(seen.devMail).toBe(true);
});

test('files of the build before are served until they are gone', async () => {
  await start();
  const ask = () => bed.client(baseHost).get('/assets/shell.js');
  writeFileSync(join(assetsDirs[1]!, 'shell.js'), 'before');
  expect((await ask()).text).toBe('before');
  writeFileSync(join(assetsDirs[0]!, 'shell.js'), 'now');
  expect((await ask()).text).toBe('now');
  writeFileSync(join(assetsDirs[0]!, '../milpa-secret.txt'), 'secret');
  for (const path of ['/assets/..%2fmilpa-secret.txt', '/assets/%2e%2e/milpa-secret.txt', '/assets/..%5cmilpa-secret.txt', '/assets//etc/passwd', '/assets/']) {
    const { status, text } = await bed.client(baseHost).get(path);
    expect([path, status >= 400 && status < 500, text.includes('secret') || text.includes('root:')]).toEqual([path, true, false]);
  }
  rmSync(join(assetsDirs[0]!, '../milpa-secret.txt'));
});

test('who comes when there is too much to do reads so on a page that comes again by itself; health and files are served all the same', async () => {
  const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  bed = await createTestBed({
    maxPending: 1,
    prepare: (application) => registerWeb(application, { assetsDirs, handle: async () => { begun.resolve(); await go.promise; return new Response('page'); } }),
  });
  const { visitor } = await bed.tenant();
  writeFileSync(join(assetsDirs[0]!, 'shell.js'), 'now');
  const first = visitor.get('/courses');
  await begun.promise;
  const refused = await visitor.get('/courses', { accept: 'text/html', 'accept-language': 'ar' });
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, expect.stringMatching(/^[1-3]$/)]);
  expect(refused.text).toContain('<html lang="ar" dir="rtl">');
  expect(refused.text).toMatch(/<h1>طلبات كثيرة في وقت واحد<\/h1>/);
  expect(refused.text).toMatch(/<meta http-equiv="refresh" content="[1-3]">/);
  expect((await visitor.get('courses')).body).toMatchObject({ status: 503, code: 'kernel.overloaded' });
  expect((await visitor.get('/assets/shell.js')).text).toBe('now');
  go.resolve();
  expect((await first).text).toBe('page');
  expect((await visitor.get('/courses')).text).toBe('page');
});

test('documents are sent compressed to who takes them so, and what a form is answered with never is', async () => {
  await start();
  const { visitor } = await bed.tenant();
  const text = '<p>A field is read before it is sown.</p>'.repeat(100);
  const typed = (type: string) => () => new Response(text, { headers: { 'content-type': type, vary: 'Cookie' } });
  page = typed('text/html; charset=utf-8');
  const { headers } = await visitor.get('/', { 'accept-encoding': 'gzip, br' });
  expect(headers).toMatchObject({ 'content-encoding': 'br', vary: expect.stringMatching(/^Cookie, Accept-Encoding$/) });
  expect(Number(headers['content-length'])).toBeLessThan(text.length / 10);
  const asked = await visitor.get('/');
  expect([asked.headers['content-encoding'], asked.text]).toEqual([undefined, text]);
  const posted = await visitor.post('/', undefined, { 'accept-encoding': 'br', 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' });
  expect([posted.status, posted.headers['content-encoding'], posted.text]).toEqual([200, undefined, text]);
  page = typed('text/x-script');
  expect((await visitor.get('/', { 'accept-encoding': 'zstd' })).headers['content-encoding']).toBe('zstd');
  page = typed('text/csv');
  expect((await visitor.get('/', { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
});
