/** For loaders: what in a teacher's courses waits for them. */
import { getTeachingAttention } from '@milpa/learning/contract';
import { countUnread } from '@milpa/messaging/contract';
import type { RouterContextProvider } from 'react-router';
import { load, web } from '../context.ts';

export async function attentionOf(context: Readonly<RouterContextProvider>) {
  const reads = web(context).viewer.permissions.includes('message:read:own');
  const [courses, messages] = await Promise.all([load(context, getTeachingAttention), reads ? load(context, countUnread) : { waiting: 0 }]);
  return { courses: courses.data.slice(0, 6), waiting: messages.waiting };
}
