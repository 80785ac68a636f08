import { endpoint, id, nothing, text, upload } from '@milpa/kernel/contract';
import { z } from 'zod';

export const attachment = z.object({ id, fileId: id, name: z.string(), mediaType: z.string(), size: z.int() }).meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof attachment>;
export const courseFile = z.object({
  /** As lessons name it: `milpa-file:<id>` in stored text, its address in what authors and readers get. */
  fileId: id, name: z.string(), mediaType: z.string(), kind: z.enum(['picture', 'audio', 'video', 'pdf', 'other']),
  /** Bytes. */
  size: z.int(),
  address: z.string(),
}).meta({ id: 'CourseFile' });
export type CourseFile = z.infer<typeof courseFile>;
/** What keeps a file of a course: the poster, the description, a lesson, one that was removed and can come back, an earlier text of one, or the description of an earlier version. */
export const filePlace = z.enum(['poster', 'description', 'lesson', 'removed', 'earlier', 'version']);
export const listedFile = courseFile.extend({
  /** Where it is needed, the nearest first; needed nowhere, it can be deleted. `title`: of the lesson, or the version’s number. */
  uses: z.array(z.object({ place: filePlace, lessonId: id.nullable(), title: z.string() })),
}).meta({ id: 'ListedFile' });
export type ListedFile = z.infer<typeof listedFile>;

const course = z.object({ courseId: id });
const lesson = course.extend({ lessonId: id });
const onAttachment = lesson.extend({ attachmentId: id });
const editing = { access: 'course:update:own', errors: ['catalog.course_not_found', 'catalog.lesson_not_found', 'catalog.file_not_found', 'catalog.attachment_not_found'] } as const;
const attachments = z.object({ data: z.array(attachment) });

export const uploadCourseFile = endpoint({
  ...editing, id: 'catalog.uploadCourseFile', method: 'POST', path: '/courses/{courseId}/files', summary: 'Add a file to a course; its media type is that of the request', status: 201,
  params: course, query: z.object({ name: text(200) }), body: upload, response: courseFile, errors: [...editing.errors, 'kernel.limit_reached', 'catalog.file_empty'],
});
export const listCourseFiles = endpoint({
  ...editing, id: 'catalog.listCourseFiles', method: 'GET', path: '/courses/{courseId}/files', summary: 'All files of a course, the newest first', params: course, response: z.object({ data: z.array(listedFile) }),
});
export const deleteCourseFile = endpoint({
  ...editing, id: 'catalog.deleteCourseFile', method: 'DELETE', path: '/courses/{courseId}/files/{fileId}', summary: 'Delete a file that nothing in the course needs', status: 204,
  params: course.extend({ fileId: id }), response: nothing, errors: [...editing.errors, 'catalog.file_in_use'],
});
export const addAttachment = endpoint({
  ...editing, id: 'catalog.addAttachment', method: 'POST', path: '/courses/{courseId}/lessons/{lessonId}/attachments', summary: 'Offer a file of the course beside a lesson; again changes nothing', status: 201,
  params: lesson, body: z.strictObject({ fileId: id, name: text(200).optional() }), response: attachments,
});
export const renameAttachment = endpoint({
  ...editing, id: 'catalog.renameAttachment', method: 'PATCH', path: '/courses/{courseId}/lessons/{lessonId}/attachments/{attachmentId}', summary: 'Rename an attachment',
  params: onAttachment, body: z.strictObject({ name: text(200) }), response: attachments,
});
export const removeAttachment = endpoint({
  ...editing, id: 'catalog.removeAttachment', method: 'DELETE', path: '/courses/{courseId}/lessons/{lessonId}/attachments/{attachmentId}', summary: 'No longer offer a file beside a lesson; the course keeps it', status: 204,
  params: onAttachment, response: nothing,
});
export const reorderAttachments = endpoint({
  ...editing, id: 'catalog.reorderAttachments', method: 'PUT', path: '/courses/{courseId}/lessons/{lessonId}/attachments', summary: 'Put the attachments of a lesson into a new order',
  params: lesson, body: z.strictObject({ attachmentIds: z.array(id).max(200) }), response: attachments, errors: [...editing.errors, 'catalog.outline_mismatch'],
});
