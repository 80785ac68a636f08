import { Resolver } from 'node:dns/promises';

/** Looks up what the owner of a name has published. */
export interface DomainVerifier {
  /** The texts of a TXT record, none when there is no such record; null when nobody answers. */
  txtRecords(name: string): Promise<string[] | null>;
  /** Where a name leads: the names that it stands for, and its addresses; null when nobody answers. */
  placesOf(host: string): Promise<Places | null>;
}
export interface Places { aliases: string[]; addresses: string[] }

/** Name servers that say that there is nothing have answered. */
const nothing = new Set(['ENODATA', 'ENOTFOUND']);
const asked = <T>(answer: Promise<T[]>): Promise<T[] | null> => answer.catch((error: { code?: string }) => (nothing.has(error.code ?? '') ? [] : null));

/** Asks the name servers that this machine uses. */
export function dnsVerifier(): DomainVerifier {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  return {
    txtRecords: async (name) => (await asked(resolver.resolveTxt(name)))?.map((chunks) => chunks.join('')) ?? null,
    async placesOf(host) {
      const [aliases, four, six] = await Promise.all([asked(resolver.resolveCname(host)), asked(resolver.resolve4(host)), asked(resolver.resolve6(host))]);
      return aliases && four && six ? { aliases, addresses: [...four, ...six] } : null;
    },
  };
}
