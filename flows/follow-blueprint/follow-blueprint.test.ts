import { createTestBed, type TestBed, type TestTenant } from '@milpa/testkit';
import { askToFollow } from '@milpa/flows';
import { afterAll, beforeAll, expect, test } from 'vitest';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

/** Makes a tenant of the days before some permissions and a feature were there. */
async function ofBefore({ tenant }: TestTenant, permissions: string[], feature: string): Promise<void> {
  await bed.owner.query('update tenancy.furnishing set known_permissions = array(select unnest(known_permissions) except select unnest($2::text[])) where tenant_id = $1', [tenant.id, permissions]);
  await bed.owner.query('update identity.role set permissions = array(select unnest(permissions) except select unnest($2::text[])) where tenant_id = $1', [tenant.id, permissions]);
  await bed.owner.query('update tenancy_control.tenant set blueprint_features = blueprint_features - $2::text where id = $1', [tenant.id, feature]);
}
const held = async ({ tenant }: TestTenant): Promise<Record<string, string[]>> => {
  const { rows } = await bed.owner.query<{ key: string; permissions: string[] }>('select key, permissions from identity.role where tenant_id = $1', [tenant.id]);
  return Object.fromEntries(rows.map(({ key, permissions }) => [key, permissions.toSorted()]));
};
const follow = async () => {
  await askToFollow(bed.application);
  await bed.runJobs();
};

test('what is new in a release comes to the roles that carry it in the blueprint; what was taken away stays away', async () => {
  const place = await bed.tenant();
  const asOpened = await held(place);
  expect(asOpened['admin']).toContain('course:review');
  await ofBefore(place, ['course:review'], 'catalog');
  // Taken away by an admin, long known.
  await bed.owner.query("update identity.role set permissions = array_remove(permissions, 'category:manage') where tenant_id = $1 and key = 'admin'", [place.tenant.id]);
  await follow();
  expect(await held(place)).toEqual({ ...asOpened, admin: asOpened['admin']!.filter((permission) => permission !== 'category:manage') });
  const { rows: [{ features }] } = await bed.owner.query('select features from tenancy_control.tenant where id = $1', [place.tenant.id]);
  expect(features.catalog).toBe(true);
  const admin = await place.person('admin');
  const { body } = await admin.client.get('audit-entries?action=tenancy.followBlueprint');
  expect(body.data).toHaveLength(1);
});

test('a second time nothing happens, and nothing comes to an organisation that knows everything', async () => {
  const place = await bed.tenant();
  const before = await bed.owner.query('select id, version from identity.role where tenant_id = $1 order by id', [place.tenant.id]);
  await follow();
  await follow();
  const after = await bed.owner.query('select id, version from identity.role where tenant_id = $1 order by id', [place.tenant.id]);
  expect(after.rows).toEqual(before.rows);
});

test('an organisation that is suspended follows too', async () => {
  const place = await bed.tenant();
  await ofBefore(place, ['course:review'], 'catalog');
  await bed.owner.query("update tenancy_control.tenant set status = 'suspended' where id = $1", [place.tenant.id]);
  await follow();
  expect((await held(place))['admin']).toContain('course:review');
});
