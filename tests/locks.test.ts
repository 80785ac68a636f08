import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lock, lockShared, systemActor, type Tenant, type Tx } from '@milpa/kernel';
import { createTestBed, type TestBed } from '@milpa/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

let bed: TestBed;
let tenants: Tenant[];
beforeAll(async () => {
  bed = await createTestBed();
  tenants = [(await bed.tenant()).tenant, (await bed.tenant()).tenant];
});
afterAll(() => bed.close());

type Taking = (tx: Tx) => Promise<void>;
/** Whether the second one waits while the first has its lock. */
async function waits(first: Taking, second: Taking, other = tenants[0]!): Promise<boolean> {
  const { database } = bed.application;
  return database.withTenant(tenants[0]!, systemActor, async (tx) => {
    await first(tx);
    // Whoever would have to wait hears so at once.
    return database.withTenant(other, systemActor, async (later) => {
      await sql`set local lock_timeout = 1`.execute(later);
      await second(later);
      return false;
    }).catch((error: { code?: string }) => {
      if (error.code !== '55P03') throw error;
      return true;
    });
  });
}

const places = (key?: string): Taking => (tx) => lock(tx, 'test.places', key);
const shared: Taking = (tx) => lockShared(tx, 'test.places');

test('a lock keeps others of its name and key out until the transaction ends', async () => {
  expect(await waits(places(), places())).toBe(true);
  expect(await waits(places('a'), places('a'))).toBe(true);
  expect(await waits(shared, places())).toBe(true);
  expect(await waits(places(), shared)).toBe(true);
  expect(await waits(async () => {}, places()), 'those before have ended').toBe(false);
});

test('and nobody else: another name, key or tenant, or who shares it', async () => {
  expect(await waits(shared, shared)).toBe(false);
  expect(await waits(places(), (tx) => lock(tx, 'test.rooms'))).toBe(false);
  expect(await waits(places('a'), places('b'))).toBe(false);
  expect(await waits(places('a'), places())).toBe(false);
  expect(await waits(places('a"b'), (tx) => lock(tx, 'test.places', 'a\\"b'))).toBe(false);
  expect(await waits(places(), places(), tenants[1])).toBe(false);
});

test('each name stands in one module, and no lock is taken past these functions', () => {
  const root = join(import.meta.dirname, '..');
  const owners = new Map<string, Set<string>>();
  for (const file of globSync(['modules/**/*.ts', 'flows/**/*.ts', 'apps/server/**/*.ts'], { cwd: root, exclude: ['**/node_modules/**', '**/*.test.ts'] })) {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text, file).not.toContain('pg_advisory_xact_lock');
    for (const [, name] of text.matchAll(/\block(?:Shared)?\(tx, '([^']+)'/g)) owners.set(name!, (owners.get(name!) ?? new Set()).add(file));
  }
  expect(owners.size).toBeGreaterThan(10);
  for (const [name, files] of owners) {
    expect([...files], name).toHaveLength(1);
    expect([...files][0]).toMatch(`modules/${name.split('.')[0]}/`);
  }
});
