/** Journey 4, as far as a cartridge goes: it moves in with its losses named, gets a price, and its modules open week by week. */
import { expect, it } from 'vitest';
import { cartridge, journeyBed, made, patience, say } from './support.ts';

const bed = journeyBed();
/** Of the first lesson of the second module. */
const words = 'Through sand it runs, in clay it stays.';
const week = 7 * 24 * 3_600_000;

it('imports a cartridge whose losses are named, sets a price, and opens a module a week after a learner has begun', async () => {
  const here = bed();
  const tenant = await here.tenant('marketplace');
  const [teacher, buyer] = [await tenant.person('instructor'), await tenant.person('learner')];
  const home = here.origin(tenant.host);
  const instructor = await here.visitor();
  await instructor.signIn(tenant.host, teacher.email);
  const { page } = instructor;

  await instructor.go(`${home}/imports`);
  await page.locator('input[type=file]').setInputFiles({ name: 'soil.imscc', mimeType: 'application/zip', buffer: cartridge('Soil and water') });
  await page.getByRole('button', { name: say('en', 'interop.submit') }).click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  await here.runJobs();
  await page.getByText(say('en', 'interop.ready.title')).waitFor();
  const losses = page.locator('main details', { has: page.locator('summary', { hasText: /\bleft out\b/ }) });
  await losses.getByText('Try yourself').waitFor();
  await page.getByRole('link', { name: say('en', 'interop.openCourse') }).click();
  await page.waitForURL(/\/teaching\/[0-9a-f-]{36}$/);
  const courseId = page.url().split('/').at(-1)!;
  const { modules } = await made(teacher.client.get(`courses/${courseId}/draft`));

  await instructor.go(`${home}/teaching/${courseId}/description`);
  await page.locator('input[name=price]').fill('249.50');
  await page.getByRole('button', { name: say('en', 'catalog.save'), exact: true }).click();
  await page.waitForURL(/\/teaching\/[0-9a-f-]{36}(\/description)?(\?.*)?$/);
  await expect.poll(async () => (await made(teacher.client.get(`courses/${courseId}`))).price, { message: 'the price, in minor units', timeout: 10_000 }).toEqual({ amount: 24_950, currency: tenant.tenant.currency });

  await instructor.go(`${home}/teaching/${courseId}/modules/${modules[1].id}`);
  await page.getByLabel(say('en', 'authoring.release.weeks')).check();
  await page.getByLabel(say('en', 'authoring.release.weekCount'), { exact: true }).fill('1');
  await page.getByRole('button', { name: say('en', 'catalog.save'), exact: true }).click();
  await page.waitForURL(/\/teaching\/[0-9a-f-]{36}#/);
  await instructor.go(`${home}/teaching/${courseId}/publish`);
  await page.getByRole('button', { name: say('en', 'authoring.publish.now') }).click();
  await page.getByText(say('en', 'authoring.note.published')).waitFor();

  // It has a price: nobody takes it for nothing by themselves. The instructor may give it away.
  const { slug } = await made(teacher.client.get(`courses/${courseId}`));
  const taken = await buyer.client.post(`courses/${courseId}/enrollments`);
  expect([taken.status, taken.body.code]).toEqual([402, 'learning.course_not_free']);
  const list = await made(teacher.client.post(`courses/${courseId}/bulk-enrollments/text`, { text: `email\n${buyer.email}\n` }));
  await made(teacher.client.post(`courses/${courseId}/bulk-enrollments/${list.id}/start`));
  await here.runJobs();

  const learner = await here.visitor();
  await learner.signIn(tenant.host, buyer.email);
  const lesson = `${home}/learn/${slug}/${modules[1].lessons[0].id}`;
  learner.expectComplaint(/409/);
  await learner.go(lesson);
  await learner.page.getByText(/^Opens on /).filter({ visible: true }).first().waitFor();
  expect(await learner.page.content(), 'the lesson before its week').not.toContain(words);

  here.clock.advance(week);
  await learner.signIn(tenant.host, buyer.email);
  await learner.go(lesson);
  await learner.page.locator('article').getByText(words).waitFor();
}, patience);
