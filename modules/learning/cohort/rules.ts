interface Places { capacity: number | null; taken: number }

/** Whether so many more fit in. */
export const hasRoom = ({ capacity, taken }: Places, more = 1): boolean => capacity === null || taken + more <= capacity;

/** Why somebody may not join by themselves; null: they may. */
export function joiningRefusal(cohort: Places & { selfEnrollment: boolean; endsAt: string | null }, now: Date): 'cohort_closed' | 'cohort_full' | null {
  if (!cohort.selfEnrollment || (cohort.endsAt !== null && Date.parse(cohort.endsAt) <= now.getTime())) return 'cohort_closed';
  return hasRoom(cohort) ? null : 'cohort_full';
}

/** Whether the dates make sense: it ends after it begins. */
export const datesFit = ({ startsAt, endsAt }: { startsAt: string; endsAt: string | null }): boolean => endsAt === null || Date.parse(endsAt) > Date.parse(startsAt);
