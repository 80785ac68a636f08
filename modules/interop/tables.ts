import type { ColumnType, Generated } from 'kysely';
import type { ProblemParams } from '@milpa/kernel';
import type { ReportEntry } from './package/types.ts';

export type ImportStatus = 'queued' | 'running' | 'succeeded' | 'failed';
export type ImportStep = 'waiting' | 'reading' | 'saving' | 'finished';
export interface CourseImportTable {
  tenantId: Generated<string>; id: Generated<string>; fileName: string; size: number; sha256: string; status: Generated<ImportStatus>; step: Generated<ImportStep>;
  progress: Generated<number>; report: Json<ReportEntry[]>; problemCode: string | null; problemParams: Json<ProblemParams>; courseId: string | null;
  repeated: Generated<boolean>; requestedBy: string | null; createdAt: string; startedAt: string | null; finishedAt: string | null;
}
/** Read as a value, written as text. */
type Json<T> = ColumnType<T | null, string | null | undefined, string | null>;

export interface CourseExportTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; format: 'cc' | 'markdown'; status: Generated<'queued' | 'succeeded' | 'failed'>; fileId: Generated<string | null>;
  requestedBy: string | null; createdAt: string; finishedAt: Generated<string | null>;
}

declare module '@milpa/kernel' {
  interface Tables { 'interop.courseImport': CourseImportTable; 'interop.courseExport': CourseExportTable }
}
