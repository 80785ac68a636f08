/** Since when nothing must have happened for somebody to count as stalled. */
export const stalledBefore = (now: Date, days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

/** Whether a learner under way stands still: nothing opened since that moment, and the course had begun for them before it. */
export const isStalled = (learner: { status: string; activeAt: string; startsAt: string | null }, before: string): boolean =>
  learner.status === 'active' && Date.parse(learner.activeAt) < Date.parse(before) && (learner.startsAt === null || Date.parse(learner.startsAt) < Date.parse(before));

export interface FunnelLesson { id: string; title: string; moduleTitle: string }

/** For each lesson: who has done it, who is at it, and who has not come to it, of `learners` in all. */
export function funnelOf(lessons: readonly FunnelLesson[], learners: number, done: ReadonlyMap<string, number>, at: ReadonlyMap<string, number>) {
  return lessons.map((lesson) => {
    const finished = Math.min(done.get(lesson.id) ?? 0, learners);
    const here = Math.min(at.get(lesson.id) ?? 0, learners - finished);
    return { ...lesson, done: finished, at: here, before: learners - finished - here };
  });
}
