/** For loaders: reviews of a course, and courses to recommend. */
import { listRecommendations, listReviews } from '@milpa/learning/contract';
import type { RouterContextProvider } from 'react-router';
import { load } from '../context.ts';

export async function newestReviews(context: Readonly<RouterContextProvider>, courseId: string) {
  const { data, summary } = await load(context, listReviews, { params: { courseId }, query: { limit: 3 } });
  return { reviews: data, summary };
}

/** For the reader, or what others took together with a course. */
export async function recommendationsFor(context: Readonly<RouterContextProvider>, courseId?: string, limit = 3) {
  const { data } = await load(context, listRecommendations, { query: { limit, ...(courseId && { courseId, kind: 'taken_together' }) } });
  return data.map(({ course: { id, slug, title, summary, language }, reason }) => ({ course: { id, slug, title, summary, language }, reason }));
}

export type Recommended = Awaited<ReturnType<typeof recommendationsFor>>;
