import { attachmentsOf, catalogProblems, fileAddresses, findCourse, findLesson, hasFile, maySeeCourse, outlineOf, type CourseRow } from '@milpa/catalog';
import { can, Problem, type Actor, type Tx } from '@milpa/kernel';
import type { FileContent } from '@milpa/kernel/contract';
import { fileContentOf, type Storage } from '@milpa/media';
import { completedLessonIds, currentEnrollment, type EnrollmentRow } from '../enrollment/queries.ts';
import { problems } from '../problems.ts';
import type { PlayerLesson, PlayerOutline } from './contract.ts';
import { lessonAddresses, placeOf } from './rules.ts';

interface Admission { course: CourseRow; enrollment: EnrollmentRow | null }

/**
 * Lessons open for who is enrolled, also after the course was archived, and for who may edit the course.
 * @throws Problem `catalog.course_not_found`, `learning.not_enrolled`.
 */
async function admit(tx: Tx, actor: Actor, course: CourseRow | undefined): Promise<Admission> {
  if (!course) throw new Problem(catalogProblems.course_not_found);
  const enrollment = actor.memberId ? await currentEnrollment(tx, course.id, actor.memberId) ?? null : null;
  if (enrollment || can(actor, 'course:update', course.ownerMemberId)) return { course, enrollment };
  throw new Problem(maySeeCourse(actor, course) ? problems.not_enrolled : catalogProblems.course_not_found);
}

export async function playerOutline(tx: Tx, actor: Actor, key: string): Promise<PlayerOutline> {
  const { course, enrollment } = await admit(tx, actor, await findCourse(tx, key));
  const [modules, done] = await Promise.all([outlineOf(tx, course.id), enrollment ? completedLessonIds(tx, enrollment.id) : []]);
  const completed = new Set(done);
  return {
    course: { id: course.id, slug: course.slug, title: course.title, language: course.language },
    enrollment: enrollment && {
      id: enrollment.id, courseId: course.id, status: enrollment.status, enrolledAt: enrollment.enrolledAt, completedAt: enrollment.completedAt,
      lastLessonId: enrollment.lastLessonId, completedLessons: completed.size, lessonCount: course.lessonCount,
    },
    modules: modules.map((module) => {
      const lessons = module.lessons.map((lesson) => ({ ...lesson, completed: completed.has(lesson.id) }));
      return { id: module.id, title: module.title, completedLessons: lessons.filter((lesson) => lesson.completed).length, lessons };
    }),
  };
}

/** @throws Problem of `admit`, `catalog.lesson_not_found`. */
export async function playerLesson(tx: Tx, actor: Actor, key: string, lessonId: string): Promise<PlayerLesson> {
  const { course, enrollment } = await admit(tx, actor, await findCourse(tx, key));
  const [modules, lesson, attachments, done] = await Promise.all([
    outlineOf(tx, course.id), findLesson(tx, course.id, lessonId), attachmentsOf(tx, lessonId), enrollment ? completedLessonIds(tx, enrollment.id) : Promise.resolve<string[]>([]),
  ]);
  const place = placeOf(modules, lessonId);
  if (!place || !lesson) throw new Problem(catalogProblems.lesson_not_found);
  return {
    id: lesson.id, title: lesson.title, minutes: lesson.minutes, bodyHtml: lessonAddresses(fileAddresses(lesson.bodyHtml, course.id), course), completed: done.includes(lessonId),
    moduleTitle: place.module.title, attachments, previous: place.previous, next: place.next,
  };
}

/** A file in the description is for whoever may see the course; all others are as their lessons. @throws Problem of `admit`, `learning.file_not_found`. */
export async function courseFile(tx: Tx, storage: Storage, actor: Actor, courseId: string, fileId: string): Promise<FileContent> {
  const course = await findCourse(tx, courseId);
  const described = course?.descriptionHtml.includes(`milpa-file:${fileId}`) && maySeeCourse(actor, course);
  if (!described) await admit(tx, actor, course);
  const file = await hasFile(tx, courseId, fileId) ? await fileContentOf(tx, storage, fileId) : null;
  if (!file) throw new Problem(problems.file_not_found);
  return file;
}
