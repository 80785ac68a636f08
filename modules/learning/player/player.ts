import { catalogProblems, draftFor, findCourse, hasFile, lessonForReaders, mayReadDraft, maySeeCourse, versionFor, type CourseRow } from '@milpa/catalog';
import type { CourseOutline } from '@milpa/catalog/contract';
import { Problem, type Actor, type Tx } from '@milpa/kernel';
import type { FileContent } from '@milpa/kernel/contract';
import { fileContentOf, type Storage } from '@milpa/media';
import { view } from '../enrollment/enrollment.ts';
import { completedLessonIds, currentEnrollment, type EnrollmentRow } from '../enrollment/queries.ts';
import { problems } from '../problems.ts';
import type { PlayerLesson, PlayerOutline } from './contract.ts';
import { access, lessonAddresses, placeOf, type Access } from './rules.ts';

/** Who is admitted: a learner to their version; to the draft, without an enrolment, who may read it. */
interface Admission { course: CourseRow; enrollment: EnrollmentRow | null }

/**
 * Lessons open for who is enrolled, also after the course was archived, and for who may edit the course or decide about it.
 * @throws Problem `catalog.course_not_found`, `learning.not_enrolled`.
 */
async function admit(tx: Tx, actor: Actor, course: CourseRow | undefined, preview = false): Promise<Admission> {
  if (!course) throw new Problem(catalogProblems.course_not_found);
  const readsDraft = mayReadDraft(actor, course);
  if (preview && readsDraft) return { course, enrollment: null };
  const enrollment = actor.memberId ? await currentEnrollment(tx, course.id, actor.memberId) ?? null : null;
  if (enrollment || readsDraft) return { course, enrollment };
  throw new Problem(maySeeCourse(actor, course) ? problems.not_enrolled : catalogProblems.course_not_found);
}

interface Standing { outline: CourseOutline; number: number | null; completed: ReadonlySet<string>; access: Access }

/** What somebody goes through, and how far they are. A preview is that of somebody who enrols at this moment. */
async function standingOf(tx: Tx, { course, enrollment }: Admission): Promise<Standing> {
  const [version, done] = await Promise.all([
    enrollment ? versionFor(tx, course.id, enrollment.courseVersionId) : draftFor(tx, course).then((outline) => ({ number: null, outline })), enrollment ? completedLessonIds(tx, enrollment.id) : [],
  ]);
  if (!version) throw new Problem(catalogProblems.version_not_found);
  const completed = new Set(done);
  const startsAt = enrollment ? enrollment.startsAt ?? enrollment.enrolledAt : tx.now.toISOString();
  return { outline: version.outline, number: version.number, completed, access: access(version.outline, startsAt, completed, tx.now) };
}

export async function playerOutline(tx: Tx, actor: Actor, key: string, preview = false): Promise<PlayerOutline> {
  const admission = await admit(tx, actor, await findCourse(tx, key), preview);
  const { course, enrollment } = admission;
  const { outline, number, completed, access: { modules: locks, lessons: locked } } = await standingOf(tx, admission);
  const titles = new Map(outline.modules.map(({ id, title }) => [id, title]));
  return {
    course: { id: course.id, slug: course.slug, title: course.title, language: course.language },
    enrollment: enrollment && view(enrollment, course.publishedVersionId),
    version: number, sequential: outline.sequential,
    modules: outline.modules.map((module) => {
      const lock = locks.get(module.id);
      const lessons = module.lessons.map(({ id, title, minutes, completion, optional }) => ({ id, title, minutes, completion, optional, completed: completed.has(id), locked: locked.has(id) }));
      return {
        id: module.id, title: module.title, completedLessons: lessons.filter((lesson) => lesson.completed).length, lessons,
        lock: lock ? { until: lock.until, after: lock.after.map((id) => ({ id, title: titles.get(id) ?? '' })) } : null,
      };
    }),
  };
}

/** @throws Problem of `admit`, `catalog.lesson_not_found`, `learning.lesson_locked`; a preview opens what is locked. */
export async function playerLesson(tx: Tx, actor: Actor, key: string, lessonId: string, preview = false): Promise<PlayerLesson> {
  const admission = await admit(tx, actor, await findCourse(tx, key), preview);
  const { course, enrollment } = admission;
  const { outline, completed, access: { lessons: locked } } = await standingOf(tx, admission);
  const place = placeOf(outline, lessonId);
  if (!place) throw new Problem(catalogProblems.lesson_not_found);
  if (enrollment && locked.has(lessonId)) throw new Problem(problems.lesson_locked);
  const content = await lessonForReaders(tx, course.id, place.lesson);
  if (!content) throw new Problem(catalogProblems.lesson_not_found);
  const { id, title, minutes, completion, optional } = place.lesson;
  const link = (other: typeof place.next) => other && { ...other, locked: locked.has(other.id) };
  return {
    id, title, minutes, completion, optional, bodyHtml: lessonAddresses(content.bodyHtml, course), completed: completed.has(id), locked: locked.has(id),
    moduleTitle: place.module.title, attachments: content.attachments, previous: link(place.previous), next: link(place.next),
  };
}

/** A file in the description, and the poster, are for whoever may see the course; all others are as their lessons. @throws Problem of `admit`, `learning.file_not_found`. */
export async function courseFile(tx: Tx, storage: Storage, actor: Actor, courseId: string, fileId: string): Promise<FileContent> {
  const course = await findCourse(tx, courseId);
  const described = course && (course.posterFileId === fileId || course.descriptionHtml.includes(`milpa-file:${fileId}`)) && maySeeCourse(actor, course);
  if (!described) await admit(tx, actor, course);
  const file = await hasFile(tx, courseId, fileId) ? await fileContentOf(tx, storage, fileId) : null;
  if (!file) throw new Problem(problems.file_not_found);
  return file;
}
