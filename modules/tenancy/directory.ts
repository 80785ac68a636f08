/** Finds tenants by id and host, remembering the answers until somebody changes a tenant. */
import type { Database, Tenant, TenantDirectory } from '@milpa/kernel';
import { LRUCache } from 'lru-cache';
import './tables.ts';
import { findByDomain, findBySlug, findTenant, listOpen } from './tenant/queries.ts';

export interface Directory extends TenantDirectory {
  bySlug(slug: string): Promise<Tenant | null>;
  /** Every active tenant, in pages, and the suspended and closed ones when asked for: for work that goes through all of them. */
  all(options?: { suspended?: boolean; closed?: boolean }): AsyncIterable<Tenant>;
  /** Forgets all answers; called after a change here, and when another process tells of one. */
  forget(): void;
}

/** Should a notice of a change be lost with its connection, an answer is wrong for at most this long. */
const rememberedMilliseconds = 10_000;

type Finder = Parameters<Database['readControl']>[0];

export function makeDirectory(database: Database, baseHost: string): Directory {
  const known = new LRUCache<string, { tenant: Tenant | null }>({ max: 20_000, ttl: rememberedMilliseconds });
  const suffix = `.${baseHost.replace(/:\d+$/, '')}`;
  let generation = 0;

  const remember = async (key: string, find: Finder): Promise<Tenant | null> => {
    const before = known.get(key);
    if (before) return before.tenant;
    const asked = generation;
    const tenant = (await database.readControl(find) as Tenant | undefined) ?? null;
    // What was read before a change must not be remembered after it.
    if (asked === generation) known.set(key, { tenant });
    return tenant;
  };
  const bySlug = (slug: string) => remember(`slug:${slug}`, (tx) => findBySlug(tx, slug));
  return {
    bySlug,
    byId: (id) => remember(`id:${id.toLowerCase()}`, (tx) => findTenant(tx, id)),
    byHost: (host) => {
      const name = host.toLowerCase();
      const slug = name.endsWith(suffix) ? name.slice(0, -suffix.length) : null;
      return slug !== null && !slug.includes('.') ? bySlug(slug) : remember(`host:${name}`, (tx) => findByDomain(tx, name));
    },
    async *all({ suspended = false, closed = false } = {}) {
      let after = '00000000-0000-0000-0000-000000000000';
      for (;;) {
        const tenants = await database.readControl((tx) => listOpen(tx, ['active', ...(suspended ? ['suspended' as const] : []), ...(closed ? ['closed' as const] : [])], after, 200));
        yield* tenants;
        const last = tenants.at(-1);
        if (!last) return;
        after = last.id;
      }
    },
    forget() {
      generation += 1;
      known.clear();
    },
  };
}
