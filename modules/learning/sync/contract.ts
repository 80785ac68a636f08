import { endpoint, id, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { enrollment } from '../enrollment/contract.ts';
import { noteInput } from '../note/contract.ts';
import { reading } from '../position/contract.ts';

const moment = z.iso.datetime();
const done = { id, occurredAt: moment };
/** One thing that was done on a device; the device makes its id. */
export const syncItem = z.discriminatedUnion('kind', [
  z.strictObject({ ...done, kind: z.literal('position'), lessonId: id, reading }),
  z.strictObject({ ...done, kind: z.literal('completion'), lessonId: id }),
  z.strictObject({ ...done, kind: z.literal('note'), noteId: id, note: noteInput }),
  z.strictObject({ ...done, kind: z.literal('noteRemoval'), noteId: id }),
]);
export type SyncItem = z.infer<typeof syncItem>;

export const syncResult = z.object({ id, problem: z.object({ code: z.string(), title: z.string(), detail: z.string() }).nullable() });
export type SyncResult = z.infer<typeof syncResult>;

export const syncEnrollment = endpoint({
  id: 'learning.syncEnrollment', method: 'POST', path: '/enrollments/{enrollmentId}/sync', access: 'progress:update:own', status: 200,
  summary: 'Bring what was done on a device, perhaps long ago and without a network: each thing is taken or refused by itself, and taken once however often it is sent',
  params: z.object({ enrollmentId: id }),
  // `sentAt` is the device's clock at sending: what is taken from it is only how long ago things were.
  body: z.strictObject({ sentAt: moment, items: z.array(syncItem).min(1).max(100) }),
  response: z.object({ results: z.array(syncResult), enrollment, receivedAt: timestamp }), unaudited: 'progress is its own record, lesson by lesson',
  errors: ['learning.enrollment_not_found'],
});
