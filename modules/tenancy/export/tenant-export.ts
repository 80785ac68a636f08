/** All that an organisation has, as an archive: asked for, made by a job, had for a week. */
import { extname } from 'node:path';
import { daysBefore, defineJob, enqueue, Problem, systemActor, type Database, type Job, type SecretColumns, type Tenant, type TenantDirectory, type Tx } from '@milpa/kernel';
import type { FileContent } from '@milpa/kernel/contract';
import { withArchive, type ArchiveEntry } from '@milpa/kernel/zip';
import { fileContentOf, originalFiles, removeFile, storeBeyondLimit, type Storage } from '@milpa/media';
import { z } from 'zod';
import { tenantTables } from '../deletion/rows.ts';
import { problems } from '../problems.ts';
import { requireRecord } from '../tenant/tenant.ts';
import type { TenantExport } from './contract.ts';
import { linesOf } from './rows.ts';
import { readme } from './texts.ts';

const job = { name: 'tenancy.exportTenant', maxAttempts: 3 };
const keptDays = 7;
const columns = ['id', 'requestedAt', 'progress', 'readyAt', 'expiresAt', 'failedAt', 'fileId'] as const;

type Row = { id: string; requestedAt: string; progress: number; readyAt: string | null; expiresAt: string | null; failedAt: string | null; fileId: string | null };
const view = ({ id, requestedAt, progress, readyAt, expiresAt, failedAt }: Row, size: number | null = null): TenantExport =>
  ({ id, requestedAt, progress, expiresAt, size, status: failedAt !== null ? 'failed' : readyAt !== null ? 'ready' : 'waiting' });

/** Asked for while one is being made, that one counts. */
export async function request(tx: Tx, tenant: Tenant): Promise<TenantExport> {
  const made = await tx.insertInto('tenancy.tenantExport').values({ requestedAt: tx.now.toISOString() }).onConflict((conflict) => conflict.doNothing()).returning(columns).executeTakeFirst();
  if (made) await enqueue(tx, job, { tenantId: tenant.id, exportId: made.id });
  return view(made ?? await tx.selectFrom('tenancy.tenantExport').select(columns).where('fileId', 'is', null).where('failedAt', 'is', null).executeTakeFirstOrThrow());
}

export async function list(tx: Tx, storage: Storage): Promise<{ data: TenantExport[] }> {
  const rows = await tx.selectFrom('tenancy.tenantExport').select(columns).where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', tx.now.toISOString())]))
    .orderBy('requestedAt', 'desc').orderBy('id', 'desc').limit(20).execute();
  return { data: await Promise.all(rows.map(async (row) => view(row, row.fileId ? (await fileContentOf(tx, storage, row.fileId))?.size ?? null : null))) };
}

/** @throws Problem `tenancy.tenant_export_not_found` also for one that is not ready, or too old. */
export async function read(tx: Tx, storage: Storage, exportId: string): Promise<FileContent> {
  const row = await tx.selectFrom('tenancy.tenantExport').select('fileId').where('id', '=', exportId).where('expiresAt', '>', tx.now.toISOString()).executeTakeFirst();
  const content = row?.fileId ? await fileContentOf(tx, storage, row.fileId) : null;
  if (!content) throw new Problem(problems.tenant_export_not_found);
  return content;
}

export interface ExportDeps {
  database: Database;
  tenants: TenantDirectory;
  storage: Storage;
  /** Where an archive is written; what a crash leaves there is swept. */
  workDirectory: string;
  /** What of all modules' tables must not leave the house. */
  secretColumns(): SecretColumns;
}

/** Makes the archive from the beginning, however often it was interrupted; one that is ready or not wanted any more is left alone. */
export function exportTenantJob({ database, tenants, storage, workDirectory, secretColumns }: ExportDeps): Job<{ tenantId: string; exportId: string }> {
  return defineJob({
    ...job, payload: z.object({ tenantId: z.uuid(), exportId: z.uuid() }),
    async run({ tenantId, exportId }, { signal, lastAttempt, progress: tellOperator }) {
      const tenant = await tenants.byId(tenantId);
      if (!tenant || tenant.status === 'closed') return;
      const inTenant = <T>(work: (tx: Tx) => Promise<T>) => database.withTenant(tenant, systemActor, work);
      const isWaiting = await database.readTenant(tenant, systemActor, (tx) => tx.selectFrom('tenancy.tenantExport').select('id').where('id', '=', exportId).where('fileId', 'is', null).where('failedAt', 'is', null).executeTakeFirst());
      if (!isWaiting) return;
      const tell = async (progress: number) => {
        signal.throwIfAborted();
        await inTenant((tx) => tx.updateTable('tenancy.tenantExport').set({ progress }).where('id', '=', exportId).where('progress', '<', progress).execute());
        await tellOperator?.(progress);
      };
      try {
        await withArchive(workDirectory, contentsOf(tenant, tell), ({ path, size, sha256 }) => inTenant(async (tx) => {
          const fileId = await storeBeyondLimit(tx, tenant, storage, { name: `${tenant.slug}.zip`, mediaType: 'application/zip', size, sha256, path });
          const done = await tx.updateTable('tenancy.tenantExport').set({ fileId, progress: 100, readyAt: tx.now.toISOString(), expiresAt: new Date(tx.now.getTime() + keptDays * 86_400_000).toISOString() })
            .where('id', '=', exportId).where('fileId', 'is', null).returning('id').executeTakeFirst();
          if (!done) throw new Error('Another run has made this archive meanwhile.');
        }));
      } catch (error) {
        if (lastAttempt && !signal.aborted) await inTenant((tx) => tx.updateTable('tenancy.tenantExport').set({ failedAt: tx.now.toISOString() }).where('id', '=', exportId).where('fileId', 'is', null).execute());
        throw error;
      }
    },
  });

  async function* contentsOf(tenant: Tenant, tell: (progress: number) => Promise<void>): AsyncGenerator<ArchiveEntry> {
    const read = <T>(work: (tx: Tx) => Promise<T>) => database.readTenant(tenant, systemActor, work);
    const { record, domains, now } = await database.readControl(async (tx) => ({
      now: tx.now, record: await requireRecord(tx, tenant.id), domains: await tx.selectFrom('tenancyControl.domain').select(['host', 'verifiedAt']).where('tenantId', '=', tenant.id).execute(),
    }));
    yield { name: 'README.txt', content: readme[tenant.locale](tenant.name, now.toISOString().slice(0, 10)) };
    const { dataPlane: _ours, ...facts } = record;
    yield { name: 'tenant.json', content: `${JSON.stringify({ ...facts, domains }, null, 2)}\n` };
    const [tables, files] = await Promise.all([read(tenantTables), read(originalFiles)]);
    const all = tables.length + files.length;
    let made = 0;
    let told = 0;
    const step = async () => {
      made += 1;
      const progress = Math.floor((made / all) * 99);
      if (progress > told) await tell(told = progress);
    };
    for (const { name } of tables) {
      yield { name: `tables/${name.replace('.', '/')}.jsonl`, content: linesOf(database, tenant, name, secretColumns()) };
      await step();
    }
    for (const { id, name, sha256 } of files) {
      yield { name: `files/${id}${safeExtension(name)}`, content: await storage.open(`${tenant.id}/${sha256}`) };
      await step();
    }
  }
}

/** Names are in the table of files; in the archive a number is enough, with what tells programs what it is. */
const safeExtension = (name: string): string => /^\.[a-z0-9]{1,8}$/.exec(extname(name).toLowerCase())?.[0] ?? '';

/** Throws archives away whose week is over, and what is known of those that could not be made. */
export async function deleteExpiredExports(tx: Tx): Promise<number> {
  const over = await tx.deleteFrom('tenancy.tenantExport').where((where) => where.or([where('expiresAt', '<=', tx.now.toISOString()), where('failedAt', '<', daysBefore(tx.now, keptDays))])).returning('fileId').execute();
  for (const { fileId } of over) if (fileId) await removeFile(tx, fileId);
  return over.length;
}
