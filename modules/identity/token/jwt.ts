/** Access tokens: signed by this installation, believed for a quarter of an hour. */
import { hkdfSync } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

export const accessTokenSeconds = 15 * 60;
const issuer = 'urn:milpa';
const audience = 'urn:milpa:api';
const algorithm = 'HS256';

export interface AccessClaims {
  accountId: string;
  tenantId: string;
  memberId: string;
  permissions: string[];
  /** When its owner proved who they are (ISO 8601), and in which session: what ends those ends the token. */
  authenticatedAt?: string | undefined;
  sessionId?: string | null | undefined;
}

export type TokenKeys = Uint8Array;
/** A key for tokens alone, derived from the installation's secret. */
export const tokenKeys = (secret: string): TokenKeys => new Uint8Array(hkdfSync('sha256', secret, '', 'milpa: access tokens', 32));

export function signAccessToken(keys: TokenKeys, claims: AccessClaims, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ tid: claims.tenantId, mid: claims.memberId, perms: claims.permissions, proven: claims.authenticatedAt, sid: claims.sessionId ?? undefined })
    .setProtectedHeader({ alg: algorithm, typ: 'at+jwt' }).setIssuer(issuer).setAudience(audience).setSubject(claims.accountId)
    .setIssuedAt(issuedAt).setExpirationTime(issuedAt + accessTokenSeconds).sign(keys);
}

const payloadSchema = z.object({ sub: z.uuid(), tid: z.uuid(), mid: z.uuid(), perms: z.array(z.string()), proven: z.string().optional(), sid: z.uuid().optional() });

/** What the token says, or null when it is not ours, altered or too old. */
export async function readAccessToken(keys: TokenKeys, token: string, now: Date): Promise<AccessClaims | null> {
  const verified = await jwtVerify(token, keys, { issuer, audience, algorithms: [algorithm], typ: 'at+jwt', currentDate: now, requiredClaims: ['exp', 'sub'] }).catch(() => null);
  const payload = payloadSchema.safeParse(verified?.payload);
  if (!payload.success) return null;
  const { sub, tid, mid, perms, proven, sid } = payload.data;
  return { accountId: sub, tenantId: tid, memberId: mid, permissions: perms, authenticatedAt: proven, sessionId: sid };
}
