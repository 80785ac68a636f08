import { Problem, type Tenant, type Tx } from '@milpa/kernel';
import type { FileContent, Upload } from '@milpa/kernel/contract';
import { fileContentOf, lockRoom, pictureKindOf, removeFile, storeFile, type Storage } from '@milpa/media';
import { sql } from 'kysely';
import { problems } from '../problems.ts';
import { logoBytes } from './rules.ts';
import { inControl, type TenantRecords } from './settings.ts';

/**
 * Sets the logo. Its file is named in the control plane before the tenant's transaction, which holds the file, has been committed:
 * should that fail, the logo reads as none until it is set again.
 * @throws Problem `tenancy.logo_kind`, `tenancy.logo_too_large`, `kernel.limit_reached`.
 */
export async function put(records: TenantRecords, storage: Storage, tx: Tx, tenant: Tenant, file: Upload): Promise<void> {
  if (file.size > logoBytes) throw new Problem(problems.logo_too_large, { params: { kilobytes: logoBytes / 1024 } });
  const mediaType = await pictureKindOf(file.path);
  if (!mediaType) throw new Problem(problems.logo_kind);
  const { name, size, sha256, path } = file;
  await setLogo(records, tx, await storeFile(tx, tenant, storage, { name, mediaType, size, sha256, path }, tenant.logoFileId));
}

export async function remove(records: TenantRecords, tx: Tx): Promise<void> {
  // Another's new logo must have been committed before it can be removed; storing one waits for the same lock.
  await lockRoom(tx);
  await setLogo(records, tx, null);
}

/** @throws Problem `tenancy.logo_not_found`. */
export async function read(storage: Storage, tx: Tx, tenant: Tenant): Promise<FileContent> {
  const content = tenant.logoFileId === null ? null : await fileContentOf(tx, storage, tenant.logoFileId);
  if (!content) throw new Problem(problems.logo_not_found);
  return content;
}

/** The logo is set as a whole, so that the last one counts, and the one before is removed; whoever edits the settings meanwhile is told of a newer version. */
async function setLogo(records: TenantRecords, tx: Tx, logoFileId: string | null): Promise<void> {
  const { rows: [record] } = await inControl(records, (control) => sql<{ logoFileId: string | null }>`
    update tenancy_control.tenant set logo_file_id = ${logoFileId}, updated_at = ${control.now.toISOString()}, version = version + 1
    where id = ${tx.tenant.id} returning old.logo_file_id`.execute(control));
  if (record?.logoFileId) await removeFile(tx, record.logoFileId);
}
