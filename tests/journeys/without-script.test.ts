/** The learner's way with scripts switched off: a script makes it quicker, never possible. */
import { expect, it } from 'vitest';
import { journeyBed, languageOf, made, patience, publishedCourse, say, signInHere } from './support.ts';

const bed = journeyBed();

it('finds, filters, signs in, enrols, finishes a lesson, and changes language and appearance without any script', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const [teacher, pupil] = [await tenant.person('instructor'), await tenant.person('learner')];
  const course = await publishedCourse(here, teacher, 'Soil and water');
  const { version } = await made(teacher.client.get(`courses/${course.id}`));
  await made(teacher.client.patch(`courses/${course.id}`, { level: 'beginner' }, { 'if-match': `"${version}"` }));
  const other = await made(teacher.client.post('courses', { title: 'Grafting trees', language: 'en', level: 'advanced' }));
  const part = await made(teacher.client.post(`courses/${other.id}/modules`, { title: 'Tools' }));
  await made(teacher.client.post(`courses/${other.id}/modules/${part.id}/lessons`, { title: 'The knife', bodyHtml: '<p>Sharp and clean.</p>' }));
  await made(teacher.client.post(`courses/${other.id}/publish`));

  const { page, go } = await here.visitor({ javaScriptEnabled: false });
  const found = page.locator('main h2 a[href^="/courses/"], main h3 a[href^="/courses/"]');
  await go(here.origin(tenant.host));
  expect(new URL(page.url()).pathname, 'the front door leads to the catalogue').toBe('/courses');
  expect((await found.allInnerTexts()).sort()).toEqual(['Grafting trees', 'Soil and water']);

  const advanced = page.locator('main').getByRole('link', { name: say('en', 'catalog.level.advanced') });
  await advanced.click();
  await page.waitForURL((url) => url.searchParams.get('level') === 'advanced');
  expect(await found.allInnerTexts(), 'filtered by level').toEqual(['Grafting trees']);
  await advanced.first().click();
  await page.waitForURL((url) => !url.searchParams.has('level'));
  await page.getByRole('searchbox').fill('soil');
  await page.getByRole('button', { name: say('en', 'catalog.search.submit') }).click();
  await page.waitForURL((url) => url.searchParams.get('q') === 'soil');
  expect(await found.allInnerTexts(), 'searched').toEqual(['Soil and water']);

  await found.click();
  await page.getByRole('heading', { level: 1, name: 'Soil and water' }).waitFor();
  await page.getByRole('link', { name: say('en', 'catalog.enroll.signIn') }).click();
  await signInHere(page, 'en', pupil.email);
  await page.getByRole('button', { name: say('en', 'catalog.enroll.submit') }).waitFor();
  expect(new URL(page.url()).pathname, 'signing in leads back').toBe(`/courses/${course.slug}`);
  await page.getByRole('button', { name: say('en', 'catalog.enroll.submit') }).click();
  await page.getByRole('heading', { level: 1, name: course.lessons[0]!.title }).waitFor();
  await page.getByRole('button', { name: say('en', 'learning.completeAndGoOn') }).click();
  await page.getByRole('heading', { level: 1, name: course.lessons[1]!.title }).waitFor();
  expect((await made(pupil.client.get(`courses/${course.id}/enrollment`))).completedLessons, 'lessons done').toBe(1);

  await go(`${here.origin(tenant.host)}/courses?q=soil`);
  await page.getByRole('button', { name: say('en', 'shell.language.ar') }).click();
  await page.locator('html[lang=ar]').waitFor();
  expect(await languageOf(page)).toEqual(['ar', 'rtl']);
  expect(page.url(), 'the same page in another language').toContain('q=soil');
  const ink = () => page.locator('body').evaluate((body) => getComputedStyle(body).color);
  const byDay = await ink();
  await page.getByRole('button', { name: say('ar', 'shell.theme.dark') }).click();
  await page.locator('html[data-theme=dark]').waitFor();
  expect(await ink(), 'the colour of the text by night').not.toBe(byDay);

  await go(`${here.origin(tenant.host)}/learning`);
  await page.getByRole('link', { name: say('ar', 'learning.goOn.action') }).waitFor();
}, patience);
