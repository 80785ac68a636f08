import { createTestBed, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerCrawlers } from './crawlers.ts';
import { leadToPrimaryHost } from './primary-host.ts';

let bed: TestBed;
let here: TestTenant;
const [chosen, other] = ['learn.example', 'old.example'];
beforeAll(async () => {
  bed = await createTestBed({
    prepare: (application) => {
      leadToPrimaryHost(application.server, { directory: application.directory, baseHost: application.api.baseHost, originOf: application.originOf });
      registerCrawlers(application);
      application.server.get('/*', () => 'a page');
    },
  });
  here = await bed.tenant('academy');
  for (const host of [chosen, other]) await bed.owner.query("insert into tenancy_control.domain (host, tenant_id, token, verified_at) values ($1, $2, 'aaaaaaaaaaaaaaaaaaaaaaaa', now())", [host, here.tenant.id]);
});
afterAll(() => bed.close());

async function choose(host: string | null): Promise<void> {
  await bed.owner.query('update tenancy_control.tenant set primary_host = $2 where id = $1', [here.tenant.id, host]);
  bed.application.directory.forget();
}
const ask = async (host: string, path: string) => { const { status, headers } = await bed.client(host).get(path); return [status, headers.location]; };

test('whoever comes to another address of an organisation is sent to the one that it chose, to the same page', async () => {
  await choose(null);
  for (const host of [here.host, chosen, other]) expect(await ask(host, '/courses?q=a')).toEqual([200, undefined]);
  await choose(chosen);
  for (const host of [here.host, other]) {
    expect(await ask(host, '/courses?q=a')).toEqual([308, `http://${chosen}/courses?q=a`]);
    expect(await ask(host, '/sitemap.xml')).toEqual([308, `http://${chosen}/sitemap.xml`]);
    expect(await ask(host, '//evil.example/a')).toEqual([308, `http://${chosen}/evil.example/a`]);
  }
  const answer = await bed.client(here.host).get('/courses');
  expect(answer.headers).toMatchObject({ 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' });
  expect(await ask(chosen, '/courses')).toEqual([200, undefined]);
  expect((await bed.client(chosen).get('/sitemap.xml')).text).toContain(`<loc>http://${chosen}/sitemap-1.xml</loc>`);
});

test('programs, other organisations and the installation stay where they are', async () => {
  await choose(chosen);
  for (const path of ['/api/v1/courses', '/.well-known/acme-challenge/x', '/courses.data']) expect((await ask(here.host, path))[0]).toBe(200);
  expect(await ask((await bed.tenant('academy')).host, '/courses')).toEqual([200, undefined]);
  expect(await ask('milpa.test', '/operator')).toEqual([200, undefined]);
  expect((await bed.client(here.host).ask('/courses', { method: 'POST', body: {} })).status).not.toBe(308);
});

test('the token of a mail stays at the name of the installation that it was sent to', async () => {
  await choose(chosen);
  for (const path of ['/reset-password?token=secret', '/verify-email?token=secret', '/invitation?token=secret']) expect(await ask(here.host, path)).toEqual([200, undefined]);
  expect((await ask(here.host, '/reset-password-elsewhere'))[0]).toBe(308);
});

test('support stays where it came in, and comes in at the subdomain', async () => {
  await choose(chosen);
  expect(await ask(here.host, '/support?code=secret')).toEqual([200, undefined]);
  for (const cookie of ['milpa.support=a', 'locale=ar; __Host-milpa.support=a']) expect((await bed.client(here.host).with({ cookie }).get('/admin')).status).toBe(200);
  expect((await bed.client(here.host).with({ cookie: 'milpa.support_verifier=a; other.support=b' }).get('/admin')).status).toBe(308);
});

test('the subdomain leads back to the choice, should the domain lead nowhere', async () => {
  await choose(chosen);
  for (const path of ['/admin/domains', '/sign-in?next=%2Fadmin%2Fdomains', '/confirm?next=%2Fadmin%2Fdomains', '/sign-in?next=%2Finvitation%3Ftoken%3Dsecret']) {
    expect(await ask(here.host, path)).toEqual([200, undefined]);
    expect((await ask(other, path))[0]).toBe(308);
  }
  expect((await ask(here.host, '/sign-in?next=%2Fcourses'))[0]).toBe(308);
});
