import { systemActor } from '@milpa/kernel';
import { createTestBed, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memberPreferences } from './preferences.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const picture = (raw: Buffer | string) => ({ method: 'PUT', raw, headers: { 'content-type': 'image/png' } });

test('what a member prefers is kept, and read by other modules', async () => {
  const tenant = await bed.tenant();
  const learner = await tenant.person('learner');
  const preferences = () => bed.application.database.readTenant(tenant.tenant, systemActor, (tx) => memberPreferences(tx, learner.memberId));
  expect(await preferences()).toMatchObject({ locale: 'en', timeZone: null, theme: null });
  expect((await preferences())!.wantsMail('course')).toBe(true);
  const changed = { locale: 'ar', timeZone: 'Africa/Cairo', theme: 'dark', mutedNotices: ['course'] };
  expect((await learner.client.patch('membership', changed)).body).toMatchObject(changed);
  expect((await learner.client.patch('membership', changed)).body).toMatchObject(changed);
  expect(await preferences()).toMatchObject({ locale: 'ar', timeZone: 'Africa/Cairo', theme: 'dark' });
  expect((await preferences())!.wantsMail('course')).toBe(false);
  expect((await preferences())!.wantsMail('discussion')).toBe(true);
  expect((await learner.client.patch('membership', { timeZone: 'Mars/Olympus' })).body.code).toBe('kernel.validation_failed');
  await bed.owner.query("update identity.member set status = 'suspended' where id = $1", [learner.memberId]);
  expect(await preferences()).toBeNull();
});

test('a picture is seen by members, and by nobody else', async () => {
  const tenant = await bed.tenant();
  const [learner, classmate] = [await tenant.person('learner'), await tenant.person('learner')];
  const stranger = await (await bed.tenant()).join(learner, 'learner');
  expect((await learner.client.ask('membership/picture?name=me.png', picture('<svg/>'))).body.code).toBe('identity.picture_kind');
  expect((await learner.client.ask('membership/picture?name=me.png', picture(Buffer.alloc(1024 * 1024 + 1)))).body.code).toBe('identity.picture_too_large');
  expect((await learner.client.ask('membership/picture?name=me.png', picture(png))).status).toBe(204);
  expect((await learner.client.ask('membership/picture?name=me.png', picture(png))).status).toBe(204);
  const { pictureUrl } = (await learner.client.get('membership')).body;
  const address = pictureUrl.replace('/api/v1/', '');
  expect((await classmate.client.get(address)).headers['content-type']).toBe('image/png');
  expect((await stranger.client.get(address)).body.code).toBe('identity.picture_not_found');
  expect((await tenant.visitor.get(address)).status).toBe(401);
  expect((await bed.owner.query('select 1 from media.file where tenant_id = $1', [tenant.tenant.id])).rowCount, 'the first one is gone').toBe(1);
  await bed.owner.query('update tenancy_control.tenant set limit_overrides = $2 where id = $1', [tenant.tenant.id, { storageBytes: png.length }]);
  bed.application.directory.forget();
  expect((await learner.client.ask('membership/picture?name=me.png', picture(png))).status, 'it takes the place of the old one where there is no room for both').toBe(204);
  expect((await classmate.client.ask('membership/picture?name=me.png', picture(png))).body.code).toBe('kernel.limit_reached');
  const { pictureUrl: replaced } = (await learner.client.get('membership')).body;
  expect((await classmate.client.get(replaced.replace('/api/v1/', ''))).status).toBe(200);
  expect((await learner.client.delete('membership/picture')).status).toBe(204);
  expect((await learner.client.delete('membership/picture')).status).toBe(204);
  expect((await classmate.client.get(address)).body.code).toBe('identity.picture_not_found');
});
