/** Launch: an operator opens an academy, its people come in by invitation, and its neighbour finds nothing of it. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { baseHost, makeClient, testPassword, type Answer } from '../../packages/testkit/index.ts';
import type { Visitor } from '../../packages/testkit/browser.ts';
import { journeyBed, linkInMail, made, operatorOf, patience, png, publishedCourse, say, signInHere, type BrowserBed } from './support.ts';

const bed = journeyBed();
const email = (who: string) => `${who}-${randomUUID()}@example.test`;

/** From the invitation's mail to the first screen: a name and a password, and no further mail. */
async function acceptAsNewcomer({ page, go }: Visitor, here: BrowserBed, address: string, name: string): Promise<void> {
  const invitation = await linkInMail(here, address, '/invitation');
  await go(invitation);
  await page.getByLabel(say('es-MX', 'identity.field.name')).fill(name);
  await page.locator('input[name=password]').fill(testPassword);
  await page.getByRole('button', { name: say('es-MX', 'identity.invitation.begin') }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/invitation'));
}

it('opens an academy from the operator’s screens, and its first administrator comes in by mail, gives it a logo and invites an instructor and an evaluator', async () => {
  const here = bed();
  const slug = `academia-${randomUUID().slice(0, 8)}`;
  const host = `${slug}.${baseHost}`;
  const name = 'Academia del Maíz';
  const [adminEmail, instructorEmail, evaluatorEmail] = [email('admin'), email('instructora'), email('evaluador')];

  const operator = await here.visitor();
  const { email: operatorEmail } = await operatorOf(here);
  await operator.go(here.origin());
  await signInHere(operator.page, 'en', operatorEmail);
  await operator.page.waitForURL('**/operator');
  await operator.page.getByRole('link', { name: say('en', 'tenancy.tenants.new') }).first().click();
  await operator.page.waitForURL('**/operator/tenants/new');
  await operator.page.locator('input[name=blueprint][value=academy]').check({ force: true });
  await operator.page.getByLabel(say('en', 'tenancy.field.name')).fill(name);
  await operator.page.getByLabel(say('en', 'tenancy.field.slug')).fill(slug);
  await operator.page.getByLabel(say('en', 'tenancy.new.admin')).fill(adminEmail);
  await operator.page.locator('select[name=locale]').selectOption('es-MX');
  await operator.page.getByRole('button', { name: say('en', 'tenancy.new.go') }).click();
  await operator.page.getByText(say('en', 'tenancy.tenant.opened')).waitFor();
  await operator.page.getByRole('heading', { name }).waitFor();

  const admin = await here.visitor({ locale: 'es-MX' });
  await acceptAsNewcomer(admin, here, adminEmail, 'Ana Administradora');
  await admin.go(`${here.origin(host)}/admin/settings`);
  expect(await admin.page.locator('html').getAttribute('lang')).toBe('es-MX');
  expect(await admin.page.locator('select[name=currency]').inputValue()).toBe('MXN');
  await admin.page.locator('input[name=logo]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png });
  await admin.page.getByRole('button', { name: say('es-MX', 'tenancy.settings.logoSend') }).click();
  await admin.page.getByText(say('es-MX', 'tenancy.saved')).waitFor();
  const brand = admin.page.locator('header .ui-brand');
  expect(await brand.innerText()).toBe(name);
  expect(await brand.locator('img').evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)), 'the logo is shown beside the name').toBe(1);

  for (const [address, role] of [[instructorEmail, 'Instructor'], [evaluatorEmail, 'Evaluador']] as const) {
    await admin.go(`${here.origin(host)}/admin/invitations`);
    await admin.page.getByLabel(say('es-MX', 'identity.field.email')).fill(address);
    for (const box of await admin.page.locator('input[name=roleIds]:checked').all()) await box.uncheck({ force: true });
    await admin.page.getByRole('checkbox', { name: role, exact: false }).check({ force: true });
    await admin.page.getByRole('button', { name: say('es-MX', 'identity.invitations.send') }).click();
    await admin.page.getByText(say('es-MX', 'identity.invitations.sent')).waitFor();
  }

  const instructor = await here.visitor({ locale: 'es-MX' });
  await acceptAsNewcomer(instructor, here, instructorEmail, 'Inés Instructora');
  await instructor.page.waitForURL('**/teaching');
  const evaluator = await here.visitor({ locale: 'es-MX' });
  await acceptAsNewcomer(evaluator, here, evaluatorEmail, 'Eva Evaluadora');
  await evaluator.page.waitForURL('**/admin');

  await admin.go(`${here.origin(host)}/admin/members`);
  for (const member of ['Ana Administradora', 'Inés Instructora', 'Eva Evaluadora']) await admin.page.getByRole('link', { name: member }).waitFor();
}, patience);

it('gives the administrator of another tenant 404 for every way to this one’s things, nothing in search, and both logs show the attempts', async () => {
  const here = bed();
  const [ours, theirs] = [await here.tenant(), await here.tenant()];
  const [admin, stranger] = [await ours.person('admin', 'instructor'), await theirs.person('admin', 'instructor')];
  const secret = `zacatal${randomUUID().slice(0, 6)}`;
  const course = await publishedCourse(here, admin, secret);
  await made(admin.client.ask('settings/logo?name=logo.png', { method: 'PUT', raw: png, headers: { 'content-type': 'image/png' } }));
  const { rows: [file] } = await here.owner.query<{ file_id: string }>('select file_id from catalog.course_file where course_id = $1', [course.id]);
  const [role] = (await made(admin.client.get('roles'))).data;
  const invitation = await made(admin.client.post('invitations', { email: email('guest'), roleIds: [role.id] }));

  const things = [
    `courses/${course.id}`, `courses/${course.slug}`, `courses/${course.id}/outline`, `courses/${course.id}/lessons/${course.lessons[0]!.id}`, `courses/${course.id}/player`,
    `courses/${course.id}/files/${file!.file_id}`, `members/${admin.memberId}`, `course-imports/${course.importId}`,
  ];
  const everything = [...things, 'courses', 'members', 'settings', 'settings/logo', 'invitations', 'roles', 'audit-entries', 'usage', `courses?q=${secret}`];
  const signed = (host: string, headers: Record<string, string> = {}) => makeClient(here.port, host, { authorization: `Bearer ${stranger.token}`, ...headers });
  const ways: [way: string, paths: string[], ask: (path: string) => Promise<Answer>][] = [
    ['at home, by id', things, (path) => stranger.client.get(path)],
    ['with its X-Tenant-ID at home', everything, (path) => stranger.client.get(path, { 'x-tenant-id': ours.tenant.id })],
    ['with its X-Tenant-ID at the base host', everything, (path) => signed(baseHost, { 'x-tenant-id': ours.tenant.id }).get(path)],
    ['with its path at home', everything, (path) => stranger.client.get(`/api/v1/tenants/${ours.tenant.id}/${path}`)],
    ['with its path at the base host', everything, (path) => signed(baseHost).get(`/api/v1/tenants/${ours.tenant.id}/${path}`)],
    ['at its host', everything, (path) => signed(ours.host).get(path)],
  ];
  for (const [way, paths, ask] of ways) {
    for (const path of paths) {
      const { status, text } = await ask(path);
      expect({ way, path, status, shows: text.includes(secret) }).toEqual({ way, path, status: 404, shows: false });
    }
  }
  const change = await stranger.client.ask(`courses/${course.id}`, { method: 'PATCH', body: { title: 'Mine now' }, headers: { 'if-match': '"1"' } });
  expect(change.status, 'changing it by id').toBe(404);
  expect((await stranger.client.ask(`invitations/${invitation.id}`, { method: 'DELETE' })).status, 'withdrawing its invitation').toBe(404);

  const spy = await here.visitor();
  spy.expectComplaint(/status of 404/);
  await spy.signIn(theirs.host, stranger.email);
  const home = here.origin(theirs.host);
  for (const path of [`/courses/${course.slug}`, `/courses/${course.id}`, `/teaching/${course.id}`, `/learn/${course.slug}`, `/admin/members/${admin.memberId}`, `/imports/${course.importId}`, `/api/v1/courses/${course.id}/files/${file!.file_id}`, '/api/v1/settings/logo']) {
    expect({ path, status: await spy.go(home + path) }).toEqual({ path, status: 404 });
  }
  await spy.go(`${home}/courses?q=${secret}`);
  await spy.page.getByRole('main').waitFor();
  expect(await spy.page.locator(`a[href*="/courses/"]`).count(), 'courses found').toBe(0);
  await spy.go(`${home}/admin/members?q=${encodeURIComponent(admin.email)}`);
  await spy.page.getByText(say('en', 'identity.members.none')).waitFor();

  const log = (host: string) => `${here.origin(host)}/admin/audit?outcome=refused`;
  const refused = spy.page.getByText(say('en', 'tenancy.audit.refused'), { exact: true });
  await spy.go(log(theirs.host));
  expect(await refused.count(), 'refusals in the log of who tried').toBeGreaterThan(1);
  const owner = await here.visitor();
  await owner.signIn(ours.host, admin.email);
  await owner.go(log(ours.host));
  const lines = owner.page.getByRole('main').getByRole('listitem').filter({ hasText: say('en', 'tenancy.audit.refused') });
  expect(await lines.count(), 'refusals in the log of whose things they were').toBeGreaterThan(1);
  expect(await lines.first().innerText()).toContain(say('en', 'tenancy.audit.someone'));
}, patience);
