import { expect, test } from 'vitest';
import { missingIn, type ReadyCourse, type ReadyLesson } from './rules.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const lesson: ReadyLesson = { id: id(1), title: 'Rain', minutes: 5, bodyHtml: '<p>Water falls.</p>', attachments: 0 };
const course: ReadyCourse = { summary: 'Rain', descriptionHtml: '<p>Rain</p>', categoryId: id(9), posterFileId: null, posterAlt: '', fileIds: new Set([id(5)]), modules: [{ id: id(8), title: 'One', prerequisiteIds: [], lessons: [lesson] }] };
const withLesson = (more: Partial<ReadyLesson>): ReadyCourse => ({ ...course, modules: [{ ...course.modules[0]!, lessons: [{ ...lesson, ...more }] }] });

test('a course that lacks nothing lacks nothing', () => expect(missingIn(course)).toEqual([]));

test.each<[string, ReadyCourse, string[]]>([
  ['without a lesson', { ...course, modules: [] }, ['no_lessons blocker']],
  ['without anything', { ...course, summary: '', descriptionHtml: '', categoryId: null, modules: [] }, ['no_lessons blocker', 'no_summary advice', 'no_description advice', 'no_category advice']],
  ['with an empty module', { ...course, modules: [...course.modules, { id: id(7), title: 'Two', prerequisiteIds: [], lessons: [] }] }, ['empty_module advice']],
  ['with a module that waits for itself', { ...course, modules: [{ ...course.modules[0]!, prerequisiteIds: [id(8)] }] }, ['prerequisite_circle blocker']],
  ['with a poster that says nothing', { ...course, posterFileId: id(5) }, ['no_poster_alt advice']],
  ['with an empty lesson', withLesson({ bodyHtml: '<p> </p>' }), ['empty_lesson advice']],
  ['with a lesson that is its files', withLesson({ bodyHtml: '', attachments: 1 }), []],
  ['with a lesson that is a picture', withLesson({ bodyHtml: `<img src="milpa-file:${id(5)}" alt="A tank">` }), []],
  ['with a picture that nobody described', withLesson({ bodyHtml: `<p>x</p><img src="milpa-file:${id(5)}" alt="">` }), ['image_without_alt advice']],
  ['with a picture that says nothing', withLesson({ bodyHtml: `<p>x</p><img src="milpa-file:${id(5)}" alt="" role="presentation">` }), []],
  ['with a file that is not there', withLesson({ bodyHtml: `<p>x</p><a href="milpa-file:${id(6)}">plan</a>` }), ['missing_file blocker']],
  ['with a link to a lesson that was removed', withLesson({ bodyHtml: `<p><a href="milpa-lesson:${id(2)}">next</a></p>` }), ['dead_lesson_link blocker']],
  ['with a lesson of an hour', withLesson({ bodyHtml: `<p>${'word '.repeat(3001)}</p>` }), ['long_lesson advice']],
  ['with a lesson of nobody knows how long', withLesson({ minutes: null }), ['no_minutes advice']],
])('a course %s', (_, of, expected) => {
  expect(missingIn(of).map(({ code, severity }) => `${code} ${severity}`)).toEqual(expected);
});

test('says where, and how often', () => {
  const image = `<img src="milpa-file:${id(5)}" alt="">`;
  expect(missingIn(withLesson({ bodyHtml: `<p>x</p>${image}${image}` }))).toEqual([{ code: 'image_without_alt', severity: 'advice', moduleId: id(8), lessonId: id(1), title: 'Rain', count: 2 }]);
});
