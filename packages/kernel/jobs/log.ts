import { Logger as GraphileLogger, type LogLevel } from 'graphile-worker';
import type { Logger } from 'pino';
import { redact } from './errors.ts';

const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const satisfies Record<LogLevel, string>;

/**
 * Graphile-worker's log lines in ours, without their metadata, which holds payloads. Outcomes of jobs are left out: `tasks.ts`
 * logs those itself.
 */
export function graphileLogger(log: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message, meta) => {
    if (meta?.['success'] || meta?.['failure']) return;
    log[levels[level]](redact(message));
  });
}
