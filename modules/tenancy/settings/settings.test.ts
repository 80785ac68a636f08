import { createTestBed, type Answer, type Client, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

let bed: TestBed;
let there: Person;
let here: TestTenant;
let admin: Person;
beforeAll(async () => {
  bed = await createTestBed();
  there = await (await bed.tenant('association')).person('admin');
});
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant('association');
  admin = await here.person('admin');
});

const etag = (answer: Answer) => ({ 'if-match': answer.headers.etag ?? '' });
const rowOf = async () => (await bed.owner.query('select * from tenancy_control.tenant where id = $1', [here.tenant.id])).rows[0];
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const putLogo = (client: Client, raw: Uint8Array | string, type = 'image/png') => client.ask('settings/logo', { method: 'PUT', raw, headers: { 'content-type': type } });

describe('settings', () => {
  test('say how the accent can be read, and what the reader may do', async () => {
    const read = await admin.client.get('settings');
    expect(read.body).toMatchObject({ name: here.tenant.name, locale: 'en', accent: '#2f6f3c', accentContrast: { ok: false, suggestion: '#337240' }, logoUrl: null, abilities: { update: true } });
    const officer = await here.person('officer');
    expect((await officer.client.get('settings')).body.abilities).toEqual({ update: false });
  });

  test('are changed from the version that was read, and seen at once', async () => {
    const read = await admin.client.get('settings');
    const change = { name: 'Families of the North', tagline: null, accent: '#D9701A', locale: 'es-MX', timeZone: 'America/Tijuana', currency: 'USD', signUp: 'open' };
    const changed = await admin.client.patch('settings', change, etag(read));
    expect(changed.body).toMatchObject({ ...change, accent: '#d9701a', accentContrast: { ok: true }, version: read.body.version + 1 });
    expect((await admin.client.get('settings')).body).toEqual(changed.body);
    expect(await bed.application.directory.byId(here.tenant.id)).toMatchObject({ name: 'Families of the North', signUp: 'open' });

    const again = await admin.client.patch('settings', { name: 'Somebody else’s' }, etag(read));
    expect([again.status, again.body.code]).toEqual([412, 'kernel.version_conflict']);
    expect((await admin.client.patch('settings', { name: 'A' })).status).toBe(428);
  });

  test.each([{ accent: 'green' }, { timeZone: 'Mars/Olympus' }, { currency: 'ABC' }, { locale: 'fr' }, { name: ' ' }, { slug: 'other' }, { limits: { courses: 1_000_000 } }, { status: 'closed' }])('%o is refused', async (change) => {
    const before = await rowOf();
    const answer = await admin.client.patch('settings', change, { 'if-match': '"1"' });
    expect([answer.status, answer.body.code]).toEqual([422, 'kernel.validation_failed']);
    expect(await rowOf()).toEqual(before);
  });

  test('who may only read them is forbidden; who may not even read hears that they are not there; nothing changes', async () => {
    const before = await rowOf();
    const change = (client: Client) => client.patch('settings', { name: 'Mine now' }, { 'if-match': '"1"' });
    expect((await change((await here.person('officer')).client)).status).toBe(403);
    expect((await change((await here.person('family')).client)).status).toBe(404);
    expect((await change(here.visitor)).status).toBe(401);
    expect((await change(there.client.with({ host: here.host }))).status).toBe(404);
    expect(await rowOf()).toEqual(before);
  });
});

describe('the logo', () => {
  test('is set, shown to everybody, replaced, and removed', async () => {
    expect((await here.visitor.get('settings/logo')).body.code).toBe('tenancy.logo_not_found');
    expect((await putLogo(admin.client, png)).status).toBe(204);
    const shown = await here.visitor.get('settings/logo');
    expect([shown.status, shown.headers['content-type'], shown.headers['x-content-type-options']]).toEqual([200, 'image/png', 'nosniff']);
    const { logoUrl } = (await admin.client.get('settings')).body;
    expect((await here.visitor.get(logoUrl)).headers.etag).toBe(shown.headers.etag);

    expect((await putLogo(admin.client, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml')).status).toBe(204);
    const svg = await here.visitor.get('settings/logo');
    expect(svg.headers['content-type']).toBe('image/svg+xml');
    expect(svg.headers['content-security-policy']).toContain('sandbox');
    expect((await admin.client.get('settings')).body.logoUrl).not.toBe(logoUrl);

    expect((await admin.client.delete('settings/logo')).status).toBe(204);
    expect((await here.visitor.get('settings/logo')).status).toBe(404);
    expect((await admin.client.delete('settings/logo')).status).toBe(204);
  });

  test('is what its bytes are, not what it is called', async () => {
    const answer = await putLogo(admin.client, '<html><script>alert(1)</script></html>', 'image/png');
    expect([answer.status, answer.body.code]).toEqual([415, 'tenancy.logo_kind']);
    expect((await rowOf()).logo_file_id).toBeNull();
  });

  test('set by several at once takes the room of one', async () => {
    const logos = Array.from({ length: 4 }, (_, index) => Buffer.concat([png, Buffer.alloc(100, index)]));
    expect((await Promise.all(logos.map((bytes) => putLogo(admin.client, bytes)))).map((answer) => answer.status)).toEqual([204, 204, 204, 204]);
    expect((await admin.client.get('usage')).body.usage.storageBytes).toBe(png.length + 100);
    expect((await here.visitor.get('settings/logo')).status).toBe(200);
  });

  test('is replaced also where the plan is full, as long as it fits in the place of the old one', async () => {
    await putLogo(admin.client, png);
    await bed.owner.query('update tenancy_control.tenant set limit_overrides = $2 where id = $1', [here.tenant.id, { storageBytes: png.length + 10 }]);
    bed.application.directory.forget();
    expect((await putLogo(admin.client, Buffer.concat([png, Buffer.alloc(11)]))).body.code).toBe('kernel.limit_reached');
    expect((await putLogo(admin.client, Buffer.concat([png, Buffer.alloc(10)]))).status).toBe(204);
    expect((await here.visitor.get('settings/logo')).headers['content-length']).toBe(String(png.length + 10));
  });

  test('may not be heavy', async () => {
    const answer = await putLogo(admin.client, Buffer.concat([png, Buffer.alloc(512 * 1024)]));
    expect([answer.status, answer.body.code]).toEqual([413, 'tenancy.logo_too_large']);
    expect((await rowOf()).logo_file_id).toBeNull();
  });

  test('is the administrator’s to set', async () => {
    for (const [client, status] of [[(await here.person('officer')).client, 403], [(await here.person('family')).client, 404], [here.visitor, 401], [there.client.with({ host: here.host }), 404]] as const) {
      expect((await putLogo(client, png)).status).toBe(status);
      expect((await client.delete('settings/logo')).status).toBe(status);
    }
    expect((await rowOf()).logo_file_id).toBeNull();
  });
});

test('the use of the plan stands beside its limits', async () => {
  await putLogo(admin.client, png);
  expect((await admin.client.get('usage')).body).toMatchObject({ plan: { name: { en: 'Association' }, contact: null }, agreed: [], limits: { courses: 50, members: 3000, storageBytes: 10_737_418_240, apiPerMinute: 600 }, usage: { courses: 0, members: 1, storageBytes: png.length } });
  expect((await (await here.person('family')).client.get('usage')).status).toBe(404);
});

describe('the audit log', () => {
  const list = async (query: string) => (await admin.client.get(`audit-entries?${query}`)).body;

  test('names who did what, refusals too, newest first and in pages', async () => {
    bed.clock.advance(1000);
    await admin.client.patch('settings', { name: 'One' }, { 'if-match': '"2"' });
    bed.clock.advance(1000);
    const officer = await here.person('officer');
    await officer.client.patch('settings', { name: 'Two' }, { 'if-match': '"3"' });

    const all = await list('action=tenancy.updateSettings');
    expect(all.data).toMatchObject([
      { outcome: 'refused', memberId: officer.memberId, memberName: 'Test officer', actorKind: 'member' },
      { outcome: 'done', memberId: admin.memberId, memberName: 'Test admin' },
    ]);
    const first = await list('action=tenancy.updateSettings&limit=1');
    expect([first.data, (await list(`action=tenancy.updateSettings&limit=1&cursor=${first.page.next}`)).data]).toEqual([[all.data[0]], [all.data[1]]]);
    expect((await list(`memberId=${officer.memberId}`)).data).toEqual([all.data[0]]);
    expect((await list('outcome=done&action=tenancy.updateSettings')).data).toEqual([all.data[1]]);
    expect((await list(`action=tenancy.updateSettings&from=${all.data[0].at}`)).data).toEqual([all.data[0]]);
    expect((await list(`action=tenancy.updateSettings&to=${all.data[0].at}`)).data).toEqual([all.data[1]]);
  });

  test('names what a deed was about as it is called now', async () => {
    const { body: course } = await admin.client.post('courses', { title: 'Maize', language: 'en' });
    await admin.client.patch(`courses/${course.id}`, { title: '=Beans' }, { 'if-match': `"${course.version}"` });
    expect((await list(`subjectId=${course.id}`)).data.map((entry: { action: string; subjectType: string; subjectName: string }) => [entry.action, entry.subjectType, entry.subjectName]))
      .toEqual([['catalog.updateCourse', 'course', '=Beans'], ['catalog.createCourse', 'course', '=Beans']]);
  });

  test('leaves as CSV that runs nothing, and as JSON lines, by the same filters', async () => {
    const { body: course } = await admin.client.post('courses', { title: '=1+1', language: 'en' });
    const csv = await admin.client.get(`audit-entries/export?subjectId=${course.id}`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = csv.text.trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('"catalog.createCourse"');
    expect(lines[1]).toContain(`"'=1+1"`);
    const json = await admin.client.get(`audit-entries/export?format=jsonl&subjectId=${course.id}`);
    expect(json.text.trim().split('\n').map((line) => JSON.parse(line))).toEqual((await list(`subjectId=${course.id}`)).data);
    expect((await (await here.person('family')).client.get('audit-entries/export')).status).toBe(404);
    expect((await there.client.get(`audit-entries/export?format=jsonl&subjectId=${course.id}`)).text).toBe('');
  });

  test('goes whole into a file, or is refused', async () => {
    const plant = (count: number) => bed.owner.query("insert into kernel.audit_entry (tenant_id, actor_kind, action) select $1, 'system', 'test.planted' from generate_series(1, $2)", [here.tenant.id, count]);
    await plant(2500);
    const file = await admin.client.get('audit-entries/export?format=jsonl&action=test.planted');
    expect(new Set(file.text.trim().split('\n').map((line) => JSON.parse(line).id)).size).toBe(2500);
    await plant(17_501);
    expect((await admin.client.get('audit-entries/export?action=test.planted')).body.code).toBe('tenancy.audit_too_long');
  });

  test('is one organisation’s, for those who may read it', async () => {
    await admin.client.patch('settings', { name: 'One' }, { 'if-match': '"2"' });
    const entries = (await there.client.get('audit-entries?action=tenancy.updateSettings')).body.data;
    expect(entries).toEqual([]);
    expect((await (await here.person('family')).client.get('audit-entries')).status).toBe(404);
    expect((await list('subjectId=nobody')).data).toEqual([]);
  });
});
