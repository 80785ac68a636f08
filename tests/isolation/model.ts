/** What each member of a few academies may see and do, said once more in the simplest way: what the product is compared with. */
import { loadBlueprint } from '../../blueprints/schema.ts';

export type Role = 'admin' | 'instructor' | 'learner';
export type Outcome = 'done' | 'unauthenticated' | 'refused' | 'conflict';

export interface Someone {
  name: string;
  roles: { key: Role; expiresAt: number | null }[];
  suspended: boolean;
  /** Null: not signed in. */
  memberId: string | null;
}
export interface Course {
  id: string; tenant: number; owner: Someone; title: string; status: 'draft' | 'published' | 'archived'; version: number;
  /** Of the draft, and of the version that learners get; null before there is one. */
  lessons: string[]; published: string[] | null;
}
export interface Enrollment { id: string; course: Course; member: Someone; status: 'active' | 'completed' | 'left'; done: Set<string>; /** Of the version that it began with. */ lessons: string[] }

const permissionsOf = new Map(loadBlueprint('academy').roles.map((role) => [role.key, role.permissions]));

export class Model {
  now = 0;
  courses: Course[] = [];
  enrollments: Enrollment[] = [];

  private permissions(who: Someone): Set<string> {
    const held = who.suspended ? [] : who.roles.filter((role) => role.expiresAt === null || role.expiresAt > this.now).map((role) => role.key);
    return new Set(['visitor', ...held].flatMap((key) => permissionsOf.get(key) ?? []));
  }
  /** `owner`: whose thing it is; left out where it is nobody's in particular. */
  may(who: Someone, permission: string, owner?: Someone): boolean {
    const held = this.permissions(who);
    return held.has(permission) || (held.has(`${permission}:own`) && (owner === undefined || (owner === who && who.memberId !== null && !who.suspended)));
  }
  /** What who lacks the permission hears. */
  denial(who: Someone): Outcome { return who.memberId === null ? 'unauthenticated' : 'refused'; }
  /** The answer to a change of a course, apart from its state. */
  editing(who: Someone, permission: string, course: Course): Outcome | null {
    if (this.may(who, permission, course.owner)) return null;
    return this.may(who, permission) ? 'refused' : this.denial(who);
  }
  sees(who: Someone, course: Course): boolean { return course.status === 'published' || this.may(who, 'course:update', course.owner); }
  published(tenant: number): Course[] { return this.courses.filter((course) => course.tenant === tenant && course.status === 'published'); }
  current(who: Someone, course: Course): Enrollment | undefined { return this.enrollments.find((enrollment) => enrollment.course === course && enrollment.member === who && enrollment.status !== 'left'); }

  publish(who: Someone, course: Course): Outcome {
    const refusal = this.editing(who, 'course:publish', course);
    if (refusal) return refusal;
    if (course.lessons.length === 0 || (course.status === 'published' && course.published?.length === course.lessons.length)) return 'conflict';
    course.status = 'published';
    course.published = [...course.lessons];
    course.version += 1;
    return 'done';
  }
  archive(who: Someone, course: Course): Outcome {
    const refusal = this.editing(who, 'course:archive', course);
    if (refusal) return refusal;
    if (course.status !== 'published') return 'conflict';
    course.status = 'archived';
    course.version += 1;
    return 'done';
  }
  enroll(who: Someone, course: Course): Outcome {
    if (!this.may(who, 'enrollment:create')) return this.denial(who);
    if (!this.sees(who, course)) return 'refused';
    return course.status === 'published' || this.current(who, course) ? 'done' : 'conflict';
  }
  leave(who: Someone, enrollment: Enrollment): Outcome {
    if (!this.may(who, 'enrollment:leave', enrollment.member)) return this.denial(who);
    enrollment.status = 'left';
    return 'done';
  }
  complete(who: Someone, enrollment: Enrollment, lessonId: string): Outcome {
    if (!this.may(who, 'progress:update', enrollment.member)) return this.denial(who);
    if (enrollment.status === 'left' || !enrollment.lessons.includes(lessonId)) return 'refused';
    enrollment.done.add(lessonId);
    if (enrollment.done.size >= enrollment.lessons.length) enrollment.status = 'completed';
    return 'done';
  }
  /** Whoever takes the course reads their version, else its authors the draft. */
  read(who: Someone, course: Course, lessonId?: string): Outcome {
    const lessons = (who.suspended ? undefined : this.current(who, course)?.lessons) ?? (this.may(who, 'course:update', course.owner) ? course.lessons : null);
    return lessons && (lessonId === undefined || lessons.includes(lessonId)) ? 'done' : 'refused';
  }
}
