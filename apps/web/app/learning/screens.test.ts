import { describe, expect, test } from 'vitest';
import { course, enrollment, learner, modules, refuse, teacher, uuid, visit, type Answers } from '../catalog/screens.fixture.ts';

const [first, second] = [uuid(31), uuid(32)];
const outline = { course, enrollment, modules: modules.map((module) => ({ ...module, completedLessons: 1, lessons: module.lessons.map((lesson, index) => ({ ...lesson, completed: index === 0 })) })) };
const player: Answers = {
  'learning.getPlayer': () => outline,
  'learning.getPlayerLesson': ({ params }) => ({
    id: params['lessonId'], title: 'How big a tank', minutes: 8, bodyHtml: '<p>Multiply.</p>', completed: params['lessonId'] === first, moduleTitle: 'Plan',
    attachments: [{ id: uuid(50), fileId: uuid(51), name: 'rain.csv', mediaType: 'text/csv', size: 2300 }],
    previous: params['lessonId'] === second ? { id: first, title: 'How much rain' } : null, next: params['lessonId'] === first ? { id: second, title: 'How big a tank' } : null,
  }),
  'learning.openLesson': () => undefined,
  'learning.completeLesson': () => enrollment,
  'catalog.listCourses': () => ({ data: [course], page: { next: null } }),
};

describe('the player', () => {
  test('goes on where the learner was', async () => {
    expect(await visit('/learn/rain', { answers: player, permissions: learner })).toMatchObject({ status: 302, location: `/learn/rain/${second}` });
  });

  test('shows the lesson and remembers it', async () => {
    const { html, called } = await visit(`/learn/rain/${second}`, { answers: player, permissions: learner });
    expect(html).toContain('<p>Multiply.</p>');
    expect(html).toContain(`/api/v1/courses/${course.id}/files/${uuid(51)}`);
    expect(html).toContain('Done, finish');
    expect(called).toContain('learning.openLesson');
  });

  test.each([[first, { next: second }, `/learn/rain/${second}`], [second, {}, '/learn/rain/done']])('marks %s as done and goes on', async (lesson, next, location) => {
    const done = await visit(`/learn/rain/${lesson}`, { answers: player, permissions: learner, form: { enrollmentId: enrollment.id, ...next } });
    expect(done).toMatchObject({ status: 303, location });
  });

  test('leads who is not enrolled to the page of the course', async () => {
    const answers = { ...player, 'learning.getPlayer': refuse(403, 'learning.not_enrolled'), 'learning.getPlayerLesson': refuse(403, 'learning.not_enrolled') };
    expect(await visit(`/learn/rain/${first}`, { answers })).toMatchObject({ status: 302, location: '/courses/rain?hint=enroll' });
  });

  test('is a preview for who teaches: nothing to mark, nothing remembered', async () => {
    const answers = { ...player, 'learning.getPlayer': () => ({ ...outline, enrollment: null }) };
    const { html, called } = await visit(`/learn/rain/${first}`, { answers, permissions: teacher });
    expect(html).toContain('You are looking as a teacher');
    expect(html).not.toContain('enrollmentId');
    expect(called).not.toContain('learning.openLesson');
  });

  test('ends in what was finished, or in what is still open', async () => {
    const finished = { ...player, 'learning.getPlayer': () => ({ ...outline, enrollment: { ...enrollment, status: 'completed', completedAt: '2026-02-01T00:00:00Z', completedLessons: 2 } }) };
    expect((await visit('/learn/rain/done', { answers: finished, permissions: learner })).html).toContain('You did it');
    const { html } = await visit('/learn/rain/done', { answers: player, permissions: learner });
    expect(html).toContain('1 lesson is still open.');
    expect(html).toContain(`href="/learn/rain/${second}"`);
  });
});

describe('my learning', () => {
  const mine = (active: unknown[]): Answers => ({ ...player, 'learning.listMyEnrollments': ({ query }) => ({ data: query['status'] === 'active' ? active : [], page: { next: null } }) });

  test('begins with the course opened last', async () => {
    const { html } = await visit('/learning', { answers: mine([{ ...enrollment, course }]), permissions: learner });
    expect(html).toContain('Continue where you were');
    expect(html).toContain('1 of 2 lessons');
  });

  test('suggests courses to who has none', async () => {
    const { html } = await visit('/learning', { answers: mine([]), permissions: learner });
    expect(html).toContain('Plant the first seed');
    expect(html).toContain('href="/courses/rain"');
  });
});
