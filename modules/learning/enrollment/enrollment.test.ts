import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';

let bed: TestBed;
let here: TestTenant;
let instructor: Person;
let learner: Person;
let course: { id: string; slug: string };
let lessons: string[];

beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  [instructor, learner] = await Promise.all([here.person('instructor'), here.person('learner')]);
  ({ course, lessons } = await publish(2));
});

async function publish(count: number, more: object = {}) {
  const { client } = instructor;
  const { body: made } = await client.post('courses', { title: 'Three sisters', language: 'en', ...more });
  const { body: module } = await client.post(`courses/${made.id}/modules`, { title: 'One' });
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await client.post(`courses/${made.id}/modules/${module.id}/lessons`, { title: `Lesson ${n}`, bodyHtml: `<p>Text ${n}</p>` })).body.id);
  await client.post(`courses/${made.id}/publish`);
  return { course: made as { id: string; slug: string }, lessons: ids };
}

const enroll = async (person = learner) => (await person.client.post(`courses/${course.id}/enrollments`)).body;
const complete = (enrollmentId: string, lessonId: string, person = learner) => person.client.put(`enrollments/${enrollmentId}/lessons/${lessonId}/completion`);
const events = async () => {
  const { rows } = await bed.owner.query<{ type: string; count: string }>("select type, count(*) from kernel.event where tenant_id = $1 and (type like 'Course%' or type like 'Lesson%') group by type order by type", [here.tenant.id]);
  return Object.fromEntries(rows.map((row) => [row.type, Number(row.count)]));
};

describe('enrolling', () => {
  test('at once from many tabs is one enrolment and one event', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => learner.client.post(`courses/${course.id}/enrollments`)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await events()).toMatchObject({ CourseEnrolled: 1 });
  });

  test('after leaving is a second enrolment; the first stays as history', async () => {
    const first = await enroll();
    await complete(first.id, lessons[0]!);
    expect((await learner.client.delete(`enrollments/${first.id}`)).body.status).toBe('left');
    expect((await learner.client.delete(`enrollments/${first.id}`)).body.status).toBe('left');
    const second = await enroll();
    expect(second).toMatchObject({ status: 'active', completedLessons: 0 });
    expect(second.id).not.toBe(first.id);
    expect((await learner.client.get('enrollments?status=left')).body.data.map((row: { id: string }) => row.id)).toEqual([first.id]);
    expect((await complete(first.id, lessons[1]!)).body.code).toBe('learning.enrollment_not_found');
    expect(await events()).toMatchObject({ CourseEnrolled: 2, CourseLeft: 1 });
  });

  test('is refused where the course is sold, not published, or of another tenant', async () => {
    const sold = await publish(1, { title: 'Sold', price: { amount: 100, currency: 'MXN' } });
    expect((await learner.client.post(`courses/${sold.course.id}/enrollments`)).body.code).toBe('learning.course_not_free');
    const { body: draft } = await instructor.client.post('courses', { title: 'Draft', language: 'en' });
    expect((await learner.client.post(`courses/${draft.id}/enrollments`)).body.code).toBe('catalog.course_not_found');
    expect((await here.visitor.post(`courses/${course.id}/enrollments`)).status).toBe(401);
    const stranger = await (await bed.tenant()).person('learner');
    expect((await stranger.client.post(`courses/${course.id}/enrollments`)).status).toBe(404);
    expect(await events()).not.toHaveProperty('CourseEnrolled');
  });
});

describe('a lesson', () => {
  test('finished twice, at once, from two tabs, counts once; the last one completes the course once', async () => {
    const { id } = await enroll();
    await Promise.all(lessons.flatMap((lesson) => [complete(id, lesson), complete(id, lesson), complete(id, lesson)]));
    expect((await learner.client.get(`courses/${course.id}/enrollment`)).body).toMatchObject({ status: 'completed', completedLessons: 2, lessonCount: 2 });
    expect(await events()).toMatchObject({ LessonCompleted: 2, CourseCompleted: 1 });
    await bed.runJobs();
    await bed.runJobs();
    expect((await instructor.client.get('course-statistics')).body.data[0]).toMatchObject({ enrolled: 1, completed: 1, lessonsCompleted: 2 });
  });

  test('that is removed stays in the version of who is enrolled, and every invariant holds', async () => {
    const { id } = await enroll();
    for (const lesson of lessons) await complete(id, lesson);
    await bed.runJobs();
    await instructor.client.post(`courses/${course.id}/archive`);
    for (const lesson of lessons) expect((await instructor.client.delete(`courses/${course.id}/lessons/${lesson}`)).status).toBe(204);
    expect((await learner.client.get(`courses/${course.id}/enrollment`)).body).toMatchObject({ status: 'completed', completedLessons: 2, lessonCount: 2 });
    expect(await failedChecks(bed.application.database, here.tenant, loadChecks())).toEqual([]);
  });

  test('of somebody else is not theirs to finish, and of another course is none of this one', async () => {
    const { id } = await enroll();
    const other = await here.person('learner');
    expect((await complete(id, lessons[0]!, other)).status).toBe(404);
    const elsewhere = await publish(1, { title: 'Other' });
    expect((await complete(id, elsewhere.lessons[0]!)).body.code).toBe('catalog.lesson_not_found');
    const stranger = await (await bed.tenant()).person('admin');
    expect((await complete(id, lessons[0]!, stranger)).status).toBe(404);
    expect(await events()).not.toHaveProperty('LessonCompleted');
  });
});

describe('the player', () => {
  test('opens for the enrolled and the author, and goes on where one was', async () => {
    const outsider = await here.person('learner');
    const { id } = await enroll();
    const path = `courses/${course.slug}/lessons/${lessons[0]}`;
    expect((await outsider.client.get(path)).body.code).toBe('learning.not_enrolled');
    expect((await here.visitor.get(path)).body.code).toBe('learning.not_enrolled');
    expect((await instructor.client.get(path)).status).toBe(200);
    expect((await learner.client.get(path)).body).toMatchObject({ title: 'Lesson 0', completed: false, previous: null, next: { id: lessons[1], title: 'Lesson 1' } });
    expect((await learner.client.put(`enrollments/${id}/position`, { lessonId: lessons[1] })).status).toBe(204);
    await complete(id, lessons[0]!);
    const player = (await learner.client.get(`courses/${course.id}/player`)).body;
    expect(player).toMatchObject({ enrollment: { lastLessonId: lessons[1], completedLessons: 1 }, modules: [{ completedLessons: 1, lessons: [{ completed: true }, { completed: false }] }] });
  });

  test('stays open after the course was archived, for who is under way', async () => {
    await enroll();
    await instructor.client.post(`courses/${course.id}/archive`);
    expect((await learner.client.get(`courses/${course.id}/player`)).status).toBe(200);
    const late = await here.person('learner');
    expect((await late.client.get(`courses/${course.id}/player`)).status).toBe(404);
  });

  test('is described, reviewed and asked about after the course was archived, by who takes it alone', async () => {
    await enroll();
    await instructor.client.post(`courses/${course.id}/archive`);
    expect((await learner.client.get(`my-courses/${course.slug}`)).body).toMatchObject({ id: course.id, status: 'archived', instructor: { name: expect.stringMatching(/./) } });
    expect((await learner.client.get(`courses/${course.id}/reviews`)).status).toBe(200);
    const late = await here.person('learner');
    for (const path of [`my-courses/${course.slug}`, `courses/${course.id}/reviews`]) expect((await late.client.get(path)).status, path).toBe(404);
  });
});
