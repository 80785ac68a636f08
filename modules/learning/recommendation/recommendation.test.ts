import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';
import { publishedCourse, type MadeCourse } from '../testing/course.ts';
import { rankPairs } from './rules.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

test('fewer than three members together say nothing; the reason is the course with most in common', () => {
  const pairs = [
    { courseId: 'a', otherId: 'x', together: 3 }, { courseId: 'b', otherId: 'x', together: 5 }, { courseId: 'a', otherId: 'y', together: 7 }, { courseId: 'a', otherId: 'z', together: 2 }, { courseId: 'a', otherId: 'b', together: 9 },
  ];
  expect(rankPairs(pairs, new Set(['a', 'b']))).toEqual([{ id: 'x', because: 'b' }, { id: 'y', because: 'a' }]);
});

test('what three others took together is recommended with its reason, not what two did, nor what one has', async () => {
  const here: TestTenant = await bed.tenant();
  const instructor = await here.person('instructor');
  const [maize, beans, squash] = await Promise.all(['Maize', 'Beans', 'Squash', 'Chili'].map((title) => publishedCourse(instructor, title, 1))) as [MadeCourse, MadeCourse, MadeCourse];
  const people = await Promise.all(Array.from({ length: 3 }, () => here.person('learner')));
  const enroll = (person: Person, course: MadeCourse) => person.client.post(`courses/${course.id}/enrollments`);
  await Promise.all(people.flatMap((person, index) => [enroll(person, maize), enroll(person, beans), ...(index < 2 ? [enroll(person, squash)] : [])]));
  // A second time counts nobody twice.
  const again = (await people[0]!.client.get(`courses/${maize.id}/enrollment`)).body;
  await people[0]!.client.delete(`enrollments/${again.id}`);
  await enroll(people[0]!, maize);
  await Promise.all([bed.runJobs(), bed.runJobs()]);
  const { rows } = await bed.owner.query<{ together: number }>('select together from learning.course_pair where course_id = $1 and other_id = $2', [maize.id, beans.id]);
  expect(rows).toEqual([{ together: 3 }]);

  const reader = await here.person('learner');
  await enroll(reader, maize);
  const { data } = (await reader.client.get('recommendations?limit=12')).body;
  expect(data.map((one: { reason: { kind: string } }) => one.reason.kind)).toEqual(['taken_together', 'new', 'new']);
  expect(data[0].course.title).toBe('Beans');
  expect(data[0].reason.because).toEqual({ id: maize.id, title: 'Maize' });
  // On a course's page, for everybody.
  expect((await here.visitor.get(`recommendations?courseId=${maize.id}&limit=1`)).body.data).toMatchObject([{ course: { title: 'Beans' }, reason: { kind: 'taken_together', because: { id: maize.id } } }]);
  await instructor.client.post(`courses/${beans.id}/archive`);
  expect((await here.visitor.get(`recommendations?courseId=${maize.id}`)).body.data.map((one: { course: { id: string } }) => one.course.id)).not.toContain(beans.id);
  const elsewhere = await (await bed.tenant()).person('learner');
  expect((await elsewhere.client.get(`recommendations?courseId=${maize.id}`)).status).toBe(404);
  expect((await elsewhere.client.get('recommendations')).body.data).toEqual([]);
  expect(await failedChecks(bed.application.database, here.tenant, loadChecks())).toEqual([]);
});
