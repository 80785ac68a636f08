import { abilities, endpoint, id, pageOf, pageQuery, text, timestamp, upload } from '@milpa/kernel/contract';
import { z } from 'zod';

export const importStatus = z.enum(['queued', 'running', 'succeeded', 'failed']);
export const importStep = z.enum(['waiting', 'reading', 'saving', 'finished']);

/** What became of one part of a package. `kind` and `reason` are stable codes. */
export const importReportEntry = z.object({
  outcome: z.enum(['kept', 'changed', 'dropped']), kind: z.string(), title: z.string(), reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
}).meta({ id: 'ImportReportEntry' });
export type ImportReportEntry = z.infer<typeof importReportEntry>;

export const courseImport = z.object({
  id, fileName: z.string(),
  /** Bytes, as uploaded. */
  size: z.int(),
  status: importStatus, step: importStep,
  /** Per cent. */
  progress: z.int().min(0).max(100),
  /** The course that came of it, or that had come of the same package before. */
  course: z.object({ id, slug: z.string(), title: z.string(), abilities: abilities('update') }).nullable(),
  /** The same package had been imported before: no second course was made. */
  repeated: z.boolean(),
  /** Why it failed, in the reader's language. */
  problem: z.object({ code: z.string(), title: z.string(), detail: z.string() }).nullable(),
  requestedBy: id.nullable(), createdAt: timestamp, startedAt: timestamp.nullable(), finishedAt: timestamp.nullable(),
}).meta({ id: 'CourseImport' });
export type CourseImport = z.infer<typeof courseImport>;

export const courseImportWithReport = courseImport.extend({ report: z.array(importReportEntry).nullable() }).meta({ id: 'CourseImportWithReport' });
export type CourseImportWithReport = z.infer<typeof courseImportWithReport>;

export const createImport = endpoint({
  id: 'interop.createCourseImport', method: 'POST', path: '/course-imports', summary: 'Import a course from a package: Common Cartridge, Canvas export, or Markdown',
  access: 'course_import:create', status: 202,
  /** What the file is called. */
  query: z.object({ name: text(200) }), body: upload, response: courseImport,
  errors: ['kernel.feature_off', 'kernel.limit_reached', 'interop.empty_file'],
});

export const listImports = endpoint({
  id: 'interop.listCourseImports', method: 'GET', path: '/course-imports', summary: 'List imports, the newest first: the actor’s own, or all for who may read all',
  access: 'course_import:read:own', query: pageQuery, response: pageOf(courseImport),
});

export const getImport = endpoint({
  id: 'interop.getCourseImport', method: 'GET', path: '/course-imports/{importId}', summary: 'An import with its progress and, when it is done, its report',
  access: 'course_import:read:own', params: z.object({ importId: id }), response: courseImportWithReport, errors: ['interop.import_not_found'],
});
