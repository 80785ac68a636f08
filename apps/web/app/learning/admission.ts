/** Opens a course's player, or leads to where it is opened. */
import { data, redirect } from 'react-router';
import { getPlayer, type PlayerOutline } from '@milpa/learning/contract';
import { coursePath, previewQuery } from '../catalog/paths.ts';
import { submit } from '../context.ts';
import type { Route } from './+types/resume';

interface Preview { preview?: 'true' | 'review' }
/** What a preview asks the API for. */
export const previewOf = (search: string): Preview => {
  const query = previewQuery(search);
  return query === '' ? {} : { preview: query === '?preview=review' ? 'review' : 'true' };
};

/** The outline with the reader's progress. Who is not enrolled is led to the course's page, which says how to. */
export async function admitted(context: Route.LoaderArgs['context'], courseId: string, query: Preview = {}): Promise<PlayerOutline> {
  const { output, problem } = await submit(context, getPlayer, { params: { courseId }, query });
  if (!problem) return output;
  if (problem.code === 'learning.not_enrolled') throw redirect(`${coursePath(courseId)}?hint=enroll`);
  throw data(problem, { status: problem.status });
}
