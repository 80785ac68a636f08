/** Support, from both sides: an administrator lets in, an operator enters and leaves, and the log tells of it. */
import { expect, test } from 'vitest';
import { baseHost } from '../../packages/testkit/index.ts';
import { journeyBed, made, operatorOf, patience, publishedCourse, say, type BrowserBed } from './support.ts';

const bed = journeyBed();
const en = (key: string, values?: Record<string, string>) => say('en', key, values);

/** A window in which they are signed in on the installation's host; the session is older than the second step, so no code is asked for. */
async function operatorWindow(at: BrowserBed, options = {}) {
  const operator = await operatorOf(at);
  const window = await at.visitor(options);
  await window.signIn(baseHost, operator.email);
  await at.owner.query('update identity_control.account set two_factor_enabled = true where email = $1', [operator.email]);
  return window;
}

test('an administrator lets support in; the operator enters, sees who they are, and leaves', async () => {
  const tenant = await bed().tenant();
  const admin = await tenant.person('admin');
  const office = await bed().visitor();
  await office.signIn(tenant.host, admin.email);
  await office.go(`http://${tenant.host}/admin/support-access`);
  await office.page.getByLabel(en('identity.support.note')).fill('Certificates show the wrong name');
  await office.page.getByRole('button', { name: en('identity.support.grant') }).click();
  await office.page.getByText(en('identity.support.done.grant')).waitFor();

  const { page, go } = await operatorWindow(bed());
  await go(`http://${baseHost}/operator/tenants/${tenant.tenant.id}/support`);
  await page.getByText('Certificates show the wrong name').waitFor();
  await page.getByRole('button', { name: en('tenancy.support.confirm'), exact: true }).click();
  await page.waitForURL(`http://${tenant.host}/admin`);
  const banner = page.getByRole('complementary', { name: en('shell.support.label') });
  expect(await banner.textContent()).toContain('Demo Operator');
  expect(await banner.textContent(), 'the hour names its time zone: that of the organisation').toMatch(/\d\s[AP]M (CST|GMT-6)/);
  await page.getByRole('link', { name: en('tenancy.admin.members'), exact: true }).first().click();
  await page.waitForURL('**/admin/members');
  await banner.waitFor();
  expect(await page.getByRole('link', { name: en('tenancy.admin.support'), exact: true }).count()).toBe(0);
  await banner.getByRole('button').click();
  await page.getByRole('heading', { name: en('identity.support.left') }).waitFor();
  expect(await banner.count()).toBe(0);
  await page.getByRole('link', { name: en('identity.support.back') }).click();
  await page.waitForURL(`http://${baseHost}/operator/tenants/${tenant.tenant.id}`);

  await office.go(`http://${tenant.host}/admin/audit?actorKind=support`);
  const log = await office.page.locator('main').textContent();
  expect(log).toContain(en('tenancy.audit.support', { name: 'Demo Operator' }));
  expect(log).toContain('came in as support');
  expect(log).toContain('left as support');
}, patience);

test('ended by the administrator, the next click says so, and the one after is a stranger’s', async () => {
  const tenant = await bed().tenant();
  const admin = await tenant.person('admin');
  const { id } = (await (await tenant.browse(admin)).post('support-accesses', { level: 'change', hours: 24 })).body;
  const window = await operatorWindow(bed());
  const { page, go } = window;
  await go(`http://${tenant.host}/support`);
  await page.getByRole('button', { name: en('tenancy.support.confirm'), exact: true }).click();
  await page.waitForURL(`http://${tenant.host}/admin`);
  await admin.client.post(`support-accesses/${id}/end`);
  window.expectComplaint(/401/);
  await page.getByRole('link', { name: en('tenancy.admin.members'), exact: true }).first().click();
  await page.getByRole('heading', { name: 'Support access has ended' }).waitFor();
  await go(`http://${tenant.host}/admin/members`);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
}, patience);

test('without scripts as well: asked for, allowed, entered, left', async () => {
  const tenant = await bed().tenant();
  const admin = await tenant.person('admin');
  const plain = { javaScriptEnabled: false };
  const { page, go } = await operatorWindow(bed(), plain);
  await go(`http://${baseHost}/operator/tenants/${tenant.tenant.id}/support`);
  await page.getByLabel(en('tenancy.support.reason')).fill('Mails do not arrive');
  await page.getByRole('button', { name: en('tenancy.support.ask') }).click();
  await page.getByText(en('tenancy.support.sent')).waitFor();

  const office = await bed().visitor(plain);
  await office.signIn(tenant.host, admin.email);
  await office.go(`http://${tenant.host}/admin/support-access`);
  await office.page.getByText('Mails do not arrive').waitFor();
  await office.page.getByRole('button', { name: en('identity.support.allow'), exact: true }).click();
  await office.page.getByText(en('identity.support.done.allow')).waitFor();

  await go(`http://${tenant.host}/support`);
  await page.getByRole('button', { name: en('tenancy.support.confirm'), exact: true }).click();
  await page.waitForURL(`http://${tenant.host}/admin`);
  await page.getByRole('button', { name: en('shell.support.leave'), exact: true }).click();
  await page.getByRole('heading', { name: en('identity.support.left') }).waitFor();
}, patience);

test('an account without the second step is shown what to do, and gets no way in', async () => {
  const tenant = await bed().tenant();
  await (await tenant.browse(await tenant.person('admin'))).post('support-accesses', { level: 'read', hours: 1 });
  const operator = await operatorOf(bed());
  const { page, go, signIn } = await bed().visitor();
  await signIn(baseHost, operator.email);
  await go(`http://${tenant.host}/support`);
  await page.getByText(en('tenancy.support.needsTwoFactor')).waitFor();
  expect(await page.getByRole('button', { name: en('tenancy.support.confirm'), exact: true }).count()).toBe(0);
}, patience);

test('an account without the second step is not asked to write a reason in vain', async () => {
  const tenant = await bed().tenant();
  const operator = await operatorOf(bed());
  const { page, go, signIn } = await bed().visitor();
  await signIn(baseHost, operator.email);
  await go(`http://${baseHost}/operator/tenants/${tenant.tenant.id}/support`);
  expect(await page.getByRole('link', { name: en('tenancy.support.setUp') }).getAttribute('href')).toBe('/account/security');
  expect(await page.locator('main form').count()).toBe(0);
}, patience);

test('who was let in for reading is offered nothing that changes something or takes it out, and is told what is not theirs to see', async () => {
  const tenant = await bed().tenant();
  const [admin, teacher, pupil] = [await tenant.person('admin'), await tenant.person('instructor'), await tenant.person('learner')];
  const course = await publishedCourse(bed(), teacher, 'Soil and water');
  await made(pupil.client.post(`courses/${course.id}/enrollments`));
  await made(admin.client.post('categories', { name: 'Farming' }));
  await (await tenant.browse(admin)).post('support-accesses', { level: 'read', hours: 24 });
  const { page, go, expectComplaint } = await operatorWindow(bed());
  await go(`http://${tenant.host}/support`);
  await page.getByRole('button', { name: en('tenancy.support.confirm'), exact: true }).click();
  await page.waitForURL(`http://${tenant.host}/admin`);
  const parts = ['', '/files', '/versions', '/publish', '/learners', `/learners/${pupil.memberId}`, '/progress', '/cohorts'].map((part) => `/teaching/${course.id}${part}`);
  for (const path of ['/admin/categories', '/admin/domains', '/admin/settings', '/admin/audit', '/admin/members', '/admin/invitations', '/admin/roles', '/teaching', ...parts]) {
    expect(await go(`http://${tenant.host}${path}`), path).toBe(200);
    const offered = page.locator('main form[method=post] [type=submit], main a[download], main a[href$="/export"], main a[href$="/enroll"], main a[href*="/messages"], main summary:has(+ form)');
    expect(await offered.filter({ visible: true }).allInnerTexts(), path).toEqual([]);
  }
  await go(`http://${tenant.host}/teaching/${course.id}/lessons/${course.lessons[0]!.id}`);
  expect(new URL(page.url()).pathname, 'a lesson is read where learners would').toBe(`/learn/${course.slug}/${course.lessons[0]!.id}`);

  const rows = async () => (await bed().owner.query("select count(*)::int as n from kernel.audit_entry where tenant_id = $1 and actor_kind = 'support'", [tenant.tenant.id])).rows[0].n;
  const before = await rows();
  expectComplaint(/403/);
  for (const path of ['/learning', '/learning/notes', '/messages', `/teaching/${course.id}/messages`]) {
    expect(await go(`http://${tenant.host}${path}`), path).toBe(403);
    expect(await page.getByRole('heading', { level: 1 }).innerText(), path).toBe(en('shell.error.membersOnly.title'));
    await page.getByRole('complementary', { name: en('shell.support.label') }).waitFor();
  }
  expect(await rows(), 'what was not looked at is not in the log').toBe(before);
}, patience);

test('who was let in to change something writes in a lesson, and is offered no copy, no list and no file to take along', async () => {
  const tenant = await bed().tenant();
  const [admin, teacher, pupil] = [await tenant.person('admin'), await tenant.person('instructor'), await tenant.person('learner')];
  const course = await publishedCourse(bed(), teacher, 'Soil and water');
  await made(pupil.client.post(`courses/${course.id}/enrollments`));
  await (await tenant.browse(admin)).post('support-accesses', { level: 'change', hours: 24 });
  const { page, go } = await operatorWindow(bed());
  await go(`http://${tenant.host}/support`);
  await page.getByRole('button', { name: en('tenancy.support.confirm'), exact: true }).click();
  await page.waitForURL(`http://${tenant.host}/admin`);
  for (const path of [`/teaching/${course.id}`, `/teaching/${course.id}/learners`, '/admin/audit']) {
    expect(await go(`http://${tenant.host}${path}`), path).toBe(200);
    const closed = page.locator('main [value=duplicateCourse], main [value=withdraw], main a[download], main a[href$="/export"], main a[href$="/enroll"], main a[href*="/messages"]');
    expect(await closed.count(), path).toBe(0);
  }
  expect(await go(`http://${tenant.host}/teaching/${course.id}/lessons/${course.lessons[0]!.id}`)).toBe(200);
  await page.waitForLoadState('networkidle');
  await page.locator('[name=title].editor-title').fill('What soil is made of, again');
  await expect.poll(async () => (await made(teacher.client.get(`courses/${course.id}/lessons/${course.lessons[0]!.id}/source`))).title, { timeout: 15_000 }).toBe('What soil is made of, again');
}, patience);
