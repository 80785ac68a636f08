/** Journey 2, as far as it goes without a standard: what a course lacks stands before its publication, and a revision leaves a running cohort where it is. */
import { expect, it } from 'vitest';
import { cartridge, journeyBed, made, patience, say } from './support.ts';

const bed = journeyBed();

it('names what is missing, refuses to publish with a gap, and keeps a running cohort on its version when the course is revised', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const [teacher, early, late] = [await tenant.person('instructor'), await tenant.person('learner'), await tenant.person('learner')];
  const home = here.origin(tenant.host);
  const { id: importId } = await made(teacher.client.ask('course-imports?name=course.imscc', { method: 'POST', raw: cartridge('Soil and water'), headers: { 'content-type': 'application/zip' } }));
  await here.runJobs();
  const { course } = await made(teacher.client.get(`course-imports/${importId}`));
  const draft = await made(teacher.client.get(`courses/${course.id}/draft`));
  const [soil, water] = draft.modules;

  // Two modules that wait for each other can never be opened.
  await made(teacher.client.patch(`courses/${course.id}/modules/${water.id}`, { prerequisiteIds: [soil.id] }));
  const circle = await teacher.client.patch(`courses/${course.id}/modules/${soil.id}`, { prerequisiteIds: [water.id] });
  expect([circle.status, circle.body.code], 'a circle is refused at once').toEqual([409, 'catalog.prerequisite_circle']);

  // A link to a lesson that was removed must not go out.
  const [first, second] = soil.lessons;
  const source = await teacher.client.get(`courses/${course.id}/lessons/${first.id}/source`);
  const gap = await teacher.client.patch(`courses/${course.id}/lessons/${first.id}`, { bodyHtml: `${source.body.bodyHtml}<p><a href="milpa-lesson:${second.id}">Feel it yourself</a></p>` }, { 'if-match': String(source.headers['etag']) });
  expect(gap.status).toBe(200);
  await teacher.client.delete(`courses/${course.id}/lessons/${second.id}`);

  const instructor = await here.visitor();
  await instructor.signIn(tenant.host, teacher.email);
  const { page } = instructor;
  await instructor.go(`${home}/teaching/${course.id}/publish`);
  const gone = page.getByRole('link', { name: /lessons? that (is|are) gone/ });
  await gone.filter({ hasText: say('en', 'authoring.readiness.blocker') }).waitFor();
  expect(await page.getByRole('button', { name: say('en', 'authoring.publish.now') }).isDisabled(), 'publishing with a gap').toBe(true);
  const refused = await teacher.client.post(`courses/${course.id}/publish`);
  expect([refused.status, refused.body.code], 'nor by the API').toEqual([409, 'catalog.course_not_ready']);

  // The way to the gap, and back with the lesson that was removed.
  await gone.click();
  await page.waitForURL(`**/lessons/${first.id}`);
  await made(teacher.client.post(`courses/${course.id}/lessons/${second.id}/restore`));
  await instructor.go(`${home}/teaching/${course.id}/publish`);
  await page.getByRole('button', { name: say('en', 'authoring.publish.now') }).click();
  await page.getByText(say('en', 'authoring.note.published')).waitFor();

  // A cohort begins. Then the course is revised.
  const cohort = await made(teacher.client.post(`courses/${course.id}/cohorts`, { name: 'Spring', startsAt: here.clock.now().toISOString(), selfEnrollment: true }));
  await made(early.client.post(`courses/${course.id}/cohorts/${cohort.id}/enrollments`));
  const before = await teacher.client.get(`courses/${course.id}/lessons/${first.id}/source`);
  await teacher.client.patch(`courses/${course.id}/lessons/${first.id}`, { title: 'What soil is made of, revised', bodyHtml: '<p>Sand, silt, clay, and all that lives between them.</p>' }, { 'if-match': String(before.headers['etag']) });
  await instructor.go(`${home}/teaching/${course.id}/publish`);
  await page.getByLabel(say('en', 'authoring.publish.note')).fill('What lives in soil');
  await page.getByRole('button', { name: say('en', 'authoring.publish.changes') }).click();
  await page.getByText(say('en', 'authoring.note.published')).waitFor();

  // Who is under way reads what they began; who comes now reads the revision; a late-comer to the cohort reads what the cohort reads.
  await made(late.client.post(`courses/${course.id}/enrollments`));
  for (const [learner, title, version] of [[early, 'What soil is made of', 1], [late, 'What soil is made of, revised', 2]] as const) {
    const visitor = await here.visitor();
    await visitor.signIn(tenant.host, learner.email);
    await visitor.go(`${home}/learn/${course.slug}/${first.id}`);
    await visitor.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    expect((await made(learner.client.get(`courses/${course.id}/player`))).version, 'version of the course').toBe(version);
  }
  const joiner = await tenant.person('learner');
  await made(joiner.client.post(`courses/${course.id}/cohorts/${cohort.id}/enrollments`));
  expect((await made(joiner.client.get(`courses/${course.id}/player`))).version, 'version of the cohort').toBe(1);

  // Until the instructor moves them.
  await made(teacher.client.post(`courses/${course.id}/learners/move`, {}));
  expect((await made(early.client.get(`courses/${course.id}/player`))).version).toBe(2);
}, patience);
