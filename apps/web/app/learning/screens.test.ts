import { describe, expect, test } from 'vitest';
import { course, enrollment, learner, modules, refuse, teacher, uuid, visit, type Answers } from '../catalog/screens.fixture.ts';

const [first, second] = [uuid(31), uuid(32)];
const outline = { course, enrollment, modules: modules.map((module) => ({ ...module, completedLessons: 1, lock: null, lessons: module.lessons.map((lesson, index) => ({ ...lesson, completion: 'mark', optional: false, locked: false, completed: index === 0 })) })) };
const note = { id: uuid(60), kind: 'note', courseId: course.id, lessonId: second, lessonTitle: 'How big a tank', place: null, quote: 'Multiply.', text: 'Ask for the roof', createdAt: '2026-02-01T00:00:00Z', changedAt: '2026-02-01T00:00:00Z', course: { slug: 'rain', title: 'Rain at home', language: 'en' } };
const player: Answers = {
  'learning.getPlayer': () => outline,
  'learning.listPlayers': () => ({ data: [outline] }),
  'learning.getPlayerLesson': ({ params }) => ({
    id: params['lessonId'], title: 'How big a tank', minutes: 8, completion: 'mark', bodyHtml: '<p>Multiply.</p>', completed: params['lessonId'] === first, moduleTitle: 'Plan',
    attachments: [{ id: uuid(50), fileId: uuid(51), name: 'rain.csv', mediaType: 'text/csv', size: 2300 }],
    previous: params['lessonId'] === second ? { id: first, title: 'How much rain' } : null, next: params['lessonId'] === first ? { id: second, title: 'How big a tank' } : null,
  }),
  'learning.openLesson': () => undefined,
  'learning.listPositions': () => ({ data: [{ lessonId: second, index: 4, hash: 'abc', share: 40, readAt: '2026-02-01T00:00:00Z' }] }),
  'learning.listNotes': ({ query }) => ({ data: query['lessonId'] === first ? [] : [note], page: { next: null } }),
  'learning.getReadingPreference': () => ({ preference: { size: 'largest', spacing: 'normal', measure: 'normal', ground: 'warm', font: 'book', justify: false } }),
  'learning.saveNote': () => note,
  'learning.removeNote': () => undefined,
  'learning.completeLesson': () => enrollment,
  'learning.listRecommendations': () => ({ data: [{ course, reason: { kind: 'popular', because: null } }] }),
};

describe('the player', () => {
  test('goes on where the learner was', async () => {
    expect(await visit('/learn/rain', { answers: player, permissions: learner })).toMatchObject({ status: 302, location: `/learn/rain/${second}?goOn` });
  });

  test('shows the lesson and remembers it', async () => {
    const { html, called } = await visit(`/learn/rain/${second}`, { answers: player, permissions: learner });
    expect(html).toContain('<p>Multiply.</p>');
    expect(html).toContain(`/api/v1/courses/${course.id}/files/${uuid(51)}`);
    expect(html).toContain('Done, finish');
    expect(called).toContain('learning.openLesson');
    expect(html, 'how the member likes to read, on a device that does not know yet').toMatch(/class="ui-player"[^>]*data-ground="warm"[^>]*data-size="largest"/);
    expect(html, 'the way on from where they were').toContain('Go on where you were (40 %)');
  });

  test('says when a lesson opens, and leads to one that does', async () => {
    const [plan] = outline.modules;
    const locked = { ...plan!, id: uuid(21), title: 'Build', lock: { until: '2026-05-04T00:00:00Z', after: [{ id: plan!.id, title: 'Plan' }] }, lessons: [{ ...plan!.lessons[0]!, id: uuid(33), title: 'Dig', locked: true, completed: false }] };
    const answers = { ...player, 'learning.getPlayer': () => ({ ...outline, modules: [plan, locked] }), 'learning.getPlayerLesson': refuse(409, 'learning.lesson_locked') };
    const { html, called } = await visit(`/learn/rain/${uuid(33)}`, { answers, permissions: learner });
    expect(html).toContain('Opens on May 4, 2026, after finishing “Plan”.');
    expect(html).toContain(`href="/learn/rain/${second}"`);
    expect(html).toContain('does not open yet');
    expect(called).not.toContain('learning.openLesson');
  });

  test('takes a note to the lesson without scripts', async () => {
    const noted = await visit(`/learn/rain/${second}`, { answers: player, permissions: learner, form: { intent: 'note', noteId: note.id, courseId: course.id, text: 'Ask for the roof' } });
    expect(noted).toMatchObject({ status: 303, location: `/learn/rain/${second}`, called: ['learning.saveNote'] });
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
    expect(html).toContain('You see this as a learner would');
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

describe('notes', () => {
  test('are listed with the way back, changed and removed by plain forms', async () => {
    const { html } = await visit('/learning/notes?q=roof', { answers: player, permissions: learner });
    expect(html).toContain('Ask for the roof');
    expect(html).toContain(`href="/learn/rain/${second}?note=${note.id}"`);
    const form = { noteId: note.id, courseId: course.id };
    expect(await visit('/learning/notes', { answers: player, permissions: learner, form: { ...form, intent: 'remove' } })).toMatchObject({ status: 303, called: ['learning.removeNote'] });
    expect(await visit('/learning/notes', { answers: player, permissions: learner, form: { ...form, note: JSON.stringify({ lessonId: second, kind: 'note', place: null, quote: '' }), text: 'More' } })).toMatchObject({ status: 303, called: ['learning.saveNote'] });
  });

  test('are a file to keep', async () => {
    expect((await visit('/learning/notes/export', { answers: player, permissions: learner })).html).toBe('# Rain at home\n\n## How big a tank\n\n> Multiply.\n\nAsk for the roof\n');
  });
});

describe('my learning', () => {
  const mine = (active: unknown[], left: unknown[] = []): Answers => ({ ...player, 'learning.listMyEnrollments': ({ query }) => ({ data: query['status'] === 'active' ? active : query['status'] === 'left' ? left : [], page: { next: null } }) });

  test('begins with the course opened last', async () => {
    const { html } = await visit('/learning', { answers: mine([{ ...enrollment, course }]), permissions: learner });
    expect(html).toContain('Continue where you were');
    expect(html).toContain('1 of 2 lessons');
    expect(html, 'the lesson that comes next, and how much of it is read').toMatch(/How big a tank<\/bdi>(<!-- -->)? · (<!-- -->)?40 % read/);
  });

  test('keeps earlier ways through a course apart', async () => {
    const { html } = await visit('/learning', { answers: mine([{ ...enrollment, course }], [{ ...enrollment, id: uuid(41), status: 'left', enrolledAt: '2025-01-05T12:00:00Z', course }]), permissions: learner });
    expect(html).toContain('Begun on Jan 5, 2025, left');
  });

  test('suggests courses to who has none', async () => {
    const { html } = await visit('/learning', { answers: mine([]), permissions: learner });
    expect(html).toContain('Plant the first seed');
    expect(html).toContain('href="/courses/rain"');
  });
});
