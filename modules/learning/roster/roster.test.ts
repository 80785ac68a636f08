import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';
import { publishedCourse, type MadeCourse } from '../testing/course.ts';

let bed: TestBed;
let here: TestTenant;
let instructor: Person;
let learners: Person[];
let course: MadeCourse;
const day = 86_400_000;

beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  [instructor, ...learners] = await Promise.all([here.person('instructor'), here.person('learner'), here.person('learner'), here.person('learner')]) as [Person, ...Person[]];
  course = await publishedCourse(instructor, 'Three sisters', 3);
});

const enroll = async (person: Person) => (await person.client.post(`courses/${course.id}/enrollments`)).body as { id: string };
const complete = (person: Person, enrollmentId: string, lesson: number) => person.client.put(`enrollments/${enrollmentId}/lessons/${course.lessons[lesson]}/completion`);
const roster = async (query = '') => (await instructor.client.get(`courses/${course.id}/roster${query}`)).body.data as { enrollmentId: string; memberId: string; stalled: boolean; completedLessons: number; attempt: number; outdated: boolean; versionNumber: number; status: string; leftReason: string | null; cohort: { name: string } | null; lesson: { id: string } | null }[];
const age = (enrollmentId: string, days: number) => bed.owner.query('update learning.enrollment set last_opened_at = $2 where id = $1', [enrollmentId, new Date(bed.clock.now().getTime() - days * day)]);

describe('the roster', () => {
  test('says who is where, who stalls and who is furthest, page by page', async () => {
    const [first, second, third] = await Promise.all(learners.map(enroll)) as [{ id: string }, { id: string }, { id: string }];
    await complete(learners[0]!, first.id, 0);
    await learners[0]!.client.put(`enrollments/${first.id}/position`, { lessonId: course.lessons[1] });
    for (const n of [0, 1, 2]) await complete(learners[1]!, second.id, n);
    await age(third.id, 20);
    expect((await roster('?sort=progress')).map((row) => row.completedLessons)).toEqual([3, 1, 0]);
    expect((await roster('?state=stalled')).map((row) => row.enrollmentId)).toEqual([third.id]);
    expect(await roster('?state=stalled&stalledAfterDays=30')).toEqual([]);
    expect((await roster(`?lessonId=${course.lessons[1]}`)).map((row) => row.enrollmentId)).toEqual([first.id]);
    expect((await roster('?sort=quiet'))[0]).toMatchObject({ enrollmentId: third.id, stalled: true, versionNumber: 1, outdated: false, attempt: 1 });
    for (const sort of ['activity', 'quiet', 'name', 'progress', 'enrolled']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await instructor.client.get(`courses/${course.id}/roster?limit=1&sort=${sort}${cursor && `&cursor=${cursor}`}`);
        seen.push(...body.data.map((row: { enrollmentId: string }) => row.enrollmentId));
        cursor = body.page.next;
      }
      expect(new Set(seen), sort).toEqual(new Set([first.id, second.id, third.id]));
      expect(seen, sort).toHaveLength(3);
    }
    const { body: summary } = await instructor.client.get(`courses/${course.id}/roster/summary`);
    expect(summary).toMatchObject({ active: 2, stalled: 1, completed: 1, left: 0 });
    expect(summary.lessons.map((lesson: { before: number; at: number; done: number }) => [lesson.done, lesson.at, lesson.before])).toEqual([[2, 0, 1], [1, 1, 1], [1, 0, 2]]);
    expect((await roster(`?q=${learners[1]!.email.slice(0, 20)}`)).map((row) => row.memberId)).toEqual([learners[1]!.memberId]);
  });

  test('is for who teaches the course and who may read all; leaves as CSV that runs no formula', async () => {
    await enroll(learners[0]!);
    await bed.owner.query("update identity.member set name = '=HYPERLINK(\"x\")' where id = $1", [learners[0]!.memberId]);
    const [colleague, evaluator, stranger] = [await here.person('instructor'), await here.person('evaluator'), await (await bed.tenant()).person('admin')];
    for (const path of ['roster', 'roster/summary', 'roster/export', `learners/${learners[0]!.memberId}`]) {
      expect((await colleague.client.get(`courses/${course.id}/${path}`)).status, path).toBe(403);
      expect((await learners[1]!.client.get(`courses/${course.id}/${path}`)).status, path).toBe(403);
      expect((await stranger.client.get(`courses/${course.id}/${path}`)).status, path).toBe(404);
      expect((await evaluator.client.get(`courses/${course.id}/${path}`)).status, path).toBe(200);
    }
    const file = await instructor.client.get(`courses/${course.id}/roster/export`);
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(file.text).toContain(`"'=HYPERLINK(""x"")"`);
    for (const name of ['＝1+1', '＋1', '－1', '＠SUM(A1)', '\t=1', '\r=1']) {
      await bed.owner.query('update identity.member set name = $2 where id = $1', [learners[0]!.memberId, name]);
      expect((await instructor.client.get(`courses/${course.id}/roster/export`)).text, JSON.stringify(name)).toContain(`"'${name}"`);
    }
  });

  test('keeps the history of who left and came back', async () => {
    const first = await enroll(learners[0]!);
    await complete(learners[0]!, first.id, 0);
    await learners[0]!.client.delete(`enrollments/${first.id}`);
    const second = await enroll(learners[0]!);
    expect(await roster()).toMatchObject([{ enrollmentId: second.id, attempt: 2, completedLessons: 0 }]);
    const { body } = await instructor.client.get(`courses/${course.id}/learners/${learners[0]!.memberId}`);
    expect(body.enrollments).toMatchObject([{ attempt: 2, status: 'active', lessons: [] }, { attempt: 1, status: 'left', lessons: [{ title: 'Lesson 1' }] }]);
    expect((await instructor.client.get(`courses/${course.id}/learners/${learners[1]!.memberId}`)).status).toBe(404);
  });

  test('takes learners out with a reason, once, and only those of the course', async () => {
    const { id } = await enroll(learners[0]!);
    const elsewhere = await publishedCourse(instructor, 'Other');
    const other = (await learners[1]!.client.post(`courses/${elsewhere.id}/enrollments`)).body;
    const body = { enrollmentIds: [id, other.id], reason: 'Moved to the evening course' };
    expect((await learners[2]!.client.post(`courses/${course.id}/withdrawals`, body)).status).toBe(403);
    expect((await instructor.client.post(`courses/${course.id}/withdrawals`, body)).body).toEqual({ withdrawn: 1 });
    expect((await instructor.client.post(`courses/${course.id}/withdrawals`, body)).body).toEqual({ withdrawn: 0 });
    expect(await roster('?state=left')).toMatchObject([{ enrollmentId: id, leftReason: 'Moved to the evening course' }]);
    expect((await learners[1]!.client.get(`courses/${elsewhere.id}/enrollment`)).body.status).toBe('active');
    await bed.runJobs();
    // The learner is told why, and may answer.
    expect((await learners[0]!.client.get('message-threads')).body.data[0]).toMatchObject({ unread: 1, with: { id: instructor.memberId } });
  });
});

describe('a cohort', () => {
  const start = () => new Date(bed.clock.now().getTime() + 7 * day).toISOString();
  const make = async (more: object = {}) => (await instructor.client.post(`courses/${course.id}/cohorts`, { name: 'Spring', startsAt: start(), selfEnrollment: true, ...more })).body;

  test('takes as many as it has places, also when they come at once, and gives them its first day', async () => {
    const cohort = await make({ capacity: 2 });
    const answers = await Promise.all(learners.map(({ client }) => client.post(`courses/${course.id}/cohorts/${cohort.id}/enrollments`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('learning.cohort_full');
    const inside = answers.findIndex(({ status }) => status === 201);
    expect((await learners[inside]!.client.post(`courses/${course.id}/cohorts/${cohort.id}/enrollments`)).body.id).toBe(answers[inside]!.body.id);
    const { rows } = await bed.owner.query<{ starts_at: Date }>('select starts_at from learning.enrollment where cohort_id = $1', [cohort.id]);
    expect(rows.map((row) => new Date(row.starts_at).toISOString())).toEqual([cohort.startsAt, cohort.startsAt].map((at) => new Date(at).toISOString()));
    expect((await learners[0]!.client.get(`courses/${course.id}/cohorts`)).body.data).toMatchObject([{ taken: 2, abilities: { update: false, join: false } }]);
    expect(await failedChecks(bed.application.database, here.tenant, loadChecks())).toEqual([]);
  });

  test('keeps to the version of its creation', async () => {
    const pinned = await make();
    const loose = await make({ pinVersion: false, name: 'Loose' });
    const { body: module } = await instructor.client.post(`courses/${course.id}/modules`, { title: 'Two' });
    await instructor.client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: 'New', bodyHtml: '<p>New</p>' });
    expect((await instructor.client.post(`courses/${course.id}/publish`)).status).toBe(200);
    await learners[0]!.client.post(`courses/${course.id}/cohorts/${pinned.id}/enrollments`);
    await learners[1]!.client.post(`courses/${course.id}/cohorts/${loose.id}/enrollments`);
    expect(Object.fromEntries((await roster()).map((row) => [row.cohort?.name, [row.versionNumber, row.outdated]]))).toEqual({ Spring: [1, true], Loose: [2, false] });
  });

  test('is changed by who teaches the course, moves learners and goes only when nobody was in it', async () => {
    const [one, two] = [await make({ capacity: 1 }), await make({ name: 'Autumn', selfEnrollment: false })];
    const [a, b] = [await enroll(learners[0]!), await enroll(learners[1]!)];
    const move = (cohortId: string | null, ...enrollmentIds: string[]) => instructor.client.post(`courses/${course.id}/cohort-moves`, { enrollmentIds, cohortId });
    expect((await move(one.id, a.id, b.id)).body.code).toBe('learning.cohort_full');
    expect((await move(one.id, a.id)).status).toBe(204);
    expect((await move(one.id, a.id)).status).toBe(204);
    expect((await learners[0]!.client.post(`courses/${course.id}/cohorts/${one.id}/enrollments`)).status).toBe(201);
    expect((await learners[1]!.client.post(`courses/${course.id}/cohorts/${two.id}/enrollments`)).body.code).toBe('learning.cohort_closed');
    const path = `courses/${course.id}/cohorts`;
    expect((await learners[0]!.client.patch(`${path}/${one.id}`, { name: 'Mine' }, { 'if-match': '"1"' })).status).toBe(403);
    expect((await instructor.client.patch(`${path}/${one.id}`, { endsAt: '2020-01-01T00:00:00Z' }, { 'if-match': '"1"' })).body.code).toBe('learning.cohort_dates');
    // A time as ISO writes it, but of no place on earth.
    expect((await instructor.client.patch(`${path}/${one.id}`, { startsAt: '2026-01-01T00:00:00-23:59' }, { 'if-match': '"1"' })).body.code).toBe('kernel.validation_failed');
    expect((await instructor.client.patch(`${path}/${one.id}`, { name: 'Summer' }, { 'if-match': '"1"' })).body).toMatchObject({ name: 'Summer', version: 2 });
    expect((await instructor.client.patch(`${path}/${one.id}`, { name: 'Late' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await instructor.client.delete(`${path}/${one.id}`)).body.code).toBe('learning.cohort_in_use');
    expect((await instructor.client.delete(`${path}/${two.id}`)).status).toBe(204);
    expect((await instructor.client.delete(`${path}/${two.id}`)).status).toBe(404);
    const stranger = await (await bed.tenant()).person('admin');
    expect((await stranger.client.post(`${path}/${one.id}/enrollments`)).status).toBe(404);
  });
});

test('days count what happened, in the organisation’s time zone, and everybody once a day', async () => {
  const { id } = await enroll(learners[0]!);
  for (const n of [0, 1, 2]) await complete(learners[0]!, id, n);
  await bed.runJobs();
  await bed.runJobs();
  const { body } = await instructor.client.get(`courses/${course.id}/statistics?days=7`);
  expect(body.days).toHaveLength(7);
  expect(body.days.at(-1)).toMatchObject({ enrolled: 1, completed: 1, lessonsCompleted: 3, activeLearners: 1 });
  expect(body.days[0]).toMatchObject({ enrolled: 0, activeLearners: 0 });
});

test('what waits for a teacher is told to no other', async () => {
  const { id } = await enroll(learners[0]!);
  await age(id, 20);
  expect((await instructor.client.get('teaching-attention')).body.data).toMatchObject([{ course: { id: course.id }, stalled: 1, newReviews: 0, unpublishedChanges: false }]);
  expect((await (await here.person('instructor')).client.get('teaching-attention')).body.data).toEqual([]);
  expect((await learners[0]!.client.get('teaching-attention')).status).toBe(403);
});
