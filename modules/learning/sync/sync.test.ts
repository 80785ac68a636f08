import { randomUUID } from 'node:crypto';
import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { momentOf } from './rules.ts';

let bed: TestBed;
let here: TestTenant;
let instructor: Person;
let learner: Person;
let course: { id: string };
let lessons: string[];
let enrollmentId: string;

beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  [instructor, learner] = await Promise.all([here.person('instructor'), here.person('learner')]);
  const { client } = instructor;
  course = (await client.post('courses', { title: 'Three sisters', language: 'en' })).body;
  const { body: module } = await client.post(`courses/${course.id}/modules`, { title: 'One' });
  lessons = [];
  for (const n of [0, 1]) lessons.push((await client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: `Lesson ${n}`, bodyHtml: `<p>Text ${n}</p>` })).body.id);
  await client.post(`courses/${course.id}/publish`);
  enrollmentId = (await learner.client.post(`courses/${course.id}/enrollments`)).body.id;
});

const base = Date.parse('2026-03-01T10:00:00.000Z');
/** Seconds after a moment on the device's clock. */
const at = (seconds: number) => new Date(base + seconds * 1000).toISOString();
const completion = (lessonId: string, seconds = 0) => ({ id: randomUUID(), occurredAt: at(seconds), kind: 'completion', lessonId });
const position = (lessonId: string, index: number, seconds: number) => ({ id: randomUUID(), occurredAt: at(seconds), kind: 'position', lessonId, reading: { index, hash: `h${index}`, share: index } });
const noted = (noteId: string, text: string, seconds: number) => ({ id: randomUUID(), occurredAt: at(seconds), kind: 'note', noteId, note: { lessonId: lessons[0], kind: 'note', place: { index: 0, hash: 'abc' }, quote: 'Text', text } });
const send = (items: object[], sentAt = at(0), person = learner) => person.client.post(`enrollments/${enrollmentId}/sync`, { sentAt, items });
const codes = (answer: { body: { results: { problem: { code: string } | null }[] } }) => answer.body.results.map(({ problem }) => problem?.code ?? null);
const events = async (type: string) => Number((await bed.owner.query('select count(*) from kernel.event where tenant_id = $1 and type = $2', [here.tenant.id, type])).rows[0].count);
const positions = async () => (await learner.client.get(`enrollments/${enrollmentId}/positions`)).body.data;
const notes = async (query = '') => (await learner.client.get(`notes${query}`)).body.data;

test.each([
  ['an hour before it was sent', at(3600), at(0), '2026-06-01T11:00:00.000Z'],
  ['on a device that lives ten years ago', '2016-01-01T00:01:00.000Z', '2016-01-01T00:00:00.000Z', '2026-06-01T11:59:00.000Z'],
  ['ten years ago at most', '9999-12-31T00:00:00.000Z', '0001-01-01T00:00:00.000Z', '2016-06-03T12:00:00.000Z'],
  ['never in the future', at(0), at(50), '2026-06-01T12:00:00.000Z'],
])('a moment: %s', (_, sentAt, occurredAt, moment) => {
  expect(momentOf(new Date('2026-06-01T12:00:00.000Z'), sentAt, occurredAt).toISOString()).toBe(moment);
});

describe('lessons finished without a network', () => {
  test('count once, however often and from how many tabs they are sent; the last completes the course once', async () => {
    const items = lessons.map((lesson) => completion(lesson));
    const answers = await Promise.all([send(items), send(items), send(items.toReversed())]);
    for (const answer of answers) expect(codes(answer)).toEqual([null, null]);
    expect((await send(items)).body.enrollment).toMatchObject({ status: 'completed', completedLessons: 2 });
    expect([await events('LessonCompleted'), await events('CourseCompleted')]).toEqual([2, 1]);
  });

  test('are refused one by one, with the reason in the reader’s language, and the others are taken', async () => {
    const answer = await learner.client.ask(`enrollments/${enrollmentId}/sync`, { method: 'POST', body: { sentAt: at(0), items: [completion(randomUUID()), completion(lessons[0]!)] }, headers: { 'accept-language': 'ar' } });
    expect(codes(answer)).toEqual(['catalog.lesson_not_found', null]);
    expect(answer.body.results[0].problem.detail).toMatch(/[\u0600-\u06ff]/);
    expect(answer.body.enrollment.completedLessons).toBe(1);
  });

  test('are refused to who has left, to others and to strangers', async () => {
    const classmate = await here.person('learner');
    const stranger = await (await bed.tenant()).join(learner, 'learner');
    for (const other of [classmate, stranger]) expect((await send([completion(lessons[0]!)], at(0), other)).body.code).toBe('learning.enrollment_not_found');
    expect((await here.visitor.post(`enrollments/${enrollmentId}/sync`, { sentAt: at(0), items: [completion(lessons[0]!)] })).status).toBe(401);
    await learner.client.delete(`enrollments/${enrollmentId}`);
    expect(codes(await send([completion(lessons[0]!), position(lessons[0]!, 1, 0)]))).toEqual(['learning.enrollment_not_found', 'learning.enrollment_not_found']);
    expect(await events('LessonCompleted')).toBe(0);
  });
});

describe('the place in a lesson', () => {
  test('is that of the latest reading, in whatever order readings arrive, from devices whose clocks differ', async () => {
    await send([position(lessons[1]!, 7, -60)], at(0));
    await send([position(lessons[1]!, 3, -3600), position(lessons[0]!, 9, -1800)], at(0));
    expect(await positions()).toMatchObject([{ lessonId: lessons[1], index: 7, hash: 'h7', share: 7 }, { lessonId: lessons[0], index: 9 }]);
    expect((await learner.client.get(`courses/${course.id}/enrollment`)).body.lastLessonId).toBe(lessons[1]);
    await learner.client.post(`enrollments/${enrollmentId}/sync`, { sentAt: '2001-01-01T00:00:10.000Z', items: [{ ...position(lessons[0]!, 11, 0), occurredAt: '2001-01-01T00:00:09.000Z' }] });
    expect((await positions())[0]).toMatchObject({ lessonId: lessons[0], index: 11 });
    expect((await learner.client.get(`courses/${course.id}/enrollment`)).body.lastLessonId).toBe(lessons[0]);
  });

  test('is for nobody else to read', async () => {
    await send([position(lessons[0]!, 1, 0)]);
    expect((await (await here.person('learner')).client.get(`enrollments/${enrollmentId}/positions`)).status).toBe(404);
    expect((await instructor.client.get(`enrollments/${enrollmentId}/positions`)).status).toBe(404);
  });
});

describe('notes', () => {
  const put = (id: string, body: object = {}, person = learner) => person.client.put(`courses/${course.id}/notes/${id}`, { lessonId: lessons[0], kind: 'note', place: null, quote: '', text: 'Sow after rain', ...body });

  test('are written, found, changed and removed by who wrote them, and seen by nobody else', async () => {
    const id = randomUUID();
    expect((await put(id)).body).toMatchObject({ id, lessonTitle: 'Lesson 0', text: 'Sow after rain', place: null });
    await put(id, { text: 'Sow BEFORE rain', place: { index: 2, hash: 'a1' } });
    await put(randomUUID(), { lessonId: lessons[1], kind: 'bookmark', text: '' });
    expect(await notes('?q=before')).toMatchObject([{ id, text: 'Sow BEFORE rain', place: { index: 2, hash: 'a1' }, course: { title: 'Three sisters' } }]);
    expect(await notes(`?lessonId=${lessons[1]}`)).toMatchObject([{ kind: 'bookmark' }]);
    const classmate = await here.person('learner');
    await classmate.client.post(`courses/${course.id}/enrollments`);
    expect((await classmate.client.get('notes')).body.data).toEqual([]);
    await put(id, { text: 'mine, by the same id' }, classmate);
    await classmate.client.delete(`notes/${id}`);
    expect((await (await here.person('learner')).client.delete(`notes/${id}`)).body.code).toBe('learning.note_not_found');
    expect(await notes('?q=before')).toHaveLength(1);
    expect((await learner.client.delete(`notes/${id}`)).status).toBe(204);
    expect((await learner.client.delete(`notes/${id}`)).status).toBe(204);
    expect(await notes()).toHaveLength(1);
    expect((await bed.owner.query('select body from learning.note where id = $1 and member_id = $2', [id, learner.memberId])).rows).toEqual([{ body: '' }]);
  });

  test('of one id are one; of two changes the later stays; what was removed stays removed', async () => {
    const id = randomUUID();
    await send([noted(id, 'second', -10)], at(0));
    await send([noted(id, 'first', -60), noted(id, 'second', -10)], at(0));
    expect(await notes()).toMatchObject([{ id, text: 'second' }]);
    await send([{ id: randomUUID(), occurredAt: at(0), kind: 'noteRemoval', noteId: id }]);
    expect(codes(await send([noted(id, 'late', 0)]))).toEqual(['learning.note_removed']);
    expect(await notes()).toEqual([]);
  });

  test('need words, an enrolment and a lesson of the course', async () => {
    expect((await put(randomUUID(), { text: '  ' })).body.code).toBe('learning.note_empty');
    expect((await put(randomUUID(), { lessonId: randomUUID() })).body.code).toBe('catalog.lesson_not_found');
    expect((await put(randomUUID(), {}, await here.person('learner'))).body.code).toBe('learning.not_enrolled');
    expect((await here.visitor.get('notes')).status).toBe(401);
    const stranger = await (await bed.tenant()).join(learner, 'learner');
    expect((await put(randomUUID(), {}, stranger)).body.code).toBe('learning.not_enrolled');
    expect(await notes()).toEqual([]);
  });

  test('stay with who leaves, and with who comes back', async () => {
    const id = randomUUID();
    await put(id);
    await learner.client.delete(`enrollments/${enrollmentId}`);
    expect((await put(id, { text: 'still mine' })).status).toBe(200);
    expect((await put(randomUUID())).body.code).toBe('learning.not_enrolled');
    expect(await notes()).toMatchObject([{ text: 'still mine' }]);
  });
});

test('how somebody reads is kept for them alone', async () => {
  const preference = { size: 'large', spacing: 'loose', measure: 'narrow', ground: 'warm', font: 'plain', justify: false };
  expect((await learner.client.get('reading-preference')).body).toEqual({ preference: null });
  for (const size of ['small', 'large']) expect((await learner.client.put('reading-preference', { ...preference, size })).status).toBe(204);
  expect((await learner.client.get('reading-preference')).body).toEqual({ preference });
  expect((await instructor.client.get('reading-preference')).body).toEqual({ preference: null });
  expect((await learner.client.put('reading-preference', { ...preference, ground: 'neon' })).status).toBe(422);
});
