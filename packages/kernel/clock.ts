/** The only source of the time, so that tests can set it. */
export interface Clock { now(): Date }

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. */
export function fixedClock(start: string | Date): Clock & { set(at: string | Date): void; advance(milliseconds: number): void } {
  let at = new Date(start);
  return {
    now: () => new Date(at),
    set(next) { at = new Date(next); },
    advance(milliseconds) { at = new Date(at.getTime() + milliseconds); },
  };
}
