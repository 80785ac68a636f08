import { plainText } from '../html.ts';
import { inCircle } from '../outline/rules.ts';
import type { ReadinessCode, ReadinessItem } from './contract.ts';

export interface ReadyLesson { id: string; title: string; minutes: number | null; bodyHtml: string; attachments: number }
export interface ReadyCourse {
  summary: string; descriptionHtml: string; categoryId: string | null; posterFileId: string | null; posterAlt: string;
  modules: { id: string; title: string; prerequisiteIds: string[]; lessons: ReadyLesson[] }[];
  /** The files that the course has. */
  fileIds: ReadonlySet<string>;
}

const blockers: ReadonlySet<ReadinessCode> = new Set(['no_lessons', 'prerequisite_circle', 'missing_file', 'dead_lesson_link']);
/** About a quarter of an hour of reading. */
const longLessonWords = 3000;

/** What a draft lacks: first what blocks its publication, each in the order of the course. */
export function missingIn(course: ReadyCourse): ReadinessItem[] {
  const lessons = course.modules.flatMap((module) => module.lessons);
  const lessonIds = new Set(lessons.map(({ id }) => id));
  const circle = new Set(inCircle(new Map(course.modules.map(({ id, prerequisiteIds }) => [id, prerequisiteIds]))));
  const items = [
    ...(lessons.length === 0 ? [item('no_lessons')] : []),
    ...(course.summary === '' ? [item('no_summary')] : []),
    ...(course.descriptionHtml === '' ? [item('no_description')] : []),
    ...(course.categoryId === null ? [item('no_category')] : []),
    ...(course.posterFileId !== null && course.posterAlt === '' ? [item('no_poster_alt')] : []),
    ...course.modules.flatMap((module) => [
      ...(module.lessons.length === 0 && lessons.length > 0 ? [item('empty_module', { moduleId: module.id, title: module.title })] : []),
      ...(circle.has(module.id) ? [item('prerequisite_circle', { moduleId: module.id, title: module.title })] : []),
      ...module.lessons.flatMap((lesson) => missingInLesson(lesson, course.fileIds, lessonIds).map(([code, count]) => item(code, { moduleId: module.id, lessonId: lesson.id, title: lesson.title, count }))),
    ]),
  ];
  return items.sort((a, b) => Number(b.severity === 'blocker') - Number(a.severity === 'blocker'));
}

function item(code: ReadinessCode, where: Partial<Pick<ReadinessItem, 'moduleId' | 'lessonId' | 'title' | 'count'>> = {}): ReadinessItem {
  return { code, severity: blockers.has(code) ? 'blocker' : 'advice', moduleId: null, lessonId: null, title: null, count: 1, ...where };
}

function missingInLesson({ bodyHtml, minutes, attachments }: ReadyLesson, fileIds: ReadonlySet<string>, lessonIds: ReadonlySet<string>): [ReadinessCode, number][] {
  const lost = (pattern: RegExp, known: ReadonlySet<string>) => [...bodyHtml.matchAll(pattern)].filter(([, id = '']) => !known.has(id)).length;
  const words = plainText(bodyHtml).split(/\s+/).filter((word) => word !== '').length;
  const shows = words > 0 || attachments > 0 || /<(img|audio|video|figure)\b/.test(bodyHtml);
  const found: [ReadinessCode, number][] = [
    ['missing_file', lost(/milpa-file:([0-9a-f-]{36})/g, fileIds)],
    ['dead_lesson_link', lost(/milpa-lesson:([0-9a-f-]{36})/g, lessonIds)],
    ['empty_lesson', shows ? 0 : 1],
    ['image_without_alt', (bodyHtml.match(/<img\b[^>]*>/g) ?? []).filter((image) => !/ alt="[^"]+"/.test(image) && !image.includes(' role="presentation"')).length],
    ['long_lesson', words > longLessonWords ? 1 : 0],
    ['no_minutes', minutes === null ? 1 : 0],
  ];
  return found.filter(([, count]) => count > 0);
}
