import { describe, expect, test } from 'vitest';
import { course, enrollment, learner, modules, refuse, teacher, uuid, visit, type Answers } from './screens.fixture.ts';

const catalogue: Answers = {
  'catalog.listCourses': ({ query }) => ({ data: query['q'] ? [] : [course], page: { next: 'more' } }),
  'catalog.listCategories': () => ({ data: [] }),
  'catalog.getCourse': () => course,
  'catalog.getOutline': () => ({ modules }),
  'learning.getMyEnrollment': refuse(404, 'learning.enrollment_not_found'),
};
const owned: Answers = { ...catalogue, 'catalog.getCourse': () => ({ ...course, abilities: { update: true, publish: true, archive: true } }) };

describe('the catalogue', () => {
  test('shows courses, and the next page in its address', async () => {
    const { status, html } = await visit('/courses?level=all', { answers: catalogue });
    expect(status).toBe(200);
    expect(html).toContain('href="/courses/rain"');
    expect(html).toContain('href="/courses?level=all&amp;at=more"');
  });

  test('takes empty fields out of the address', async () => {
    expect(await visit('/courses?q=&level=beginner&sort=newest', { answers: catalogue })).toMatchObject({ status: 302, location: '/courses?level=beginner' });
  });

  test('that finds nothing offers the way to everything', async () => {
    const { html } = await visit('/courses?q=snow', { answers: catalogue });
    expect(html).toContain('No course like that yet');
    expect(html).toContain('href="/courses"');
  });
});

describe('a course', () => {
  test('leads a visitor to sign in and back', async () => {
    const { html, called } = await visit('/courses/rain', { answers: catalogue });
    expect(html).toContain('href="/sign-in?next=%2Fcourses%2Frain"');
    expect(html).toContain('<meta property="og:title" content="Rain at home"/>');
    expect(called).not.toContain('learning.getMyEnrollment');
  });

  test('lets a learner enrol, and begins', async () => {
    expect((await visit('/courses/rain', { answers: catalogue, permissions: learner })).html).toContain('name="courseId"');
    const enrolled = await visit('/courses/rain', { answers: { 'learning.enroll': () => enrollment }, permissions: learner, form: { courseId: course.id } });
    expect(enrolled).toMatchObject({ status: 303, location: '/learn/rain' });
  });

  test('goes on for who is enrolled, who sees what is done', async () => {
    const [module] = modules;
    const player = { modules: [{ ...module, completedLessons: 1, lessons: module!.lessons.map((lesson, index) => ({ ...lesson, completed: index === 0 })) }] };
    const { html, called } = await visit('/courses/rain', { answers: { ...catalogue, 'learning.getMyEnrollment': () => enrollment, 'learning.getPlayer': () => player }, permissions: learner });
    expect(html).toContain('1 of 2 lessons done');
    expect(html.match(/data-state="done".*?<bdi[^>]*>([^<]*)/)?.[1]).toBe('How much rain');
    expect(html.match(/data-state="done"/g)).toHaveLength(1);
    expect(called).not.toContain('catalog.getOutline');
    expect(html).toContain('href="/learn/rain"');
  });

  test('with a price is not offered for nothing', async () => {
    const paid = { ...catalogue, 'catalog.getCourse': () => ({ ...course, price: { amount: 45000, currency: 'MXN' } }) };
    const { html } = await visit('/courses/rain', { answers: paid, permissions: learner });
    expect(html).not.toContain('name="courseId"');
    expect(html).toContain('cannot be bought online yet');
  });
});

describe('teaching', () => {
  test('is closed to who may not edit the course', async () => {
    expect((await visit(`/teaching/${course.id}`, { answers: catalogue, permissions: learner })).status).toBe(403);
  });

  test('moves a lesson against the version that was seen', async () => {
    let sent: unknown;
    const answers: Answers = { ...owned, 'catalog.reorderOutline': ({ body, ifMatch }) => { sent = { body, ifMatch }; return { modules }; } };
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
