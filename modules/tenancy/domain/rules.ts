import { BlockList, isIPv6 } from 'node:net';
import type { Found } from '../tables.ts';

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const withoutPort = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/** Whether a tenant may have `host` as its own: a full name, no address, and not within the installation's. International names are given as `xn--`. */
export function isOwnDomain(host: string, baseHost: string): boolean {
  const base = withoutPort(baseHost);
  const labels = host.split('.');
  if (host.length > 253 || labels.length < 2 || !labels.every((part) => label.test(part))) return false;
  if (!/[a-z]/.test(labels.at(-1)!) || labels.at(-1) === 'localhost') return false;
  return host !== base && !host.endsWith(`.${base}`);
}

/** Where the owner of a name puts the token. */
export const recordName = (host: string): string => `_milpa.${host}`;

/** The name that a tenant has here, whatever else it is called. */
export const aliasOf = (slug: string, baseHost: string): string => `${slug}.${withoutPort(baseHost)}`;

/** Some put the quotation marks of their provider's example around a text. */
export const isText = (token: string) => (text: string): boolean => text.trim().replace(/^"(.*)"$/, '$1') === token;

/** Whether the name leads here: it stands for the tenant's name here, or all its addresses are the installation's. */
export const arrives = ({ aliases, addresses, ours }: Found, alias: string): boolean =>
  aliases.some((one) => one.replace(/\.$/, '').toLowerCase() === alias) || (addresses.length > 0 && addresses.every((address) => ours.includes(address)));

const inside = new BlockList();
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.168.0.0', 16]] as const) inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['::', 127], ['fc00::', 7], ['fe80::', 10]] as const) inside.addSubnet(net, bits, 'ipv6');

/** Whether an address says something about the network of this machine, which is nobody's business. */
export const isInside = (address: string): boolean => inside.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

const day = 86_400_000;
/** Milliseconds: for proving a claim; for bringing a proof back that is gone; between two looks that somebody asks for. */
export const patience = { claim: 14 * day, missing: 7 * day, asked: 5000 };

export interface Standing { verifiedAt: string | null; missingSince: string | null; claimedAt: string }
const since = (moment: string, now: Date): number => now.getTime() - Date.parse(moment);

export type Change = 'verified' | 'missing' | 'stopped' | null;

/** What the proof, there or not, makes of a domain: it counts with it, and without it for a week more. */
export function standingAfter(before: Standing, isProven: boolean, now: Date): Standing & { change: Change } {
  const at = now.toISOString();
  if (isProven) return { ...before, verifiedAt: before.verifiedAt ?? at, missingSince: null, change: before.verifiedAt === null ? 'verified' : null };
  if (before.verifiedAt === null) return { ...before, change: null };
  if (before.missingSince === null) return { ...before, missingSince: at, change: 'missing' };
  return since(before.missingSince, now) < patience.missing ? { ...before, change: null } : { verifiedAt: null, missingSince: null, claimedAt: at, change: 'stopped' };
}

/** Milliseconds later, as a time. */
export const later = (moment: string, milliseconds: number): string => new Date(Date.parse(moment) + milliseconds).toISOString();
