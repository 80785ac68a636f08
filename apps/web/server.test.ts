import { beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, createWebHandler, webBuildIsFresh, type WebContext, type WebHandler, type WebTenant, type WebViewer } from './server.ts';

const tenant = {
  id: '01900000-0000-7000-8000-000000000001', slug: 'demo', name: 'Demo Academy', tagline: 'A place to try things', logoUrl: null,
  accent: '#2d6a8e', locale: 'es-MX', timeZone: 'America/Mexico_City', currency: 'MXN', features: {}, signUp: 'open',
} satisfies WebContext['tenant'];
const visitor = { kind: 'visitor', name: null, email: null, persona: null, permissions: [] } satisfies WebContext['viewer'];
const learner = { kind: 'member', name: 'Demo Learner', email: 'learner@example.org', persona: 'learner', permissions: [] } satisfies WebContext['viewer'];

let web: WebHandler;
const failures: unknown[] = [];

beforeAll(async () => {
  if (!webBuildIsFresh()) await buildWeb(() => {});
  web = await createWebHandler({ mode: 'production', onError: (error) => failures.push(error) });
}, 60_000);

async function visit(path: string, context: Partial<WebContext> = {}, init: RequestInit = {}) {
  const url = new URL(path, 'http://demo.localhost:3000');
  const response = await web.handle(new Request(url, init), {
    call: () => Promise.reject(new Error('no endpoint expected')),
    tenant, viewer: visitor, now: new Date('2026-11-20T12:00:00Z'), locale: 'en', theme: 'system', nonce: 'bm9uY2U=', url, requestId: 'request-1', refusal: null, installationOrigin: 'http://milpa.test', devMail: false, needsSetup: false, setCookies: [], uploads: new Map(), ...context,
  });
  return { status: response.status, headers: response.headers, html: await response.text() };
}

const post = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });

describe('a page', () => {
  test.each([
    ['en', 'ltr', 'About Demo Academy'],
    ['es-MX', 'ltr', 'Acerca de Demo Academy'],
    ['ar', 'rtl', 'عن Demo Academy'],
  ] as const)('is whole in %s before any script runs', async (locale, dir, title) => {
    const { status, html, headers } = await visit('/about', { locale, theme: 'dark' });
    expect(status).toBe(200);
    expect(html).toContain(`<html lang="${locale}" dir="${dir}" data-theme="dark"`);
    expect(html).toContain(`<h1>${title}</h1>`);
    expect(html).toContain(`<title>${title} · Demo Academy</title>`);
    expect(headers.get('content-language')).toBe(locale);
  });

  test('runs nothing that its policy would refuse', async () => {
    const { html } = await visit('/about');
    const tags = html.match(/<(script|style)\b[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(3);
    expect(tags.filter((tag) => !tag.includes('nonce="bm9uY2U="'))).toEqual([]);
    expect(html.match(/<[^>]+\s(style|on\w+)="[^>]*>/g)).toBeNull();
  });

  test('cannot be broken out of by a name', async () => {
    const name = '</script><script>alert(1)</script><!--';
    const { html } = await visit('/about', { tenant: { ...tenant, name } });
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<!--<');
  });

  test('asks at once for the fonts and messages of its language, and for no other', async () => {
    const { headers, html } = await visit('/about', { locale: 'ar' });
    expect(headers.get('link')).toMatch(/^<\/assets\/readex-pro-arabic[^>]+>; rel=preload; as=font/);
    expect(headers.get('link')).not.toContain('lexend');
    expect(html.match(/data-messages="[^"]+"/g)).toEqual(['data-messages="shell"']);
  });

  test('lets its look come before its scripts', async () => {
    const { html } = await visit('/about');
    const scripts = html.match(/<link rel="modulepreload"[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((link) => !link.includes('fetchpriority="low"'))).toEqual([]);
  });

  test('is kept by nobody when it belongs to somebody', async () => {
    expect((await visit('/about', { viewer: learner })).headers.get('cache-control')).toBe('private, no-store');
    expect((await visit('/about')).headers.get('cache-control')).toBe('private, no-cache');
  });

  test('carries no permissions and no address', async () => {
    const { html } = await visit('/about', { viewer: { ...learner, permissions: ['course:read'] } });
    expect(html).toContain('Demo Learner');
    expect(html).not.toContain('course:read');
    expect(html).not.toContain('learner@example.org');
  });
});

describe('an error', () => {
  test('of an unknown address is a page of its own with status 404', async () => {
    const { status, html } = await visit('/nowhere/at-all');
    expect(status).toBe(404);
    expect(html).toContain('<h1>Nothing grows here</h1>');
    expect(html).toContain('class="ui-top');
    expect(failures).toEqual([]);
  });

  test.each([
    ['kernel.tenant_suspended', 403, 'This organisation is paused'],
    ['kernel.rate_limited', 429, 'No, not now'],
    ['kernel.tenant_not_found', 404, 'No, not now'],
  ])('%s is a page of its own with status %i, whatever was asked for, and offers nobody to sign in', async (code, status, title) => {
    const refusal = { type: `urn:milpa:problem:${code}`, code, status, title: 'No, not now', detail: 'Because.' };
    for (const path of ['/about', '/', '/nowhere']) {
      const answer = await visit(path, { tenant: null, refusal });
      expect([answer.status, answer.html.match(/<h1[^>]*>([^<]*)/)?.[1]], path).toEqual([status, title]);
      expect(answer.html).not.toContain('/sign-in');
    }
    const data = await visit('/about.data', { tenant: null, refusal });
    expect(data.headers.get('content-type')).toContain('text/x-script');
    expect(data.html).toContain(code);
    expect(failures).toEqual([]);
  });

  test('of a tenant screen on the operator host is 404', async () => {
    expect((await visit('/about', { tenant: null })).status).toBe(404);
  });
});

describe('the front door', () => {
  test.each<[string, WebViewer, WebTenant | null, string]>([
    ['visitor', visitor, tenant, '/courses'],
    ['learner', { ...learner, permissions: ['enrollment:read:own'] }, tenant, '/learning'],
    ['guardian whose role opens courses alone', { ...learner, persona: 'guardian', permissions: ['course:read'] }, tenant, '/courses'],
    ['instructor', { ...learner, persona: 'instructor', permissions: ['course:update:own'] }, tenant, '/teaching'],
    ['admin', { ...learner, persona: 'admin', permissions: ['member:read'] }, tenant, '/admin'],
    ['operator', { ...learner, kind: 'operator', persona: null }, null, '/operator'],
    ['visitor of the operator host', visitor, null, '/sign-in'],
  ])('leads a %s to %s', async (_, viewer, host, to) => {
    const { status, headers } = await visit('/', { viewer, tenant: host });
    expect([status, headers.get('location')]).toEqual([302, to]);
  });
});

test('a new installation leads the first visitor of its own host to its setup', async () => {
  for (const path of ['/', '/sign-in']) expect((await visit(path, { tenant: null, needsSetup: true })).headers.get('location'), path).toBe('/setup');
});

test('the account is in the menu of whoever is signed in, also on the operator’s host', async () => {
  expect((await visit('/about', { viewer: learner })).html).toContain('href="/account"');
  const operator = { ...learner, kind: 'operator', persona: null } as const;
  expect((await visit('/nowhere', { viewer: operator, tenant: null })).html).toContain('href="/account"');
  expect((await visit('/about')).html).not.toContain('href="/account"');
});

describe('preferences', () => {
  test('are kept in cookies, and the way leads back', async () => {
    const { status, headers } = await visit('/preferences', {}, post({ locale: 'ar', theme: 'dark', back: '/about?x=1' }));
    expect([status, headers.get('location')]).toEqual([303, '/about?x=1']);
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^locale=ar; Path=\/; Max-Age=31536000; SameSite=Lax/), expect.stringMatching(/^theme=dark;/)]);
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'about'])('never lead to %s', async (back) => {
    expect((await visit('/preferences', {}, post({ theme: 'dark', back }))).headers.get('location')).toBe('/');
  });

  test('are free to choose on the page of an organisation that is paused', async () => {
    const refusal = { type: '', code: 'kernel.tenant_suspended', status: 403, title: '' };
    const { status, headers } = await visit('/preferences', { tenant: null, refusal }, post({ locale: 'ar', back: '/' }));
    expect([status, headers.getSetCookie().length]).toEqual([303, 1]);
  });

  test('that are not offered change nothing', async () => {
    expect((await visit('/preferences', {}, post({ locale: 'xx', theme: 'dark\r\nX: y' }))).headers.getSetCookie()).toEqual([]);
  });
});
