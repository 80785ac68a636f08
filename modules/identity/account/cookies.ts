import { createHmac, timingSafeEqual } from 'node:crypto';

/** The cookies of a `Cookie` header; of two with one name the first counts, as for Better Auth. */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals).trim();
    if (equals > 0 && name !== '' && !cookies.has(name)) cookies.set(name, decode(part.slice(equals + 1).trim()));
  }
  return cookies;
}

/** A `Cookie` header with only those cookies of the given one. */
export function pickCookies(header: string | undefined, names: readonly string[]): string | undefined {
  const cookies = parseCookies(header);
  const picked = names.flatMap((name) => {
    const value = cookies.get(name);
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  return picked.length > 0 ? picked.join('; ') : undefined;
}

/** A `Set-Cookie` header with the attributes of all our cookies; without a lifetime it goes with the browser. */
export function cookieLine({ secureCookies }: { secureCookies: boolean }, name: string, value: string, maxAgeSeconds?: number): string {
  return `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax${maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`}${secureCookies ? '; Secure' : ''}`;
}

/** Signs as Better Auth does: see `readSigned`. */
export const sign = (value: string, secret: string): string => `${value}.${createHmac('sha256', secret).update(value).digest('base64')}`;

/** What Better Auth signed as `value.base64(HMAC-SHA-256(secret, value))`; undefined when the signature is not ours. */
export function readSigned(signed: string | undefined, secret: string): string | undefined {
  const dot = signed?.lastIndexOf('.') ?? -1;
  if (signed === undefined || dot < 1) return undefined;
  const value = signed.slice(0, dot);
  const given = Buffer.from(signed.slice(dot + 1));
  const expected = Buffer.from(createHmac('sha256', secret).update(value).digest('base64'));
  return given.length === expected.length && timingSafeEqual(given, expected) ? value : undefined;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
