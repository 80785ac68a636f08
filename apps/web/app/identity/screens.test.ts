import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { buildWeb, createWebHandler, webBuildIsFresh, type WebContext, type WebHandler } from '../../server.ts';

const tenant = {
  id: '01900000-0000-7000-8000-000000000001', slug: 'demo', name: 'Demo Academy', tagline: null, logoUrl: null,
  accent: null, locale: 'en', timeZone: 'UTC', currency: 'USD', features: {}, signUp: 'open',
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
beforeEach(() => { calls = []; answers = { 'identity.getMembershipOffer': { invitation: null, open: false } }; });

class Refusal extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) { super(problem.code); this.problem = problem; }
  document() { return this.problem; }
}
const refusal = (code: string, status: number) => new Refusal({ type: `urn:milpa:problem:${code}`, code, status, title: 'That did not work', detail: 'Try it another way.' });

async function visit(path: string, form?: Record<string, string>, viewer = visitor, more: Partial<WebContext> = {}) {
  const url = new URL(path, 'http://demo.localhost:3000');
  const context = {
    tenant, viewer, now: new Date('2026-11-20T12:00:00Z'), locale: 'en', theme: 'system', nonce: 'bm9uY2U=', url, requestId: 'request-1', refusal: null, installationOrigin: 'http://milpa.test', devMail: false, needsSetup: false, setCookies: [], uploads: new Map(),
    call: async ({ id }: { id: string }, input: unknown) => {
      calls.push({ id, input });
      if (answers[id] instanceof Error) throw answers[id];
      return answers[id];
    },
    ...more,
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

describe('where people come by invitation', () => {
  const byInvitation = { tenant: { ...tenant!, signUp: 'invitation' } } satisfies Partial<WebContext>;
  const invitation = encodeURIComponent('/invitation?token=abc');

  test.each([
    ['/sign-in', false],
    [`/sign-in?next=${invitation}`, true],
  ])('%s offers to make an account: %s', async (path, offered) => {
    expect((await visit(path, undefined, visitor, byInvitation)).html.includes('href="/sign-up')).toBe(offered);
  });

  test('the door says at once whom to ask, and so does the page for making an account', async () => {
    for (const [path, viewer] of [['/join', { ...visitor, kind: 'account' }], ['/sign-up', visitor]] as const) {
      const { html } = await visit(path, undefined, viewer, byInvitation);
      expect(html, path).toContain('Demo Academy invites its members.');
      expect(html, path).not.toMatch(/<form method="post" class|>Join</);
    }
  });

  test('who is invited may make an account', async () => {
    expect((await visit(`/sign-up?next=${invitation}`, undefined, visitor, byInvitation)).html).toContain('name="password"');
  });
});

test('the way onward survives making an account and confirming its address', async () => {
  await visit('/sign-up?next=%2Finvitation%3Ftoken%3Dabc', { ...credentials, name: 'Demo' });
  expect(calls.filter(({ id }) => id === 'identity.signUp')).toEqual([{ id: 'identity.signUp', input: { body: { ...credentials, name: 'Demo', next: '/invitation?token=abc' } } }]);
  answers['identity.verifyEmail'] = { email: credentials.email };
  const { html } = await visit('/verify-email?token=secret&next=%2Finvitation%3Ftoken%3Dabc', { token: 'secret' });
  expect(html).toContain('href="/sign-in?next=%2Finvitation%3Ftoken%3Dabc"');
});

test('a link to another site leads nowhere but to the front door', async () => {
  answers['identity.verifyEmail'] = { email: credentials.email };
  const { html } = await visit('/verify-email?token=secret&next=https://evil.example', { token: 'secret' });
  expect(html.match(/href="(\/sign-in[^"]*)"/)?.[1]).toBe('/sign-in');
  expect(html).not.toContain('href="https://evil');
});

test('another address is asked for, and the page says where the mail went', async () => {
  answers['identity.getAccount'] = { name: 'Demo', email: 'demo@example.org', locale: 'en', freshUntil: '2026-11-20T12:05:00Z' };
  const change = { newEmail: 'new@example.org' };
  const member = { ...visitor, kind: 'member' } as const;
  const sent = await visit('/account', change, member, { devMail: true });
  expect(calls).toContainEqual({ id: 'identity.changeEmail', input: { body: change } });
  expect(sent.html).toContain('new@example.org');
  expect(sent.html).toContain('href="/dev/mail"');
  answers['identity.changeEmail'] = refusal('identity.email_invalid', 422);
  expect((await visit('/account', change, member)).html).toContain('href="#body.newEmail"');
});

describe('who one is, asked again', () => {
  const member = { ...visitor, kind: 'member', email: 'demo@example.org' } as const;
  const stale = { freshUntil: '2026-11-20T11:59:00Z', code: true, passkey: null };
  const fresh = { ...stale, freshUntil: '2026-11-20T12:09:00Z' };
  const must = refusal('kernel.confirmation_required', 403);
  beforeEach(() => { answers['identity.getConfirmation'] = stale; });

  test('a form comes along, and goes on from there with what was typed', async () => {
    answers['identity.changeEmail'] = must;
    const typed = { newEmail: 'new@example.org' };
    const stopped = await visit('/account', typed, member);
    expect(stopped).toMatchObject({ status: 307, to: '/confirm?next=%2Faccount&form' });
    const asked = await visit(stopped.to!, typed, member);
    expect(asked.status).toBe(403);
    expect(asked.html).toContain('name="keptForm"');
    expect(asked.html).toContain('name="code"');
    const keptForm = JSON.stringify(Object.entries(typed));
    answers['identity.confirmAccount'] = refusal('identity.password_wrong', 422);
    const wrong = await visit(stopped.to!, { proof: 'password', password: 'no', keptForm }, member);
    expect(wrong.html).toContain('id="body.password-error"');
    expect(wrong.html).toContain('new@example.org');
    answers['identity.confirmAccount'] = answers['identity.getConfirmation'] = fresh;
    const right = await visit(stopped.to!, { proof: 'password', password: 'three odd words', keptForm }, member);
    expect(calls.at(-2)).toEqual({ id: 'identity.confirmAccount', input: { body: { method: 'password', password: 'three odd words' } } });
    expect(right.html).toContain('action="/account"');
    expect(right.html).toContain('value="new@example.org"');
    expect(right.html).not.toContain('three odd words');
  });

  test('where the form was lost on the way, the page is led back to', async () => {
    answers['identity.confirmAccount'] = fresh;
    expect(await visit('/confirm?next=%2Faccount&form', { proof: 'password', password: 'words' }, member)).toMatchObject({ status: 303, to: '/account' });
  });

  test('a form with a secret in it is typed again, on its own page', async () => {
    expect(await visit('/confirm?next=%2Faccount&form', { newPassword: 'three odd words' }, member)).toMatchObject({ status: 303, to: '/confirm?next=%2Faccount' });
    answers['identity.getAccount'] = { name: 'Demo', email: 'demo@example.org', locale: 'en', freshUntil: stale.freshUntil };
    const { html } = await visit('/account', undefined, member);
    expect(html).toContain('href="/confirm?next=%2Faccount"');
    expect(html).not.toContain('name="newPassword"');
  });

  test.each([['password', { proof: 'password', password: 'words' }, { method: 'password', password: 'words' }], ['a code', { proof: 'code', code: '123456' }, { method: 'code', code: '123456' }], ['a passkey', { proof: 'passkey', passkey: '{"id":"k"}' }, { method: 'passkey', response: { id: 'k' } }]])('by %s, a page is led back to', async (_, form, body) => {
    answers['identity.confirmAccount'] = fresh;
    expect(await visit('/confirm?next=%2Fadmin%2Fdata', form as Record<string, string>, member)).toMatchObject({ status: 303, to: '/admin/data' });
    expect(calls).toContainEqual({ id: 'identity.confirmAccount', input: { body } });
  });

  test('a file is saved at once by who has just confirmed, and from a page after confirming', async () => {
    const to = '/confirm?next=%2Fadmin%2Fdata&file=%2Fapi%2Fv1%2Ftenant-exports%2F1%2Ffile';
    answers['identity.confirmAccount'] = fresh;
    const after = await visit(to, { proof: 'password', password: 'words' }, member);
    expect(after).toMatchObject({ status: 303, to: `${to}&done` });
    answers['identity.getConfirmation'] = fresh;
    expect(await visit(to, undefined, member)).toMatchObject({ status: 302, to: '/api/v1/tenant-exports/1/file' });
    expect((await visit(after.to!, undefined, member)).html).toContain('href="/api/v1/tenant-exports/1/file"');
  });

  test.each(['https://evil.example', '//evil.example', '/sign-out'])('no file but the API’s is led to: %s', async (file) => {
    answers['identity.getConfirmation'] = fresh;
    expect(await visit(`/confirm?next=%2Faccount&file=${encodeURIComponent(file)}`, undefined, member)).toMatchObject({ status: 302, to: '/account' });
  });
});

test('where mail is sent, nobody is offered to read it here', async () => {
  const sent = (devMail: boolean) => visit('/sign-up', { ...credentials, name: 'Demo' }, visitor, { devMail });
  expect((await sent(true)).html).toContain('href="/dev/mail"');
  expect((await sent(false)).html).not.toContain('/dev/mail');
});

test('a form whose sender is signed out comes to sign-in as it was, and goes on from there; passwords do not', async () => {
  const member = { ...visitor, kind: 'member' } as const;
  answers['identity.updateAccount'] = refusal('identity.signed_out', 401);
  const lost = await visit('/account', { name: 'Demo <Person>', locale: 'en' }, member);
  expect(lost).toMatchObject({ status: 307, to: '/sign-in?next=%2Faccount&form' });

  const asked = await visit(lost.to!, { name: 'Demo <Person>', locale: 'en', password: 'three odd words' });
  expect(asked.status).toBe(401);
  expect(asked.html).toContain('name="keptForm"');
  expect(asked.html).not.toContain('three odd words');
  expect(calls.filter(({ id }) => id === 'identity.signIn')).toEqual([]);

  const keptForm = JSON.stringify([['name', 'Demo <Person>'], ['locale', 'en']]);
  answers['identity.signIn'] = { status: 'signed_in' };
  const again = await visit(lost.to!, { ...credentials, keptForm });
  expect(again.html).toContain('action="/account"');
  expect(again.html).toContain('value="Demo &lt;Person&gt;"');

  answers['identity.signIn'] = { status: 'two_factor_required' };
  const step = await visit(lost.to!, { ...credentials, keptForm });
  expect(step).toMatchObject({ status: 307, to: '/sign-in/code?next=%2Faccount&form' });
  expect((await visit(step.to!, { ...credentials, keptForm })).html).toContain('name="keptForm"');
  answers['identity.answerTwoFactor'] = { status: 'signed_in' };
  expect((await visit(step.to!, { code: '123456', keptForm })).html).toContain('action="/account"');
});

test('a wrong code takes nothing of the set-up away, and nothing is shown that was not shown before', async () => {
  answers = { 'identity.getAccount': { twoFactor: false }, 'identity.listPasskeys': { data: [] }, 'identity.confirmTwoFactor': refusal('identity.code_invalid', 422) };
  const member = { ...visitor, kind: 'member' } as const;
  const shown = JSON.stringify({ secret: { otpauthUri: 'otpauth://totp/Milpa?secret=ABCD', qrSvg: '<svg/>' }, backupCodes: ['one-code'] });
  const { html } = await visit('/account/security', { step: 'confirm', code: '000000', shown }, member);
  for (const part of ['data:image/svg+xml,%3Csvg%2F%3E', 'one-code', 'ABCD']) expect(html).toContain(part);
  expect((await visit('/account/security', { step: 'confirm', code: '000000', shown: '{"secret":{"otpauthUri":"javascript:1"}}' }, member)).html).not.toContain('javascript:1');
});

test('a link that was used says so, and offers both ways on', async () => {
  answers['identity.verifyEmail'] = refusal('identity.link_invalid', 410);
  const { html } = await visit('/verify-email?token=used&next=%2Flearning', { token: 'used' });
  expect(html).toContain('This link no longer works');
  expect(html).toContain('href="/sign-in?next=%2Flearning"');
  expect(html).toContain('name="resend"');
});

test('who is signed in by the link goes straight on', async () => {
  answers['identity.verifyEmail'] = { email: credentials.email, signedIn: true };
  expect(await visit('/verify-email?token=abc', { token: 'abc' })).toMatchObject({ status: 303, to: '/courses' });
  expect(await visit('/verify-email?token=abc&next=%2Fcourses%2Fsoil', { token: 'abc' })).toMatchObject({ status: 303, to: '/courses/soil' });
});
