/** A tenant's own names. They lead to it once the owner of the name has been shown to agree. */
import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { Problem, type ControlTx, type Database } from '@milpa/kernel';
import { problems } from '../problems.ts';
import { requireRecord } from '../tenant/tenant.ts';
import type { Domain } from './contract.ts';
import { isOwnDomain, recordName } from './rules.ts';
import type { DomainVerifier } from './verifier.ts';

const columns = ['host', 'token', 'verifiedAt', 'createdAt'] as const;
interface DomainRow { host: string; token: string; verifiedAt: string | null; createdAt: string }
const view = ({ token, ...row }: DomainRow): Domain => ({ ...row, record: { name: recordName(row.host), value: token } });

const find = (tx: ControlTx, tenantId: string, host: string) =>
  tx.selectFrom('tenancyControl.domain').select(columns).where('tenantId', '=', tenantId).where('host', '=', host).executeTakeFirst();

/** @throws Problem `tenancy.tenant_not_found`. */
export async function list(tx: ControlTx, tenantId: string): Promise<{ data: Domain[] }> {
  await requireRecord(tx, tenantId);
  return { data: (await tx.selectFrom('tenancyControl.domain').select(columns).where('tenantId', '=', tenantId).orderBy('host').execute()).map(view) };
}

/** Names in any script are kept as name servers know them (`xn--…`). Added again, a domain stays as it is. @throws Problem `tenancy.domain_invalid`, `tenancy.domain_taken`, `tenancy.status_conflict`. */
export async function add(tx: ControlTx, baseHost: string, tenantId: string, name: string): Promise<Domain> {
  const host = domainToASCII(name);
  if ((await requireRecord(tx, tenantId)).status === 'closed') throw new Problem(problems.status_conflict);
  if (!isOwnDomain(host, baseHost)) throw new Problem(problems.domain_invalid, { fields: [{ path: 'body.host', code: 'invalid' }] });
  await tx.insertInto('tenancyControl.domain')
    .values({ host, tenantId, token: randomBytes(24).toString('base64url'), verifiedAt: null, createdAt: tx.now.toISOString() })
    .onConflict((conflict) => conflict.column('host').doNothing()).execute();
  const row = await find(tx, tenantId, host);
  if (!row) throw new Problem(problems.domain_taken);
  return view(row);
}

/** @throws Problem `tenancy.domain_not_found`. */
export async function get(tx: ControlTx, tenantId: string, host: string): Promise<Domain> {
  const row = await find(tx, tenantId, host);
  if (!row) throw new Problem(problems.domain_not_found);
  return view(row);
}

/**
 * Looks for the record, and holds no connection while name servers think. Verified before, it stays so; a domain that was removed meanwhile, or went
 * to somebody else and has another token, is not verified. @throws Problem `tenancy.domain_not_found`, `tenancy.domain_unproven`.
 */
export async function verify(database: Database, verifier: DomainVerifier, domain: Domain): Promise<Domain> {
  if (domain.verifiedAt !== null) return domain;
  const { host, record } = domain;
  if (!(await verifier.txtRecords(record.name)).includes(record.value)) throw new Problem(problems.domain_unproven, { params: { record: record.name } });
  return database.withControl(async (tx) => {
    const row = await tx.updateTable('tenancyControl.domain').set((is) => ({ verifiedAt: is.fn.coalesce('verifiedAt', is.val(tx.now.toISOString())) }))
      .where('host', '=', host).where('token', '=', record.value).returning(columns).executeTakeFirst();
    if (!row) throw new Problem(problems.domain_not_found);
    return view(row);
  });
}

/** @throws Problem `tenancy.domain_not_found`. */
export async function remove(tx: ControlTx, tenantId: string, host: string): Promise<void> {
  const gone = await tx.deleteFrom('tenancyControl.domain').where('tenantId', '=', tenantId).where('host', '=', host).returning('host').executeTakeFirst();
  if (!gone) throw new Problem(problems.domain_not_found);
}
