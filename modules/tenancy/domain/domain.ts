/** A tenant's own names. They lead to it once, and as long as, the owner of the name is shown to agree. */
import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { enqueue, Problem, type ControlTx, type Database } from '@milpa/kernel';
import { problems } from '../problems.ts';
import type { Found } from '../tables.ts';
import { requireRecord } from '../tenant/tenant.ts';
import type { Domain } from './contract.ts';
import { domainNews } from './mail.ts';
import { deleteRow, dropPrimary, findClaim, findRow, insertClaim, isVerifiedElsewhere, listRows, lockRow, noteLook, updatePrimary, updateStanding, type DomainRow } from './queries.ts';
import { aliasOf, arrives, isInside, isOwnDomain, isText, later, patience, recordName, standingAfter } from './rules.ts';
import type { DomainVerifier } from './verifier.ts';

export interface DomainDeps {
  database: Database; verifier: DomainVerifier; baseHost: string;
  /** Of a domain that no longer counts: who has it next has nothing with the cookies that were given there, nor with what was made from them. */
  endSessionsAt(tx: ControlTx, host: string): Promise<void>;
}

/** Of each tenant; name servers are asked about every one of them. */
const mostDomains = 10;

export function viewOf({ host, token, verifiedAt, createdAt, claimedAt, missingSince, checkedAt, found, slug, primaryHost }: DomainRow, baseHost: string): Domain {
  const alias = aliasOf(slug, baseHost);
  return {
    host, verifiedAt, createdAt, checkedAt, record: { name: recordName(host), value: token }, target: { alias, addresses: found?.ours ?? [] },
    primary: host === primaryHost, arrives: found !== null && arrives(found, alias),
    found: found && { texts: found.texts, elsewhere: found.elsewhere, aliases: found.aliases, addresses: found.addresses },
    expiresAt: verifiedAt === null ? later(claimedAt, patience.claim) : null, stopsAt: missingSince && later(missingSince, patience.missing),
  };
}

/** The row of what was answered. @throws Problem `tenancy.domain_not_found` when it was removed since, or claimed anew. */
export async function rowOf(tx: ControlTx, { host, record }: Domain): Promise<DomainRow> {
  const row = await findClaim(tx, host, record.value);
  if (!row) throw new Problem(problems.domain_not_found);
  return row;
}

export async function list(tx: ControlTx, baseHost: string, tenantId: string): Promise<{ data: Domain[] }> {
  return { data: (await listRows(tx, tenantId)).map((row) => viewOf(row, baseHost)) };
}

/** Names in any script are kept as name servers know them (`xn--…`). Added again, a domain stays as it is. @throws Problem `tenancy.domain_invalid`, `tenancy.domain_taken`, `tenancy.domains_full`, `tenancy.status_conflict`. */
export async function add(tx: ControlTx, baseHost: string, tenantId: string, name: string): Promise<DomainRow> {
  const host = domainToASCII(name);
  if ((await requireRecord(tx, tenantId)).status === 'closed') throw new Problem(problems.status_conflict);
  if (!isOwnDomain(host, baseHost)) throw new Problem(problems.domain_invalid, { fields: [{ path: 'body.host', code: 'invalid' }] });
  if (await isVerifiedElsewhere(tx, tenantId, host)) throw new Problem(problems.domain_taken);
  const others = (await listRows(tx, tenantId)).filter((row) => row.host !== host);
  if (others.length >= mostDomains) throw new Problem(problems.domains_full, { params: { most: mostDomains } });
  await insertClaim(tx, tenantId, host, randomBytes(24).toString('base64url'));
  return get(tx, tenantId, host);
}

/** @throws Problem `tenancy.domain_not_found`. */
export async function get(tx: ControlTx, tenantId: string, host: string): Promise<DomainRow> {
  const row = await findRow(tx, tenantId, host);
  if (!row) throw new Problem(problems.domain_not_found);
  return row;
}

/** What name servers say of a domain; null when they do not answer. Where its proof is missing, the places where it is put by mistake are looked at too. */
async function lookUp({ verifier, baseHost }: Pick<DomainDeps, 'verifier' | 'baseHost'>, { host, token, slug }: DomainRow): Promise<Found | null> {
  const name = recordName(host);
  const [texts, places, ours] = await Promise.all([verifier.txtRecords(name), verifier.placesOf(host), verifier.placesOf(aliasOf(slug, baseHost))]);
  if (texts === null) return null;
  let elsewhere: string | null = null;
  for (const other of texts.some(isText(token)) ? [] : [host, `${name}.${host}`]) if ((await verifier.txtRecords(other))?.some(isText(token))) elsewhere ??= other;
  const shown = places && !places.addresses.some(isInside) ? places : { aliases: [], addresses: [] };
  const few = (all: readonly string[]) => all.slice(0, 10).map((one) => one.slice(0, 300));
  return { texts: few(texts), elsewhere, aliases: few(shown.aliases), addresses: few(shown.addresses), ours: few(ours?.addresses ?? []), proven: texts.some(isText(token)) };
}

/**
 * Looks a domain up, holding no connection while name servers think, and notes what follows: it counts, its proof is missing, or it no longer counts.
 * Silence changes nothing. `told`: whether the admins hear of it, who else have asked themselves.
 * @throws Problem `tenancy.domain_not_found` when it was removed or claimed anew meanwhile, `tenancy.domain_taken` when another tenant has proved it.
 */
export async function check(deps: DomainDeps, row: DomainRow, told = false): Promise<DomainRow> {
  const found = await lookUp(deps, row);
  const after = await deps.database.withControl(async (tx) => {
    const before = await lockRow(tx, row);
    if (!before) throw new Problem(problems.domain_not_found);
    await noteLook(tx, before, found);
    if (found) await follow(deps, tx, before, found.proven, told);
    return get(tx, row.tenantId, row.host);
  });
  if (found?.proven && after.verifiedAt === null) throw new Problem(problems.domain_taken);
  return after;
}

async function follow({ endSessionsAt }: DomainDeps, tx: ControlTx, before: DomainRow, isProven: boolean, told: boolean): Promise<void> {
  const { change, ...after } = standingAfter(before, isProven, tx.now);
  if (after.verifiedAt === before.verifiedAt && after.missingSince === before.missingSince) return;
  const { tenantId, host } = before;
  if (change === 'verified' && await isVerifiedElsewhere(tx, tenantId, host)) return;
  await updateStanding(tx, before, after).catch((error: { code?: string }) => { throw error.code === '23505' ? new Problem(problems.domain_taken) : error; });
  if (change === 'stopped') {
    await dropPrimary(tx, before);
    await endSessionsAt(tx, host);
  }
  if (change === null || (change === 'verified' && !told)) return;
  await enqueue(tx, domainNews, { tenantId, host, what: change, at: tx.now.toISOString() });
}

/** Asked for again within seconds, the answer is what was just found. @throws Problem of `check`. */
export async function checkNow(deps: DomainDeps, row: DomainRow): Promise<DomainRow> {
  const isFresh = await deps.database.readControl(async (tx) => row.checkedAt !== null && tx.now.getTime() - Date.parse(row.checkedAt) < patience.asked);
  return isFresh ? row : check(deps, row);
}

/** Verified before, it stays so. @throws Problem of `check`, `tenancy.domain_unproven`. */
export async function verify(deps: DomainDeps, row: DomainRow): Promise<DomainRow> {
  if (row.verifiedAt !== null) return row;
  const after = await check(deps, row);
  if (after.verifiedAt === null) throw new Problem(problems.domain_unproven, { params: { record: recordName(row.host) } });
  return after;
}

/** @throws Problem `tenancy.domain_not_found`. */
export async function remove({ endSessionsAt }: DomainDeps, tx: ControlTx, tenantId: string, host: string): Promise<void> {
  const removed = await deleteRow(tx, tenantId, host);
  if (!removed) throw new Problem(problems.domain_not_found);
  if (removed.verifiedAt !== null) await endSessionsAt(tx, host);
}

/**
 * From now on the tenant's other addresses lead to this one. Nobody is led to where nothing is: it has to lead here, as name servers say, or as who asks shows by coming from there.
 * @throws Problem `tenancy.domain_not_found`, `tenancy.domain_not_ready`.
 */
export async function choosePrimary(tx: ControlTx, baseHost: string, tenantId: string, host: string | null, cameBy: string): Promise<{ data: Domain[] }> {
  if (host !== null) {
    const domain = viewOf(await get(tx, tenantId, host), baseHost);
    if (domain.verifiedAt === null || !(domain.arrives || cameBy === host)) throw new Problem(problems.domain_not_ready, { params: { host } });
  }
  if (!await updatePrimary(tx, tenantId, host)) throw new Problem(problems.domain_not_ready, { params: { host: host ?? '' } });
  return list(tx, baseHost, tenantId);
}
