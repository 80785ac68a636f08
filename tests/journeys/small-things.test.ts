/** What fits where there is little room, and what comes only once it is wanted. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { baseHost } from '../../packages/testkit/index.ts';
import { journeyBed, made, operatorOf, patience, publishedCourse, say } from './support.ts';

const bed = journeyBed();
const phone = { viewport: { width: 360, height: 780 } };

it('has the filters and the order of a catalogue in one row on a phone, and opens them without scripts', async () => {
  const here = bed();
  const tenant = await here.tenant();
  await publishedCourse(here, await tenant.person('instructor'), 'Soil and water');
  const catalogue = `${here.origin(tenant.host)}/courses`;
  const scripted = await here.visitor(phone);
  await scripted.go(catalogue);
  const rowOf = async (part: Locator) => { const { y, height } = (await part.boundingBox())!; return y + height / 2; };
  const { page, go } = await here.visitor({ ...phone, javaScriptEnabled: false });
  await go(catalogue);
  const button = page.getByRole('button', { name: say('en', 'catalog.filter.open'), exact: true });
  const [filter, order] = [await rowOf(scripted.page.getByRole('button', { name: say('en', 'catalog.filter.open'), exact: true })), await rowOf(scripted.page.getByLabel(say('en', 'catalog.field.sort')))];
  expect(Math.abs(filter - order), 'one row').toBeLessThan(4);
  const sheet = page.getByRole('complementary', { name: say('en', 'catalog.filter.title') });
  expect(await sheet.isVisible()).toBe(false);
  await button.press('Enter');
  await sheet.waitFor();
}, patience);

it('cuts no word of the bar at the foot of a phone', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const teacher = await tenant.person('instructor');
  for (const locale of ['en', 'es-MX', 'ar']) {
    const { page, go, signIn } = await here.visitor({ ...phone, locale });
    await signIn(tenant.host, teacher.email);
    await go(`${here.origin(tenant.host)}/teaching`);
    const cut = await page.locator('.ui-nav li:visible span:not(.ui-badge)').evaluateAll((labels) => labels.filter((label) => label.scrollWidth > label.clientWidth).map((label) => label.textContent));
    expect(cut, locale).toEqual([]);
  }
}, patience);

it('shows the whole title of a lesson, which stays one line however it comes', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const teacher = await tenant.person('instructor');
  const { client } = teacher;
  const course = await made(client.post('courses', { title: 'Soil', language: 'en' }));
  const module = await made(client.post(`courses/${course.id}/modules`, { title: 'First' }));
  const lesson = await made(client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: 'What a long winter does to a soil that nobody has covered with leaves' }));
  const { page, go, signIn } = await here.visitor(phone);
  await signIn(tenant.host, teacher.email);
  await go(`${here.origin(tenant.host)}/teaching/${course.id}/lessons/${lesson.id}`);
  await page.waitForLoadState('networkidle');
  const title = page.locator('[name=title].editor-title');
  expect(await title.evaluate((field) => [field.scrollWidth <= field.clientWidth, field.scrollHeight <= field.clientHeight])).toEqual([true, true]);
  await title.fill('Leaves\nagainst frost');
  await title.press('Enter');
  await expect.poll(async () => (await made(client.get(`courses/${course.id}/lessons/${lesson.id}/source`))).title, { timeout: 15_000 }).toBe('Leaves against frost');
}, patience);

it('offers what can be done with learners once some are chosen, without scripts', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const [teacher, pupil] = [await tenant.person('instructor'), await tenant.person('learner')];
  const course = await publishedCourse(here, teacher, 'Soil and water');
  await made(pupil.client.post(`courses/${course.id}/enrollments`));
  const group = await made(teacher.client.post(`courses/${course.id}/cohorts`, { name: 'Spring in the highlands', startsAt: '2026-03-01T06:00:00Z' }));
  const { page, go, signIn } = await here.visitor({ javaScriptEnabled: false });
  await signIn(tenant.host, teacher.email);
  await go(`${here.origin(tenant.host)}/teaching/${course.id}/learners`);
  const [hint, move] = [page.getByText(say('en', 'teaching.chosen.hint')), page.getByRole('button', { name: say('en', 'teaching.chosen.move'), exact: true })];
  expect([await hint.isVisible(), await move.isVisible()]).toEqual([true, false]);
  await page.locator('input[name=enrollment]').check();
  expect([await hint.isVisible(), await move.isVisible()]).toEqual([false, true]);
  await page.locator('select[name=cohortId]').last().selectOption(group.id);
  await move.click();
  await go(`${here.origin(tenant.host)}/teaching/${course.id}/cohorts/${group.id}`);
  expect(await page.getByRole('heading', { level: 1 }).innerText(), 'a group’s page is named after it').toBe('Spring in the highlands');
}, patience);

it('hides no learner who is reached by keyboard behind what can be done with those who are chosen', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const teacher = await tenant.person('instructor');
  const course = await publishedCourse(here, teacher, 'Soil and water');
  for (let count = 0; count < 8; count += 1) await made((await tenant.person('learner')).client.post(`courses/${course.id}/enrollments`));
  const { page, go, signIn } = await here.visitor(phone);
  await signIn(tenant.host, teacher.email);
  await go(`${here.origin(tenant.host)}/teaching/${course.id}/learners`);
  const boxes = await page.locator('input[name=enrollment]').all();
  await boxes[0]!.check();
  for (let count = 1; count < boxes.length; count += 1) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const isSeen = await page.evaluate(() => {
      const focused = document.activeElement!;
      const { x, y, width, height } = focused.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === focused;
    });
    expect([await boxes[count]!.evaluate((box) => box === document.activeElement), isSeen], `learner ${count + 1}`).toEqual([true, true]);
  }
}, patience);

it('draws no line through a single count', async () => {
  const here = bed();
  const operator = await operatorOf(here);
  await here.owner.query("insert into tenancy_control.usage_day (day, tenants, members, courses, storage_bytes, counted_at) values (($1::timestamptz at time zone 'UTC')::date, 1, 2, 3, 4, $1)", [here.clock.now().toISOString()]);
  const { page, go, signIn } = await here.visitor();
  await signIn(baseHost, operator.email);
  await go(`${here.origin()}/operator`);
  await page.getByText(say('en', 'tenancy.growth.first')).waitFor();
  expect(await page.locator('figure.ui-chart').count()).toBe(0);
}, patience);
