/** A learner without a network: what is on the device opens, what is done there is sent once, and nothing of it is lost. */
import { expect, it } from 'vitest';
import { journeyBed, made, patience, say, type BrowserBed, type TestTenant } from './support.ts';
import type { Visitor } from '../../packages/testkit/browser.ts';

const bed = journeyBed();
const paragraphs = (lesson: string) => Array.from({ length: 40 }, (_, n) => `<p>${lesson}, paragraph ${n}: ${'Rain falls on the roof and runs into the tank. '.repeat(6)}</p>`).join('');

interface Scene { here: BrowserBed; tenant: TestTenant; learner: { email: string; memberId: string; client: any }; course: { id: string; slug: string }; lessons: string[]; enrollmentId: string; visitor: Visitor; at: (lesson: number) => string }

async function scene(): Promise<Scene> {
  const here = bed();
  const tenant = await here.tenant();
  const [teacher, learner] = [await tenant.person('instructor'), await tenant.person('learner')];
  const course = await made(teacher.client.post('courses', { title: 'Rain at home', language: 'en' }));
  const part = await made(teacher.client.post(`courses/${course.id}/modules`, { title: 'Plan' }));
  const lessons: string[] = [];
  for (const title of ['Roof', 'Tank', 'Pipe']) lessons.push((await made(teacher.client.post(`courses/${course.id}/modules/${part.id}/lessons`, { title, bodyHtml: paragraphs(title) }))).id);
  await made(teacher.client.post(`courses/${course.id}/publish`));
  const { id: enrollmentId } = await made(learner.client.post(`courses/${course.id}/enrollments`));
  const visitor = await here.visitor({ viewport: { width: 360, height: 740 } });
  await visitor.signIn(tenant.host, learner.email);
  return { here, tenant, learner, course, lessons, enrollmentId, visitor, at: (lesson) => `${here.origin(tenant.host)}/learn/${course.slug}/${lessons[lesson]}` };
}

const heading = (page: Visitor['page'], name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const contents = async (page: Visitor['page']) => {
  await page.getByRole('button', { name: say('en', 'learning.outline'), exact: true }).click();
};

/** Puts the whole course on the device, by its button. */
async function keep({ visitor: { page, go }, at }: Scene): Promise<void> {
  await go(at(0));
  await contents(page);
  await page.getByRole('button', { name: say('en', 'learning.device.keep') }).click();
  await page.getByRole('button', { name: /^Put on this device/ }).click();
  await page.locator('[data-kept]').waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.keyboard.press('Escape');
}

async function cut({ context, expectComplaint }: Visitor, away: boolean): Promise<void> {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to fetch|Failed to load resource/);
  await context.setOffline(away);
}

const queued = (page: Visitor['page']) => page.locator('[data-queue]').first().getAttribute('data-queue');
const events = async ({ here, tenant }: Scene, type: string) => Number((await here.owner.query('select count(*) from kernel.event where tenant_id = $1 and type = $2', [tenant.tenant.id, type])).rows[0].count);

it('reads and finishes a course that was put on the device, without a network; each completion counts once', async () => {
  const here = await scene();
  const { visitor, learner, course, at } = here;
  const { page, go } = visitor;
  await keep(here);
  await cut(visitor, true);
  await page.getByRole('button', { name: say('en', 'learning.completeAndGoOn') }).click();
  await heading(page, 'Tank');
  await page.getByText('1 thing waits to be sent.').waitFor();
  await page.getByText(say('en', 'learning.offline.badge')).waitFor();
  // A page that is asked for anew comes from the device too.
  await go(at(2));
  await heading(page, 'Pipe');
  await page.getByRole('link', { name: say('en', 'learning.previous') }).click();
  await heading(page, 'Tank');
  await page.getByRole('button', { name: say('en', 'learning.completeAndGoOn') }).click();
  await heading(page, 'Pipe');
  await page.getByRole('button', { name: say('en', 'learning.completeAndFinish') }).click();
  await heading(page, say('en', 'learning.offline.end.title'));
  expect(await queued(page)).toBe('3');
  expect((await made<{ completedLessons: number }>(learner.client.get(`courses/${course.id}/enrollment`))).completedLessons, 'known to the server before there is a network').toBe(0);

  await cut(visitor, false);
  await page.getByText(say('en', 'learning.offline.sent')).waitFor();
  expect(await made(learner.client.get(`courses/${course.id}/enrollment`))).toMatchObject({ status: 'completed', completedLessons: 3 });
  expect([await events(here, 'LessonCompleted'), await events(here, 'CourseCompleted')]).toEqual([3, 1]);
  await go(at(0));
  await page.locator('article').getByText(say('en', 'learning.done'), { exact: true }).waitFor();
}, patience);

it('keeps notes written without a network, and tells what was refused', async () => {
  const here = await scene();
  const { visitor, learner, enrollmentId, at } = here;
  const { page, go } = visitor;
  await keep(here);
  await cut(visitor, true);
  await go(at(1));
  await heading(page, 'Tank');
  await page.getByRole('button', { name: 'Notes' }).click();
  const panel = page.locator('#notes');
  await panel.getByLabel(say('en', 'learning.notes.text')).fill('Measure the roof first');
  await panel.getByRole('button', { name: say('en', 'learning.notes.save') }).click();
  await panel.getByText('Measure the roof first').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: say('en', 'learning.completeAndGoOn') }).click();
  await heading(page, 'Pipe');
  // Meanwhile the learner leaves the course on another device.
  await made(learner.client.delete(`enrollments/${enrollmentId}`));
  await cut(visitor, false);
  await page.getByText(say('en', 'learning.offline.refused.completion', { title: 'Tank' })).waitFor();
  await page.getByText('Measure the roof first').waitFor();
  await page.reload();
  await page.getByRole('button', { name: say('en', 'learning.offline.dismiss') }).first().waitFor();
  expect(await events(here, 'LessonCompleted')).toBe(0);
}, patience);

it('keeps what waits while the session is over, and sends it after signing in again', async () => {
  const here = await scene();
  const { visitor, learner, course, tenant, at } = here;
  const { page, context, go } = visitor;
  await keep(here);
  await cut(visitor, true);
  await page.getByRole('button', { name: say('en', 'learning.completeAndGoOn') }).click();
  await heading(page, 'Tank');
  await context.clearCookies();
  visitor.expectComplaint(/401/);
  await cut(visitor, false);
  await page.getByText(say('en', 'learning.offline.signIn.title')).waitFor();
  await visitor.signIn(tenant.host, learner.email);
  await go(at(1));
  await heading(page, 'Tank');
  await expect.poll(async () => (await made<{ completedLessons: number }>(learner.client.get(`courses/${course.id}/enrollment`))).completedLessons, { timeout: 15_000 }).toBe(1);
}, patience);

it('leaves nothing on the device for who comes next', async () => {
  const here = await scene();
  const { visitor, tenant, at } = here;
  const { page, go } = visitor;
  const left = () => page.evaluate(async () => [...(await indexedDB.databases()).map(({ name }) => name), ...await caches.keys()].filter((name) => name?.startsWith('milpa-') && name !== 'milpa-files'));
  await keep(here);
  expect((await left()).length).toBeGreaterThan(0);
  const next = await tenant.person('learner');
  await visitor.signIn(tenant.host, next.email);
  await go(`${here.here.origin(tenant.host)}/learning`);
  await expect.poll(left, { timeout: 15_000, message: 'after somebody else signed in' }).toEqual([]);

  await visitor.signIn(tenant.host, here.learner.email);
  await keep(here);
  await go(`${here.here.origin(tenant.host)}/learning`);
  await page.getByText('Account of', { exact: false }).first().waitFor({ state: 'attached' });
  await page.locator('.ui-menu-trigger').click();
  await page.getByRole('button', { name: say('en', 'shell.signOut') }).click();
  await page.waitForURL(/\/courses|\/sign-in/);
  await expect.poll(left, { timeout: 15_000, message: 'after signing out' }).toEqual([]);
  visitor.expectComplaint(/403|404/);
  await cut(visitor, true);
  await go(at(0)).catch(() => 0);
  expect(await page.getByText('Roof, paragraph 1').count()).toBe(0);
}, patience);
