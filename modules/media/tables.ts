import type { Generated } from 'kysely';
import '@milpa/kernel';

export interface FileTable { tenantId: Generated<string>; id: Generated<string>; name: string; mediaType: string; size: number; sha256: string; createdBy: string | null; createdAt: Generated<string>; derived: Generated<boolean> }

declare module '@milpa/kernel' {
  interface Tables { 'media.file': FileTable }
}
