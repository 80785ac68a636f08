import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';

const seed = Number(process.env['MILPA_SEED'] ?? 20261121);
let bed: TestBed;
let here: TestTenant;
let author: Person;
let learner: Person;
let course: { id: string };
let modules: { id: string }[];
let lessons: string[];
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  [author, learner] = [await here.person('instructor'), await here.person('learner')];
  course = (await author.client.post('courses', { title: 'Rain', language: 'en' })).body;
  modules = [];
  lessons = [];
  for (const title of ['One', 'Two']) {
    const module = (await author.client.post(at('modules'), { title })).body;
    modules.push(module);
    lessons.push(await addLesson(module.id, `In ${title}`));
  }
});

const at = (what: string) => `courses/${course.id}/${what}`;
const addLesson = async (moduleId: string, title: string): Promise<string> => (await author.client.post(at(`modules/${moduleId}/lessons`), { title, bodyHtml: `<p>${title}</p>` })).body.id;
const publish = async () => expect((await author.client.post(at('publish'))).status).toBe(200);
const rules = async (body: object) => author.client.patch(at('rules'), body, { 'if-match': `"${(await author.client.get(at('draft'))).body.version}"` });
const enroll = async (person = learner) => (await person.client.post(at('enrollments'))).body;
const complete = (enrollmentId: string, lessonId: string, person = learner) => person.client.put(`enrollments/${enrollmentId}/lessons/${lessonId}/completion`);
const player = async (client = learner.client, more = '') => (await client.get(at(`player${more}`))).body;
const move = (body: object = {}, client = author.client) => client.post(at('learners/move'), body);
const events = async (type: string) => (await bed.owner.query('select count(*)::int as count from kernel.event where tenant_id = $1 and type = $2', [here.tenant.id, type])).rows[0].count;
const holds = async () => expect(await failedChecks(bed.application.database, here.tenant, loadChecks())).toEqual([]);

describe('a learner', () => {
  test('stays on the version that they began with, and is told that there is another', async () => {
    await publish();
    const enrollment = await enroll();
    expect(enrollment).toMatchObject({ newVersionAvailable: false, lessonCount: 2, requiredLessons: 2 });
    await author.client.delete(at(`lessons/${lessons[0]}`));
    const added = await addLesson(modules[1]!.id, 'New');
    await publish();
    expect((await player()).modules.map((module: { lessons: { id: string }[] }) => module.lessons.map(({ id }) => id))).toEqual([[lessons[0]], [lessons[1]]]);
    expect((await learner.client.get(at('enrollment'))).body).toMatchObject({ newVersionAvailable: true, courseVersionId: enrollment.courseVersionId });
    expect((await learner.client.get(at(`lessons/${lessons[0]}`))).body.bodyHtml).toBe('<p>In One</p>');
    expect((await learner.client.get(at(`lessons/${added}`))).body.code).toBe('catalog.lesson_not_found');
    expect((await complete(enrollment.id, added)).body.code).toBe('catalog.lesson_not_found');
    const late = await here.person('learner');
    expect(await enroll(late)).toMatchObject({ newVersionAvailable: false, lessonCount: 2 });
    expect((await player(late.client)).version).toBe(2);
    await holds();
  });

  test('waits where the rules say so, and nothing is done before it is open', async () => {
    await author.client.patch(at(`modules/${modules[1]!.id}`), { prerequisiteIds: [modules[0]!.id], release: { kind: 'weeks', afterEnrollment: 1 } });
    await publish();
    const { id } = await enroll();
    expect((await player()).modules[1]).toMatchObject({ lock: { until: expect.any(String), after: [{ id: modules[0]!.id, title: 'One' }] }, lessons: [{ locked: true }] });
    for (const answer of [await complete(id, lessons[1]!), await learner.client.get(at(`lessons/${lessons[1]}`)), await learner.client.put(`enrollments/${id}/position`, { lessonId: lessons[1] })]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'learning.lesson_locked']);
    }
    await complete(id, lessons[0]!);
    bed.clock.advance(7 * 86_400_000);
    const [reader, teacher] = [await here.signIn(learner), await here.signIn(author)];
    expect((await reader.get(at('player'))).body.modules[1]).toMatchObject({ lock: null, lessons: [{ locked: false }] });
    expect((await reader.put(`enrollments/${id}/lessons/${lessons[1]}/completion`)).body.status).toBe('completed');
    expect((await teacher.get(at('player'))).body).toMatchObject({ enrollment: null, version: null, modules: [{ lock: null }, { lock: { until: expect.any(String) } }] });
    expect((await teacher.get(at(`lessons/${lessons[1]}`))).body).toMatchObject({ locked: true, title: 'In Two' });
  });

  test('completes the course with the share that it asks for, without what is optional; what is opened to be done is done by it', async () => {
    const extra = await addLesson(modules[0]!.id, 'Extra');
    const short = await addLesson(modules[0]!.id, 'Short');
    const set = async (id: string, body: object) => author.client.patch(at(`lessons/${id}`), body, { 'if-match': '"1"' });
    await set(extra, { optional: true });
    await set(short, { completion: 'open' });
    await rules({ requiredShare: 60 });
    await publish();
    const { id } = await enroll();
    expect((await complete(id, extra)).body).toMatchObject({ status: 'active', completedLessons: 0, lessonCount: 3, requiredLessons: 2 });
    await learner.client.put(`enrollments/${id}/position`, { lessonId: short });
    expect((await learner.client.get(at('enrollment'))).body).toMatchObject({ completedLessons: 1, lastLessonId: short });
    expect((await complete(id, lessons[0]!)).body).toMatchObject({ status: 'completed', completedLessons: 2 });
    expect((await complete(id, lessons[1]!)).body).toMatchObject({ status: 'completed', completedLessons: 3 });
    expect([await events('LessonCompleted'), await events('CourseCompleted')]).toEqual([4, 1]);
    await holds();
  });

  test('completes what comes first before enrolling', async () => {
    await publish();
    const first = course;
    course = (await author.client.post('courses', { title: 'Second', language: 'en' })).body;
    const module = (await author.client.post(at('modules'), { title: 'One' })).body;
    await addLesson(module.id, 'A');
    await rules({ prerequisiteCourseIds: [first.id] });
    await publish();
    expect((await learner.client.get(`courses/${course.id}`)).body.prerequisites).toMatchObject([{ id: first.id, title: 'Rain' }]);
    const refused = (await learner.client.post(at('enrollments'))).body;
    expect(refused).toMatchObject({ code: 'learning.prerequisite_missing', detail: expect.stringContaining('Rain') });
    const { body: begun } = await learner.client.post(`courses/${first.id}/enrollments`);
    for (const lesson of lessons) await complete(begun.id, lesson);
    expect((await learner.client.post(at('enrollments'))).status).toBe(201);
  });
});

describe('an author', () => {
  test('looks at the draft as a learner would, also when enrolled', async () => {
    await publish();
    await enroll(author);
    const added = await addLesson(modules[1]!.id, 'New');
    expect((await player(author.client)).version).toBe(1);
    expect(await player(author.client, '?preview=true')).toMatchObject({ version: null, enrollment: null, modules: [{}, { lessons: [{}, { id: added }] }] });
    expect((await author.client.get(at(`lessons/${added}?preview=true`))).body.title).toBe('New');
    await enroll();
    expect((await player(learner.client, '?preview=true')).version).toBe(1);
    expect((await learner.client.get(at(`lessons/${added}?preview=true`))).body.code).toBe('catalog.lesson_not_found');
  });
});

describe('moving learners to another version', () => {
  test('keeps what they did, and completes the course for who has done all of it, once', async () => {
    await publish();
    const other = await here.person('learner');
    const [mine, theirs] = [await enroll(), await enroll(other)];
    await complete(mine.id, lessons[0]!);
    await author.client.delete(at(`lessons/${lessons[1]}`));
    await publish();
    const moves = await Promise.all([move(), move()]);
    expect(moves.map(({ body }) => body.moved).toSorted()).toEqual([0, 2]);
    expect(moves.map(({ body }) => body.completed).toSorted()).toEqual([0, 1]);
    expect((await learner.client.get(at('enrollment'))).body).toMatchObject({ id: mine.id, status: 'completed', completedLessons: 1, lessonCount: 1, newVersionAvailable: false });
    expect((await other.client.get(at('enrollment'))).body).toMatchObject({ id: theirs.id, status: 'active', completedLessons: 0 });
    expect(await events('CourseCompleted')).toBe(1);
    await holds();
  });

  test('takes those who are named, also back to an older version, and none of another course', async () => {
    await publish();
    const [first] = (await author.client.get(at('versions'))).body.data;
    const mine = await enroll();
    const other = await here.person('learner');
    await enroll(other);
    await addLesson(modules[0]!.id, 'More');
    await publish();
    expect((await move({ enrollmentIds: [mine.id, crypto.randomUUID()] })).body).toEqual({ moved: 1, completed: 0, unchanged: 0 });
    expect([(await player()).version, (await player(other.client)).version]).toEqual([2, 1]);
    expect((await move({ enrollmentIds: [mine.id], versionId: first.id })).body.moved).toBe(1);
    expect((await player()).version).toBe(1);
    await addLesson(modules[0]!.id, 'Saved only');
    const saved = (await author.client.post(at('versions'), {})).body;
    expect((await move({ versionId: saved.id })).body.code).toBe('catalog.version_not_found');
  });

  test('is for who manages the course’s learners', async () => {
    await publish();
    await enroll();
    await addLesson(modules[0]!.id, 'More');
    await publish();
    for (const client of [here.visitor, learner.client, (await here.person('instructor')).client, (await (await bed.tenant()).person('admin')).client]) expect([401, 403, 404]).toContain((await move({}, client)).status);
    expect((await player()).version).toBe(1);
  });
});

/** Everything that a learner reads of a course. */
async function readAll(client = learner.client): Promise<unknown> {
  const { modules: seen, version } = await player(client);
  const texts = [];
  for (const { lessons: of } of seen) for (const { id } of of) texts.push((await client.get(at(`lessons/${id}`))).body);
  return { version, seen, texts };
}

const edit = fc.record({ what: fc.constantFrom('write', 'write', 'add', 'remove', 'restore', 'arrange', 'rename', 'rules', 'publish', 'restoreVersion', 'duplicate'), which: fc.nat(20) });

test(`whatever authors do, a learner reads exactly the version that they are on (MILPA_SEED=${seed})`, async () => {
  await publish();
  await enroll();
  const before = await readAll();
  let words = 0;
  await fc.assert(fc.asyncProperty(fc.array(edit, { minLength: 3, maxLength: 8 }), async (steps) => {
    for (const { what, which } of steps) {
      const { body: draft } = await author.client.get(at('draft'));
      const all: { id: string; version: number }[] = draft.modules.flatMap((module: { lessons: object[] }) => module.lessons);
      const [lesson, module] = [all[which % Math.max(1, all.length)], draft.modules[which % Math.max(1, draft.modules.length)]];
      const gone = draft.removed.lessons[which % Math.max(1, draft.removed.lessons.length)];
      const ifMatch = { 'if-match': `"${draft.version}"` };
      switch (what) {
        case 'write': if (lesson) await author.client.patch(at(`lessons/${lesson.id}`), { title: `T${words += 1}`, bodyHtml: `<p>${words}</p>` }, { 'if-match': `"${lesson.version}"` }); break;
        case 'add': if (module) await addLesson(module.id, `Added ${words += 1}`); break;
        case 'remove': if (lesson) await author.client.delete(at(`lessons/${lesson.id}`)); break;
        case 'restore': if (gone) await author.client.post(at(`lessons/${gone.id}/restore`)); break;
        case 'duplicate': if (lesson) await author.client.post(at(`lessons/${lesson.id}/duplicate`)); break;
        case 'rename': if (module) await author.client.patch(at(`modules/${module.id}`), { title: `M${words += 1}`, release: { kind: 'weeks', afterEnrollment: 1 + (which % 9) } }); break;
        case 'arrange': await author.client.put(at('outline'), { modules: draft.modules.toReversed().map(({ id, lessons: of }: { id: string; lessons: { id: string }[] }) => ({ id, lessonIds: of.map((each) => each.id).toReversed() })) }, ifMatch); break;
        case 'rules': await author.client.patch(at('rules'), { requiredShare: 1 + which * 4, sequential: which % 2 === 0 }, ifMatch); break;
        case 'publish': await author.client.post(at('publish')); break;
        default: {
          const { data } = (await author.client.get(at('versions'))).body;
          expect((await author.client.post(at(`versions/${data[which % data.length].id}/restore`))).status).toBe(200);
        }
      }
    }
    expect(await readAll()).toEqual(before);
  }), { seed, numRuns: 8 });
  await holds();
}, 120_000);
