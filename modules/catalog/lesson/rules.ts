const tenMinutes = 10 * 60_000;

/** Whether the text of a lesson is kept before it is replaced: somebody else wrote it, or none was kept for ten minutes. */
export function isToKeep(lesson: { memberId: string | null; keptAt: string | null }, memberId: string | null, now: Date): boolean {
  return lesson.memberId !== memberId || lesson.keptAt === null || now.getTime() - Date.parse(lesson.keptAt) > tenMinutes;
}
