/**
 * How an operator gets into an organisation that let support in, and out again (decision 17). Two halves open the door: a verifier that never leaves
 * the browser's cookie on the organisation's host, and a code that an operator gets for its hash on the operator's host.
 */
import { createHash, randomBytes } from 'node:crypto';
import { audit, auditControl, Problem, problems as kernelProblems, sql, systemActor, type Actor, type ControlTx, type Database, type Identity, type RequestContext, type Tenant, type TenantDirectory, type TenantRef, type Tx } from '@milpa/kernel';
import type { Auth } from '../account/auth.ts';
import { cookiePrefix } from '../account/auth.ts';
import { cookieLine, parseCookies } from '../account/cookies.ts';
import { hostOf } from '../account/visit.ts';
import { problems } from '../problems.ts';
import type { SupportAccess } from './contract.ts';
import { findLiving, livingAccess } from './access.ts';
import { codeSeconds, sessionEnd } from './rules.ts';

export interface SupportDependencies {
  database: Database;
  auth: Auth;
  tenants: TenantDirectory;
  /** Scheme, host and port of a tenant's pages, and of the installation's own. */
  originOf: (tenant: Tenant) => string;
  operatorOrigin: string;
}

const random = () => randomBytes(32).toString('base64url');
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
/** What a session is found by: its token, on the host where it began (decision 25). */
const sessionHash = (host: string, token: string) => hashOf(`${hostOf({ host })} ${token}`);
const hostOfRequest = ({ origin }: RequestContext) => new URL(origin).host;

const sessionCookie = (auth: Auth) => `${cookiePrefix(auth.secureCookies)}.support`;
const verifierCookie = (auth: Auth) => `${cookiePrefix(auth.secureCookies)}.support_verifier`;
const verifierSeconds = 600;

/** @throws Problem `identity.support_tenant_closed` for an organisation that is paused or not open yet. */
export async function openTenant(tenants: TenantDirectory, tenantId: string): Promise<Tenant> {
  const tenant = await tenants.byId(tenantId);
  if (!tenant) throw new Problem(kernelProblems.not_found);
  if (tenant.status !== 'active') throw new Problem(problems.support_tenant_closed);
  return tenant;
}

/** Where entering begins and ends: at the installation's own name, since where a domain of the organisation's leads is in its hands. */
export const doorOf = ({ originOf }: Pick<SupportDependencies, 'originOf'>, tenant: Tenant): string => `${originOf({ ...tenant, primaryHost: null })}/support`;

/** The organisation's host remembers the browser, and sends it to where an operator confirms. */
export function prepare({ auth, operatorOrigin }: SupportDependencies, tenant: TenantRef): { url: string; cookie: string } {
  const verifier = random();
  return { url: `${operatorOrigin}/operator/tenants/${tenant.id}/support?challenge=${hashOf(verifier)}`, cookie: cookieLine(auth, verifierCookie(auth), verifier, verifierSeconds) };
}

interface Operator { accountId: string; name: string; twoFactor: boolean }

export const operatorOf = (tx: ControlTx, accountId: string): Promise<Operator | undefined> =>
  sql<Operator>`select account.id as account_id, account.name, account.two_factor_enabled as two_factor
    from identity_control.operator join identity_control.account on account.id = operator.account_id where account.id = ${accountId}`.execute(tx).then(({ rows }) => rows[0]);

/** @throws Problem `identity.support_needs_two_factor`, `identity.support_not_allowed`. */
export async function approve(tx: ControlTx, dependencies: SupportDependencies, request: RequestContext, tenantId: string, challenge: string): Promise<{ url: string }> {
  const tenant = await openTenant(dependencies.tenants, tenantId);
  const { actor, sessionId } = request;
  const operator = actor.accountId === null ? undefined : await operatorOf(tx, actor.accountId);
  if (!operator || sessionId === null) throw new Problem(problems.support_not_allowed);
  if (!operator.twoFactor) throw new Problem(problems.support_needs_two_factor);
  const access = await dependencies.database.readTenant(tenant, actor, (data) => livingAccess(data, operator.accountId));
  if (!access) throw new Problem(problems.support_not_allowed);
  const code = random();
  await tx.insertInto('identityControl.supportCode').values({
    codeHash: hashOf(code), challenge, tenantId, accessId: access.id, accountId: operator.accountId, sessionId, expiresAt: new Date(tx.now.getTime() + codeSeconds * 1000).toISOString(), usedAt: null,
  }).execute();
  return { url: `${doorOf(dependencies, tenant)}?code=${code}` };
}

/**
 * Takes the code, once, in the browser that has the verifier. The session and the installation's log are committed first: should the organisation's log then fail, nobody is given the token.
 * @throws Problem `identity.support_code_invalid`, `identity.support_not_allowed` when the organisation thought better of it meanwhile.
 */
export async function enter(tx: Tx, { database, auth }: SupportDependencies, request: RequestContext, code: string): Promise<{ until: string; level: SupportAccess['level']; cookies: string[] }> {
  const verifier = parseCookies(request.cookieHeader).get(verifierCookie(auth));
  if (verifier === undefined) throw new Problem(problems.support_code_invalid);
  const token = random();
  const { until, level } = await database.withControl(async (control) => {
    const taken = await takeCode(control, tx.tenant, code, verifier);
    const operator = taken && await operatorOf(control, taken.accountId);
    if (!operator?.twoFactor) throw new Problem(problems.support_code_invalid);
    const access = await findLiving(tx, taken!.accessId);
    if (!access) throw new Problem(problems.support_not_allowed);
    const expiresAt = sessionEnd(access.expiresAt, control.now).toISOString();
    await audit(tx, { action: 'identity.enterSupport', ...subject(taken!.accessId), detail: { level: access.level, until: expiresAt }, requestId: request.requestId }, actorOf(operator, taken!.accessId, access));
    await control.insertInto('identityControl.supportSession').values({ tokenHash: sessionHash(hostOfRequest(request), token), tenantId: tx.tenant.id, ...taken!, createdAt: control.now.toISOString(), expiresAt }).execute();
    await auditControl(control, { action: 'identity.enterSupport', accountId: operator.accountId, subjectType: 'tenant', subjectId: tx.tenant.id, detail: { accessId: taken!.accessId }, requestId: request.requestId });
    return { until: expiresAt, level: access.level };
  });
  return { until, level, cookies: [cookieLine(auth, sessionCookie(auth), token), cookieLine(auth, verifierCookie(auth), '', 0)] };
}

const takeCode = (tx: ControlTx, tenant: TenantRef, code: string, verifier: string): Promise<{ accountId: string; sessionId: string; accessId: string } | undefined> =>
  tx.updateTable('identityControl.supportCode').set({ usedAt: tx.now.toISOString() })
    .where('codeHash', '=', hashOf(code)).where('challenge', '=', hashOf(verifier)).where('tenantId', '=', tenant.id)
    .where('usedAt', 'is', null).where('expiresAt', '>', tx.now.toISOString()).returning(['accountId', 'sessionId', 'accessId']).executeTakeFirst();

const subject = (accessId: string) => ({ subjectType: 'supportAccess', subjectId: accessId });

function actorOf({ accountId, name }: { accountId: string; name: string }, accessId: string, { level, expiresAt }: { level: SupportAccess['level']; expiresAt: string }): Actor {
  return { kind: 'support', accountId, memberId: null, permissions: new Set(), support: { accessId, mayChange: level === 'change', until: expiresAt, open: new Set() }, profile: { name, email: '', persona: 'admin' } };
}

/** Ends the session of this browser, and says so in both logs. */
export async function leave(tx: Tx, { database, auth }: SupportDependencies, request: RequestContext): Promise<string[]> {
  const { actor } = request;
  const token = parseCookies(request.cookieHeader).get(sessionCookie(auth));
  if (actor.support && token !== undefined) {
    await audit(tx, { action: 'identity.leaveSupport', ...subject(actor.support.accessId), requestId: request.requestId });
    await database.withControl(async (control) => {
      await control.deleteFrom('identityControl.supportSession').where('tokenHash', '=', sessionHash(hostOfRequest(request), token)).execute();
      await auditControl(control, { action: 'identity.leaveSupport', accountId: actor.accountId, subjectType: 'tenant', subjectId: tx.tenant.id, requestId: request.requestId });
    });
  }
  return [cookieLine(auth, sessionCookie(auth), '', 0)];
}

/** The session is over, by whichever end: the browser forgets it, so that the next request is a stranger's. */
const ended = (auth: Auth) => new Problem(problems.support_ended, { headers: { 'set-cookie': cookieLine(auth, sessionCookie(auth), '', 0) } });

/**
 * Who comes with a support session; null without one. Asked in one query: the session itself, the operator's own session from which it was made, that
 * they are an operator still, and that their second step is on.
 * @throws Problem `identity.support_ended`.
 */
export async function identifySupport(database: Database, auth: Auth, host: string, cookieHeader: string): Promise<Identity | null> {
  const token = parseCookies(cookieHeader).get(sessionCookie(auth));
  if (!token) return null;
  const { rows: [session] } = await database.readControl((tx) => sql<{ tenantId: string; accessId: string; accountId: string; expiresAt: string; name: string }>`
    select support.tenant_id, support.access_id, support.account_id, support.expires_at, account.name
    from identity_control.support_session support join identity_control.session own on own.id = support.session_id
      join identity_control.operator on operator.account_id = support.account_id join identity_control.account on account.id = support.account_id
    where support.token_hash = ${sessionHash(host, token)} and support.expires_at > ${tx.now.toISOString()}::timestamptz and own.expires_at > ${tx.now.toISOString()}::timestamptz
      and account.two_factor_enabled`.execute(tx));
  if (!session) throw ended(auth);
  const { tenantId, accessId, accountId, expiresAt, name } = session;
  return { accountId, sessionId: null, operator: false, person: { name, email: '' }, token: null, support: { tenantId, accessId, until: expiresAt } };
}

/** Support in this tenant, as far as it is allowed at this moment. @throws Problem `identity.support_ended`. */
export async function supportActor(database: Database, auth: Auth, tenant: TenantRef, { accountId, person, support }: Identity, permissions: readonly string[], open: ReadonlySet<string>): Promise<Actor> {
  const access = support?.tenantId === tenant.id ? await database.readTenant(tenant, systemActor, (tx) => findLiving(tx, support.accessId)) : null;
  if (!access) throw ended(auth);
  const actor = actorOf({ accountId, name: person?.name ?? '' }, support!.accessId, { level: access.level, expiresAt: support!.until });
  return { ...actor, support: { ...actor.support!, open }, permissions: new Set([...permissions, ...open]) };
}

/** Codes and sessions that are over. */
export async function deleteExpiredSupport(database: Database): Promise<void> {
  await database.withControl(async (tx) => {
    for (const table of ['identityControl.supportCode', 'identityControl.supportSession'] as const) await tx.deleteFrom(table).where('expiresAt', '<', tx.now.toISOString()).execute();
  });
}
