/** A member's own data as an archive: asked for, made by a job, had for a week. */
import { defineJob, enqueue, Problem, systemActor, type Actor, type Database, type Job, type MemberData, type Tenant, type TenantDirectory, type Tx } from '@milpa/kernel';
import type { FileContent } from '@milpa/kernel/contract';
import { withArchive, type ArchiveEntry } from '@milpa/kernel/zip';
import { fileContentOf, removeFile, storeBeyondLimit, type Storage } from '@milpa/media';
import { z } from 'zod';
import type { Auth } from '../account/auth.ts';
import { problems } from '../problems.ts';
import type { DataExport } from './contract.ts';
import { mergedMembers } from '../member/queries.ts';
import { namedIn, rowsAbout } from './member-data.ts';

const job = { name: 'identity.exportData', maxAttempts: 5 };
const keptDays = 7;
const columns = ['id', 'requestedAt', 'readyAt', 'expiresAt'] as const;

/** @throws Problem `identity.not_a_member`. */
export function ownMember(actor: Actor): string {
  if (actor.memberId === null) throw new Problem(problems.not_a_member);
  return actor.memberId;
}

export async function request(tx: Tx, tenant: Tenant, actor: Actor): Promise<DataExport> {
  const memberId = ownMember(actor);
  const made = await tx.insertInto('identity.dataExport').values({ memberId, requestedAt: tx.now.toISOString() })
    .onConflict((conflict) => conflict.doNothing()).returning(columns).executeTakeFirst();
  if (made) await enqueue(tx, job, { tenantId: tenant.id, exportId: made.id });
  return made ?? tx.selectFrom('identity.dataExport').select(columns).where('memberId', '=', memberId).where('fileId', 'is', null).executeTakeFirstOrThrow();
}

export const list = (tx: Tx, actor: Actor): Promise<DataExport[]> =>
  tx.selectFrom('identity.dataExport').select(columns).where('memberId', '=', ownMember(actor))
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', tx.now.toISOString())])).orderBy('requestedAt', 'desc').orderBy('id', 'desc').execute();

/** @throws Problem `identity.data_export_not_found` also for somebody else's. */
export async function read(tx: Tx, storage: Storage, actor: Actor, exportId: string): Promise<FileContent> {
  const row = await tx.selectFrom('identity.dataExport').select('fileId').where('id', '=', exportId).where('memberId', '=', ownMember(actor)).where('expiresAt', '>', tx.now.toISOString()).executeTakeFirst();
  const content = row?.fileId ? await fileContentOf(tx, storage, row.fileId) : null;
  if (!content) throw new Problem(problems.data_export_not_found);
  return content;
}

export interface DataExportDependencies {
  database: Database;
  auth: Auth;
  storage: Storage;
  tenants: TenantDirectory;
  workDirectory: string;
  /** What all modules have of members. */
  memberData: () => readonly MemberData[];
  originOf: (tenant: Tenant) => string;
}

/** Makes the archive, and tells its owner; one that is ready already is only told of, by a run after one that failed there. */
export function dataExportJob(dependencies: DataExportDependencies): Job<{ tenantId: string; exportId: string }> {
  const { database, auth, storage, tenants, workDirectory, memberData, originOf } = dependencies;
  return defineJob({
    ...job, payload: z.object({ tenantId: z.uuid(), exportId: z.uuid() }),
    async run({ tenantId, exportId }, { attempt }) {
      const tenant = await tenants.byId(tenantId);
      const owner = tenant && await database.readTenant(tenant, systemActor, (tx) => ownerOf(tx, exportId));
      if (!tenant || !owner || (owner.isReady && attempt === 1)) return;
      if (!owner.isReady) await database.withTenant(tenant, { ...systemActor, memberId: owner.memberId }, (tx) => withArchive(workDirectory, contentsOf(tx, dependencies, owner.memberId), async ({ path, size, sha256 }) => {
        const fileId = await storeBeyondLimit(tx, tenant, storage, { name: `${tenant.slug}.zip`, mediaType: 'application/zip', size, sha256, path });
        const now = tx.now.getTime();
        const done = await tx.updateTable('identity.dataExport').set({ fileId, readyAt: tx.now.toISOString(), expiresAt: new Date(now + keptDays * 86_400_000).toISOString() })
          .where('id', '=', exportId).where('fileId', 'is', null).returning('id').executeTakeFirst();
        if (!done) throw new Error('Another run has made this archive meanwhile.');
      }));
      await auth.sendMail(auth.pool, { kind: 'data_ready', to: owner.email, name: owner.name, locale: owner.locale, url: `${originOf(tenant)}/account/data` });
    },
  });

  async function* contentsOf(tx: Tx, _: DataExportDependencies, memberId: string): AsyncGenerator<ArchiveEntry> {
    const member = await tx.selectFrom('identity.member').select(['id', 'accountId', 'name', 'email', 'locale', 'status', 'theme', 'timeZone', 'mutedNotices', 'pictureFileId', 'joinedAt']).where('id', '=', memberId).executeTakeFirstOrThrow();
    yield { name: 'member.json', content: written(member) };
    const { rows: [account] } = await auth.pool.query(
      'SELECT id, name, email, locale, two_factor_enabled, created_at FROM identity_control.account WHERE id = $1', [member.accountId]);
    const { rows: sessions } = await auth.pool.query('SELECT host, user_agent, ip_address, created_at, updated_at FROM identity_control.session WHERE account_id = $1', [member.accountId]);
    const { rows: passkeys } = await auth.pool.query('SELECT name, host, created_at, last_used_at FROM identity_control.passkey WHERE account_id = $1', [member.accountId]);
    yield { name: 'account.json', content: written({ ...account, sessions, passkeys }) };
    for await (const { table, rows } of rowsAbout(tx, namedIn(memberData()), [memberId, ...(await mergedMembers(tx, memberId)).map(({ id }) => id)])) {
      if (rows.length > 0) yield { name: `${table.replace('.', '/')}.json`, content: written(rows) };
    }
    const picture = member.pictureFileId ? await fileContentOf(tx, storage, member.pictureFileId) : null;
    if (picture) yield { name: `picture.${picture.mediaType.split('/')[1]}`, content: await picture.open() };
  }
}

const written = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const ownerOf = (tx: Tx, exportId: string) =>
  tx.selectFrom('identity.dataExport as export').innerJoin('identity.member as member', 'member.id', 'export.memberId')
    .select(['export.memberId', 'member.name', 'member.email', 'member.locale']).select((is) => is('export.fileId', 'is not', null).$castTo<boolean>().as('isReady')).where('export.id', '=', exportId).executeTakeFirst();

/** Throws archives away whose week is over. */
export async function deleteExpiredExports(tx: Tx): Promise<number> {
  const over = await tx.deleteFrom('identity.dataExport').where('expiresAt', '<=', tx.now.toISOString()).returning('fileId').execute();
  for (const { fileId } of over) if (fileId) await removeFile(tx, fileId);
  return over.length;
}
