import { isIPv4, isIPv6 } from 'node:net';
import { ADDRESS_HEADER } from './auth.ts';
import type { Auth } from './auth.ts';
import { pickCookies } from './cookies.ts';

/** What a use case needs to know about the request that asks for it. */
export interface Visit {
  /** As the browser named it, with the port; links in mails lead back there. */
  host: string;
  /** The whole `Cookie` header. */
  cookie: string | undefined;
  userAgent: string | undefined;
  /** The browser's address as the kernel sees it behind proxies. */
  address: string;
  /** For mails to people whose own language is not known yet. */
  locale: string;
}

const USER_AGENT_MAX = 300;

/** Headers for a call of Better Auth's: the named cookies, the device, and the network instead of the address. */
export function engineHeaders(visit: Visit, cookieNames: readonly string[]): Headers {
  const headers = new Headers({ [ADDRESS_HEADER]: networkOf(visit.address, 24, 48) });
  const cookie = pickCookies(visit.cookie, cookieNames);
  if (cookie !== undefined) headers.set('cookie', cookie);
  const userAgent = shownUserAgent(visit);
  if (userAgent !== undefined) headers.set('user-agent', userAgent);
  return headers;
}

/** What the browser says it is, as far as it is kept. */
export const shownUserAgent = (visit: Visit): string | undefined => visit.userAgent?.replace(/[^\x20-\x7e]/g, '').slice(0, USER_AGENT_MAX);

/** Better Auth's names of its cookies, which carry our prefix. */
export async function cookieNames(auth: Auth) {
  const { authCookies, createAuthCookie } = await auth.engine.$context;
  return {
    session: authCookies.sessionToken.name,
    forgetful: authCookies.dontRememberToken.name,
    challenge: createAuthCookie('two_factor').name,
    trustedDevice: createAuthCookie('trust_device').name,
  };
}

/** The address with its last bits zero ("203.0.113.0", "2001:db8:7::"); lengths in whole octets or groups. "" if it is none. */
export function networkOf(address: string, ipv4Bits: 24 | 32, ipv6Bits: 48 | 64): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) {
    return plain
      .split('.')
      .map((octet, index) => (index < ipv4Bits / 8 ? octet : '0'))
      .join('.');
  }
  if (!isIPv6(plain)) return '';
  return `${ipv6Groups(plain)
    .slice(0, ipv6Bits / 16)
    .join(':')}::`;
}

function ipv6Groups(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...(tail === undefined ? [] : zeros), ...right];
}
