/**
 * Passkeys, by WebAuthn. The relying party is the host on which the key is made (decision 19): sessions belong to one host too.
 * A key asks its owner for a finger, a face or a PIN each time, so it counts as both steps.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { AuthenticationResponseJSON, AuthenticatorTransportFuture, PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Auth } from './auth.ts';
import { deviceOf } from './device.ts';
import { AccountError } from './errors.ts';
import { accountById, inTransaction, isUniqueViolation, lockAccount } from './queries.ts';
import { openSession, requireAccount } from './sessions.ts';
import { hostOf } from './visit.ts';
import type { Visit } from './visit.ts';

export interface PasskeyView { id: string; name: string; host: string; /** Whether it works where it is looked at. */ here: boolean; createdAt: Date; lastUsedAt: Date | null }

interface PasskeyRow { id: string; account_id: string; host: string; credential_id: string; public_key: Buffer; counter: string; transports: AuthenticatorTransportFuture[]; name: string; created_at: Date; last_used_at: Date | null }

/** Browsers name ways to reach a key that the library has not heard of yet. */
type MadeKey = Omit<RegistrationResponseJSON, 'response'> & { response: Omit<RegistrationResponseJSON['response'], 'transports'> & { transports?: string[] } };

const MOST = 20;
const NAME_MAX = 100;
/** A sign-in page may stand open for a while before its reader picks a key. */
const CHALLENGE_SECONDS = 30 * 60;

const originOf = (auth: Auth, visit: Visit): string => `${auth.secureCookies ? 'https' : 'http'}://${visit.host}`;

/** What the browser needs to make a key. @throws AccountError `identity.passkeys_full`. */
export async function beginPasskey(auth: Auth, visit: Visit): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const account = await requireAccount(auth, visit);
  const held = await passkeysOf(auth, account.accountId);
  if (held.length >= MOST) throw new AccountError('identity.passkeys_full');
  return generateRegistrationOptions({
    rpName: auth.appName, rpID: hostOf(visit), userID: new TextEncoder().encode(account.accountId), userName: account.email, userDisplayName: account.name,
    challenge: newChallenge(auth, visit, account.accountId),
    excludeCredentials: held.filter((key) => key.host === hostOf(visit)).map((key) => ({ id: key.credential_id, transports: key.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Keeps the key that the browser made; without a name it is called after the device. @throws AccountError `identity.passkey_refused`, `identity.passkeys_full`. */
export async function addPasskey(auth: Auth, visit: Visit, input: { response: MadeKey; name?: string | undefined }): Promise<PasskeyView> {
  const account = await requireAccount(auth, visit);
  const { registrationInfo } = await refusing(() => verifyRegistrationResponse({
    response: input.response as RegistrationResponseJSON, expectedChallenge: (challenge) => isOurs(auth, visit, account.accountId, challenge), expectedOrigin: originOf(auth, visit), expectedRPID: hostOf(visit), requireUserVerification: true,
  }));
  if (!registrationInfo) throw new AccountError('identity.passkey_refused');
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
  const { browser, system } = deviceOf(visit.userAgent ?? '');
  const name = input.name?.trim().slice(0, NAME_MAX) || [browser, system].filter(Boolean).join(' · ') || hostOf(visit);
  return inTransaction(auth.pool, async (client) => {
    await lockAccount(client, account.accountId);
    await useChallenge(client, auth, input.response.response.clientDataJSON);
    const { rows: held } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM identity_control.passkey WHERE account_id = $1', [account.accountId]);
    if ((held[0]?.count ?? 0) >= MOST) throw new AccountError('identity.passkeys_full');
    const { rows } = await client.query<PasskeyRow>(
      `INSERT INTO identity_control.passkey (account_id, host, credential_id, public_key, counter, transports, name, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *`,
      [account.accountId, hostOf(visit), id, Buffer.from(publicKey), counter, transports, name, auth.now()],
    ).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new AccountError('identity.passkey_refused') : error;
    });
    await auth.sendMail(client, { kind: 'passkey_added', to: account.email, name: account.name, locale: account.locale });
    return viewOf(visit, rows[0]!);
  });
}

export async function listPasskeys(auth: Auth, visit: Visit): Promise<PasskeyView[]> {
  const { accountId } = await requireAccount(auth, visit);
  return (await passkeysOf(auth, accountId)).map((row) => viewOf(visit, row));
}

/** @throws AccountError `identity.passkey_unknown` also when the key is somebody else's. */
export async function renamePasskey(auth: Auth, visit: Visit, id: string, name: string): Promise<PasskeyView> {
  const { accountId } = await requireAccount(auth, visit);
  const { rows } = await auth.pool.query<PasskeyRow>('UPDATE identity_control.passkey SET name = $3 WHERE account_id = $1 AND id = $2 RETURNING *', [accountId, id, name]);
  if (!rows[0]) throw new AccountError('identity.passkey_unknown');
  return viewOf(visit, rows[0]);
}

/** @throws AccountError `identity.passkey_unknown` also when the key is somebody else's. */
export async function removePasskey(auth: Auth, visit: Visit, id: string): Promise<void> {
  const account = await requireAccount(auth, visit);
  await inTransaction(auth.pool, async (client) => {
    const { rowCount } = await client.query('DELETE FROM identity_control.passkey WHERE account_id = $1 AND id = $2', [account.accountId, id]);
    if (rowCount === 0) throw new AccountError('identity.passkey_unknown');
    await auth.sendMail(client, { kind: 'passkey_removed', to: account.email, name: account.name, locale: account.locale });
  });
}

/** What the browser needs to offer the keys that it has for this host; says nothing about anybody. */
export const beginPasskeySignIn = (auth: Auth, visit: Visit): Promise<PublicKeyCredentialRequestOptionsJSON> => requestOptions(auth, visit, '', []);

/** The same for one account's keys; null when none of them is for this host. */
export async function beginPasskeyUse(auth: Auth, visit: Visit, accountId: string): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
  const here = (await passkeysOf(auth, accountId)).filter((key) => key.host === hostOf(visit));
  return here.length > 0 ? requestOptions(auth, visit, accountId, here) : null;
}

const requestOptions = (auth: Auth, visit: Visit, accountId: string, keys: readonly PasskeyRow[]): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({
    rpID: hostOf(visit), userVerification: 'required', challenge: newChallenge(auth, visit, accountId), timeout: CHALLENGE_SECONDS * 1000,
    ...(keys.length > 0 && { allowCredentials: keys.map((key) => ({ id: key.credential_id, transports: key.transports })) }),
  });

/** Signs in with a key: no password, and no second step. @throws AccountError `identity.passkey_refused`. */
export async function signInWithPasskey(auth: Auth, visit: Visit, input: { response: AuthenticationResponseJSON; remember?: boolean }): Promise<{ setCookies: string[] }> {
  const account = await accountById(auth.pool, await usePasskey(auth, visit, input.response));
  if (!account) throw new AccountError('identity.passkey_refused');
  return openSession(auth, visit, account, input.remember ?? true);
}

/** Whose key has answered the challenge: that of a sign-in, or one that was made for an account. @throws AccountError `identity.passkey_refused`. */
export async function usePasskey(auth: Auth, visit: Visit, response: AuthenticationResponseJSON, accountId?: string): Promise<string> {
  const { rows: [key] } = await auth.pool.query<PasskeyRow>('SELECT * FROM identity_control.passkey WHERE credential_id = $1 AND host = $2', [response.id, hostOf(visit)]);
  if (!key || (accountId !== undefined && key.account_id !== accountId)) throw new AccountError('identity.passkey_refused');
  const { verified, authenticationInfo } = await refusing(() => verifyAuthenticationResponse({
    response, expectedChallenge: (challenge) => isOurs(auth, visit, accountId ?? '', challenge), expectedOrigin: originOf(auth, visit), expectedRPID: hostOf(visit), requireUserVerification: true,
    credential: { id: key.credential_id, publicKey: new Uint8Array(key.public_key), counter: Number(key.counter), transports: key.transports },
  }));
  if (!verified) throw new AccountError('identity.passkey_refused');
  await inTransaction(auth.pool, async (client) => {
    await useChallenge(client, auth, response.response.clientDataJSON);
    await client.query('UPDATE identity_control.passkey SET counter = $2, last_used_at = $3 WHERE id = $1', [key.id, authenticationInfo.newCounter, auth.now()]);
  });
  return key.account_id;
}

const passkeysOf = async (auth: Auth, accountId: string): Promise<PasskeyRow[]> =>
  (await auth.pool.query<PasskeyRow>('SELECT * FROM identity_control.passkey WHERE account_id = $1 ORDER BY created_at, id', [accountId])).rows;

const viewOf = (visit: Visit, { id, name, host, created_at, last_used_at }: PasskeyRow): PasskeyView =>
  ({ id, name, host, here: host === hostOf(visit), createdAt: created_at, lastUsedAt: last_used_at });

/** The library throws plain errors for whatever does not fit; all of them mean that this key did not prove itself. */
async function refusing<Result>(check: () => Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch {
    throw new AccountError('identity.passkey_refused');
  }
}

/** Random, with its end and a proof that it is ours for this host and account: nothing is stored for pages that are only looked at. */
function newChallenge(auth: Auth, visit: Visit, accountId: string): Uint8Array<ArrayBuffer> {
  const body = Buffer.alloc(20, randomBytes(16));
  body.writeUInt32BE(Math.floor(auth.now().getTime() / 1000) + CHALLENGE_SECONDS, 16);
  return new Uint8Array(Buffer.concat([body, proofOf(auth, visit, accountId, body)]));
}

function isOurs(auth: Auth, visit: Visit, accountId: string, challenge: string): boolean {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== 52) return false;
  const body = bytes.subarray(0, 20);
  return timingSafeEqual(bytes.subarray(20), proofOf(auth, visit, accountId, body)) && body.readUInt32BE(16) * 1000 > auth.now().getTime();
}

const proofOf = (auth: Auth, visit: Visit, accountId: string, body: Buffer): Buffer =>
  createHmac('sha256', auth.secret).update(`milpa passkey:${hostOf(visit)}:${accountId}:`).update(body).digest();

/** A challenge is answered once. */
async function useChallenge(client: { query(text: string, values: unknown[]): Promise<{ rowCount: number | null }> }, auth: Auth, clientData: string): Promise<void> {
  const { challenge } = JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8')) as { challenge: string };
  const { rowCount } = await client.query('INSERT INTO identity_control.used_challenge (challenge_hash, used_at) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [createHash('sha256').update(challenge).digest(), auth.now()]);
  if (rowCount === 0) throw new AccountError('identity.passkey_refused');
}
