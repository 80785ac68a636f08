import type { ImportStep } from '../tables.ts';

/** Progress is written when it has grown by so many per cent. */
const stride = 5;

/**
 * Writes progress for who polls: in strides, one write at a time, the newest value next. A write that fails costs the progress, not the work.
 */
export function progressWriter(write: (step: ImportStep, percent: number) => Promise<unknown>, onError: (error: unknown) => void) {
  let written = 0;
  let next: { step: ImportStep; percent: number } | null = null;
  let writing: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (next) {
      const { step, percent } = next;
      next = null;
      written = percent;
      await write(step, percent).catch(onError);
    }
    writing = null;
  }
  return {
    reached(step: ImportStep, percent: number): void {
      const whole = Math.floor(percent);
      if (whole < written + stride) return;
      next = { step, percent: whole };
      writing ??= drain();
    },
    /** When nothing is being written any more. */
    settled: (): Promise<void> => writing ?? Promise.resolve(),
  };
}
