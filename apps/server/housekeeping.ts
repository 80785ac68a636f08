/** What is thrown away after a while, and what must never be true, looked after by the installation itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { daysBefore, defineJob, purgeControlAudit, sql, systemActor, type Clock, type Database, type Job, type Purge, type Schedule, type Tenant } from '@milpa/kernel';
import type { Logger } from 'pino';
import { z } from 'zod';
import { moduleNames } from './modules.ts';

/** Answers to requests that may be repeated, and files on their way. */
const keptDays = 2;
/** Mail that has left, lies in the local outbox, or was given up. Longer than any job is tried, so that none sends it again. */
const keptMailDays = 30;
/** Rows in one transaction, so that none takes long. */
const portion = 1000;
const nothing = z.object({});

export interface Check { name: string; sql: string }

/** The queries of all modules that must return no row, ever. */
export function loadChecks(): Check[] {
  return moduleNames.flatMap((module) => {
    const folder = join(import.meta.dirname, '../../modules', module, 'checks');
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.sql'));
    return files.map((file) => ({ name: `${module}/${file.name}`, sql: readFileSync(join(folder, file.name), 'utf8') }));
  });
}

/** The checks that a tenant's data fails, with how many rows each found. */
export async function failedChecks(database: Database, tenant: Tenant, checks: readonly Check[]): Promise<{ name: string; rows: number }[]> {
  const found: { name: string; rows: number }[] = [];
  for (const check of checks) {
    const { rows } = await database.readTenant(tenant, systemActor, (tx) => sql.raw(check.sql).execute(tx));
    if (rows.length > 0) found.push({ name: check.name, rows: rows.length });
  }
  return found;
}

/** Files that were on their way when the process died. */
async function sweepSpool(directory: string, before: Date): Promise<void> {
  for (const name of await readdir(directory)) {
    const file = join(directory, name);
    if ((await stat(file)).mtime < before) await rm(file, { force: true });
  }
}

interface HousekeepingOptions {
  database: Database;
  tenants: { all(options?: { suspended: boolean }): AsyncIterable<Tenant> };
  clock: Clock;
  spoolDirectory: string;
  /** What modules throw away of each tenant. */
  purges: Readonly<Record<string, Purge>>;
}

/** Daily work over all tenants. */
export function housekeeping({ database, tenants, clock, spoolDirectory, purges }: HousekeepingOptions): { jobs: Job<any>[]; schedules: Schedule[] } {
  /** Portion by portion, each a transaction. What cannot be thrown away here keeps nothing else. @returns whether all went well. */
  async function purgeTenant(tenant: Tenant, purged: Record<string, number>, signal: AbortSignal, log: Logger): Promise<boolean> {
    let well = true;
    for (const [name, purge] of Object.entries(purges)) {
      try {
        for (let rows = portion; rows >= portion;) {
          signal.throwIfAborted();
          rows = await database.withTenant(tenant, systemActor, (tx) => purge(tx, portion));
          if (rows > 0) purged[name] = (purged[name] ?? 0) + rows;
        }
      } catch (error) {
        signal.throwIfAborted();
        log.error({ err: error, tenant: tenant.id, purge: name }, 'Old rows could not be thrown away');
        well = false;
      }
    }
    return well;
  }
  const tidy = defineJob({
    name: 'kernel.tidy', payload: nothing, maxAttempts: 3,
    async run(_payload, { signal, log }) {
      await sweepSpool(spoolDirectory, new Date(daysBefore(clock.now(), keptDays)));
      await database.withControl(async (tx) => {
        await tx.deleteFrom('kernelControl.mail').where('createdAt', '<', daysBefore(tx.now, keptMailDays)).execute();
        await tx.deleteFrom('kernelControl.idempotencyKey').where('createdAt', '<', daysBefore(tx.now, keptDays)).execute();
      });
      const purged: Record<string, number> = {};
      for (let rows = portion; rows >= portion;) rows = await database.withControl((tx) => purgeControlAudit(tx, portion));
      let failures = 0;
      for await (const tenant of tenants.all({ suspended: true })) if (!await purgeTenant(tenant, purged, signal, log)) failures += 1;
      log.info({ purged }, 'What was old was thrown away');
      if (failures > 0) throw new Error(`Of ${failures} organisations not all that is old could be thrown away; the log names them.`);
    },
  });
  const check = defineJob({
    name: 'kernel.check', payload: nothing, maxAttempts: 1,
    async run(_payload, { signal, log }) {
      const checks = loadChecks();
      let failures = 0;
      for await (const tenant of tenants.all()) {
        if (signal.aborted) return;
        for (const failed of await failedChecks(database, tenant, checks)) {
          failures += 1;
          log.error({ tenant: tenant.id, check: failed.name, rows: failed.rows }, 'An invariant does not hold');
        }
      }
      // Parked, so that the operator sees it until somebody has dealt with it.
      if (failures > 0) throw new Error(`${failures} invariants do not hold; the log names them.`);
    },
  });
  return {
    jobs: [tidy, check],
    schedules: [
      { name: 'kernel.tidyDaily', cron: '17 3 * * *', job: tidy, payload: {} }, { name: 'kernel.checkDaily', cron: '37 3 * * *', job: check, payload: {} },
    ],
  };
}
