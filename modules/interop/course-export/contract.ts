import { endpoint, fileContent, id, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

/** Common Cartridge 1.3, or a folder of Markdown. */
export const exportFormat = z.enum(['cc', 'markdown']);
export type ExportFormat = z.infer<typeof exportFormat>;

export const courseExport = z.object({
  id, format: exportFormat, status: z.enum(['queued', 'succeeded', 'failed']), createdAt: timestamp, finishedAt: timestamp.nullable(),
  /** Until when it can be had; null while it cannot. */
  expiresAt: timestamp.nullable(),
}).meta({ id: 'CourseExport' });
export type CourseExport = z.infer<typeof courseExport>;

const course = z.object({ courseId: id });
const editing = { access: 'course:update:own', errors: ['catalog.course_not_found'] } as const;

export const requestExport = endpoint({
  ...editing, id: 'interop.requestCourseExport', support: { closed: 'takes data out of the organisation' }, method: 'POST', path: '/courses/{courseId}/exports', summary: 'Make a package of the draft for other systems; one that is being made counts', status: 202,
  params: course, body: z.strictObject({ format: exportFormat }), response: courseExport, errors: [...editing.errors, 'interop.nothing_to_export'],
});
export const listExports = endpoint({
  ...editing, id: 'interop.listCourseExports', method: 'GET', path: '/courses/{courseId}/exports', summary: 'Packages of a course that are being made or can be had, the newest first',
  params: course, response: z.object({ data: z.array(courseExport) }),
});
export const getExport = endpoint({
  ...editing, id: 'interop.getCourseExport', support: { closed: 'takes data out of the organisation' }, method: 'GET', path: '/courses/{courseId}/exports/{courseExportId}/file', summary: 'The package',
  params: course.extend({ courseExportId: id }), response: fileContent, errors: [...editing.errors, 'interop.export_not_found'],
});
