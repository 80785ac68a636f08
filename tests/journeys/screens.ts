/** Every screen of the web app, with somebody who may see it and an address that leads there. */
import { randomUUID } from 'node:crypto';
import type { RouteConfigEntry } from '@react-router/dev/routes';
import routes from '../../apps/web/app/routes.ts';
import { baseHost, type Person } from '../../packages/testkit/index.ts';
import { linkInMail, made, operatorOf, publishedCourse, type BrowserBed, type TestTenant } from './support.ts';

export type Who = 'visitor' | 'outsider' | 'learner' | 'instructor' | 'admin' | 'operator';
export interface Screen { who: Who; path: string }
export interface Scene { tenant: TestTenant; emails: Record<Exclude<Who, 'visitor'>, string>; screens: Map<string, Screen[]> }

/** Addresses that answer with no screen of their own. */
export const withoutScreen = new Map([
  ['/', 'leads to where the day begins'], ['sign-out', 'takes a form and leads on'], ['preferences', 'takes a form and leads on'], ['learn/:course', 'leads to the lesson where the reader was'],
  ['learning/reading', 'takes a form and leads on'], ['learning/notes/export', 'is a file'],
]);

/** The patterns of all addresses that the web app has. */
export function allPatterns(entries: readonly RouteConfigEntry[] = routes as RouteConfigEntry[], above = ''): string[] {
  return entries.flatMap(({ path, index, children }) => {
    const here = [above, path].filter(Boolean).join('/');
    return [...(path !== undefined || index ? [here || '/'] : []), ...(children ? allPatterns(children, here) : [])];
  });
}

export const hostOf = (scene: Scene, who: Who) => (who === 'operator' ? baseHost : scene.tenant.host);

/** Two events that did not reach a handler, and a job that runs. Answers the number of one that is parked. */
async function parkEvents(bed: BrowserBed, { tenant }: TestTenant): Promise<string> {
  const add = async (name: string, more: object, change: string) => {
    const { rows: [row] } = await bed.owner.query('select kernel.add_job($1, $2::json, null, null, 10)::text as id', [name, JSON.stringify({ tenantId: tenant.id, eventId: randomUUID(), ...more })]);
    await bed.owner.query(`update graphile_worker._private_jobs set ${change} where id = $1`, [row.id]);
    return row.id as string;
  };
  const running = await add('interop.importCourse', {}, "attempts = 1, locked_at = now(), locked_by = 'pool-1'");
  await bed.owner.query('insert into kernel_control.job_progress (job_id, percent) values ($1, 40)', [running]);
  await add('kernel.deliverEvent', { handler: 'learning.countEnrolled' }, "attempts = 10, last_error = 'canceling statement due to statement timeout'");
  return add('kernel.deliverEvent', { handler: 'learning.countEnrolled' }, "attempts = 10, last_error = 'canceling statement due to statement timeout'");
}

/** A domain in each state, with what name servers would have said. */
async function ownDomains({ owner }: BrowserBed, { tenant }: TestTenant): Promise<void> {
  const found = (more: object) => JSON.stringify({ texts: [], elsewhere: null, aliases: [], addresses: [], ours: ['203.0.113.5'], proven: false, ...more });
  for (const [host, verified, missing, said] of [
    ['campus.huerto.example', true, false, found({ aliases: [`${tenant.slug}.${baseHost}`], proven: true })], ['learn.huerto.example', false, false, found({ texts: ['another-value'], addresses: ['198.51.100.7'] })],
    ['huerto.example', true, true, found({ addresses: ['203.0.113.5'] })],
  ] as const) {
    await owner.query(`insert into tenancy_control.domain (host, tenant_id, token, verified_at, missing_since, checked_at, found)
      values ($1, $2, 'kq3yYwZ0cJ8uO1nT5vB7mX2rA4sD6fG9', case when $3 then now() end, case when $4 then now() end, now(), $5)`, [host, tenant.id, verified, missing, said]);
  }
}

/** A tenant in use: courses in every state, people, invitations, imports that went well and badly. */
export async function setScene(bed: BrowserBed): Promise<Scene> {
  const tenant = await bed.tenant();
  const [admin, instructor, learner, outsider] = [await tenant.person('admin'), await tenant.person('instructor'), await tenant.person('learner'), await (await bed.tenant()).person('learner')];
  const done = await publishedCourse(bed, instructor, 'Soil and water');
  const { client } = instructor;
  const { data: [version] } = await made(client.get(`courses/${done.id}/versions`));
  const draft = await made(client.post('courses', { title: 'Grafting fruit trees without losing the year', language: 'en', summary: 'For who has a knife and patience.', tags: ['trees'], level: 'advanced' }));
  const module = await made(client.post(`courses/${draft.id}/modules`, { title: 'Tools' }));
  const lesson = await made(client.post(`courses/${draft.id}/modules/${module.id}/lessons`, { title: 'The knife', minutes: 7, bodyHtml: '<p>Sharp and clean.</p>' }));
  const active = await made(client.post('courses', { title: 'ريّ الحقول', language: 'ar', summary: 'كم من الماء، ومتى.', price: null }));
  const activeModule = await made(client.post(`courses/${active.id}/modules`, { title: 'الماء' }));
  const activeLessons = [];
  for (const title of ['كم', 'متى']) activeLessons.push(await made(client.post(`courses/${active.id}/modules/${activeModule.id}/lessons`, { title, bodyHtml: '<h2>الماء</h2><p>يُقاس باللتر.</p><table><tr><th>حقل</th><th>لتر</th></tr><tr><td>١</td><td>٢٠</td></tr></table>' })));
  await made(client.post(`courses/${active.id}/publish`));
  const finished = await made(learner.client.post(`courses/${done.id}/enrollments`));
  for (const { id } of done.lessons) await made(learner.client.put(`enrollments/${finished.id}/lessons/${id}/completion`));
  const begun = await made(learner.client.post(`courses/${active.id}/enrollments`));
  await made(learner.client.put(`enrollments/${begun.id}/lessons/${activeLessons[0].id}/completion`));
  await made(learner.client.put(`courses/${active.id}/notes/${randomUUID()}`, { lessonId: activeLessons[0].id, kind: 'note', place: { index: 1, hash: 'x' }, quote: 'يُقاس باللتر.', text: 'كم لترًا في اليوم؟' }));
  await made(learner.client.put(`courses/${active.id}/notes/${randomUUID()}`, { lessonId: activeLessons[1].id, kind: 'bookmark', place: null, quote: 'الماء', text: '' }));
  const teaching = await teach(client, learner, done.id);
  const failed = await made(client.ask('course-imports?name=broken.zip', { method: 'POST', raw: 'this is no package', headers: { 'content-type': 'application/zip' } }));
  const category = await made(admin.client.post('categories', { name: 'Farming' }));
  await made(admin.client.post('categories', { name: 'Trees', parentId: category.id }));
  const { data: roles } = await made(admin.client.get('roles'));
  await made(admin.client.post('invitations', { email: outsider.email, roleIds: [roles.find((role: { key: string }) => role.key === 'learner').id] }));
  const [lists, merged] = [await inviteMany(admin, roles), await mergeInto(tenant, admin, learner)];
  await bed.runJobs();
  const waiting = await made(client.ask('course-imports?name=waiting.zip', { method: 'POST', raw: 'this waits', headers: { 'content-type': 'application/zip' } }));
  const parkedId = await parkEvents(bed, tenant);
  await ownDomains(bed, tenant);
  const evaluator = roles.find((role: { key: string }) => role.key === 'evaluator');
  await made(admin.client.patch(`roles/${evaluator.id}`, { permissions: [...evaluator.permissions.slice(1), 'member:read', 'audit:read'], persona: 'officer' }, { 'if-match': `"${evaluator.version}"` }));
  await made(client.ask(`courses/${draft.id}/files?name=spare.txt`, { method: 'POST', raw: 'nobody needs this', headers: { 'content-type': 'text/plain' } }));
  const operator = await operatorOf(bed);
  const invitation = new URL(await linkInMail(bed, outsider.email, '/invitation'));
  const as = (who: Who, ...paths: string[]): Screen[] => paths.map((path) => ({ who, path }));
  return {
    tenant, emails: { admin: admin.email, instructor: instructor.email, learner: learner.email, outsider: outsider.email, operator: operator.email },
    screens: new Map(Object.entries({
      courses: as('visitor', '/courses', '/courses?q=nothing-like-it', '/courses?q=soil&level=beginner'),
      'courses/:course': [...as('visitor', `/courses/${done.slug}`), ...as('learner', `/courses/${done.slug}`), ...as('instructor', `/courses/${draft.slug}`)],
      'courses/:course/leave': as('learner', `/courses/${active.slug}/leave`),
      teaching: as('instructor', '/teaching'),
      'teaching/new': as('instructor', '/teaching/new'),
      'teaching/:courseId': as('instructor', `/teaching/${draft.id}`),
      'teaching/:courseId/export': as('instructor', `/teaching/${draft.id}/export`),
      'teaching/:courseId/description': as('instructor', `/teaching/${draft.id}/description`),
      'teaching/:courseId/lessons/:lessonId': as('instructor', `/teaching/${draft.id}/lessons/${lesson.id}`),
      'teaching/reviews': as('admin', '/teaching/reviews'),
      'teaching/:courseId/publish': as('instructor', `/teaching/${draft.id}/publish`),
      'teaching/:courseId/files': as('instructor', `/teaching/${done.id}/files`, `/teaching/${draft.id}/files`),
      'teaching/:courseId/versions': as('instructor', `/teaching/${draft.id}/versions`, `/teaching/${done.id}/versions`),
      'teaching/:courseId/versions/:versionId': as('instructor', `/teaching/${done.id}/versions/${version.id}`),
      'teaching/:courseId/modules/:moduleId': as('instructor', `/teaching/${draft.id}/modules/${module.id}`),
      'teaching/:courseId/lessons/:lessonId/history': as('instructor', `/teaching/${draft.id}/lessons/${lesson.id}/history`),
      'admin/categories': as('admin', '/admin/categories'),
      'teaching/:courseId/learners': as('instructor', `/teaching/${done.id}/learners`, `/teaching/${draft.id}/learners`, `/teaching/${done.id}/learners?q=nobody-like-it`),
      'teaching/:courseId/learners/:memberId': as('instructor', `/teaching/${done.id}/learners/${learner.memberId}`),
      'teaching/:courseId/progress': as('instructor', `/teaching/${done.id}/progress`, `/teaching/${draft.id}/progress`),
      'teaching/:courseId/cohorts': as('instructor', `/teaching/${done.id}/cohorts`, `/teaching/${draft.id}/cohorts`),
      'teaching/:courseId/cohorts/:cohortId': as('instructor', `/teaching/${done.id}/cohorts/${teaching.cohort.id}`),
      'teaching/:courseId/enroll': as('instructor', `/teaching/${done.id}/enroll`),
      'teaching/:courseId/enroll/:bulkId': as('instructor', `/teaching/${done.id}/enroll/${teaching.read.id}`, `/teaching/${done.id}/enroll/${teaching.worked.id}`),
      'teaching/:courseId/messages': as('instructor', `/teaching/${done.id}/messages`, `/teaching/${done.id}/messages?template=miss_you.ar`),
      messages: [...as('learner', '/messages'), ...as('instructor', '/messages?state=waiting')],
      'messages/:threadId': as('instructor', `/messages/${teaching.thread.id}`),
      'messages/new/:courseId': as('learner', `/messages/new/${done.slug}`),
      'admin/message-reports': as('admin', '/admin/message-reports'),
      'courses/:course/reviews': [...as('visitor', `/courses/${done.slug}/reviews`), ...as('learner', `/courses/${done.slug}/reviews`), ...as('instructor', `/courses/${done.slug}/reviews`)],
      'admin/reviews': as('admin', '/admin/reviews', '/admin/reviews?state=hidden'),
      account: as('learner', '/account'),
      'account/preferences': as('learner', '/account/preferences'),
      'account/security': as('learner', '/account/security'),
      'account/sessions': as('learner', '/account/sessions'),
      'account/data': as('learner', '/account/data'),
      'admin/members': as('admin', '/admin/members', '/admin/members?q=nobody-like-it', `/admin/members?roleId=${roles[0].id}`),
      'admin/members/:memberId': as('admin', `/admin/members/${instructor.memberId}`, `/admin/members/${learner.memberId}`, `/admin/members/${merged.memberId}`),
      'admin/members/:memberId/merge': as('admin', `/admin/members/${learner.memberId}/merge`, `/admin/members/${learner.memberId}/merge?with=${instructor.memberId}`),
      'admin/invitations': as('admin', '/admin/invitations'),
      'admin/invitations/many': as('admin', '/admin/invitations/many'),
      'admin/invitations/many/:bulkId': as('admin', `/admin/invitations/many/${lists.read.id}`, `/admin/invitations/many/${lists.worked.id}`),
      'admin/roles': as('admin', '/admin/roles'),
      'admin/roles/new': as('admin', '/admin/roles/new', `/admin/roles/new?from=${roles[1].id}`),
      'admin/roles/:roleId': as('admin', `/admin/roles/${roles[0].id}`, `/admin/roles/${evaluator.id}`),
      'sign-in': as('visitor', '/sign-in'),
      'sign-in/code': as('visitor', '/sign-in/code'),
      confirm: as('learner', '/confirm?next=/account&form', '/confirm?next=/account/data&file=/api/v1/a-file&done'),
      'sign-up': as('visitor', '/sign-up'),
      'verify-email': as('visitor', '/verify-email?token=unknown'),
      'forgot-password': as('visitor', '/forgot-password'),
      'reset-password': as('visitor', '/reset-password?token=unknown'),
      invitation: [...as('visitor', invitation.pathname + invitation.search), ...as('outsider', invitation.pathname + invitation.search)],
      join: as('outsider', '/join'),
      setup: as('visitor', `${bed.origin()}/setup`),
      imports: as('instructor', '/imports'),
      'imports/:importId': as('instructor', `/imports/${done.importId}`, `/imports/${failed.id}`, `/imports/${waiting.id}`),
      'learning/notes': as('learner', '/learning/notes', `/learning/notes?course=${active.id}&q=nothing-like-it`),
      offline: as('learner', '/offline', `/offline?at=/learn/${active.slug}/unknown`),
      learning: [...as('learner', '/learning'), ...as('admin', '/learning')],
      'learn/:course/done': as('learner', `/learn/${done.slug}/done`, `/learn/${active.slug}/done`),
      'learn/:course/:lesson': [...as('learner', `/learn/${active.slug}/${activeLessons[1].id}`, `/learn/${done.slug}/${done.lessons[0]!.id}`), ...as('instructor', `/learn/${draft.slug}/${lesson.id}`)],
      admin: as('admin', '/admin', '/admin?days=90'),
      'admin/settings': as('admin', '/admin/settings'),
      'admin/data': as('admin', '/admin/data'),
      'admin/support-access': as('admin', '/admin/support-access'),
      support: as('visitor', '/support?left'),
      'admin/domains': as('admin', '/admin/domains'),
      'admin/limits': as('admin', '/admin/limits'),
      'admin/audit': as('admin', '/admin/audit', `/admin/audit?subjectId=${done.id}`, '/admin/audit?outcome=refused&from=2020-01-01&to=2020-01-02'),
      operator: as('operator', '/operator', '/operator?days=30'),
      'operator/tenants': as('operator', '/operator/tenants', '/operator/tenants?sort=fullest&plan=academy', '/operator/tenants?q=nothing-like-it'),
      'operator/plans': as('operator', '/operator/plans'),
      'operator/plans/new': as('operator', '/operator/plans/new'),
      'operator/plans/:planKey': as('operator', '/operator/plans/academy'),
      'operator/tenants/new': as('operator', '/operator/tenants/new'),
      'operator/tenants/:tenantId': as('operator', `/operator/tenants/${tenant.tenant.id}`),
      'operator/tenants/:tenantId/support': as('operator', `/operator/tenants/${tenant.tenant.id}/support`),
      'operator/health': as('operator', '/operator/health'),
      'operator/jobs': as('operator', '/operator/jobs', `/operator/jobs?discard=${parkedId}`, '/operator/jobs?kind=kernel.deliverEvent:learning.countEnrolled', '/operator/jobs?view=running', '/operator/jobs?view=waiting', '/operator/jobs?view=schedules'),
      'operator/audit': as('operator', '/operator/audit'),
      about: as('visitor', '/about'),
      '*': [...as('visitor', '/nothing-grows-here'), ...as('learner', '/admin')],
    })),
  };
}

/** A course with a group, lists of people, a review and messages. */
async function teach(client: Person['client'], learner: Person, courseId: string) {
  const cohort = await made(client.post(`courses/${courseId}/cohorts`, { name: 'Spring in the highlands', startsAt: '2026-03-01T06:00:00Z', endsAt: '2030-05-31T06:00:00Z', capacity: 20, selfEnrollment: true }));
  const list = { text: `name;email\nLearner;${learner.email}\nليلى;laila@example.test\nNobody;nowhere` };
  const [read, worked] = [await made(client.post(`courses/${courseId}/bulk-enrollments/text`, list)), await made(client.post(`courses/${courseId}/bulk-enrollments/text`, list))];
  await made(client.post(`courses/${courseId}/bulk-enrollments/${worked.id}/start`));
  await made(learner.client.put(`courses/${courseId}/my-review`, { rating: 4, body: 'Good soil, clear words.' }));
  const { data: [review] } = await made(client.get(`courses/${courseId}/reviews`));
  await made(client.put(`courses/${courseId}/reviews/${review.id}/answer`, { answer: 'Thank you.' }));
  await made(client.post(`courses/${courseId}/reviews/${review.id}/reports`, { reason: 'Too kind.' }));
  await made(client.post(`courses/${courseId}/broadcasts`, { subject: 'Rain', body: 'It rains, {name}: see https://example.org.', audience: { kind: 'all' } }));
  const thread = await made(learner.client.post(`courses/${courseId}/message-threads`, { subject: 'A question', body: 'When does it rain?' }));
  await made(learner.client.post(`message-threads/${thread.id}/reports`, { reason: 'To be looked at.' }));
  return { cohort, read, worked, thread };
}

/** A list of people to invite that was read, and one that was worked off. */
async function inviteMany({ client }: Person, roles: readonly { id: string; key: string }[]) {
  const list = { text: 'nombre;correo;rol;hasta\nAna Peña;ana@example.test;instructor;2099-12-31\nليلى;laila@example.test;;\nRey;rey@example.test;rey;\nNadie;nowhere;;', roleId: roles.find(({ key }) => key === 'learner')!.id };
  const [read, worked] = [await made(client.post('bulk-invitations/text', list)), await made(client.post('bulk-invitations/text', list))];
  await made(client.post(`bulk-invitations/${worked.id}/start`));
  return { read, worked };
}

/** Somebody who was there twice. */
async function mergeInto(tenant: TestTenant, admin: Person, member: Person): Promise<Person> {
  const twice = await tenant.person('learner');
  const { name } = await made(admin.client.get(`members/${twice.memberId}`));
  await made((await tenant.browse(admin)).post(`members/${member.memberId}/merges`, { fromMemberId: twice.memberId, name }));
  return twice;
}
