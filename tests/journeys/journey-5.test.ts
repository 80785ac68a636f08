/** Journey 5, an instructor teaches: a learner goes on from a phone where the laptop stopped; closing the tab loses nothing. */
import { expect, it } from 'vitest';
import { journeyBed, made, patience, say } from './support.ts';

const bed = journeyBed();
const body = Array.from({ length: 60 }, (_, n) => `<p>Paragraph ${n}: ${'A field is never alone with its rain. '.repeat(8)}</p>`).join('');

it('goes on from a phone where the laptop stopped, and loses nothing by closing the tab', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const [teacher, learner] = [await tenant.person('instructor'), await tenant.person('learner')];
  const course = await made(teacher.client.post('courses', { title: 'Three sisters', language: 'en' }));
  const part = await made(teacher.client.post(`courses/${course.id}/modules`, { title: 'Field' }));
  const lessons: string[] = [];
  for (const title of ['Maize', 'Beans']) lessons.push((await made(teacher.client.post(`courses/${course.id}/modules/${part.id}/lessons`, { title, bodyHtml: body }))).id);
  await made(teacher.client.post(`courses/${course.id}/publish`));
  const { id } = await made(learner.client.post(`courses/${course.id}/enrollments`));
  const positions = async () => (await made<{ data: { lessonId: string; index: number; readAt: string }[] }>(learner.client.get(`enrollments/${id}/positions`))).data;
  const home = `${here.origin(tenant.host)}/learning`;

  const laptop = await here.visitor({ viewport: { width: 1280, height: 800 } });
  await laptop.signIn(tenant.host, learner.email);
  await laptop.go(home);
  await laptop.page.getByRole('link', { name: say('en', 'learning.start.action') }).click();
  await laptop.page.getByRole('heading', { level: 1, name: 'Maize' }).waitFor();
  await laptop.page.getByRole('button', { name: say('en', 'learning.completeAndGoOn') }).click();
  await laptop.page.getByRole('heading', { level: 1, name: 'Beans' }).waitFor();
  await laptop.page.getByText('Paragraph 30:').scrollIntoViewIfNeeded();
  await laptop.page.getByText('Paragraph 30:').evaluate((element) => scrollTo({ top: element.getBoundingClientRect().top + scrollY - 80 }));
  // At once, before any rest: what the page says as it goes is what counts.
  await laptop.page.close({ runBeforeUnload: true });
  await expect.poll(async () => (await positions())[0], { timeout: 20_000 }).toMatchObject({ lessonId: lessons[1], index: 30 });

  const phone = await here.visitor({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await phone.signIn(tenant.host, learner.email);
  await phone.go(home);
  await phone.page.getByRole('link', { name: say('en', 'learning.goOn.action') }).click();
  await phone.page.getByRole('heading', { level: 1, name: 'Beans' }).waitFor();
  await phone.page.locator('[data-prose] p[data-here]', { hasText: 'Paragraph 30:' }).waitFor();
  const top = () => phone.page.getByText('Paragraph 30:').evaluate((element) => element.getBoundingClientRect().top);
  expect(await top(), 'the paragraph is where reading begins').toBeLessThan(200);
  expect(await top()).toBeGreaterThanOrEqual(0);
  expect((await made<{ completedLessons: number }>(learner.client.get(`courses/${course.id}/enrollment`))).completedLessons).toBe(1);

  // Who follows a link to the lesson itself is not moved, but offered the way.
  await phone.go(`${here.origin(tenant.host)}/learn/${course.slug}/${lessons[1]}`);
  await phone.page.getByRole('button', { name: /^Go on where you were/ }).waitFor();
  expect(await phone.page.evaluate(() => scrollY)).toBe(0);
  await phone.page.getByRole('button', { name: /^Go on where you were/ }).click();
  await expect.poll(top, { timeout: 15_000 }).toBeLessThan(200);
}, patience);

it('shows what somebody notes at once, after it was sent, and on their other devices', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const [teacher, learner] = [await tenant.person('instructor'), await tenant.person('learner')];
  const course = await made(teacher.client.post('courses', { title: 'Three sisters', language: 'en' }));
  const part = await made(teacher.client.post(`courses/${course.id}/modules`, { title: 'Field' }));
  const lesson = await made(teacher.client.post(`courses/${course.id}/modules/${part.id}/lessons`, { title: 'Maize', bodyHtml: body }));
  await made(teacher.client.post(`courses/${course.id}/publish`));
  await made(learner.client.post(`courses/${course.id}/enrollments`));
  const at = `${here.origin(tenant.host)}/learn/${course.slug}/${lesson.id}`;
  const { page, go, signIn } = await here.visitor();
  await signIn(tenant.host, learner.email);
  await go(at);
  await page.getByRole('button', { name: 'Notes' }).click();
  const panel = page.locator('#notes');
  await panel.getByLabel(say('en', 'learning.notes.text')).fill('Ask my neighbour');
  await panel.getByLabel(say('en', 'learning.notes.place')).selectOption({ index: 3 });
  await panel.getByRole('button', { name: say('en', 'learning.notes.save') }).click();
  await expect.poll(async () => (await made<{ data: unknown[] }>(learner.client.get('notes'))).data.length, { timeout: 15_000 }).toBe(1);
  await panel.locator('li', { hasText: 'Ask my neighbour' }).waitFor();
  expect(await page.locator('[data-prose] [data-note]').innerText()).toContain('Paragraph 2:');

  const other = await here.visitor({ viewport: { width: 360, height: 740 } });
  await other.signIn(tenant.host, learner.email);
  await other.go(`${here.origin(tenant.host)}/learning/notes`);
  await other.page.getByRole('link', { name: say('en', 'learning.notes.open') }).click();
  await other.page.locator('[data-prose] p[data-here]', { hasText: 'Paragraph 2:' }).waitFor();
}, patience);
