/** The only source of the time, so that tests can set it. */
export interface Clock { now(): Date }

export const systemClock: Clock = { now: () => new Date() };

/** The moment so many days before, as the database is asked for it. */
export const daysBefore = (now: Date, days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

/** A clock that stands still until it is moved. */
export function fixedClock(start: string | Date): Clock & { set(at: string | Date): void; advance(milliseconds: number): void } {
  let at = new Date(start);
  return {
    now: () => new Date(at),
    set(next) { at = new Date(next); },
    advance(milliseconds) { at = new Date(at.getTime() + milliseconds); },
  };
}
