import { endpoint, id, locale, pageOf, pageQuery, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { messageBody, messageSubject } from '../thread/contract.ts';

export const audience = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  /** Who has opened nothing for so many days. */
  z.strictObject({ kind: z.literal('stalled'), days: z.int().min(1).max(365) }),
  z.strictObject({ kind: z.literal('cohort'), cohortId: id }),
  z.strictObject({ kind: z.literal('chosen'), enrollmentIds: z.array(id).min(1).max(500) }),
]);
export type Audience = z.infer<typeof audience>;

export const broadcast = z.object({
  id, subject: z.string(), body: z.string(), audience: z.enum(['all', 'stalled', 'cohort', 'chosen']), author: z.string(), createdAt: timestamp,
  /** Null: still on its way. */
  sentAt: timestamp.nullable(), recipients: z.int(), delivered: z.int(), read: z.int(), answered: z.int(),
}).meta({ id: 'Broadcast' });
export type Broadcast = z.infer<typeof broadcast>;

const ofCourse = z.object({ courseId: id });
export const sendBroadcast = endpoint({
  id: 'messaging.sendBroadcast', method: 'POST', path: '/courses/{courseId}/broadcasts', summary: 'Write to learners of a course; `{name}` and `{course}` are filled in for each', access: 'message:broadcast:own', status: 202,
  params: ofCourse, body: z.strictObject({ subject: messageSubject, body: messageBody, audience }), response: broadcast, errors: ['catalog.course_not_found', 'messaging.nobody_to_write_to', 'messaging.too_many'],
});
export const listBroadcasts = endpoint({
  id: 'messaging.listBroadcasts', method: 'GET', path: '/courses/{courseId}/broadcasts', summary: 'What was written to the learners of a course, and who has read it', access: 'message:broadcast:own',
  params: ofCourse, query: pageQuery, response: pageOf(broadcast), errors: ['catalog.course_not_found'],
});
export const previewAudience = endpoint({
  id: 'messaging.previewAudience', method: 'GET', path: '/courses/{courseId}/broadcast-audience', summary: 'How many learners each choice would reach', access: 'message:broadcast:own',
  params: ofCourse, query: z.object({ days: z.coerce.number().int().min(1).max(365).default(14), cohortId: id.optional() }),
  response: z.object({ all: z.int(), stalled: z.int(), cohort: z.int().nullable() }), errors: ['catalog.course_not_found'],
});
export const messageTemplate = z.object({ key: z.enum(['miss_you', 'nearly_there', 'first_step']), locale, subject: z.string(), body: z.string() });
export const listMessageTemplates = endpoint({
  id: 'messaging.listMessageTemplates', method: 'GET', path: '/message-templates', summary: 'Texts to begin with, in every language', access: 'message:broadcast:own',
  response: z.object({ data: z.array(messageTemplate) }),
});
