/**
 * Browsers from which somebody has signed in before, told by a cookie. Guesses from elsewhere cannot lock the account's owner out of
 * such a browser: it has a counter of its own. A browser is known on the host where that was; the cookie says nothing on another (decision 25).
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Auth } from './auth.ts';
import { cookiePrefix } from './auth.ts';
import { cookieLine, parseCookies } from './cookies.ts';
import { hostOf } from './visit.ts';
import type { Visit } from './visit.ts';

const COOKIE_SECONDS = 400 * 24 * 60 * 60;
/** A family shares a computer; more people than this have to be known anew. */
const MOST_ACCOUNTS = 8;

const cookieName = (auth: Auth) => `${cookiePrefix(auth.secureCookies)}.device`;
const tagOf = (auth: Auth, visit: Visit, device: string, email: string) => createHmac('sha256', auth.secret).update(`milpa device:${hostOf(visit)}:${device}:${email}`).digest('base64url').slice(0, 22);

function read(auth: Auth, visit: Visit): { device: string; tags: string[] } | undefined {
  const [device, ...tags] = parseCookies(visit.cookie).get(cookieName(auth))?.split('.') ?? [];
  return device && /^[\w-]{22}$/.test(device) ? { device, tags: tags.slice(0, MOST_ACCOUNTS) } : undefined;
}

/** The device's own name where that address has signed in from it, on this host. */
export function knownDevice(auth: Auth, visit: Visit, email: string): string | undefined {
  const known = read(auth, visit);
  return known?.tags.includes(tagOf(auth, visit, known.device, email)) ? known.device : undefined;
}

/** `Set-Cookie` by which this browser is known from now on as one of that address's. */
export function rememberDevice(auth: Auth, visit: Visit, email: string): string {
  const { device, tags } = read(auth, visit) ?? { device: randomBytes(16).toString('base64url'), tags: [] };
  const tag = tagOf(auth, visit, device, email);
  return cookieLine(auth, cookieName(auth), [device, tag, ...tags.filter((other) => other !== tag)].slice(0, MOST_ACCOUNTS + 1).join('.'), COOKIE_SECONDS);
}
