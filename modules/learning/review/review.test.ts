import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { publishedCourse, type MadeCourse } from '../testing/course.ts';
import { mayReview, summaryOf } from './rules.ts';

let bed: TestBed;
let here: TestTenant;
let instructor: Person;
let learner: Person;
let course: MadeCourse;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  [instructor, learner] = await Promise.all([here.person('instructor'), here.person('learner')]);
  course = await publishedCourse(instructor, 'Three sisters');
});

async function begun(person: Person): Promise<Person> {
  const { body } = await person.client.post(`courses/${course.id}/enrollments`);
  await person.client.put(`enrollments/${body.id}/lessons/${course.lessons[0]}/completion`);
  return person;
}
const rate = (person: Person, rating: number, body = '') => person.client.put(`courses/${course.id}/my-review`, { rating, body });
const list = async (query = '', person = learner) => (await person.client.get(`courses/${course.id}/reviews${query}`)).body;
const ratingOfCourse = async () => (await bed.owner.query<{ rating_count: number; rating_average: string | null }>('select rating_count, rating_average from catalog.course where id = $1', [course.id])).rows[0];

test('who may review', () => {
  expect(mayReview({ enrollments: 0, completedLessons: 0 })).toBe('not_enrolled');
  expect(mayReview({ enrollments: 1, completedLessons: 0 })).toBe('not_begun');
  expect(mayReview({ enrollments: 2, completedLessons: 1 })).toBe('write');
});
test('the average is to two places, of nothing there is none', () => {
  expect(summaryOf(new Map())).toEqual({ count: 0, average: null, distribution: [0, 0, 0, 0, 0] });
  expect(summaryOf(new Map([[5, 2], [4, 1]]))).toEqual({ count: 3, average: 4.67, distribution: [0, 0, 0, 1, 2] });
});

test('one review each, by who has begun; the course knows its average', async () => {
  expect((await rate(learner, 5)).body.code).toBe('learning.review_not_enrolled');
  await learner.client.post(`courses/${course.id}/enrollments`);
  expect((await rate(learner, 5)).body.code).toBe('learning.review_not_begun');
  await begun(learner);
  expect((await rate(learner, 6)).status).toBe(422);
  const others = await Promise.all([here.person('learner'), here.person('learner')]);
  await Promise.all(others.map(begun));
  await Promise.all([rate(learner, 5, 'Good soil'), rate(learner, 5, 'Good soil'), ...others.map((other, index) => rate(other, index + 1))]);
  expect((await list()).summary).toEqual({ count: 3, average: 2.67, distribution: [1, 1, 0, 0, 1] });
  expect((await rate(learner, 3, 'Still good')).body.review).toMatchObject({ rating: 3, body: 'Still good' });
  expect(await ratingOfCourse()).toMatchObject({ rating_count: 3, rating_average: '2.00' });
  expect((await list('?sort=lowest&limit=2')).data.map((review: { rating: number }) => review.rating)).toEqual([1, 2]);
  const first = await list('?sort=highest&limit=2');
  expect((await list(`?sort=highest&limit=2&cursor=${first.page.next}`)).data.map((review: { rating: number }) => review.rating)).toEqual([1]);
  expect((await list('?rating=3')).data).toMatchObject([{ mine: true, author: 'Test l.' }]);
  expect((await learner.client.delete(`courses/${course.id}/my-review`)).status).toBe(204);
  expect((await learner.client.delete(`courses/${course.id}/my-review`)).status).toBe(204);
  expect(await ratingOfCourse()).toMatchObject({ rating_count: 2 });
  const stranger = await (await bed.tenant()).person('learner');
  expect((await rate(stranger, 1)).status).toBe(404);
});

test('the teacher answers, a reader reports, who moderates hides and says why', async () => {
  await rate(await begun(learner), 1, 'Bad words');
  const { id } = (await list()).data[0];
  const [reader, admin, colleague] = [await here.person('learner'), await here.person('admin'), await here.person('instructor')];
  const answer = `courses/${course.id}/reviews/${id}/answer`;
  expect((await colleague.client.put(answer, { answer: 'No' })).status).toBe(403);
  expect((await instructor.client.put(answer, { answer: 'Thank you' })).body.answer.body).toBe('Thank you');
  expect((await instructor.client.put(answer, { answer: 'Thank you all' })).body.answer.body).toBe('Thank you all');
  const report = `courses/${course.id}/reviews/${id}/reports`;
  expect((await reader.client.post(report, { reason: 'Rude' })).status).toBe(204);
  expect((await reader.client.post(report, { reason: 'Very rude' })).status).toBe(204);
  expect((await here.visitor.post(report, { reason: 'Rude' })).status).toBe(401);
  expect((await admin.client.get('review-reports')).body.data).toMatchObject([{ id, reports: [{ reason: 'Rude' }] }]);
  expect((await instructor.client.post(`reviews/${id}/hide`, { reason: 'No' })).status).toBe(404);
  expect((await admin.client.post(`reviews/${id}/hide`, { reason: 'Insults' })).status).toBe(204);
  expect((await admin.client.post(`reviews/${id}/hide`, { reason: 'Insults' })).status).toBe(204);
  expect((await list()).summary.count).toBe(0);
  expect((await reader.client.post(report, { reason: 'Rude' })).status).toBe(404);
  expect((await learner.client.get(`courses/${course.id}/my-review`)).body.review.hiddenReason).toBe('Insults');
  // Taking it back and writing again does not bring it back.
  await learner.client.delete(`courses/${course.id}/my-review`);
  await rate(learner, 1, 'Again');
  expect((await list()).summary.count).toBe(0);
  await bed.runJobs();
  const { data: threads } = (await learner.client.get('message-threads')).body;
  expect(threads).toHaveLength(1);
  expect(threads[0].last.excerpt).toContain('Test learner'.split(' ')[0]!);
  expect((await admin.client.get('review-reports')).body.data).toEqual([]);
  expect((await admin.client.post(`reviews/${id}/keep`)).status).toBe(204);
  expect((await list()).summary.count).toBe(1);
});
