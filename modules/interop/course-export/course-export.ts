/** Courses as packages for other systems: asked for, made by a job, had for a week. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { draftContent, findCourse, listCategories, type CourseRow } from '@milpa/catalog';
import { daysBefore, defineJob, enqueue, Problem, systemActor, type Job, type Tenant, type Tx } from '@milpa/kernel';
import type { FileContent } from '@milpa/kernel/contract';
import { writeArchive } from '@milpa/kernel/zip';
import { fileContentOf, filesByIds, removeFile, storeFile, type Storage } from '@milpa/media';
import { z } from 'zod';
import type { ImportDependencies } from '../course-import/job.ts';
import { problems } from '../problems.ts';
import { cartridgeEntries } from './cartridge.ts';
import type { CourseExport, ExportFormat } from './contract.ts';
import type { Entries, ExportedCourse } from './course.ts';
import { markdownEntries } from './markdown.ts';

const job = { name: 'interop.exportCourse', maxAttempts: 3 };
const keptDays = 7;
const columns = ['id', 'format', 'status', 'createdAt', 'finishedAt'] as const;

const formats: Record<ExportFormat, { ending: string; mediaType: string; write: (course: ExportedCourse) => Entries }> = {
  cc: { ending: 'imscc', mediaType: 'application/zip', write: cartridgeEntries },
  markdown: { ending: 'zip', mediaType: 'application/zip', write: markdownEntries },
};

type Row = Pick<CourseExport, (typeof columns)[number]>;
const viewOf = (row: Row): CourseExport =>
  ({ ...row, expiresAt: row.status === 'succeeded' && row.finishedAt ? new Date(Date.parse(row.finishedAt) + keptDays * 86_400_000).toISOString() : null });

/** @throws Problem `interop.nothing_to_export` for a course without a lesson. */
export async function request(tx: Tx, tenant: Tenant, course: CourseRow, format: ExportFormat): Promise<CourseExport> {
  const { modules } = await draftContent(tx, course.id);
  if (modules.every(({ lessons }) => lessons.length === 0)) throw new Problem(problems.nothing_to_export);
  const made = await tx.insertInto('interop.courseExport').values({ courseId: course.id, format, requestedBy: tx.actor.memberId, createdAt: tx.now.toISOString() })
    .onConflict((conflict) => conflict.doNothing()).returning(columns).executeTakeFirst();
  if (made) await enqueue(tx, job, { tenantId: tenant.id, exportId: made.id });
  return viewOf(made ?? await tx.selectFrom('interop.courseExport').select(columns).where('courseId', '=', course.id).where('format', '=', format).where('status', '=', 'queued').executeTakeFirstOrThrow());
}

const kept = (tx: Tx) => daysBefore(tx.now, keptDays);

export async function list(tx: Tx, course: CourseRow): Promise<CourseExport[]> {
  const rows = await tx.selectFrom('interop.courseExport').select(columns).where('courseId', '=', course.id)
    .where((where) => where.or([where('finishedAt', 'is', null), where('finishedAt', '>', kept(tx))])).orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(20).execute();
  return rows.map(viewOf);
}

/** @throws Problem `interop.export_not_found`. */
export async function read(tx: Tx, storage: Storage, course: CourseRow, id: string): Promise<FileContent> {
  const row = await tx.selectFrom('interop.courseExport').select('fileId').where('id', '=', id).where('courseId', '=', course.id).where('finishedAt', '>', kept(tx)).executeTakeFirst();
  const content = row?.fileId ? await fileContentOf(tx, storage, row.fileId) : null;
  if (!content) throw new Problem(problems.export_not_found);
  return content;
}

/** The draft with all that it needs. */
export async function exportedCourse(tx: Tx, storage: Storage, course: CourseRow): Promise<ExportedCourse> {
  const { modules, embedded } = await draftContent(tx, course.id);
  const ids = new Set([...embedded, ...modules.flatMap(({ lessons }) => lessons.flatMap(({ attachments }) => attachments))].map(({ fileId }) => fileId));
  const files = await filesByIds(tx, [...ids]);
  const category = course.categoryId === null ? undefined : (await listCategories(tx)).data.find(({ id }) => id === course.categoryId);
  const { title, summary, descriptionHtml, language, level, tags, priceAmount: amount, priceCurrency: currency, requiredShare, sequential } = course;
  return {
    title, summary, descriptionHtml, language, level, tags, category: category?.slug ?? null, price: amount === null || currency === null ? null : { amount, currency }, requiredShare, sequential, modules,
    files: new Map(files.map(({ id, name, sha256 }) => [id, { id, name, open: () => storage.open(`${tx.tenant.id}/${sha256}`) }])),
  };
}

/** Writes the package to `path`, for the command line. */
export async function writeExport(tx: Tx, storage: Storage, course: CourseRow, format: ExportFormat, path: string): Promise<{ size: number; sha256: string }> {
  return writeArchive(path, formats[format].write(await exportedCourse(tx, storage, course)));
}

export const exportName = (course: Pick<CourseRow, 'slug'>, format: ExportFormat): string => `${course.slug}.${formats[format].ending}`;

export function exportJob({ database, directory, storage, workDirectory }: ImportDependencies): Job<{ tenantId: string; exportId: string }> {
  return defineJob({
    ...job, payload: z.object({ tenantId: z.uuid(), exportId: z.uuid() }),
    async run({ tenantId, exportId }, { lastAttempt }) {
      const tenant = await directory.byId(tenantId);
      if (!tenant) return;
      await mkdir(workDirectory, { recursive: true, mode: 0o700 });
      const path = join(workDirectory, `export-${randomUUID()}.zip`);
      try {
        await database.withTenant(tenant, systemActor, (tx) => make(tx, tenant, storage, exportId, path));
      } catch (error) {
        // A full plan stays full; what nobody foresaw is tried again.
        if (!(error instanceof Problem) && !lastAttempt) throw error;
        await database.withTenant(tenant, systemActor, (tx) =>
          tx.updateTable('interop.courseExport').set({ status: 'failed', finishedAt: tx.now.toISOString() }).where('id', '=', exportId).where('status', '=', 'queued').execute());
        if (!(error instanceof Problem)) throw error;
      } finally {
        await rm(path, { force: true });
      }
    },
  });
}

async function make(tx: Tx, tenant: Tenant, storage: Storage, exportId: string, path: string): Promise<void> {
  const row = await tx.selectFrom('interop.courseExport').select(['courseId', 'format']).where('id', '=', exportId).where('status', '=', 'queued').forUpdate().executeTakeFirst();
  const course = row && await findCourse(tx, row.courseId);
  if (!course) return;
  const { size, sha256 } = await writeExport(tx, storage, course, row.format, path);
  const fileId = await storeFile(tx, tenant, storage, { name: exportName(course, row.format), mediaType: formats[row.format].mediaType, size, sha256, path });
  await tx.updateTable('interop.courseExport').set({ status: 'succeeded', fileId, finishedAt: tx.now.toISOString() }).where('id', '=', exportId).execute();
}

/** Throws packages away whose week is over. */
export async function deleteExpired(tx: Tx): Promise<number> {
  const over = await tx.deleteFrom('interop.courseExport').where('finishedAt', '<=', kept(tx)).returning('fileId').execute();
  for (const { fileId } of over) if (fileId) await removeFile(tx, fileId);
  return over.length;
}
