import type { Generated } from 'kysely';
import '@milpa/kernel';

export type EnrollmentStatus = 'active' | 'completed' | 'left';
export interface EnrollmentTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; memberId: string; status: Generated<EnrollmentStatus>;
  enrolledAt: string; completedAt: string | null; leftAt: string | null; lastLessonId: string | null; lastOpenedAt: string | null;
  courseVersionId: string; startsAt: Generated<string | null>; lessonCount: Generated<number>; requiredLessons: Generated<number>; completedLessons: Generated<number>;
  cohortId: Generated<string | null>; leftReason: Generated<string | null>; leftBy: Generated<string | null>;
}
export interface LessonProgressTable { tenantId: Generated<string>; enrollmentId: string; courseId: string; lessonId: string; completedAt: string }
export interface LessonPositionTable {
  tenantId: Generated<string>; enrollmentId: string; courseId: string; lessonId: string; blockIndex: number; blockHash: string; share: number; readAt: string;
}
export interface NoteTable {
  tenantId: Generated<string>; memberId: string; id: string; courseId: string; lessonId: string | null; lessonTitle: string; kind: 'note' | 'bookmark';
  blockIndex: number | null; blockHash: string | null; quote: Generated<string>; body: Generated<string>; createdAt: string; changedAt: string; removedAt: string | null;
}
export interface ReadingPreferenceTable { tenantId: Generated<string>; memberId: string; settings: unknown }
export interface CourseStatisticTable { tenantId: Generated<string>; courseId: string; enrolled: Generated<number>; completed: Generated<number>; lessonsCompleted: Generated<number> }

export interface CohortTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; name: string; startsAt: string; endsAt: string | null; capacity: number | null;
  selfEnrollment: Generated<boolean>; courseVersionId: string | null; version: Generated<number>; createdAt: string;
}
export interface ReviewTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; memberId: string; rating: number; body: Generated<string>;
  answer: string | null; answeredAt: string | null; answeredBy: string | null; hiddenAt: string | null; hiddenBy: string | null; hiddenReason: string | null;
  version: Generated<number>; createdAt: string; updatedAt: string;
}
export interface ReviewReportTable { tenantId: Generated<string>; reviewId: string; memberId: string; reason: string; createdAt: string; settledAt: string | null }
export interface CourseTakenTable { tenantId: Generated<string>; memberId: string; courseId: string }
export interface CoursePairTable { tenantId: Generated<string>; courseId: string; otherId: string; together: number }
export interface CourseDayTable {
  tenantId: Generated<string>; courseId: string; day: string; enrolled: Generated<number>; completed: Generated<number>; lessonsCompleted: Generated<number>; activeLearners: Generated<number>;
}
export interface ActivityDayTable {
  tenantId: Generated<string>; day: string; enrolled: Generated<number>; completed: Generated<number>; lessonsCompleted: Generated<number>; activeLearners: Generated<number>;
  lastActive: Generated<number>;
}
export interface ActiveMemberTable { tenantId: Generated<string>; memberId: string; lastDay: string }
export interface ActiveLearnerTable { tenantId: Generated<string>; courseId: string; day: string; memberId: string }
export interface BulkEnrollmentTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; cohortId: string | null; fileName: string; status: Generated<'draft' | 'running' | 'done'>;
  memberId: string; mayInvite: Generated<boolean>; createdAt: string; startedAt: Generated<string | null>; finishedAt: Generated<string | null>;
}
export type BulkForecast = 'enroll' | 'invite' | 'already_enrolled' | 'duplicate' | 'bad_address' | 'no_place' | 'not_a_member' | 'suspended';
export type BulkOutcome = Exclude<BulkForecast, 'enroll' | 'invite'> | 'enrolled' | 'invited' | 'over_budget' | 'failed';
export interface BulkEnrollmentLineTable {
  tenantId: Generated<string>; bulkEnrollmentId: string; courseId: string; line: number; name: string; email: string;
  forecast: BulkForecast; outcome: BulkOutcome | null; memberId: string | null; doneAt: string | null;
}

declare module '@milpa/kernel' {
  interface Tables {
    'learning.cohort': CohortTable;
    'learning.review': ReviewTable;
    'learning.reviewReport': ReviewReportTable;
    'learning.courseTaken': CourseTakenTable;
    'learning.coursePair': CoursePairTable;
    'learning.courseDay': CourseDayTable;
    'learning.activityDay': ActivityDayTable;
    'learning.activeMember': ActiveMemberTable;
    'learning.activeLearner': ActiveLearnerTable;
    'learning.bulkEnrollment': BulkEnrollmentTable;
    'learning.bulkEnrollmentLine': BulkEnrollmentLineTable;
    'learning.enrollment': EnrollmentTable;
    'learning.lessonProgress': LessonProgressTable;
    'learning.lessonPosition': LessonPositionTable;
    'learning.note': NoteTable;
    'learning.readingPreference': ReadingPreferenceTable;
    'learning.courseStatistic': CourseStatisticTable;
  }
}
