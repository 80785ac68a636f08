import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { buildWeb, createWebHandler, webBuildIsFresh, type WebContext, type WebHandler } from '../../server.ts';

const tenant = {
  id: '01900000-0000-7000-8000-000000000001', slug: 'demo', name: 'Demo Academy', tagline: null, logoUrl: null,
  accent: null, locale: 'en', timeZone: 'UTC', currency: 'USD', features: {},
} as WebContext['tenant'];
const visitor = { kind: 'visitor', name: null, email: null, persona: null, permissions: [] } as WebContext['viewer'];

let web: WebHandler;
/** What the screens asked of the API, and what it answers. */
let calls: { id: string; input: unknown }[];
let answers: Record<string, unknown>;

beforeAll(async () => {
  if (!webBuildIsFresh()) await buildWeb(() => {});
  web = await createWebHandler({ mode: 'production' });
}, 60_000);
beforeEach(() => { calls = []; answers = {}; });

class Refusal extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) { super(problem.code); this.problem = problem; }
  document() { return this.problem; }
}
const refusal = (code: string, status: number) => new Refusal({ type: `urn:milpa:problem:${code}`, code, status, title: 'That did not work', detail: 'Try it another way.' });

async function visit(path: string, form?: Record<string, string>, viewer = visitor) {
  const url = new URL(path, 'http://demo.localhost:3000');
  const context = {
    tenant, viewer, locale: 'en', theme: 'system', nonce: 'bm9uY2U=', url, requestId: 'request-1', setCookies: [], uploads: new Map(),
    call: async ({ id }: { id: string }, input: unknown) => {
      calls.push({ id, input });
      if (answers[id] instanceof Error) throw answers[id];
      return answers[id];
    },
  } as unknown as WebContext;
  const response = await web.handle(new Request(url, form && { method: 'POST', body: new URLSearchParams(form) }), context);
  return { status: response.status, to: response.headers.get('location'), html: await response.text() };
}

const credentials = { email: 'demo@example.org', password: 'three odd words' };

test('a wrong password is said on the sign-in page, which keeps the address and forgets the password', async () => {
  answers['identity.signIn'] = refusal('identity.credentials_invalid', 401);
  const { status, to, html } = await visit('/sign-in?next=/learning', credentials);
  expect([status, to]).toEqual([401, null]);
  expect(html).toContain('That did not work');
  expect(html).toContain('value="demo@example.org"');
  expect(html).not.toContain(credentials.password);
});

test.each([
  ['signed_in', '/sign-in?next=%2Flearning', '/join?next=%2Flearning'],
  ['signed_in', '/sign-in', '/join'],
  ['signed_in', '/sign-in?next=https://evil.example', '/join'],
  ['signed_in', '/sign-in?next=%2Finvitation%3Ftoken%3Dabc', '/invitation?token=abc'],
  ['two_factor_required', '/sign-in?next=%2Flearning', '/sign-in/code?next=%2Flearning'],
])('%s at %s leads to %s', async (outcome, from, to) => {
  answers['identity.signIn'] = { status: outcome };
  expect(await visit(from, credentials)).toMatchObject({ status: 303, to });
});

test('who is a member walks through the door to where they wanted to go', async () => {
  expect(await visit('/join?next=%2Flearning', undefined, { ...visitor, kind: 'member' })).toMatchObject({ status: 302, to: '/learning' });
});

test.each(['/verify-email?token=abc', '/reset-password?token=abc'])('opening %s uses nothing up: mail scanners open links too', async (path) => {
  const { status, html } = await visit(path);
  expect([status, calls]).toEqual([200, []]);
  expect(html).toContain('value="abc"');
});

test('opening the way out ends no session', async () => {
  expect(await visit('/sign-out')).toMatchObject({ status: 303, to: '/' });
  expect(calls).toEqual([]);
});

test('a refusal about one field stands beside it', async () => {
  answers['identity.signUp'] = refusal('identity.password_too_short', 422);
  const { html } = await visit('/sign-up', { ...credentials, name: 'Demo' });
  expect(html).toContain('href="#body.password"');
  expect(html).toContain('id="body.password-error"');
});
