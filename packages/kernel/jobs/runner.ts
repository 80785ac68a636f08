import { setTimeout as delay } from 'node:timers/promises';
import { redact } from './errors.ts';
import { startPool, type JobOptions, type Pool } from './pool.ts';

export interface JobHealth {
  /** `restarting`: the database was lost, the worker is coming back. */
  status: 'running' | 'restarting' | 'stopped';
  /** Hears of new jobs at once; otherwise they start with the next look, within five seconds. */
  listening: boolean;
  /** Jobs running now in this process. */
  active: number;
}

export interface JobRunner {
  /**
   * Takes no more jobs and waits for the running ones; after `graceMs` aborts their signal, and about a second later leaves them:
   * they are tried again later, and the interrupted try is not counted.
   */
  stop(graceMs: number): Promise<void>;
  health(): JobHealth;
}

/** Waits between restarts after the database was lost, in milliseconds. */
const restartMs = { first: 500, longest: 30_000 };

/**
 * Runs jobs and schedules in this process until stopped. Any number of processes may run the same: each job and each tick of a
 * schedule is taken by one. Installs no signal handlers. A lost database makes it restart by itself.
 * @throws when at the start the database cannot be reached, its queue is not installed, or two jobs or schedules share a name
 */
export async function startJobs(options: JobOptions): Promise<JobRunner> {
  const stopping = new AbortController();
  let pool: Pool | undefined = await startPool(options);

  async function keepRunning(): Promise<void> {
    let wait = restartMs.first;
    while (true) {
      await pool?.ended;
      if (stopping.signal.aborted) return;
      pool = undefined;
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        pool = await startPool(options);
        wait = restartMs.first;
        if (stopping.signal.aborted) await pool.stop(0);
      } catch (error) {
        options.log.warn(`The job worker could not start again: ${redact(String(error))}`);
        wait = Math.min(wait * 2, restartMs.longest);
      }
    }
  }
  const ended = keepRunning();

  return {
    async stop(graceMs) {
      stopping.abort();
      await pool?.stop(graceMs);
      await ended;
    },
    health() {
      const status = stopping.signal.aborted ? 'stopped' : pool ? 'running' : 'restarting';
      return { status, listening: pool?.listening() ?? false, active: pool?.active() ?? 0 };
    },
  };
}
