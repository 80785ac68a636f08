/** Days as date fields have them (`2026-11-20`) and the instants at which they begin in a time zone. */

/** ISO 8601, UTC; undefined for what is no day. */
export function startOfDay(day: string, timeZone: string): string | undefined {
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc)) return undefined;
  // Twice, because the clocks may change between the first guess and the day's beginning.
  const guess = utc - offsetAt(utc, timeZone);
  return new Date(utc - offsetAt(guess, timeZone)).toISOString();
}

/** The instant at which the day is over. */
export function endOfDay(day: string, timeZone: string): string | undefined {
  const utc = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(utc) ? undefined : startOfDay(new Date(utc + 86_400_000).toISOString().slice(0, 10), timeZone);
}

/** The day that is over at this instant: what `endOfDay` was given. */
export function dayEndingAt(instant: string, timeZone: string): string {
  const before = Date.parse(instant) - 1;
  return new Date(before + offsetAt(before, timeZone)).toISOString().slice(0, 10);
}

/** How far the zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
