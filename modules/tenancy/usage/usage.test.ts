import { randomUUID } from 'node:crypto';
import { createTestBed, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

let bed: TestBed;
let operator: Client;
beforeAll(async () => {
  bed = await createTestBed();
  operator = await bed.operator();
});
afterAll(() => bed.close());

const count = async () => {
  expect((await operator.post('operator/usage-counts')).status).toBe(202);
  await bed.runJobs();
};
/** Tenants of one name with so many members and courses each. */
async function planted(...sizes: readonly [members: number, courses: number][]): Promise<{ name: string; places: TestTenant[] }> {
  const name = `Zacate ${randomUUID()}`;
  const places: TestTenant[] = [];
  for (const [members, courses] of sizes) {
    const place = await bed.tenant();
    await bed.owner.query('update tenancy_control.tenant set name = $2 where id = $1', [place.tenant.id, name]);
    const people = [await place.person('instructor')];
    while (people.length < members) people.push(await place.person('learner'));
    for (let n = 0; n < courses; n += 1) {
      bed.clock.advance(1000);
      await people[0]!.client.post('courses', { title: `Course ${n}`, language: 'en' });
    }
    places.push(place);
  }
  return { name, places };
}
const list = async (q: string, query = '') => (await operator.get(`operator/tenants?q=${encodeURIComponent(q)}&${query}`)).body;

test('tenants are listed by what they used when they were counted, in pages; what was not counted comes last', async () => {
  const { name, places: [small, large, middle] } = await planted([1, 3], [3, 0], [2, 1]);
  expect((await list(name, 'sort=members')).data.map(({ usage }: { usage: unknown }) => usage)).toEqual([null, null, null]);
  await count();
  const { places: [uncounted] } = await planted([1, 0]);
  await bed.owner.query('update tenancy_control.tenant set name = $2 where id = $1', [uncounted!.tenant.id, name]);

  const ids = (...places: (TestTenant | undefined)[]) => places.map((place) => place!.tenant.id);
  const sorted = async (sort: string) => {
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { data, page }: { data: { id: string }[]; page: { next: string | null } } = await list(name, `sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`);
      found.push(...data.map(({ id }) => id));
      cursor = page.next;
    }
    return found;
  };
  expect(await sorted('members')).toEqual(ids(large, middle, small, uncounted));
  expect(await sorted('courses')).toEqual(ids(small, middle, large, uncounted));
  // In the others nobody did anything that is in their log.
  expect((await sorted('activity')).slice(0, 2)).toEqual(ids(middle, small));
  expect((await sorted('storage')).at(-1)).toBe(uncounted!.tenant.id);
  const { data: [row] } = await list(name, 'sort=courses&limit=1');
  expect(row).toMatchObject({ id: small!.tenant.id, planName: { en: 'Academy' }, limits: { courses: 200 }, usage: { courses: 3, members: 1, storageBytes: 0, countedAt: expect.any(String), lastActiveAt: expect.any(String) } });
});

test('the fullest come first when asked for, whatever their limits; a plan and a kind are filters', async () => {
  const { name, places: [one, two] } = await planted([3, 0], [2, 0]);
  const read = await operator.get(`operator/tenants/${two!.tenant.id}`);
  await operator.patch(`operator/tenants/${two!.tenant.id}`, { limits: { members: 2 } }, { 'if-match': read.headers.etag ?? '' });
  await count();
  expect((await list(name, 'sort=fullest')).data.map(({ id }: { id: string }) => id)).toEqual([two!.tenant.id, one!.tenant.id]);
  expect((await list(name, 'plan=academy&blueprint=academy')).data).toHaveLength(2);
  expect((await list(name, 'plan=school')).data).toEqual([]);
  expect((await list(name, 'blueprint=school')).data).toEqual([]);
  expect((await operator.get('operator/tenants?sort=colour')).status).toBe(422);
});

test('counted twice it is the same, a closed one is left as it was, and an erased one is gone', async () => {
  const { name, places: [place] } = await planted([2, 1]);
  await count();
  const { data: [before] } = await list(name);
  await count();
  expect((await list(name)).data).toEqual([before]);
  await operator.post(`operator/tenants/${place!.tenant.id}/close`, { slug: place!.tenant.slug });
  await bed.owner.query('update identity.member set status = $2 where tenant_id = $1', [place!.tenant.id, 'suspended']);
  await count();
  expect((await list(name)).data[0].usage).toEqual(before.usage);
});

test('each day keeps its last count, of all that are open together', async () => {
  const sum = async () => {
    const { rows: [row] } = await bed.owner.query("select count(*)::int as tenants, coalesce(sum(used.members), 0)::int as members from tenancy_control.tenant left join tenancy_control.tenant_usage used on used.tenant_id = tenant.id where status in ('active', 'suspended')");
    return row;
  };
  const growth = async (days: number) => (await operator.get(`operator/growth?days=${days}`)).body;
  await count();
  const first = await sum();
  const day = bed.clock.now().toISOString().slice(0, 10);
  expect((await growth(30)).days.at(-1)).toMatchObject({ day, ...first });
  bed.clock.advance(3 * 86_400_000);
  operator = await bed.operator();
  expect((await growth(3)).days).toHaveLength(3);
  expect((await growth(3)).days[0]).toMatchObject(first);
  await planted([2, 0]);
  await count();
  const { days, countedAt } = await growth(30);
  expect(days.slice(-4)).toMatchObject([{ day, ...first }, first, first, { tenants: first.tenants + 1, members: first.members + 2 }]);
  expect(countedAt).toBe(bed.clock.now().toISOString());
});

test('with a thousand organisations the list reads what was kept and counts nothing', async () => {
  await bed.owner.query(`with made as (insert into tenancy_control.tenant (slug, name, blueprint, plan, blueprint_features, locale, time_zone, currency, status)
    select 'many-' || n, 'Many ' || n, 'academy', 'academy', '{}', 'en', 'UTC', 'MXN', 'active' from generate_series(1, 1000) n returning id)
    insert into tenancy_control.tenant_usage (tenant_id, members, courses, storage_bytes, counted_at) select id, row_number() over (), 1, 1, now() from made`);
  const counting = vi.spyOn(bed.application.database, 'readTenant');
  const { data } = await list('Many', 'sort=members&limit=30');
  expect(data.map(({ usage }: { usage: { members: number } }) => usage.members)).toEqual(Array.from({ length: 30 }, (_, index) => 1000 - index));
  expect(counting).not.toHaveBeenCalled();
  counting.mockRestore();
  await bed.owner.query("update tenancy_control.tenant set status = 'closed' where slug like 'many-%'");
});

test('what is counted is nothing for an admin', async () => {
  const { client } = await (await bed.tenant()).person('admin');
  expect([(await client.get('operator/growth')).status, (await client.post('operator/usage-counts')).status]).toEqual([404, 404]);
});
