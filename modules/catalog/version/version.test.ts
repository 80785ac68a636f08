import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';

let bed: TestBed;
let here: TestTenant;
let author: Person;
let course: { id: string };
let module: { id: string };
let lesson: { id: string; version: number };
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  author = await here.person('instructor');
  course = (await author.client.post('courses', { title: 'Rain', language: 'en' })).body;
  module = (await author.client.post(`${at()}/modules`, { title: 'Tank' })).body;
  lesson = (await author.client.post(`${at()}/modules/${module.id}/lessons`, { title: 'Size', minutes: 5, bodyHtml: '<p>Ten litres.</p>' })).body;
});

const at = () => `courses/${course.id}`;
const write = async (body: object, person = author, version?: number) =>
  person.client.patch(`${at()}/lessons/${lesson.id}`, body, { 'if-match': `"${version ?? (await author.client.get(`${at()}/lessons/${lesson.id}/source`)).body.version}"` });
const publish = (note = '') => author.client.post(`${at()}/publish`, { note });
const versions = async () => (await author.client.get(`${at()}/versions`)).body.data;
const draft = async () => (await author.client.get(`${at()}/draft`)).body;
const strangers = async () => [(await here.person('learner')).client, (await here.person('instructor')).client, (await (await bed.tenant()).person('admin')).client, here.visitor];

describe('publishing', () => {
  test('makes the next version when something has changed, and is refused when nothing has', async () => {
    expect((await publish('The first')).body).toMatchObject({ status: 'published', lessonCount: 1, durationMinutes: 5 });
    expect((await publish()).body.code).toBe('catalog.course_already_published');
    expect(await draft()).toMatchObject({ changed: false, published: { number: 1 } });
    await write({ bodyHtml: '<p>Twelve litres.</p>', minutes: 9 });
    expect(await draft()).toMatchObject({ changed: true });
    expect((await here.visitor.get(at())).body.durationMinutes).toBe(5);
    expect((await publish('More water')).body.durationMinutes).toBe(9);
    expect(await versions()).toMatchObject([
      { number: 2, note: 'More water', current: true, member: { id: author.memberId } }, { number: 1, note: 'The first', current: false, publishedAt: expect.any(String) },
    ]);
  });

  test('at once from two tabs makes one version', async () => {
    const answers = await Promise.all([publish(), publish(), publish()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(await versions()).toHaveLength(1);
  });

  test('does not move a course that is in the catalogue to the front', async () => {
    const { publishedAt } = (await publish()).body;
    bed.clock.advance(86_400_000);
    const later = await here.signIn(author);
    await later.post(`${at()}/modules`, { title: 'More' });
    expect((await later.post(`${at()}/publish`)).body.publishedAt).toBe(publishedAt);
  });
});

describe('a version', () => {
  test('is kept without being published, once for each state of the draft', async () => {
    const keep = () => author.client.post(`${at()}/versions`, { note: 'Before the change' });
    const kept = await Promise.all([keep(), keep()]);
    expect(kept.map(({ status }) => status)).toEqual([201, 201]);
    expect(kept[0]!.body).toEqual(kept[1]!.body);
    expect(kept[0]!.body).toMatchObject({ number: 1, publishedAt: null, current: false, lessonCount: 1 });
    expect((await publish()).body.publishedVersionId).toBe(kept[0]!.body.id);
    const empty = (await author.client.post('courses', { title: 'Empty', language: 'en' })).body;
    expect((await author.client.post(`courses/${empty.id}/versions`, {})).body.code).toBe('catalog.course_empty');
  });

  test('shares the texts that did not change', async () => {
    await publish();
    await author.client.post(`${at()}/modules/${module.id}/lessons`, { title: 'Pump', bodyHtml: '<p>Up.</p>' });
    await publish();
    const { rows } = await bed.owner.query('select count(*)::int as count from catalog.lesson_revision where course_id = $1', [course.id]);
    expect(rows[0].count).toBe(2);
  });

  test('tells what has changed since, and between any two', async () => {
    await publish();
    await write({ title: 'How big', bodyHtml: '<p>Twelve litres.</p>' });
    const added = (await author.client.post(`${at()}/modules`, { title: 'Pump' })).body;
    const [first] = await versions();
    expect((await author.client.get(`${at()}/versions/${first.id}/changes`)).body).toEqual({
      rules: [], modules: [{ id: added.id, title: 'Pump', before: null, changes: ['added'] }],
      lessons: [{ id: lesson.id, title: 'How big', before: 'Size', moduleTitle: 'Tank', changes: ['renamed', 'changed'], text: [{ kind: 'removed', text: 'Ten' }, { kind: 'added', text: 'Twelve' }, { kind: 'same', text: ' litres.' }] }],
    });
    await publish();
    const [second] = await versions();
    expect((await author.client.get(`${at()}/versions/${second.id}/changes?to=${first.id}`)).body.modules).toEqual([{ id: added.id, title: 'Pump', before: null, changes: ['removed'] }]);
    expect((await author.client.get(`${at()}/versions/${first.id}/lessons/${lesson.id}`)).body).toMatchObject({ title: 'Size', bodyHtml: '<p>Ten litres.</p>' });
    expect((await author.client.get(`${at()}/versions/${first.id}`)).body).toMatchObject({ details: { title: 'Rain' }, outline: { modules: [{ lessons: [{ title: 'Size' }] }] } });
  });

  test('comes back into the draft; what the draft was is kept, and learners see nothing of it', async () => {
    await publish();
    await write({ bodyHtml: '<p>Twelve litres.</p>', optional: true });
    const other = (await author.client.post(`${at()}/modules/${module.id}/lessons`, { title: 'Pump' })).body;
    await author.client.delete(`${at()}/lessons/${lesson.id}`);
    const [first] = await versions();
    const before = await here.visitor.get(`${at()}/outline`);
    const restored = await author.client.post(`${at()}/versions/${first.id}/restore`);
    expect(restored.body.kept).toMatchObject({ number: 2, publishedAt: null });
    expect(await draft()).toMatchObject({ modules: [{ id: module.id, lessons: [{ id: lesson.id, optional: false }] }], removed: { lessons: [{ id: other.id }] } });
    expect((await author.client.get(`${at()}/lessons/${lesson.id}/source`)).body.bodyHtml).toBe('<p>Ten litres.</p>');
    expect((await here.visitor.get(`${at()}/outline`)).body).toEqual(before.body);
    expect((await author.client.post(`${at()}/versions/${(await versions())[0].id}/restore`)).status).toBe(200);
    expect(await draft()).toMatchObject({ modules: [{ lessons: [{ id: other.id }] }] });
    expect((await author.client.post(`${at()}/lessons/${lesson.id}/restore`)).body.modules[0].lessons).toMatchObject([{ id: lesson.id, title: 'Size' }, { id: other.id }]);
    expect(await failedChecks(bed.application.database, here.tenant, loadChecks())).toEqual([]);
  });

  test('is its author’s: nobody else reads, keeps or restores one', async () => {
    await publish();
    const [first] = await versions();
    const rows = async () => (await bed.owner.query('select * from catalog.course_version')).rows;
    const before = await rows();
    for (const client of await strangers()) {
      for (const answer of [await client.get(`${at()}/versions`), await client.get(`${at()}/versions/${first.id}`), await client.get(`${at()}/versions/${first.id}/changes`), await client.get(`${at()}/draft`),
        await client.post(`${at()}/versions`, {}), await client.post(`${at()}/versions/${first.id}/restore`)]) expect([401, 403, 404]).toContain(answer.status);
    }
    expect(await rows()).toEqual(before);
    expect((await author.client.get(`${at()}/versions/${crypto.randomUUID()}`)).body.code).toBe('catalog.version_not_found');
  });
});

describe('the draft', () => {
  test('does not take the description from who writes it, nor the structure from who arranges it', async () => {
    const described = (await author.client.get(at())).body.version;
    const arranged = (await draft()).version;
    await write({ title: 'Bigger' });
    expect((await author.client.put(`${at()}/outline`, { modules: [{ id: module.id, lessonIds: [lesson.id] }] }, { 'if-match': `"${arranged}"` })).status).toBe(200);
    expect((await author.client.patch(at(), { summary: 'Water' }, { 'if-match': `"${described}"` })).status).toBe(200);
    expect((await author.client.put(`${at()}/outline`, { modules: [{ id: module.id, lessonIds: [lesson.id] }] }, { 'if-match': `"${arranged}"` })).body.code).toBe('kernel.version_conflict');
  });

  test('gives back what was removed where it was, with its module', async () => {
    const second = (await author.client.post(`${at()}/modules/${module.id}/lessons`, { title: 'Pump' })).body;
    const last = (await author.client.post(`${at()}/modules`, { title: 'Last' })).body;
    await author.client.delete(`${at()}/lessons/${lesson.id}`);
    await author.client.delete(`${at()}/modules/${module.id}`);
    expect((await author.client.delete(`${at()}/modules/${module.id}`)).body.code).toBe('catalog.module_not_found');
    expect((await author.client.get(`${at()}/lessons/${lesson.id}/source`)).body.code).toBe('catalog.lesson_not_found');
    expect(await draft()).toMatchObject({ modules: [{ id: last.id }], removed: { modules: [{ id: module.id, lessonCount: 1 }], lessons: [] } });
    expect((await author.client.get(at())).body).toMatchObject({ moduleCount: 1, lessonCount: 0 });
    const restored = (await author.client.post(`${at()}/lessons/${lesson.id}/restore`)).body;
    expect(restored.modules.map(({ id }: { id: string }) => id)).toEqual([module.id, last.id]);
    expect(restored.modules[0].lessons.map(({ id }: { id: string }) => id)).toEqual([lesson.id, second.id]);
    expect((await author.client.post(`${at()}/modules/${module.id}/restore`)).body).toEqual(restored);
  });

  test('takes a lesson to another module, and a copy of it beside it', async () => {
    const last = (await author.client.post(`${at()}/modules`, { title: 'Last' })).body;
    const copy = (await author.client.post(`${at()}/lessons/${lesson.id}/duplicate`)).body;
    expect(copy).toMatchObject({ title: 'Size', bodyHtml: '<p>Ten litres.</p>', version: 1 });
    const place = (body: object) => author.client.put(`${at()}/lessons/${lesson.id}/place`, body);
    expect((await place({ moduleId: last.id, afterLessonId: null })).body.modules).toMatchObject([{ lessons: [{ id: copy.id }] }, { lessons: [{ id: lesson.id }] }]);
    expect((await place({ moduleId: module.id, afterLessonId: copy.id })).body.modules).toMatchObject([{ lessons: [{ id: copy.id }, { id: lesson.id }] }, { lessons: [] }]);
    expect((await place({ moduleId: crypto.randomUUID(), afterLessonId: null })).body.code).toBe('catalog.module_not_found');
  });

  test('lets no module wait for itself, nor a course', async () => {
    const other = (await author.client.post(`${at()}/modules`, { title: 'Other' })).body;
    const after = (id: string, ids: string[]) => author.client.patch(`${at()}/modules/${id}`, { prerequisiteIds: ids });
    expect((await after(other.id, [module.id])).body).toMatchObject({ prerequisiteIds: [module.id] });
    expect((await after(module.id, [other.id])).body.code).toBe('catalog.prerequisite_circle');
    expect((await after(module.id, [module.id])).body.code).toBe('catalog.prerequisite_circle');
    const second = (await author.client.post('courses', { title: 'Second', language: 'en' })).body;
    const rules = async (id: string, body: object) => author.client.patch(`courses/${id}/rules`, body, { 'if-match': `"${(await author.client.get(`courses/${id}/draft`)).body.version}"` });
    expect((await rules(second.id, { prerequisiteCourseIds: [course.id] })).body.prerequisiteCourses).toMatchObject([{ id: course.id, title: 'Rain' }]);
    expect((await rules(course.id, { prerequisiteCourseIds: [second.id] })).body.code).toBe('catalog.prerequisite_circle');
    expect((await rules(course.id, { requiredShare: 80, sequential: true })).body).toMatchObject({ requiredShare: 80, sequential: true });
  });
});

describe('a course', () => {
  test('is copied with its content, rules and links, and the copy is a draft of its own', async () => {
    const next = (await author.client.post(`${at()}/modules/${module.id}/lessons`, { title: 'Next', bodyHtml: `<p><a href="milpa-lesson:${lesson.id}">back</a></p>` })).body;
    await author.client.patch(`${at()}/modules/${module.id}`, { release: { kind: 'weeks', afterEnrollment: 2 } });
    await publish();
    const copy = (await author.client.post(`${at()}/duplicate`)).body;
    expect(copy).toMatchObject({ title: 'Rain (copy)', status: 'draft', lessonCount: 2, publishedVersionId: null });
    const { modules } = (await author.client.get(`courses/${copy.id}/draft`)).body;
    expect(modules).toMatchObject([{ title: 'Tank', release: { kind: 'weeks', afterEnrollment: 2 }, lessons: [{ title: 'Size' }, { title: 'Next' }] }]);
    expect(modules[0].lessons[1].id).not.toBe(next.id);
    expect((await author.client.get(`courses/${copy.id}/lessons/${modules[0].lessons[1].id}/source`)).body.bodyHtml).toContain(`milpa-lesson:${modules[0].lessons[0].id}`);
    for (const client of await strangers()) expect([401, 403, 404]).toContain((await client.post(`${at()}/duplicate`)).status);
  });

  test('is deleted as long as it was never published', async () => {
    for (const client of await strangers()) expect([401, 403, 404]).toContain((await client.delete(at())).status);
    expect((await author.client.delete(at())).status).toBe(204);
    expect((await author.client.delete(at())).status).toBe(404);
    const { rows } = await bed.owner.query('select (select count(*) from catalog.lesson where course_id = $1)::int as lessons', [course.id]);
    expect(rows[0].lessons).toBe(0);
  });

  test('that was published is not', async () => {
    await publish();
    expect((await author.client.delete(at())).body.code).toBe('catalog.course_in_use');
  });
});

describe('what nobody named', () => {
  /** As if it had been made so many days ago, by the database's own clock. */
  const age = (table: string, id: string, days: number) => bed.owner.query(`update ${table} set created_at = now() - make_interval(days => $2) where id = $1`, [id, days]);
  const save = async (note = '') => {
    await write({ bodyHtml: `<p>${crypto.randomUUID()}</p>` });
    return (await author.client.post(`${at()}/versions`, { note })).body.id as string;
  };

  test('goes after ninety days, but for what was published, looked through, or is the last', async () => {
    const named = await save('Before the rains');
    const [young, old] = [await save(), await save()];
    const published = (await publish()).body.publishedVersionId as string;
    const asked = await save();
    await bed.owner.query("insert into catalog.course_review (tenant_id, course_id, course_version_id, state, requested_at, decided_at) values ($1, $2, $3, 'returned', now(), now())", [here.tenant.id, course.id, asked]);
    const last = await save();
    expect(published).toBe(old);
    const spare = [await save(), await save()];
    const newest = await save();
    for (const id of [named, published, asked, last, ...spare, newest]) await age('catalog.course_version', id, 91);
    await age('catalog.course_version', young, 89);
    await bed.runJob('kernel.tidy');
    expect((await versions()).map(({ id }: { id: string }) => id)).toEqual([newest, asked, published, young, named]);
    expect((await author.client.get(`${at()}/versions/${spare[0]}`)).body.code).toBe('catalog.version_not_found');
    expect((await author.client.post(`${at()}/versions/${named}/restore`)).status).toBe(200);
  });

  test('of earlier texts the last of each day stays after thirty days, the last of each month after a year, and whatever a version says', async () => {
    const text = async (moment: string) => (await bed.owner.query(
      "insert into catalog.lesson_revision (tenant_id, course_id, lesson_id, title, body_html, attachments, digest, created_at) values ($1, $2, $3, $4::text, '', '[]', $4::text, ($4::text)::timestamptz) returning id", [here.tenant.id, course.id, lesson.id, moment])).rows[0].id as string;
    const now = bed.clock.now();
    const [year, days] = [now.getUTCFullYear() - 3, (n: number) => new Date(now.getTime() - n * 86_400_000).toISOString().slice(0, 10)];
    const month = [await text(`${year}-03-01T09:00:00Z`), await text(`${year}-03-17T09:00:00Z`), await text(`${year}-03-17T10:00:00Z`), await text(`${year}-04-01T00:00:00Z`)];
    const day = [await text(`${days(100)}T00:00:00Z`), await text(`${days(100)}T23:59:59Z`), await text(`${days(99)}T00:00:00Z`)];
    const young = [await text(`${days(20)}T00:00:00Z`), await text(`${days(20)}T00:01:00Z`)];
    await publish();
    const { rows: [version] } = await bed.owner.query("select outline #>> '{modules,0,lessons,0,revisionId}' as text from catalog.course_version where course_id = $1", [course.id]);
    await bed.owner.query("update catalog.lesson_revision set created_at = $2 where id = $1", [version.text, `${year}-03-02T09:00:00Z`]);
    const left = async () => (await bed.owner.query('select id from catalog.lesson_revision where lesson_id = $1 order by created_at', [lesson.id])).rows.map(({ id }) => id);
    for (const again of [1, 2]) {
      await bed.runJob('kernel.tidy');
      expect(await left(), `run ${again}`).toEqual([version.text, month[2], month[3], day[1], day[2], ...young]);
    }
    expect(await failedChecks(bed.application.database, here.tenant, loadChecks())).toEqual([]);
  });

  test('waits while somebody is at work in the course', async () => {
    const spare = await save();
    await save();
    await age('catalog.course_version', spare, 91);
    const atWork = await bed.owner.connect();
    try {
      await atWork.query('begin');
      await atWork.query('select from catalog.course where id = $1 for update', [course.id]);
      await bed.runJob('kernel.tidy');
      await atWork.query('commit');
    } finally {
      atWork.release();
    }
    expect(await versions()).toHaveLength(2);
    await bed.runJob('kernel.tidy');
    expect(await versions()).toHaveLength(1);
  });
});
