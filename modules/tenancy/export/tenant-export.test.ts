import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kernelSecretColumns } from '@milpa/kernel';
import { createTestBed, type Client, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

/** What the archive contains, by name. */
async function archive(client: Client, exportId: string): Promise<Map<string, string>> {
  const { status, bytes } = await client.get(`tenant-exports/${exportId}/file`);
  expect(status).toBe(200);
  const directory = await mkdtemp(join(tmpdir(), 'milpa-archive-'));
  try {
    await writeFile(join(directory, 'a.zip'), bytes);
    const names = execFileSync('unzip', ['-Z1', join(directory, 'a.zip')]).toString('utf8').trim().split('\n');
    return new Map(names.map((name) => [name, execFileSync('unzip', ['-p', join(directory, 'a.zip'), name]).toString('latin1')]));
  } finally {
    await rm(directory, { recursive: true });
  }
}

const lines = (text: string | undefined) => (text ?? '').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);

async function tableCounts(id: string): Promise<Record<string, number>> {
  const { rows } = await bed.owner.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^(pg_.*|information_schema|graphile_worker|.*_control)$' and c.oid <> 'tenancy.deletion'::regclass`);
  const counts = await Promise.all(rows.map(async ({ name }) => [name, Number((await bed.owner.query(`select count(*) from ${name} where tenant_id = $1`, [id])).rows[0].count)]));
  return Object.fromEntries(counts);
}

test('holds every row of every table and every file of its organisation, and nothing of another, for seven days', async () => {
  const [tenant, other] = [await bed.tenant(), await bed.tenant()];
  const [admin, stranger] = [await tenant.person('admin'), await other.person('admin')];
  await admin.client.ask('settings/logo?name=logo.png', { method: 'PUT', raw: png, headers: { 'content-type': 'image/png' } });
  await admin.client.post('membership/data-exports');
  // More rows than one portion.
  await bed.owner.query("insert into kernel.audit_entry (tenant_id, actor_kind, action) select $1, 'system', 'test.plant' from generate_series(1, 2500)", [tenant.tenant.id]);
  await bed.runJobs();

  const browser = await tenant.browse(admin);
  const asked = await browser.post('tenant-exports');
  expect(asked).toMatchObject({ status: 202, body: { status: 'waiting', expiresAt: null } });
  expect((await browser.post('tenant-exports')).body.id).toBe(asked.body.id);
  expect((await browser.get(`tenant-exports/${asked.body.id}/file`)).body.code).toBe('tenancy.tenant_export_not_found');
  const expected = await tableCounts(tenant.tenant.id);
  await bed.runJobs();
  expect((await admin.client.get('tenant-exports')).body.data).toEqual([expect.objectContaining({ id: asked.body.id, status: 'ready', progress: 100, size: expect.any(Number) })]);

  const entries = await archive(browser, asked.body.id);
  const counted = Object.fromEntries(Object.keys(expected).map((name) => [name, lines(entries.get(`tables/${name.replace('.', '/')}.jsonl`)).length]));
  expect(counted).toEqual(expected);
  expect(counted['kernel.audit_entry']).toBeGreaterThan(2500);
  const members = lines(entries.get('tables/identity/member.jsonl'));
  expect(members.map(({ email }) => email)).toContain(admin.email);
  expect([...entries.values()].join('\n')).not.toContain(stranger.email);
  expect(JSON.parse(entries.get('tenant.json')!)).toMatchObject({ slug: tenant.tenant.slug });
  const files = [...entries.keys()].filter((name) => name.startsWith('files/'));
  expect(files).toHaveLength(1);
  expect(entries.get(files[0]!)).toBe(png.toString('latin1'));

  expect((await (await other.browse(stranger)).get(`tenant-exports/${asked.body.id}/file`)).body.code).toBe('tenancy.tenant_export_not_found');
  bed.clock.advance(7 * 86_400_000 + 1);
  const later = await tenant.browse(admin);
  expect((await later.get(`tenant-exports/${asked.body.id}/file`)).status).toBe(404);
  await bed.runJob('kernel.tidy');
  expect((await bed.owner.query('select from tenancy.tenant_export where tenant_id = $1', [tenant.tenant.id])).rowCount).toBe(0);
  bed.clock.advance(-(7 * 86_400_000 + 1));
});

const context = (lastAttempt = false) => ({ attempt: 1, lastAttempt, signal: new AbortController().signal, log: bed.application.server.log as never });

test('interrupted and run again it is one archive; run once more it changes nothing; when all fails it says so', async () => {
  const tenant = await bed.tenant();
  const admin = await tenant.person('admin');
  await admin.client.ask('settings/logo?name=logo.png', { method: 'PUT', raw: png, headers: { 'content-type': 'image/png' } });
  const browser = await tenant.browse(admin);
  const { body: { id: exportId } } = await browser.post('tenant-exports');
  const job = bed.application.jobs.find(({ name }) => name === 'tenancy.exportTenant')!;
  const { storage } = bed.application;
  const whole = storage.open;
  storage.open = () => Promise.reject(new Error('The power went out.'));
  const payload = { tenantId: tenant.tenant.id, exportId };
  await expect(job.run(payload, context())).rejects.toThrow('The power went out.');
  const [half] = (await admin.client.get('tenant-exports')).body.data;
  expect(half).toMatchObject({ status: 'waiting' });
  expect(half.progress).toBeGreaterThan(50);
  storage.open = whole;
  await job.run(payload, context());
  await job.run(payload, context());
  expect((await bed.owner.query('select from media.file where tenant_id = $1 and derived', [tenant.tenant.id])).rowCount).toBe(1);

  const { body: { id: second } } = await browser.post('tenant-exports');
  storage.open = () => Promise.reject(new Error('The power went out.'));
  await expect(job.run({ ...payload, exportId: second }, context(true))).rejects.toThrow('The power went out.');
  storage.open = whole;
  expect((await admin.client.get('tenant-exports')).body.data.map(({ status }: { status: string }) => status)).toEqual(['failed', 'ready']);
  expect((await browser.post('tenant-exports')).body.id).not.toBe(second);
});

test('is for who may export', async () => {
  const tenant = await bed.tenant();
  const instructor = await tenant.person('instructor');
  expect([403, 404]).toContain((await (await tenant.browse(instructor)).post('tenant-exports')).status);
  expect([403, 404]).toContain((await instructor.client.get('tenant-exports')).status);
  expect((await tenant.visitor.post('tenant-exports')).status).toBe(401);
  const admin = await tenant.person('admin');
  expect((await admin.client.post('tenant-exports')).body.code, 'a token').toBe('kernel.session_required');
  const browser = await tenant.browse(admin);
  bed.clock.advance(11 * 60_000);
  expect((await browser.post('tenant-exports')).body.code, 'an old proof').toBe('kernel.confirmation_required');
  bed.clock.advance(-11 * 60_000);
  expect((await bed.owner.query('select from tenancy.tenant_export where tenant_id = $1', [tenant.tenant.id])).rowCount).toBe(0);
});

/** They look like secrets and are none. */
const harmless = [
  'identity.role.key', 'interop.course_import.problem_code', 'learning.lesson_position.block_hash', 'learning.note.block_hash',
];

test('a column that looks like a secret is declared as one by its module, or known to be none', async () => {
  const { rows } = await bed.owner.query<{ name: string }>(`
    select n.nspname || '.' || c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.atttypid in ('text'::regtype, 'bytea'::regtype, 'jsonb'::regtype) and n.nspname !~ '^(pg_.*|information_schema|graphile_worker|.*_control)$'
      and a.attname ~ '(^|_)(token|secret|password|passphrase|credential|hash|salt|otp|key|code|cipher|sealed|private|signature)s?(_|$)' order by 1`);
  const declared = Object.entries(Object.assign({}, kernelSecretColumns, ...bed.application.modules.map((module) => module.secretColumns)) as Record<string, string[]>).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`));
  expect(rows.map(({ name }) => name).filter((name) => !declared.includes(name))).toEqual(harmless.toSorted());
  const { rows: there } = await bed.owner.query<{ name: string }>(`
    select n.nspname || '.' || c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where not a.attisdropped`);
  expect(declared.filter((name) => !there.some((column) => column.name === name)), 'declared, and not there').toEqual([]);
});
