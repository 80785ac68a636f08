import { catalogProblems, coursesByIds, draftFor, findCourse, hasFile, lessonForReaders, mayReadDraft, maySeeCourse, revisionsWithFile, versionFor, versionsFor, versionToReview, type CourseRow } from '@milpa/catalog';
import type { CourseOutline } from '@milpa/catalog/contract';
import { Problem, type Actor, type Tx } from '@milpa/kernel';
import type { FileContent } from '@milpa/kernel/contract';
import { fileContentOf, type Storage } from '@milpa/media';
import { memberOf, view } from '../enrollment/enrollment.ts';
import { completedByEnrollment, completedLessonIds, currentEnrollment, listOfMember, type EnrollmentRow } from '../enrollment/queries.ts';
import { problems } from '../problems.ts';
import type { PlayerLesson, PlayerOutline } from './contract.ts';
import { access, lessonAddresses, placeOf, type Access } from './rules.ts';

/** Whose eyes a preview lends: those of a learner of the draft, or of the version that the reader decides about. */
type Preview = 'true' | 'review' | undefined;
/** Who is admitted: a learner to their version; without an enrolment, who may read the draft. */
interface Admission { course: CourseRow; actor: Actor; enrollment: EnrollmentRow | null; preview: Preview }

/**
 * Lessons open for who is enrolled, also after the course was archived, and for who may edit the course or decide about it.
 * @throws Problem `catalog.course_not_found`, `learning.not_enrolled`.
 */
async function admit(tx: Tx, actor: Actor, course: CourseRow | undefined, preview?: Preview): Promise<Admission> {
  if (!course) throw new Problem(catalogProblems.course_not_found);
  const readsDraft = mayReadDraft(actor, course);
  if (preview && readsDraft) return { course, actor, enrollment: null, preview };
  const enrollment = actor.memberId ? await currentEnrollment(tx, course.id, actor.memberId) ?? null : null;
  if (enrollment || readsDraft) return { course, actor, enrollment, preview };
  throw new Problem(maySeeCourse(actor, course) ? problems.not_enrolled : catalogProblems.course_not_found);
}

interface Standing { outline: CourseOutline; number: number | null; completed: ReadonlySet<string>; access: Access }

/** What somebody goes through, and how far they are. A preview is that of somebody who enrols at this moment. */
async function standingOf(tx: Tx, admission: Admission): Promise<Standing> {
  const { course, enrollment } = admission;
  const [version, done] = await Promise.all([enrollment ? versionFor(tx, course.id, enrollment.courseVersionId) : previewed(tx, admission), enrollment ? completedLessonIds(tx, enrollment.id) : []]);
  if (!version) throw new Problem(catalogProblems.version_not_found);
  return standing(tx, version, enrollment, done);
}

function standing(tx: Tx, { number, outline }: { number: number | null; outline: CourseOutline }, enrollment: EnrollmentRow | null, done: readonly string[]): Standing {
  const completed = new Set(done);
  const startsAt = enrollment ? enrollment.startsAt ?? enrollment.enrolledAt : tx.now.toISOString();
  return { outline, number, completed, access: access(outline, startsAt, completed, tx.now) };
}

/** Who decides about a version looks at that one, whatever its author has written since. */
async function previewed(tx: Tx, { course, actor, preview }: Admission): Promise<{ number: number | null; outline: CourseOutline }> {
  return (preview === 'true' ? undefined : await versionToReview(tx, actor, course)) ?? { number: null, outline: await draftFor(tx, course) };
}

export async function playerOutline(tx: Tx, actor: Actor, key: string, preview?: Preview): Promise<PlayerOutline> {
  const admission = await admit(tx, actor, await findCourse(tx, key), preview);
  return outlineView(admission.course, admission.enrollment, await standingOf(tx, admission));
}

/** The actor's courses under way, all at once. */
export async function listPlayers(tx: Tx, actor: Actor, limit: number): Promise<{ data: PlayerOutline[] }> {
  const enrollments = await listOfMember(tx, memberOf(actor), 'active', limit, null);
  const [courses, versions, done] = await Promise.all([
    coursesByIds(tx, enrollments.map(({ courseId }) => courseId)), versionsFor(tx, enrollments.map(({ courseVersionId }) => courseVersionId)), completedByEnrollment(tx, enrollments.map(({ id }) => id)),
  ]);
  return {
    data: enrollments.flatMap((enrollment) => {
      const course = courses.get(enrollment.courseId);
      const version = versions.get(enrollment.courseVersionId);
      return course && version ? [outlineView(course, enrollment, standing(tx, version, enrollment, done.get(enrollment.id) ?? []))] : [];
    }),
  };
}

type ShownCourse = Pick<CourseRow, 'id' | 'slug' | 'title' | 'language' | 'publishedVersionId'>;

function outlineView(course: ShownCourse, enrollment: EnrollmentRow | null, { outline, number, completed, access: { modules: locks, lessons: locked } }: Standing): PlayerOutline {
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
export async function playerLesson(tx: Tx, actor: Actor, key: string, lessonId: string, preview?: Preview): Promise<PlayerLesson> {
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

/**
 * A file in the description, and the poster, are for whoever may see the course; to a learner all others are open as the lessons that name them.
 * @throws Problem of `admit`, `learning.file_not_found`, `learning.lesson_locked`.
 */
export async function courseFile(tx: Tx, storage: Storage, actor: Actor, courseId: string, fileId: string): Promise<FileContent> {
  const course = await findCourse(tx, courseId);
  const described = course && (course.posterFileId === fileId || course.descriptionHtml.includes(`milpa-file:${fileId}`)) && maySeeCourse(actor, course);
  if (!described) {
    const admission = await admit(tx, actor, course);
    if (!mayReadDraft(actor, admission.course)) await requireOpen(tx, admission, fileId);
  }
  const file = await hasFile(tx, courseId, fileId) ? await fileContentOf(tx, storage, fileId) : null;
  if (!file) throw new Problem(problems.file_not_found);
  // What is open today may be closed tomorrow, to this reader or to the next one at the same screen.
  return described ? file : file.askedAnew();
}

/** @throws Problem `learning.file_not_found` for what no lesson of their version names, `learning.lesson_locked`. */
async function requireOpen(tx: Tx, admission: Admission, fileId: string): Promise<void> {
  const { outline, access: { lessons: locked } } = await standingOf(tx, admission);
  const lessons = outline.modules.flatMap((module) => module.lessons);
  const naming = await revisionsWithFile(tx, admission.course.id, lessons.flatMap(({ revisionId }) => revisionId ?? []), fileId);
  const withFile = lessons.filter(({ revisionId }) => revisionId !== null && naming.has(revisionId));
  if (withFile.length === 0) throw new Problem(problems.file_not_found);
  if (withFile.every(({ id }) => locked.has(id))) throw new Problem(problems.lesson_locked);
}
