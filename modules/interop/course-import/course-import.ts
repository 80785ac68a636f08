import { abilitiesOf, can, decodeCursor, enqueue, Problem, problems as kernelProblems, problemText, requireRoom, toPage, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Locale, Output, Upload } from '@milpa/kernel/contract';
import { coursesByIds } from '@milpa/catalog';
import { lockRoom, storedBytes } from '@milpa/media';
import { problems } from '../problems.ts';
import type { CourseImport, CourseImportWithReport, listImports } from './contract.ts';
import { importRequest } from './job.ts';
import { findImport, insertImport, listRows, waitingBytes, type ImportRow, type ImportRowWithReport } from './queries.ts';
import { keepPackage, packagePath } from './uploads.ts';

/** Takes a package and asks for its import. @throws Problem `kernel.limit_reached`, `interop.empty_file`. */
export async function request(tx: Tx, tenant: Tenant, locale: Locale, workDirectory: string, name: string, file: Upload): Promise<CourseImport> {
  if (file.size === 0) throw new Problem(problems.empty_file);
  // What waits to be read takes up room too: else many large packages at once would fill the disk.
  await lockRoom(tx);
  requireRoom(tenant, 'storageBytes', await storedBytes(tx) + await waitingBytes(tx), file.size);
  const row = await insertImport(tx, { fileName: name, size: file.size, sha256: file.sha256 }, tx.actor.memberId);
  await keepPackage(file.path, packagePath(workDirectory, tenant.id, row.id));
  await enqueue(tx, importRequest, { tenantId: tenant.id, importId: row.id }, { key: row.id });
  return (await present(tx, locale, [row]))[0]!;
}

/** The actor's own, or all for who may read all. @throws Problem `kernel.not_found` for who is neither. */
export async function list(tx: Tx, actor: Actor, locale: Locale, query: Input<typeof listImports>['query']): Promise<Output<typeof listImports>> {
  const rows = await listRows(tx, can(actor, 'course_import:read', null) ? null : memberOf(actor), query.limit + 1, decodeCursor(query.cursor, ['string', 'string']));
  const { data, page } = toPage(rows, query.limit, (row) => [row.createdAt, row.id]);
  return { data: await present(tx, locale, data), page };
}

function memberOf(actor: Actor): string {
  if (!actor.memberId) throw new Problem(kernelProblems.not_found);
  return actor.memberId;
}

export const importForReading = async (tx: Tx, input: { params: { importId: string } }): Promise<ImportRowWithReport | null> => await findImport(tx, input.params.importId) ?? null;

export async function withReport(tx: Tx, locale: Locale, row: ImportRowWithReport): Promise<CourseImportWithReport> {
  return { ...(await present(tx, locale, [row]))[0]!, report: row.report };
}

async function present(tx: Tx, locale: Locale, rows: readonly ImportRow[]): Promise<CourseImport[]> {
  const courses = await coursesByIds(tx, rows.flatMap((row) => row.courseId ?? []));
  return rows.map((row) => {
    const course = row.courseId ? courses.get(row.courseId) : undefined;
    return {
      id: row.id, fileName: row.fileName, size: row.size, status: row.status, step: row.step, progress: row.progress, repeated: row.repeated,
      course: course ? { id: course.id, slug: course.slug, title: course.title, abilities: abilitiesOf(tx.actor, 'course', ['update'], course.ownerMemberId) } : null,
      problem: row.problemCode ? { code: row.problemCode, ...problemText(row.problemCode, locale, row.problemParams ?? {}) } : null,
      requestedBy: row.requestedBy, createdAt: row.createdAt, startedAt: row.startedAt, finishedAt: row.finishedAt,
    };
  });
}
