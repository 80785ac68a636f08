/** For loaders: groups of a course that are open to join. */
import { listCohorts } from '@milpa/learning/contract';
import type { RouterContextProvider } from 'react-router';
import { load } from '../context.ts';

export async function openCohorts(context: Readonly<RouterContextProvider>, courseId: string) {
  const { data } = await load(context, listCohorts, { params: { courseId } });
  return data.filter((cohort) => cohort.abilities.join).map(({ id, name, startsAt, endsAt, capacity, taken }) => ({ id, name, startsAt, endsAt, left: capacity === null ? null : capacity - taken }));
}
