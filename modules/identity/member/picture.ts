import { Problem, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import type { FileContent, Upload } from '@milpa/kernel/contract';
import { fileContentOf, pictureKindOf, removeFile, storeFile, type Storage } from '@milpa/media';
import { problems } from '../problems.ts';
import { pictureBytes } from './rules.ts';

/** @throws Problem `identity.picture_kind`, `identity.picture_too_large`, `kernel.limit_reached`, `identity.not_a_member`. */
export async function put(tx: Tx, tenant: Tenant, storage: Storage, actor: Actor, { name, size, sha256, path }: Upload): Promise<void> {
  if (size > pictureBytes) throw new Problem(problems.picture_too_large, { params: { kilobytes: pictureBytes / 1024 } });
  const mediaType = await pictureKindOf(path);
  // A drawing may carry scripts: for a face there is no need of one.
  if (!mediaType || mediaType === 'image/svg+xml') throw new Problem(problems.picture_kind);
  const before = actor.memberId === null ? undefined : await tx.selectFrom('identity.member').select('pictureFileId').where('id', '=', actor.memberId).executeTakeFirst();
  await replace(tx, actor, await storeFile(tx, tenant, storage, { name, mediaType, size, sha256, path }, before?.pictureFileId));
}

/** @throws Problem `identity.not_a_member`. */
export const remove = (tx: Tx, actor: Actor): Promise<void> => replace(tx, actor, null);

/** @throws Problem `identity.picture_not_found`, to who is no member here too. */
export async function read(tx: Tx, storage: Storage, actor: Actor, memberId: string): Promise<FileContent> {
  const row = actor.memberId === null && !actor.support ? undefined : await tx.selectFrom('identity.member').select('pictureFileId').where('id', '=', memberId).executeTakeFirst();
  const content = row?.pictureFileId ? await fileContentOf(tx, storage, row.pictureFileId) : null;
  if (!content) throw new Problem(problems.picture_not_found);
  return content;
}

async function replace(tx: Tx, actor: Actor, pictureFileId: string | null): Promise<void> {
  const before = actor.memberId === null ? undefined
    : await tx.selectFrom('identity.member').select(['id', 'pictureFileId']).where('id', '=', actor.memberId).forUpdate().executeTakeFirst();
  if (!before) throw new Problem(problems.not_a_member);
  await tx.updateTable('identity.member').set({ pictureFileId, updatedAt: tx.now.toISOString() }).where('id', '=', before.id).execute();
  if (before.pictureFileId) await removeFile(tx, before.pictureFileId);
}
