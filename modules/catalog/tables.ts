import type { Generated } from 'kysely';
import '@milpa/kernel';
import type { Completion, CourseOutline, Release } from './version/contract.ts';

export interface CategoryTable { tenantId: Generated<string>; id: Generated<string>; parentId: string | null; slug: string; name: string; position: Generated<number> }
export type CourseStatus = 'draft' | 'published' | 'archived';
export type CourseLevel = 'beginner' | 'intermediate' | 'advanced' | 'all';
export interface CourseTable {
  tenantId: Generated<string>; id: Generated<string>; slug: string; title: string; summary: Generated<string>; descriptionHtml: Generated<string>;
  language: string; level: Generated<CourseLevel>; status: Generated<CourseStatus>; categoryId: string | null; tags: Generated<string[]>;
  priceAmount: number | null; priceCurrency: string | null; ownerMemberId: string | null; sourceDigest: string | null;
  moduleCount: Generated<number>; lessonCount: Generated<number>; durationMinutes: Generated<number>; ratingCount: Generated<number>; ratingAverage: number | null;
  version: Generated<number>; outlineVersion: Generated<number>; contentVersion: Generated<number>; publishedVersionId: Generated<string | null>;
  requiredShare: Generated<number>; sequential: Generated<boolean>; prerequisiteCourseIds: Generated<string[]>; posterFileId: Generated<string | null>; posterAlt: Generated<string>;
  publishedAt: string | null; createdAt: Generated<string>; updatedAt: Generated<string>;
}
export interface CourseModuleTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; position: number; title: string;
  release: Generated<Release>; prerequisiteIds: Generated<string[]>; removedAt: Generated<string | null>;
}
export interface LessonTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; moduleId: string; position: number; title: string; minutes: number | null;
  bodyHtml: Generated<string>; completion: Generated<Completion>; optional: Generated<boolean>;
  version: Generated<number>; updatedAt: Generated<string>; memberId: Generated<string | null>; keptAt: Generated<string | null>; removedAt: Generated<string | null>;
  /** Files that the text names. */
  fileIds: Generated<string[]>;
}
export interface CourseFileTable { tenantId: Generated<string>; courseId: string; fileId: string }
export interface AttachmentTable { tenantId: Generated<string>; id: Generated<string>; courseId: string; lessonId: string; fileId: string; name: string; position: Generated<number> }
export interface KeptAttachment { id: string; fileId: string; name: string }
export interface LessonRevisionTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; lessonId: string; title: string; minutes: number | null; bodyHtml: string;
  attachments: KeptAttachment[]; digest: string; createdAt: string; memberId: string | null;
  /** Files that the text names or that are offered beside it. */
  fileIds: Generated<string[]>;
}
export interface VersionDetails { title: string; summary: string; descriptionHtml: string; language: string; level: CourseLevel; tags: string[] }
export interface CourseVersionTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; number: number; note: Generated<string>; contentVersion: number;
  details: VersionDetails; outline: CourseOutline; lessonCount: number; durationMinutes: number; createdAt: string; memberId: string | null; publishedAt: string | null;
}
export type ReviewState = 'requested' | 'returned' | 'approved' | 'withdrawn';
export interface CourseReviewTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; courseVersionId: string; state: Generated<ReviewState>; comment: Generated<string>;
  requestedBy: string | null; requestedAt: string; decidedBy: string | null; decidedAt: string | null;
}

export interface SearchTermTable { tenantId: Generated<string>; term: string; courseId: string; weight: number }
/** Counted by triggers. */
export interface CatalogVersionTable { tenantId: Generated<string>; version: Generated<number> }

declare module '@milpa/kernel' {
  interface Tables {
    'catalog.catalogVersion': CatalogVersionTable;
    'catalog.searchTerm': SearchTermTable;
    'catalog.category': CategoryTable;
    'catalog.course': CourseTable;
    'catalog.courseModule': CourseModuleTable;
    'catalog.lesson': LessonTable;
    'catalog.courseFile': CourseFileTable;
    'catalog.attachment': AttachmentTable;
    'catalog.lessonRevision': LessonRevisionTable;
    'catalog.courseVersion': CourseVersionTable;
    'catalog.courseReview': CourseReviewTable;
  }
}
