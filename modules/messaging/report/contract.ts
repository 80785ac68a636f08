import { endpoint, id, nothing, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { message } from '../thread/contract.ts';

const ofThread = z.object({ threadId: id });
export const reportThread = endpoint({
  id: 'messaging.reportThread', method: 'POST', path: '/message-threads/{threadId}/reports', summary: 'Show a thread to who moderates; again changes nothing', access: 'message:write:own', status: 204,
  params: ofThread, body: z.strictObject({ reason: text(500) }), response: nothing, errors: ['messaging.thread_not_found'],
});
export const listThreadReports = endpoint({
  id: 'messaging.listThreadReports', method: 'GET', path: '/message-reports', summary: 'Threads that were reported, with what was written', access: 'message:moderate',
  query: pageQuery,
  response: pageOf(z.object({ threadId: id, subject: z.string(), reporter: z.string(), reason: z.string(), createdAt: timestamp, messages: z.array(message.omit({ mine: true })) })),
});
export const settleThreadReport = endpoint({
  id: 'messaging.settleThreadReport', method: 'POST', path: '/message-reports/{threadId}/settle', summary: 'The report of a thread is dealt with', access: 'message:moderate', status: 204,
  params: ofThread, response: nothing, errors: ['messaging.thread_not_found'],
});
