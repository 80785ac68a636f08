import { Resolver } from 'node:dns/promises';

/** Looks up what the owner of a name has published. */
export interface DomainVerifier {
  /** The texts of a TXT record; none when there is no such record or nobody answers. */
  txtRecords(name: string): Promise<string[]>;
}

/** Asks the name servers that this machine uses. */
export function dnsVerifier(): DomainVerifier {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  return { txtRecords: async (name) => (await resolver.resolveTxt(name).catch(() => [])).map((chunks) => chunks.join('')) };
}
