import { coursesByIds, publishedCourses } from '@milpa/catalog';
import type { CourseSummary } from '@milpa/catalog/contract';
import { subscribe, type Actor, type Subscription, type Tx } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { visibleCourse } from '../course.ts';
import { courseEnrolled } from '../events.ts';
import type { listRecommendations, Recommendation } from './contract.ts';
import { countPairs, lockMember, markTaken, mostTaken, pairsOf, takenBy } from './queries.ts';
import { rankPairs } from './rules.ts';

/** Courses that go with one course, or with what the actor has taken. First what others took together with it, then what lies near, then what many take; nothing that the actor has. */
export async function recommend(tx: Tx, actor: Actor, { courseId, kind, limit }: Input<typeof listRecommendations>['query']): Promise<{ data: Recommendation[] }> {
  const [taken, about] = await Promise.all([actor.memberId ? takenBy(tx, actor.memberId) : [], courseId ? visibleCourse(tx, actor, courseId) : null]);
  const roots = about ? [about.id] : taken;
  const excluded = new Set([...taken, ...roots]);
  const [pairs, titles] = await Promise.all([pairsOf(tx, roots), coursesByIds(tx, roots.slice(0, 20))]);
  const ranked = rankPairs(pairs, excluded);
  const found = new Map<string, Recommendation>();
  const add = (courses: readonly CourseSummary[], reasonOf: (course: CourseSummary) => Recommendation['reason'] | null) => {
    for (const course of courses) {
      const reason = found.size < limit && !excluded.has(course.id) && !found.has(course.id) ? reasonOf(course) : null;
      if (reason) found.set(course.id, { course, reason });
    }
  };
  const named = (id: string) => { const course = titles.get(id); return course ? { id, title: course.title } : null; };

  const together = new Map((await publishedCourses(tx, { ids: ranked.slice(0, limit * 3).map((one) => one.id), limit: limit * 3 })).map((course) => [course.id, course]));
  add(ranked.flatMap(({ id }) => together.get(id) ?? []), ({ id }) => {
    const because = named(ranked.find((one) => one.id === id)!.because);
    return because && { kind: 'taken_together', because };
  });
  if (kind) return { data: [...found.values()] };
  for (const root of roots.slice(0, 3)) {
    const categoryId = titles.get(root)?.categoryId;
    const because = named(root);
    if (found.size < limit && categoryId && because) add(await publishedCourses(tx, { categoryId, limit: limit + excluded.size }), () => ({ kind: 'same_category', because }));
  }
  if (found.size < limit) {
    const ids = (await mostTaken(tx, limit + excluded.size)).filter((id) => !excluded.has(id));
    const popular = new Map((await publishedCourses(tx, { ids, limit: ids.length })).map((course) => [course.id, course]));
    add(ids.flatMap((id) => popular.get(id) ?? []), () => ({ kind: 'popular', because: null }));
  }
  if (found.size < limit) add(await publishedCourses(tx, { limit: limit + excluded.size }), () => ({ kind: 'new', because: null }));
  return { data: [...found.values()] };
}

/** Pairs follow the enrolments, each member once for each pair; who leaves a course has taken it all the same. */
export const recommendationHandlers: Subscription[] = [
  subscribe(courseEnrolled, 'learning.countPairs', async (tx, { payload: { memberId, courseId } }) => {
    await lockMember(tx, memberId);
    if (await markTaken(tx, memberId, courseId)) await countPairs(tx, memberId, courseId);
  }),
];
