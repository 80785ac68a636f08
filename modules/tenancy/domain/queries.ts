import type { ControlTx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { Found } from '../tables.ts';
import { patience, type Standing } from './rules.ts';

export interface DomainRow extends Standing {
  tenantId: string; host: string; token: string; createdAt: string; checkedAt: string | null; found: Found | null;
  /** Of the tenant. */
  slug: string; primaryHost: string | null;
}

const rows = (tx: ControlTx) => tx.selectFrom('tenancyControl.domain as domain').innerJoin('tenancyControl.tenant as tenant', 'tenant.id', 'domain.tenantId')
  .select(['domain.tenantId', 'domain.host', 'domain.token', 'domain.verifiedAt', 'domain.createdAt', 'domain.claimedAt', 'domain.checkedAt', 'domain.found', 'domain.missingSince', 'tenant.slug', 'tenant.primaryHost']);

export const findRow = (tx: ControlTx, tenantId: string, host: string): Promise<DomainRow | undefined> => rows(tx).where('domain.tenantId', '=', tenantId).where('domain.host', '=', host).executeTakeFirst();

/** The claim that has this token. */
export const findClaim = (tx: ControlTx, host: string, token: string): Promise<DomainRow | undefined> => rows(tx).where('domain.host', '=', host).where('domain.token', '=', token).executeTakeFirst();

/** The same, until the transaction ends nobody else's to change. Undefined when it was removed, or claimed anew. */
export const lockRow = (tx: ControlTx, { tenantId, host, token }: DomainRow): Promise<DomainRow | undefined> =>
  rows(tx).where('domain.tenantId', '=', tenantId).where('domain.host', '=', host).where('domain.token', '=', token).forUpdate('domain').executeTakeFirst();

export const listRows = (tx: ControlTx, tenantId: string): Promise<DomainRow[]> => rows(tx).where('domain.tenantId', '=', tenantId).orderBy('domain.host').execute();

/** When to look again: soon while somebody waits for it, daily while all is well. */
const nextLook = sql<string>`coalesce(domain.checked_at, domain.created_at) + case
  when domain.missing_since is not null then interval '6 hours' when domain.verified_at is not null then interval '1 day'
  when domain.checked_at < domain.claimed_at + interval '1 day' then interval '10 minutes' else interval '2 hours' end`;

/** Of tenants that are open, those to look at by now, the most urgent first. */
export const listDue = (tx: ControlTx, limit: number): Promise<DomainRow[]> =>
  rows(tx).where('tenant.status', 'in', ['active', 'suspended']).where(nextLook, '<=', tx.now.toISOString()).orderBy(nextLook).limit(limit).execute();

export const isVerifiedElsewhere = async (tx: ControlTx, tenantId: string, host: string): Promise<boolean> =>
  (await tx.selectFrom('tenancyControl.domain').select('host').where('host', '=', host).where('tenantId', '<>', tenantId).where('verifiedAt', 'is not', null).executeTakeFirst()) !== undefined;

/** A claim that is there stays as it is. */
export const insertClaim = (tx: ControlTx, tenantId: string, host: string, token: string) =>
  tx.insertInto('tenancyControl.domain').values({ host, tenantId, token, verifiedAt: null, createdAt: tx.now.toISOString(), claimedAt: tx.now.toISOString() })
    .onConflict((conflict) => conflict.columns(['tenantId', 'host']).doNothing()).execute();

export const updateStanding = (tx: ControlTx, { tenantId, host }: DomainRow, { verifiedAt, missingSince, claimedAt }: Standing) =>
  tx.updateTable('tenancyControl.domain').set({ verifiedAt, missingSince, claimedAt }).where('tenantId', '=', tenantId).where('host', '=', host).execute();

export const noteLook = (tx: ControlTx, { tenantId, host }: DomainRow, found: Found | null) =>
  tx.updateTable('tenancyControl.domain').set({ checkedAt: tx.now.toISOString(), found }).where('tenantId', '=', tenantId).where('host', '=', host).execute();

export const deleteRow = (tx: ControlTx, tenantId: string, host: string) =>
  tx.deleteFrom('tenancyControl.domain').where('tenantId', '=', tenantId).where('host', '=', host).returning('verifiedAt').executeTakeFirst();

/** Claims that nobody has proved in time; which they were. */
export const deleteExpired = (tx: ControlTx): Promise<{ tenantId: string; host: string; claimedAt: string }[]> =>
  tx.deleteFrom('tenancyControl.domain').where('verifiedAt', 'is', null).where('claimedAt', '<', new Date(tx.now.getTime() - patience.claim).toISOString()).returning(['tenantId', 'host', 'claimedAt']).execute();

/** False unless the tenant has this domain, verified, and keeps it so until it is the primary one; null is the subdomain. */
export async function updatePrimary(tx: ControlTx, tenantId: string, host: string | null): Promise<boolean> {
  const { rows: changed } = await sql<{ id: string }>`
    update tenancy_control.tenant t set primary_host = ${host}, updated_at = ${tx.now.toISOString()} where t.id = ${tenantId}
      and (${host}::text is null or exists (select from tenancy_control.domain d where d.tenant_id = t.id and d.host = ${host} and d.verified_at is not null for share)) returning t.id`.execute(tx);
  return changed.length > 0;
}

/** A domain that no longer counts is no tenant's primary one. */
export const dropPrimary = (tx: ControlTx, { tenantId, host }: DomainRow) =>
  tx.updateTable('tenancyControl.tenant').set({ primaryHost: null, updatedAt: tx.now.toISOString() }).where('id', '=', tenantId).where('primaryHost', '=', host).execute();
