/** A course on its way: imported from a package, published, found and finished on a phone in Arabic, and done everywhere else. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { cartridge, journeyBed, languageOf, made, patience, publishedCourse, root, say, signInHere } from './support.ts';

const bed = journeyBed();
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** The real package where it lies beside the repository; one of our own elsewhere. */
async function packageToImport(): Promise<string> {
  const real = join(root, '../shared/packages/common-cartridge/canvas_small_1.1.imscc');
  if (existsSync(real)) return real;
  const folder = await mkdtemp(join(tmpdir(), 'journey-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'soil_and_water.imscc');
  await writeFile(file, cartridge('Soil and water'));
  return file;
}

/** Every picture of the lesson that stands open has come, and every file of it opens. */
async function everythingOpens(page: Page): Promise<{ pictures: number; files: number }> {
  const broken = await page.locator('article img').evaluateAll((images) => Promise.all((images as HTMLImageElement[]).map(async (image) => {
    image.loading = 'eager';
    await image.decode().catch(() => {});
    return image.naturalWidth > 0 ? '' : image.src;
  })));
  expect(broken.filter(Boolean), `pictures missing at ${page.url()}`).toEqual([]);
  const files = await page.locator('main a[href*="/files/"]').evaluateAll((links) => Promise.all((links as HTMLAnchorElement[]).map(async ({ href }) => {
    const answer = await fetch(href);
    return { href, status: answer.status, empty: (await answer.arrayBuffer()).byteLength === 0 };
  })));
  expect(files.filter(({ status, empty }) => status !== 200 || empty), `files that don’t open at ${page.url()}`).toEqual([]);
  return { pictures: broken.length, files: files.length };
}

it('imports a package from the screen, publishes it, and a learner takes it to the end on a phone in Arabic', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const [teacher, pupil] = [await tenant.person('instructor'), await tenant.person('learner')];
  const file = await packageToImport();
  const home = here.origin(tenant.host);

  // The instructor brings the package.
  const instructor = await here.visitor();
  await instructor.signIn(tenant.host, teacher.email);
  await instructor.go(`${home}/imports`);
  await instructor.page.locator('input[type=file]').setInputFiles(file);
  await instructor.page.getByRole('button', { name: say('en', 'interop.submit') }).click();
  await instructor.page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  await instructor.page.getByText(say('en', 'interop.step.waiting')).waitFor();
  await instructor.page.getByRole('progressbar', { name: say('en', 'interop.progress') }).waitFor();
  await here.runJobs();
  await instructor.page.getByText(say('en', 'interop.ready.title')).waitFor();
  for (const outcome of [/\bkept\b/, /\bchange/, /\bleft out\b/]) await instructor.page.locator('summary', { hasText: outcome }).waitFor();
  const parts = await instructor.page.locator('main details').evaluateAll((details) => details.map((part) => [...part.querySelectorAll('ul')].map((list) => ({ reason: list.previousElementSibling?.textContent ?? '', items: list.children.length }))));
  expect(parts.flat().every(({ reason, items }) => reason.length > 10 && items > 0), `every part of the report has its reason: ${JSON.stringify(parts)}`).toBe(true);

  // Again: no second course.
  await instructor.go(`${home}/imports`);
  await instructor.page.locator('input[type=file]').setInputFiles(file);
  await instructor.page.getByRole('button', { name: say('en', 'interop.submit') }).click();
  await instructor.page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  await here.runJobs();
  await instructor.page.getByText(say('en', 'interop.repeated.title')).waitFor();
  await instructor.page.getByRole('link', { name: say('en', 'interop.openCourse') }).click();
  await instructor.page.waitForURL(/\/teaching\/[0-9a-f-]{36}$/);
  const { data: courses } = await made(teacher.client.get('managed-courses'));
  expect(courses, `courses after importing ${basename(file)} twice`).toHaveLength(1);
  const [course] = courses;

  await instructor.page.getByRole('link', { name: say('en', 'authoring.publish'), exact: true }).click();
  await instructor.page.getByRole('button', { name: say('en', 'authoring.publish.now'), exact: true }).click();
  await instructor.page.getByText(say('en', 'authoring.note.published')).waitFor();

  // The learner, in Arabic, on a phone.
  const onPhone = await here.visitor({ ...phone, locale: 'ar' });
  const { page } = onPhone;
  await onPhone.signIn(tenant.host, pupil.email);
  await onPhone.go(`${home}/courses`);
  expect(await languageOf(page)).toEqual(['ar', 'rtl']);
  await page.getByRole('searchbox').fill(course.title.split(' ')[0]);
  await page.getByRole('button', { name: say('ar', 'catalog.search.submit') }).tap();
  await page.waitForURL(/[?&]q=/);
  await page.getByRole('link', { name: course.title }).tap();
  await page.waitForURL(`**/courses/${course.slug}`);
  await page.getByRole('button', { name: say('ar', 'catalog.enroll.submit') }).tap();
  await page.waitForURL(/\/learn\/[^/]+\/[0-9a-f-]{36}(\?goOn)?$/);

  const { modules } = await made(pupil.client.get(`courses/${course.id}/outline`));
  const lessons: { id: string; title: string }[] = modules.flatMap((module: { lessons: unknown[] }) => module.lessons);
  const reloadAt = Math.floor(lessons.length / 2);
  const seen = { pictures: 0, files: 0 };
  for (const [index, lesson] of lessons.entries()) {
    await page.waitForURL(({ pathname }) => pathname.endsWith(lesson.id));
    await page.getByRole('heading', { level: 1, name: lesson.title }).waitFor();
    const { pictures, files } = await everythingOpens(page);
    seen.pictures += pictures;
    seen.files += files;
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `“${lesson.title}” fits the phone`).toBe(true);
    if (index === reloadAt) {
      await page.reload();
      await page.getByRole('heading', { level: 1, name: lesson.title }).waitFor();
      await onPhone.go(`${home}/learn/${course.slug}`);
      expect(page.url(), 'coming back leads to where they were').toContain(lesson.id);
    }
    const last = index === lessons.length - 1;
    await page.getByRole('button', { name: say('ar', last ? 'learning.completeAndFinish' : 'learning.completeAndGoOn') }).tap();
  }
  await page.waitForURL('**/done');
  await page.getByRole('heading', { level: 1, name: say('ar', 'learning.finished.title') }).waitFor();
  expect(seen.pictures, 'pictures in the course').toBeGreaterThan(0);
  expect(seen.files, 'files in the course').toBeGreaterThan(0);

  // Elsewhere, in English.
  const atDesk = await here.visitor();
  await atDesk.go(`${home}/learning`);
  await signInHere(atDesk.page, 'en', pupil.email);
  await atDesk.page.waitForURL(`${home}/learning`);
  const finished = atDesk.page.getByRole('listitem').filter({ hasText: course.title });
  expect(await finished.innerText()).toContain(say('en', 'learning.completedOn').trim());

  await here.runJobs();
  await instructor.go(`${home}/teaching`);
  const uptake = await instructor.page.locator('main li', { hasText: course.title }).locator('dl > div').evaluateAll((pairs) => pairs.map((pair) => [pair.querySelector('dt')?.textContent, pair.querySelector('dd')?.textContent]));
  expect(uptake).toEqual([[say('en', 'authoring.uptake.enrolled'), '1'], [say('en', 'authoring.uptake.completed'), '1']]);
}, patience);

it('counts a lesson once that is finished in two tabs at once', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const [teacher, pupil] = [await tenant.person('instructor'), await tenant.person('learner')];
  const course = await publishedCourse(here, teacher, 'Soil and water');
  const { id: enrollmentId } = await made(pupil.client.post(`courses/${course.id}/enrollments`));
  const learner = await here.visitor();
  await learner.signIn(tenant.host, pupil.email);
  const tabs = [learner.page, await learner.tab()];
  const done = say('en', 'learning.completeAndGoOn');
  for (const tab of tabs) {
    await tab.goto(`${here.origin(tenant.host)}/learn/${course.slug}/${course.lessons[0]!.id}`);
    await tab.getByRole('button', { name: done }).waitFor();
  }
  await Promise.all(tabs.map((tab) => tab.getByRole('button', { name: done }).click()));
  await Promise.all(tabs.map((tab) => tab.waitForURL(`**/${course.lessons[1]!.id}`)));
  await here.runJobs();
  const { completedLessons } = await made(pupil.client.get(`courses/${course.id}/enrollment`));
  expect(completedLessons, 'lessons that the learner has done').toBe(1);
  const { data: [uptake] } = await made(teacher.client.get('course-statistics'));
  expect(uptake.lessonsCompleted, 'lessons that the instructor counts').toBe(1);
  const { rows } = await here.owner.query('select count(*)::int as count from learning.lesson_progress where enrollment_id = $1', [enrollmentId]);
  expect(rows, 'rows kept').toEqual([{ count: 1 }]);
}, patience);
