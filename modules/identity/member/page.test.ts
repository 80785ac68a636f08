/** What an admin sees of a member, part by part, each with its own permission. */
import { createTestBed, testPassword, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedCourse } from '../../learning/testing/course.ts';

let bed: TestBed;
let school: TestTenant;
let admin: Person;
let teacher: Person;
let learner: Person;
let course: { id: string; lessons: string[] };
beforeAll(async () => {
  bed = await createTestBed();
  school = await bed.tenant();
  [admin, teacher, learner] = await Promise.all([school.person('admin'), school.person('instructor'), school.person('learner')]);
  course = await publishedCourse(teacher, 'Soil', 2);
});
afterAll(() => bed.close());

test('what they learn: how far, in which cohort, and what they left', async () => {
  const cohort = (await teacher.client.post(`courses/${course.id}/cohorts`, { name: 'Spring', startsAt: '2020-01-01T00:00:00Z', selfEnrollment: true })).body;
  await learner.client.post(`courses/${course.id}/cohorts/${cohort.id}/enrollments`);
  await learner.client.post(`courses/${course.id}/enrollments`);
  const { body: enrollment } = await learner.client.get(`courses/${course.id}/enrollment`);
  await learner.client.put(`enrollments/${enrollment.id}/lessons/${course.lessons[0]}/completion`);
  const other = await publishedCourse(teacher, 'Water', 1);
  const { body: left } = await learner.client.post(`courses/${other.id}/enrollments`);
  await learner.client.delete(`enrollments/${left.id}`);

  const path = `members/${learner.memberId}/enrollments`;
  const first = (await admin.client.get(`${path}?limit=1`)).body;
  const second = (await admin.client.get(`${path}?limit=1&cursor=${first.page.next}`)).body;
  expect([...first.data, ...second.data].toSorted((a, b) => a.course.title.localeCompare(b.course.title))).toMatchObject([
    { status: 'active', completedLessons: 1, lessonCount: 2, course: { title: 'Soil' } }, { status: 'left', course: { title: 'Water' }, cohort: null },
  ]);
  expect(second.page.next).toBeNull();
  expect((await learner.client.get(path)).body.data, 'one’s own').toHaveLength(2);
  for (const { client } of [teacher, await school.person('learner')]) expect((await client.get(path)).body.code).toBe('identity.member_not_found');
  expect((await school.visitor.get(path)).status).toBe(401);
  expect((await (await (await bed.tenant()).person('admin')).client.get(path)).body.code).toBe('identity.member_not_found');
});

test('who was enrolled by somebody else has opened nothing', async () => {
  const other = await publishedCourse(teacher, 'Seeds', 1);
  const newcomer = await school.person('learner');
  const { body: list } = await teacher.client.post(`courses/${other.id}/bulk-enrollments/text`, { text: newcomer.email });
  await teacher.client.post(`courses/${other.id}/bulk-enrollments/${list.id}/start`);
  await bed.runJobs();
  const opened = async () => (await admin.client.get(`members/${newcomer.memberId}/enrollments`)).body.data.map(({ lastOpenedAt }: { lastOpenedAt: string | null }) => lastOpenedAt);
  expect(await opened()).toEqual([null]);
  const { body: enrollment } = await newcomer.client.get(`courses/${other.id}/enrollment`);
  await newcomer.client.put(`enrollments/${enrollment.id}/position`, { lessonId: other.lessons[0] });
  expect(await opened()).toEqual([expect.any(String)]);
});

test('what they teach, drafts too, for who may edit all; others get their own alone', async () => {
  await teacher.client.post('courses', { title: 'A draft', language: 'en' });
  const titles = async (by: Person, owner: string) => (await by.client.get(`managed-courses?ownerMemberId=${owner}`)).body.data.map(({ title }: { title: string }) => title).toSorted();
  expect(await titles(admin, teacher.memberId)).toEqual(['A draft', 'Seeds', 'Soil', 'Water']);
  expect(await titles(admin, learner.memberId)).toEqual([]);
  const colleague = await school.person('instructor');
  expect(await titles(colleague, teacher.memberId)).toEqual([]);
  expect(await titles(teacher, teacher.memberId)).toEqual(['A draft', 'Seeds', 'Soil', 'Water']);
});

test('when they were last seen, and the apps that are signed in', async () => {
  const person = await school.person('instructor');
  const seen = async () => { const { body } = await admin.client.get(`members/${person.memberId}`); return [body.lastSeenAt, body.apps]; };
  expect(await seen()).toEqual([null, 0]);
  await person.client.post('courses', { title: 'Something', language: 'en' });
  const { body: tokens } = await school.visitor.post('tokens', { email: person.email, password: testPassword });
  await school.visitor.post('tokens/refresh', { refreshToken: tokens.refreshToken });
  expect(await seen()).toEqual([expect.any(String), 1]);
});
