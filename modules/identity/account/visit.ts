import { networkOf } from '@milpa/kernel';
import { ADDRESS_HEADER, HOST_HEADER } from './auth.ts';
import type { Auth } from './auth.ts';
import { pickCookies } from './cookies.ts';

/** What a use case needs to know about the request that asks for it. */
export interface Visit {
  /** As the browser named it, with the port; links in mails lead back there, as far as it is the installation’s. */
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

/** What browsers keep cookies and passkeys for: the name without its port. */
export const hostOf = ({ host }: Pick<Visit, 'host'>): string => host.replace(/:\d+$/, '').toLowerCase();

/** Headers for a call of Better Auth's: the named cookies, the host, the device, and the network instead of the address. */
export function engineHeaders(visit: Visit, cookieNames: readonly string[]): Headers {
  const headers = new Headers({ [ADDRESS_HEADER]: networkOf(visit.address, 24, 48), [HOST_HEADER]: hostOf(visit) });
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
