import type { Generated } from 'kysely';
import '@milpa/kernel';

export interface CategoryTable { tenantId: Generated<string>; id: Generated<string>; parentId: string | null; slug: string; name: string; position: Generated<number> }
export type CourseStatus = 'draft' | 'published' | 'archived';
export type CourseLevel = 'beginner' | 'intermediate' | 'advanced' | 'all';
export interface CourseTable {
  tenantId: Generated<string>; id: Generated<string>; slug: string; title: string; summary: Generated<string>; descriptionHtml: Generated<string>;
  language: string; level: Generated<CourseLevel>; status: Generated<CourseStatus>; categoryId: string | null; tags: Generated<string[]>;
  priceAmount: number | null; priceCurrency: string | null; ownerMemberId: string | null; sourceDigest: string | null;
  moduleCount: Generated<number>; lessonCount: Generated<number>; durationMinutes: Generated<number>; search: Generated<string>;
  version: Generated<number>; publishedAt: string | null; createdAt: Generated<string>; updatedAt: Generated<string>;
}
export interface CourseModuleTable { tenantId: Generated<string>; id: Generated<string>; courseId: string; position: number; title: string }
export interface LessonTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; moduleId: string; position: number; title: string; minutes: number | null;
  bodyHtml: Generated<string>; version: Generated<number>; updatedAt: Generated<string>;
}
export interface AttachmentTable { tenantId: Generated<string>; id: Generated<string>; courseId: string; lessonId: string | null; fileId: string; name: string; position: Generated<number> }

declare module '@milpa/kernel' {
  interface Tables {
    'catalog.category': CategoryTable;
    'catalog.course': CourseTable;
    'catalog.courseModule': CourseModuleTable;
    'catalog.lesson': LessonTable;
    'catalog.attachment': AttachmentTable;
  }
}
