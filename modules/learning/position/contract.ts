import { endpoint, id, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

/** A block of a lesson's text: how many come before it, and a hash of its words, by which it is found again in another version. */
export const place = z.strictObject({ index: z.int().min(0).max(100_000), hash: z.string().max(16).regex(/^[a-z0-9]*$/) }).meta({ id: 'Place' });
export type Place = z.infer<typeof place>;

/** Where in a lesson somebody reads; `share` is how much of it lies before, in percent. */
export const reading = place.extend({ share: z.int().min(0).max(100) });

export const position = z.object({ lessonId: id, index: z.int(), hash: z.string(), share: z.int(), readAt: timestamp }).meta({ id: 'Position' });
export type Position = z.infer<typeof position>;

export const listPositions = endpoint({
  id: 'learning.listPositions', method: 'GET', path: '/enrollments/{enrollmentId}/positions', summary: 'Where I was in each lesson that I opened, the one read last first', access: 'enrollment:read:own',
  params: z.object({ enrollmentId: id }), response: z.object({ data: z.array(position) }), errors: ['learning.enrollment_not_found'],
});
