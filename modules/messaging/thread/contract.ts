import { endpoint, id, nothing, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

const person = z.object({ id, name: z.string() });
const course = z.object({ id, slug: z.string(), title: z.string() });
export const threadSummary = z.object({
  id, subject: z.string(), course, with: person, unread: z.int(), awaitsReply: z.boolean(), lastMessageAt: timestamp,
  last: z.object({ mine: z.boolean(), excerpt: z.string() }),
}).meta({ id: 'MessageThreadSummary' });
export const message = z.object({ id, author: person, mine: z.boolean(), body: z.string(), createdAt: timestamp }).meta({ id: 'Message' });
export const thread = z.object({
  id, subject: z.string(), course, with: person, messages: z.array(message),
  /** I do not want messages of the other one. */
  blocked: z.boolean(), reported: z.boolean(),
}).meta({ id: 'MessageThread' });
export type Thread = z.infer<typeof thread>;

const ofThread = z.object({ threadId: id });
export const messageBody = text(5000);
export const messageSubject = text(150).regex(/^[^\r\n]*$/);

export const listThreads = endpoint({
  id: 'messaging.listThreads', method: 'GET', path: '/message-threads', summary: 'My inbox, what was written last first', access: 'message:read:own',
  query: pageQuery.extend({ state: z.enum(['all', 'unread', 'waiting']).default('all') }), response: pageOf(threadSummary),
});
export const countUnread = endpoint({
  id: 'messaging.countUnread', method: 'GET', path: '/unread-messages', summary: 'How many threads have something that I have not read, and how many wait for my answer', access: 'message:read:own',
  response: z.object({ unread: z.int(), waiting: z.int() }),
});
export const getThread = endpoint({
  id: 'messaging.getThread', method: 'GET', path: '/message-threads/{threadId}', summary: 'A thread with its latest 200 messages, the earliest first', access: 'message:read:own',
  params: ofThread, response: thread, errors: ['messaging.thread_not_found'],
});
export const readThread = endpoint({
  id: 'messaging.readThread', method: 'PUT', path: '/message-threads/{threadId}/read', summary: 'I have read it all', access: 'message:write:own', status: 204,
  params: ofThread, response: nothing, unaudited: 'what somebody has read is theirs', errors: ['messaging.thread_not_found'],
});
export const replyToThread = endpoint({
  id: 'messaging.replyToThread', method: 'POST', path: '/message-threads/{threadId}/messages', summary: 'Write into a thread', access: 'message:write:own', status: 201,
  params: ofThread, body: z.strictObject({ body: messageBody }), response: thread, errors: ['messaging.thread_not_found', 'messaging.blocked', 'messaging.too_many'],
});
export const startThread = endpoint({
  id: 'messaging.startThread', method: 'POST', path: '/courses/{courseId}/message-threads', summary: 'Write to who teaches a course that I take', access: 'message:write:own', status: 201,
  params: z.object({ courseId: id }), body: z.strictObject({ subject: messageSubject, body: messageBody }), response: thread,
  errors: ['learning.enrollment_not_found', 'messaging.nobody_teaches', 'messaging.blocked', 'messaging.too_many'],
});
export const setBlock = endpoint({
  id: 'messaging.setBlock', method: 'PUT', path: '/message-threads/{threadId}/block', summary: 'Take no more messages from the other one, or take them again', access: 'message:write:own', status: 204,
  params: ofThread, body: z.strictObject({ blocked: z.boolean() }), response: nothing, errors: ['messaging.thread_not_found'],
});
