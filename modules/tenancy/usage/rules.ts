import type { UsageDay } from './contract.ts';

const dayMilliseconds = 86_400_000;

/** One entry for each day up to `today` (`YYYY-MM-DD`), of those that were counted: a day between them is as the one before. `before` is the last count before the first day. */
export function everyDay(counted: readonly UsageDay[], from: string, today: string): UsageDay[] {
  const known = new Map(counted.map((each) => [each.day, each]));
  const days: UsageDay[] = [];
  let last = counted.findLast(({ day }) => day < from);
  for (let at = Date.parse(from); at <= Date.parse(today); at += dayMilliseconds) {
    const day = new Date(at).toISOString().slice(0, 10);
    last = known.get(day) ?? last;
    if (last) days.push({ ...last, day });
  }
  return days;
}
