/** Who sends a request, and what they may do in the tenant: the kernel asks for every one. */
import { Problem, type Actor, type Authenticator, type Clock, type Database } from '@milpa/kernel';
import type { Auth } from '../account/auth.ts';
import { accountOf } from '../account/sessions.ts';
import { isOperator } from '../operator/operators.ts';
import { problems } from '../problems.ts';
import { readAccessToken, tokenKeys } from '../token/jwt.ts';
import { stillCounts } from '../token/queries.ts';
import { identifySupport, supportActor } from '../support/session.ts';
import { standingOf } from './queries.ts';
import { inBoth, personaOf } from './rules.ts';
import { permissionsOfVisitors } from './visitor.ts';

export interface AuthenticatorOptions { database: Database; auth: Auth; secret: string; clock: Clock; /** What the role `visitor` may hold; anything else in it counts for nobody. */ visitorPermissions: () => readonly string[]; /** What support holds where it was let in. */ supportPermissions?: () => readonly string[] }

/** An `Authorization` header counts alone: cookies beside it are not looked at, and a wrong token is an error, not a visitor. */
export function makeAuthenticator({ database, auth, secret, clock, visitorPermissions, supportPermissions = () => [] }: AuthenticatorOptions): Authenticator {
  const keys = tokenKeys(secret);
  return {
    async identify({ host, cookieHeader, authorization }) {
      if (authorization !== null) {
        const token = /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1];
        const claims = token === undefined ? null : await readAccessToken(keys, token, clock.now());
        const ended = claims?.authenticatedAt !== undefined && !await stillCounts(auth, { ...claims, authenticatedAt: claims.authenticatedAt });
        if (!claims || ended) throw new Problem(problems.token_invalid, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
        const { accountId, tenantId, memberId, permissions } = claims;
        return { accountId, sessionId: null, operator: false, token: { tenantId, memberId, permissions } };
      }
      const support = await identifySupport(database, auth, host, cookieHeader);
      if (support) return support;
      const account = cookieHeader === '' ? null : await accountOf(auth, { host, cookie: cookieHeader });
      return account && { accountId: account.accountId, sessionId: account.sessionId, operator: await isOperator(database, account.accountId), fresh: account.freshUntil > clock.now(), person: { name: account.name, email: account.email }, token: null };
    },

    async actorIn(tenant, identity): Promise<Actor> {
      const visitor = async () => permissionsOfVisitors(database, tenant, visitorPermissions());
      if (!identity) return { kind: 'visitor', accountId: null, memberId: null, permissions: await visitor() };
      if (identity.support) return supportActor(database, auth, tenant, identity, supportPermissions(), await visitor());
      const { accountId, token } = identity;
      const asAccount: Actor = { kind: 'account', accountId, memberId: null, permissions: new Set(), ...(identity.person ? { profile: { ...identity.person, persona: null } } : {}) };
      const member = await database.readTenant(tenant, asAccount, (tx) => standingOf(tx, accountId, visitorPermissions()));
      if (!member || member.status !== 'active' || (token && token.memberId !== member.id)) return { ...asAccount, permissions: await visitor() };
      const held = new Set(member.permissions);
      // A token never gives more than its member has by now.
      return {
        kind: 'member', accountId, memberId: member.id, permissions: token ? inBoth(held, new Set(token.permissions)) : held,
        profile: { name: member.name, email: member.email, persona: personaOf(member.personas), theme: member.theme, timeZone: member.timeZone },
      };
    },
  };
}
