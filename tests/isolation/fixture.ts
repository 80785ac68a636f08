/** A tenant full of things, made through the API, and the people who try to reach them. */
import { randomUUID } from 'node:crypto';
import { entriesOf, zip } from '../../modules/interop/package/testing/zip.ts';
import { cookiesOf, createTestBed, makeClient, baseHost, testPassword, type Client, type Person, type TestBed, type TestTenant } from '../../packages/testkit/index.ts';
import type { Intruder } from '../../packages/testkit/endpoints.ts';
import type { Words } from '../../packages/testkit/sample.ts';

export const boundless = { take: async (_key: string, limit: number) => ({ allowed: true, limit, remaining: limit, resetSeconds: 60 }) };

/** Gives the tenant a role that its blueprint does not have. */
export async function addRole(bed: TestBed, tenant: TestTenant, key: string, permissions: readonly string[]): Promise<void> {
  await bed.owner.query("insert into identity.role (tenant_id, key, name, persona, permissions) values ($1, $2, jsonb_build_object('en', $2::text), 'learner', $3)", [tenant.tenant.id, key, permissions]);
}

async function made(answer: Promise<{ status: number; body: any; text: string }>): Promise<any> {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(`The fixture could not be made: ${status} ${text}`);
  return body;
}

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export interface Scene {
  bed: TestBed;
  a: TestTenant;
  b: TestTenant;
  admin: Person;
  /** The admin, just signed in: what a token cannot do. */
  browser: Client;
  words: Words;
  /** A course that is published; the one of `words` is archived. */
  openCourseId: string;
  secrets: Words;
  markers: string[];
  victim: { tenantId: string; accountIds: string[] };
  intruders: Intruder[];
}

/** Two tenants: all of A's things carry a mark, B's people come for them. */
export async function makeScene(): Promise<Scene> {
  const bed = await createTestBed({ rateLimiter: boundless });
  const [a, b] = [await bed.tenant('academy'), await bed.tenant('academy')];
  const everything = bed.application.modules.flatMap((module) => module.permissions);
  const mark = `mark-${randomUUID().slice(0, 8)}`;
  await addRole(bed, a, 'everything', everything);
  // A plan of A's alone: what is done to it is done to nobody else.
  await bed.owner.query("insert into tenancy_control.plan (key, name, limits) select $1, name, limits from tenancy_control.plan where key = 'academy'", [mark]);
  await bed.owner.query('update tenancy_control.tenant set plan = $1 where id = $2', [mark, a.tenant.id]);
  await addRole(bed, a, 'own-only', everything.filter((permission) => permission.endsWith(':own')));
  await addRole(bed, a, 'nothing', []);
  await addRole(bed, b, 'everything', everything);
  const admin = await a.person('admin', 'everything');
  const { client } = admin;

  const settings = await made(client.get('settings'));
  await made(client.patch('settings', { tagline: mark, signUp: 'invitation' }, { 'if-match': `"${settings.version}"` }));
  await made(client.ask('settings/logo?name=logo.png', { method: 'PUT', raw: png, headers: { 'content-type': 'image/png' } }));
  await made(client.ask('membership/picture?name=me.png', { method: 'PUT', raw: png, headers: { 'content-type': 'image/png' } }));
  const dataExport = await made(client.post('membership/data-exports'));
  const browser = await a.browse(admin);
  const tenantExport = await made(browser.post('tenant-exports'));
  const category = await made(client.post('categories', { name: mark }));
  const { courseId, fileId, importId } = await importCourse(bed, client, mark);
  await made(client.post(`courses/${courseId}/publish`));
  const [module] = (await made(client.get(`courses/${courseId}/outline`))).modules;
  const lessonId = module.lessons[0].id;
  const enrollment = await made(client.post(`courses/${courseId}/enrollments`));
  await made(client.put(`enrollments/${enrollment.id}/lessons/${lessonId}/completion`));
  const noteId = randomUUID();
  await made(client.put(`courses/${courseId}/notes/${noteId}`, { lessonId, kind: 'note', place: { index: 0, hash: 'abc' }, quote: mark, text: mark }));
  await made(client.put('reading-preference', { size: 'large', spacing: 'loose', measure: 'narrow', ground: 'warm', font: 'plain', justify: false }));
  await made(client.post(`enrollments/${enrollment.id}/sync`, { sentAt: '2026-01-01T00:00:00Z', items: [{ id: noteId, occurredAt: '2026-01-01T00:00:00Z', kind: 'position', lessonId, reading: { index: 3, hash: 'abc', share: 40 } }] }));
  const { data: [version] } = await made(client.get(`courses/${courseId}/versions`));
  const { data: [revision] } = await made(client.get(`courses/${courseId}/lessons/${lessonId}/revisions`));
  const { attachments: [attachment] } = await made(client.get(`courses/${courseId}/lessons/${lessonId}/source`));
  const taught = await teach(a, client, courseId, mark);
  const courseExport = await made(client.post(`courses/${courseId}/exports`, { format: 'cc' }));
  // Archived: only for who is enrolled, and who may edit it. Another one is for everybody to find.
  await made(client.post(`courses/${courseId}/archive`));
  const found = await made(client.post('courses', { title: `${mark} open`, language: 'es-MX', summary: mark, tags: [mark] }));
  const part = await made(client.post(`courses/${found.id}/modules`, { title: mark }));
  await made(client.post(`courses/${found.id}/modules/${part.id}/lessons`, { title: mark, bodyHtml: `<p>${mark}</p>` }));
  await made(client.post(`courses/${found.id}/publish`));
  const role = await made(client.post('roles', { key: mark, name: { en: mark }, persona: 'learner', permissions: [] }));
  const invitation = await made(client.post('invitations', { email: `${mark}@example.test`, roleIds: [role.id] }));
  const bulkInvitation = await made(client.post('bulk-invitations/text', { text: `name,email\n${mark},${mark}@example.net`, roleId: role.id }));
  // Proved: whoever else claims it hears that it is taken.
  await bed.owner.query("insert into tenancy_control.domain (host, tenant_id, token, verified_at) values ('lernen.example', $1, $2, now())", [a.tenant.id, mark.padEnd(24, '-')]);
  const support = await made(browser.post('support-accesses', { level: 'read', hours: 1, note: mark }));
  const tokens = await made(a.visitor.post('tokens', { email: admin.email, password: testPassword }));
  const sessionId = (await made(browser.get('account'))).sessionId;
  await bed.runJobs();

  // From here on nobody may do anything in A without a role that says so.
  const visitor = (await made(client.get('roles'))).data.find((each: { key: string }) => each.key === 'visitor');
  await made(client.patch(`roles/${visitor.id}`, { permissions: [] }, { 'if-match': `"${visitor.version}"` }));
  const [nobody, own, foreign] = [await a.person('nothing'), await a.person('own-only'), await b.person('everything')];

  const { rows: ids } = await bed.owner.query<{ id: string }>(`
    select id::text from catalog.course where tenant_id = $1 union all select id::text from catalog.lesson where tenant_id = $1 union all select id::text from catalog.course_module where tenant_id = $1
    union all select id::text from catalog.attachment where tenant_id = $1 union all select id::text from catalog.course_version where tenant_id = $1 union all select id::text from catalog.lesson_revision where tenant_id = $1 union all select id::text from media.file where tenant_id = $1 union all select id::text from learning.enrollment where tenant_id = $1
    union all select id::text from interop.course_import where tenant_id = $1 union all select id::text from identity.invitation where tenant_id = $1 union all select id::text from identity.member where id = $2`, [a.tenant.id, admin.memberId]);
  const { rows: mails } = await bed.owner.query<{ body: string }>('select body from kernel_control.mail where recipient = $1', [`${mark}@example.test`]);
  const token = /token=([\w-]+)/.exec(mails[0]?.body ?? '')?.[1];
  if (!token) throw new Error('The fixture could not be made: the invitation’s mail has no link');

  return {
    bed, a, b, admin, browser, markers: [mark, admin.email, ...ids.map(({ id }) => id)],
    victim: { tenantId: a.tenant.id, accountIds: [admin.accountId] },
    words: {
      tenantId: a.tenant.id, courseId, moduleId: module.id, lessonId, categoryId: category.id, parentId: category.id, intoId: category.id, fileId, importId, enrollmentId: enrollment.id, enrollmentIds: [enrollment.id], ...taught, audience: { kind: 'all' }, versionId: version.id, revisionId: revision.id, attachmentId: attachment.id, afterLessonId: null, noteId, sentAt: '2026-01-01T00:00:00Z', occurredAt: '2026-01-01T00:00:00Z', index: 3, hash: 'abc',
      memberId: admin.memberId, roleId: role.id, reassignTo: role.id, roleIds: [role.id], roles: [{ roleId: role.id }], invitationId: invitation.id, bulkInvitationId: bulkInvitation.id, sessionId, passkeyId: '00000000-0000-4000-8000-00000000aaaa', exportId: dataExport.id, courseExportId: courseExport.id, supportAccessId: support.id, challenge: 'c'.repeat(43), tenantExportId: tenantExport.id, jobId: '1', host: 'lernen.example',
      modules: [{ id: module.id, lessonIds: module.lessons.map((lesson: { id: string }) => lesson.id) }],
      language: 'es-MX', locale: 'ar', timeZone: 'UTC', theme: 'dark', mutedNotices: ['course'], currency: 'EUR', accent: '#102030', key: 'planted-role', permissions: ['course:read'], name: 'Changed', slug: 'changed', price: null,
      email: 'stranger@example.test', firstAdminEmail: 'stranger@example.test', blueprint: 'academy', planKey: mark, plan: mark, defaultFor: ['academy'], features: { import: false }, allowedOrigins: ['https://stranger.example'], code: '123456', status: 'suspended',
      en: 'Changed', 'es-MX': 'Changed', ar: 'Changed', ifMatch: '"1"', next: '/courses',
    },
    openCourseId: found.id,
    secrets: { token, refreshToken: tokens.refreshToken, password: testPassword, currentPassword: testPassword },
    intruders: await intrudersOf(bed, a, b, { nobody, own, foreign }),
  };
}

/** What there is around a course that is taught: a group, a list of people, a review, a conversation. */
async function teach(a: TestTenant, client: Client, courseId: string, mark: string): Promise<{ cohortId: string; bulkEnrollmentId: string; reviewId: string; threadId: string; fromMemberId: string }> {
  const learner = await a.person('everything');
  await made(learner.client.post(`courses/${courseId}/enrollments`));
  const cohort = await made(client.post(`courses/${courseId}/cohorts`, { name: mark, startsAt: '2026-01-01T00:00:00Z', selfEnrollment: true }));
  const list = await made(client.post(`courses/${courseId}/bulk-enrollments/text`, { text: `${mark}@example.org` }));
  await made(client.put(`courses/${courseId}/my-review`, { rating: 4, body: mark }));
  const { data: [review] } = await made(client.get(`courses/${courseId}/reviews`));
  await made(learner.client.post(`courses/${courseId}/reviews/${review.id}/reports`, { reason: mark }));
  const thread = await made(learner.client.post(`courses/${courseId}/message-threads`, { subject: mark, body: mark }));
  await made(learner.client.post(`message-threads/${thread.id}/reports`, { reason: mark }));
  return { cohortId: cohort.id, bulkEnrollmentId: list.id, reviewId: review.id, threadId: thread.id, fromMemberId: learner.memberId };
}

/** The way by which files come to a course: a package in Markdown. */
async function importCourse(bed: TestBed, client: Client, mark: string): Promise<{ courseId: string; fileId: string; importId: string }> {
  const raw = zip(entriesOf({
    'course.md': `---\ntitle: ${mark}\nsummary: ${mark}\nlanguage: es-MX\n---\n${mark}`, '01-one/module.md': `---\ntitle: ${mark}\n---\n`,
    '01-one/01-lesson.md': `---\ntitle: ${mark}\nattachments: [notes.pdf]\n---\n${mark}`, '01-one/notes.pdf': `%PDF ${mark}`,
  }));
  const { id: importId } = await made(client.ask(`course-imports?name=${mark}.zip`, { method: 'POST', raw, headers: { 'content-type': 'application/zip' } }));
  await bed.runJobs();
  const done = await made(client.get(`course-imports/${importId}`));
  if (!done.course) throw new Error(`The fixture could not be made: the import ended with ${JSON.stringify(done)}`);
  const { rows: [attachment] } = await bed.owner.query<{ file_id: string }>('select file_id from catalog.attachment where course_id = $1', [done.course.id]);
  if (!attachment) throw new Error('The fixture could not be made: the imported course has no file');
  return { courseId: done.course.id, fileId: attachment.file_id, importId };
}

interface People { nobody: Person; own: Person; foreign: Person }

async function intrudersOf(bed: TestBed, a: TestTenant, b: TestTenant, { nobody, own, foreign }: People): Promise<Intruder[]> {
  const at = (host: string, headers: Record<string, string> = {}) => makeClient(bed.port, host, { authorization: `Bearer ${foreign.token}`, ...headers });
  const sameSite = { origin: `http://${a.host}`, 'sec-fetch-site': 'same-origin' };
  const session = await a.visitor.post('sessions', { email: foreign.email, password: testPassword }, sameSite);
  const wantsSession: Intruder['calls'] = ({ endpoint }) => endpoint.fresh === true && endpoint.plane === 'tenant';
  return [
    { name: 'nobody who is signed in', client: a.visitor, knowsSecrets: false, may: 'refused' },
    { name: 'a member without permissions', client: nobody.client, knowsSecrets: false, may: 'refused', ownId: nobody.memberId },
    { name: 'an account of elsewhere, by its session', client: a.visitor.with({ cookie: cookiesOf(session.headers['set-cookie']), ...sameSite }), knowsSecrets: false, may: 'refused' },
    { name: 'a member who may do all to their own', client: own.client, knowsSecrets: false, may: 'own', ownId: own.memberId, calls: ({ endpoint, ownership }) => typeof endpoint.access === 'string' && endpoint.access.endsWith(':own') && (endpoint.method === 'GET' || ownership !== null) },
    // Tokens are refused before anything else where a fresh session is wanted.
    { name: 'a member without permissions, just signed in', client: await a.browse(nobody), knowsSecrets: false, may: 'refused', ownId: nobody.memberId, calls: wantsSession },
    { name: 'another tenant’s member at home, just signed in', client: await b.browse(foreign), knowsSecrets: true, may: 'own', calls: wantsSession },
    { name: 'another tenant’s member at home', client: foreign.client, knowsSecrets: true, may: 'own' },
    { name: 'another tenant’s token at this host', client: at(a.host), knowsSecrets: true, may: 'never' },
    { name: 'another tenant’s token with this X-Tenant-ID', client: at(baseHost, { 'x-tenant-id': a.tenant.id }), knowsSecrets: true, may: 'never' },
    { name: 'another tenant’s host with this X-Tenant-ID', client: at(b.host, { 'x-tenant-id': a.tenant.id }), knowsSecrets: true, may: 'never' },
    { name: 'another tenant’s token with this path', client: at(baseHost), address: (path) => `/api/v1/tenants/${a.tenant.id}${path}`, knowsSecrets: true, may: 'never' },
    { name: 'another tenant’s host with this path', client: at(b.host), address: (path) => `/api/v1/tenants/${a.tenant.id}${path}`, knowsSecrets: true, may: 'never' },
  ];
}
