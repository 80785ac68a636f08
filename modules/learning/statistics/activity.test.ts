import { createTestBed, type Person, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';
import { publishedCourse } from '../testing/course.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

const day = 86_400_000;
const settled = async () => { await bed.runJobs(); await bed.runJobs(); };

test('all courses together count each member once a day, and once in all', async () => {
  const tenant = await bed.tenant();
  const [admin, instructor, one, other] = await Promise.all(['admin', 'instructor', 'learner', 'learner'].map((role) => tenant.person(role))) as [Person, Person, Person, Person];
  const courses = [await publishedCourse(instructor, 'Maize'), await publishedCourse(instructor, 'Beans')];
  const enroll = async (person: Person, n: number) => (await person.client.post(`courses/${courses[n]!.id}/enrollments`)).body.id as string;
  const first = await enroll(one, 0);
  await Promise.all([enroll(one, 1), enroll(other, 0)]);
  await settled();
  bed.clock.advance(10 * day);
  const again = await tenant.signIn(one);
  for (const lesson of courses[0]!.lessons) await again.put(`enrollments/${first}/lessons/${lesson}/completion`);
  await settled();

  const client = await tenant.signIn(admin);
  const { body } = await client.get('activity?days=30');
  expect(body.total).toEqual({ enrolled: 3, completed: 1, lessonsCompleted: 2, activeLearners: 2 });
  expect(body.before).toEqual({ enrolled: 0, completed: 0, lessonsCompleted: 0 });
  expect(body.days).toHaveLength(30);
  expect(body.days.at(-11)).toMatchObject({ enrolled: 3, activeLearners: 2 });
  expect(body.days.at(-1)).toMatchObject({ enrolled: 0, completed: 1, lessonsCompleted: 2, activeLearners: 1 });

  const week = (await client.get('activity?days=7')).body;
  expect(week.total).toEqual({ enrolled: 0, completed: 1, lessonsCompleted: 2, activeLearners: 1 });
  expect(week.before).toEqual({ enrolled: 3, completed: 0, lessonsCompleted: 0 });
  expect(await failedChecks(bed.application.database, tenant.tenant, loadChecks())).toEqual([]);
});

test('is for who runs the organisation or looks after its courses, and of that one only', async () => {
  const tenant = await bed.tenant();
  expect((await (await tenant.person('instructor')).client.get('activity')).status).toBe(404);
  expect((await (await tenant.person('admin')).client.get('activity?days=5000')).status).toBe(422);
  expect((await (await tenant.person('admin')).client.get('activity')).body.total.enrolled).toBe(0);
});
