import type { Generated } from 'kysely';
import '@milpa/kernel';

export type EnrollmentStatus = 'active' | 'completed' | 'left';
export interface EnrollmentTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; memberId: string; status: Generated<EnrollmentStatus>;
  enrolledAt: string; completedAt: string | null; leftAt: string | null; lastLessonId: string | null; lastOpenedAt: string | null;
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

declare module '@milpa/kernel' {
  interface Tables {
    'learning.enrollment': EnrollmentTable;
    'learning.lessonProgress': LessonProgressTable;
    'learning.lessonPosition': LessonPositionTable;
    'learning.note': NoteTable;
    'learning.readingPreference': ReadingPreferenceTable;
    'learning.courseStatistic': CourseStatisticTable;
  }
}
