import { describe, expect, test } from 'vitest';
import { course, learner, modules, refuse, teacher, uuid, visit, type Answers } from '../catalog/screens.fixture.ts';

const draft = {
  version: 7, requiredShare: 100, sequential: false, prerequisiteCourses: [], removed: { modules: [], lessons: [] }, published: null, changed: true, review: null,
  modules: modules.map((module) => ({ ...module, release: { kind: 'always' }, prerequisiteIds: [], lessons: module.lessons.map((lesson) => ({ ...lesson, completion: 'mark', optional: false, version: 1 })) })),
};
const owned: Answers = {
  'catalog.getCourse': () => ({ ...course, poster: null, abilities: { update: true, publish: true, archive: true, review: false } }),
  'catalog.getDraft': () => draft,
  'catalog.listCategories': () => ({ data: [] }),
  'catalog.listCourseFiles': () => ({ data: [] }),
  'catalog.listManagedCourses': () => ({ data: [], page: { next: null } }),
};

describe('teaching', () => {
  test('is closed to who may not edit the course', async () => {
    expect((await visit(`/teaching/${course.id}`, { answers: { ...owned, 'catalog.getDraft': refuse(403, 'kernel.forbidden') }, permissions: learner })).status).toBe(403);
  });

  test('moves a lesson against the version that was seen', async () => {
    let sent: unknown;
    const answers: Answers = { ...owned, 'catalog.reorderOutline': ({ body, ifMatch }) => { sent = { body, ifMatch }; return draft; } };
    const moved = await visit(`/teaching/${course.id}`, { answers, permissions: teacher, form: { move: `up:${uuid(32)}`, version: '7' } });
    expect(moved.status).toBe(303);
    expect(sent).toEqual({ body: { modules: [{ id: uuid(20), lessonIds: [uuid(32), uuid(31)] }] }, ifMatch: '"7"' });
  });

  test('keeps what the second of two writers wrote, and shows what the first saved', async () => {
    const answers: Answers = { ...owned, 'catalog.updateCourse': refuse(412, 'kernel.version_conflict') };
    const form = { title: 'My title', summary: 'Mine', language: 'en', level: 'all', version: '6', currency: 'MXN' };
    const { status, html } = await visit(`/teaching/${course.id}/description`, { answers, permissions: teacher, form });
    expect(status).toBe(412);
    expect(html).toContain('value="My title"');
    expect(html).toContain('Two sentences.</dd>');
    expect(html).toContain('name="version" value="7"');
  });

  test('sends a price in minor units', async () => {
    let price: unknown;
    const answers: Answers = { ...owned, 'catalog.updateCourse': ({ body }) => { price = body['price']; return course; } };
    await visit(`/teaching/${course.id}/description`, { answers, permissions: teacher, form: { title: 'T', language: 'en', level: 'all', price: '1,250.50', version: '7', currency: 'MXN' } });
    expect(price).toEqual({ amount: 125050, currency: 'MXN' });
  });
});
