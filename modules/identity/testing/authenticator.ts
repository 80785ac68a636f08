/** For tests: an authenticator that makes passkeys and signs with them, in the formats of WebAuthn Level 3. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

interface Options { challenge: string; rp?: { id?: string }; rpId?: string; user?: { id: string } }
export interface Passkey { id: string; privateKey: KeyObject; counter: number; userHandle: string | undefined }

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const clientData = (type: string, challenge: string, origin: string) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

/** RFC 8949, as far as a key and an attestation need it. */
const cbor = {
  head: (major: number, length: number) => (length < 24 ? Buffer.from([(major << 5) | length]) : length < 256 ? Buffer.from([(major << 5) | 24, length]) : Buffer.from([(major << 5) | 25, length >> 8, length & 255])),
  int: (value: number) => (value >= 0 ? cbor.head(0, value) : cbor.head(1, -1 - value)),
  bytes: (value: Uint8Array) => Buffer.concat([cbor.head(2, value.length), value]),
  text: (value: string) => Buffer.concat([cbor.head(3, Buffer.byteLength(value)), Buffer.from(value)]),
  map: (entries: [Buffer, Buffer][]) => Buffer.concat([cbor.head(5, entries.length), ...entries.flat()]),
};

function authenticatorData(rpId: string, flags: number, counter: number, credential: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head[0] = flags;
  head.writeUInt32BE(counter, 1);
  return Buffer.concat([sha256(rpId), head, credential]);
}

/** Present, and known by finger, face or PIN. */
const present = 1, verified = 4, withCredential = 64;

/** Answers options for making a passkey. */
export function makePasskey(options: Options, origin: string, flags = present | verified) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  const cose = cbor.map([[cbor.int(1), cbor.int(2)], [cbor.int(3), cbor.int(-7)], [cbor.int(-1), cbor.int(1)], [cbor.int(-2), cbor.bytes(Buffer.from(x, 'base64url'))], [cbor.int(-3), cbor.bytes(Buffer.from(y, 'base64url'))]]);
  const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
  const data = authenticatorData(options.rp?.id ?? '', flags | withCredential, 0, credential);
  const attestationObject = cbor.map([[cbor.text('fmt'), cbor.text('none')], [cbor.text('attStmt'), cbor.map([])], [cbor.text('authData'), cbor.bytes(data)]]);
  const passkey: Passkey = { id: base64url(id), privateKey, counter: 0, userHandle: options.user?.id };
  return {
    passkey,
    response: {
      id: passkey.id, rawId: passkey.id, type: 'public-key' as const, clientExtensionResults: {},
      response: { clientDataJSON: base64url(clientData('webauthn.create', options.challenge, origin)), attestationObject: base64url(attestationObject), transports: ['internal' as const] },
    },
  };
}

/** Answers options for signing in. */
export function usePasskey(passkey: Passkey, options: Options, origin: string, flags = present | verified) {
  passkey.counter += 1;
  const data = authenticatorData(options.rpId ?? '', flags, passkey.counter);
  const client = clientData('webauthn.get', options.challenge, origin);
  return {
    id: passkey.id, rawId: passkey.id, type: 'public-key' as const, clientExtensionResults: {},
    response: {
      clientDataJSON: base64url(client), authenticatorData: base64url(data), signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), passkey.privateKey)),
      ...(passkey.userHandle === undefined ? {} : { userHandle: passkey.userHandle }),
    },
  };
}
