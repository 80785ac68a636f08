/** What is thrown away after a while, and what must never be true, looked after by the installation itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { defineJob, purgeEvents, sql, systemActor, type Clock, type Database, type Job, type Schedule, type Tenant } from '@milpa/kernel';
import { z } from 'zod';
import { moduleNames } from './modules.ts';

const keptHours = 48;
/** Mail that has left, lies in the local outbox, or was given up. Longer than any job is tried, so that none sends it again. */
const keptMailDays = 30;
/** Events in one transaction, so that none takes long. */
const eventPortion = 1000;
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

/** Daily work over all tenants, one transaction each. */
export function housekeeping(database: Database, tenants: () => AsyncIterable<Tenant>, clock: Clock, spoolDirectory: string): { jobs: Job<any>[]; schedules: Schedule[] } {
  const tidy = defineJob({
    name: 'kernel.tidy', payload: nothing, maxAttempts: 3,
    async run(_payload, { signal }) {
      for await (const tenant of tenants()) {
        if (signal.aborted) return;
        await database.withTenant(tenant, systemActor, async (tx) => {
          await tx.deleteFrom('kernel.idempotencyKey').where('createdAt', '<', new Date(tx.now.getTime() - keptHours * 3_600_000).toISOString()).execute();
        });
      }
      await sweepSpool(spoolDirectory, new Date(clock.now().getTime() - keptHours * 3_600_000));
      await database.withControl(async (tx) => {
        await tx.deleteFrom('kernelControl.mail').where('createdAt', '<', new Date(tx.now.getTime() - keptMailDays * 86_400_000).toISOString()).execute();
        await tx.deleteFrom('kernelControl.idempotencyKey').where('createdAt', '<', new Date(tx.now.getTime() - keptHours * 3_600_000).toISOString()).execute();
      });
    },
  });
  const purge = defineJob({
    name: 'kernel.purgeEvents', payload: nothing, maxAttempts: 3,
    async run(_payload, { signal, log }) {
      let purged = 0;
      for await (const tenant of tenants()) {
        let portion = eventPortion;
        while (portion === eventPortion && !signal.aborted) {
          portion = await database.withTenant(tenant, systemActor, (tx) => purgeEvents(tx, eventPortion));
          purged += portion;
        }
      }
      log.info({ purged }, 'Old events were thrown away');
    },
  });
  const check = defineJob({
    name: 'kernel.check', payload: nothing, maxAttempts: 1,
    async run(_payload, { signal, log }) {
      const checks = loadChecks();
      let failures = 0;
      for await (const tenant of tenants()) {
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
    jobs: [tidy, purge, check],
    schedules: [
      { name: 'kernel.tidyDaily', cron: '17 3 * * *', job: tidy, payload: {} }, { name: 'kernel.purgeEventsDaily', cron: '57 3 * * *', job: purge, payload: {} },
      { name: 'kernel.checkDaily', cron: '37 3 * * *', job: check, payload: {} },
    ],
  };
}
