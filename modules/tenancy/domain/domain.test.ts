import { randomUUID } from 'node:crypto';
import { createTestBed, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let bed: TestBed;
let operator: Client;
let here: TestTenant;
let there: TestTenant;
/** What the world's name servers say. */
const published = new Map<string, string[]>();
let meanwhile: (() => Promise<unknown>) | undefined;
const options = { poolSize: 4, verifier: { txtRecords: async (name: string) => { await meanwhile?.(); return published.get(name) ?? []; } } };
beforeAll(async () => {
  bed = await createTestBed(options);
  [operator, here, there] = await Promise.all([bed.operator(), bed.tenant('academy'), bed.tenant('academy')]);
});
afterAll(() => bed.close());

const newHost = () => `d-${randomUUID().slice(0, 8)}.example`;
const domains = ({ tenant }: TestTenant) => `operator/tenants/${tenant.id}/domains`;
const status = async (host: string) => (await bed.client(host).get('courses')).status;

test('a domain leads to its tenant once its owner has published the token', async () => {
  const host = newHost();
  const added = await operator.post(domains(here), { host: host.toUpperCase() });
  expect(added.body).toMatchObject({ host, verifiedAt: null, record: { name: `_milpa.${host}` } });
  expect(await status(host)).toBe(404);

  const early = await operator.post(`${domains(here)}/${host}/verify`);
  expect([early.status, early.body.code]).toEqual([409, 'tenancy.domain_unproven']);
  published.set(`_milpa.${host}`, ['v=spf1 -all', 'another token']);
  expect((await operator.post(`${domains(here)}/${host}/verify`)).body.code).toBe('tenancy.domain_unproven');

  published.set(`_milpa.${host}`, ['v=spf1 -all', added.body.record.value]);
  const verified = await operator.post(`${domains(here)}/${host}/verify`);
  expect(verified.body.verifiedAt).not.toBeNull();
  expect(await status(host)).toBe(200);
  expect((await operator.post(`${domains(here)}/${host}/verify`)).body).toEqual(verified.body);
});

test('added again it keeps its token; another tenant cannot have it', async () => {
  const host = newHost();
  const first = await operator.post(domains(here), { host });
  expect((await operator.post(domains(here), { host })).body.record).toEqual(first.body.record);
  const other = await operator.post(domains(there), { host });
  expect([other.status, other.body.code]).toEqual([409, 'tenancy.domain_taken']);
  expect((await operator.post(`${domains(there)}/${host}/verify`)).body.code).toBe('tenancy.domain_not_found');
  expect((await operator.delete(`${domains(there)}/${host}`)).body.code).toBe('tenancy.domain_not_found');
  expect((await operator.get(domains(here))).body.data.map((domain: { host: string }) => domain.host)).toContain(host);
});

test('removed, it leads nowhere, and another may have it', async () => {
  const host = newHost();
  const { body } = await operator.post(domains(here), { host });
  published.set(`_milpa.${host}`, [body.record.value]);
  await operator.post(`${domains(here)}/${host}/verify`);
  expect(await status(host)).toBe(200);
  expect((await operator.delete(`${domains(here)}/${host}`)).status).toBe(204);
  expect(await status(host)).toBe(404);
  expect((await operator.delete(`${domains(here)}/${host}`)).status).toBe(404);
  expect((await operator.post(domains(there), { host })).status).toBe(201);
});

test('name servers that think for long hold no connection; removed meanwhile, it is not verified', async () => {
  const host = newHost();
  const { body } = await operator.post(domains(here), { host });
  published.set(`_milpa.${host}`, [body.record.value]);
  meanwhile = async () => {
    const { rows } = await bed.owner.query("select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'");
    expect(rows).toEqual([]);
    expect((await operator.delete(`${domains(here)}/${host}`)).status).toBe(204);
    expect((await operator.post(domains(there), { host })).status).toBe(201);
  };
  const answer = await operator.post(`${domains(here)}/${host}/verify`);
  meanwhile = undefined;
  expect([answer.status, answer.body.code]).toEqual([404, 'tenancy.domain_not_found']);
  expect((await operator.get(domains(there))).body.data).toContainEqual(expect.objectContaining({ host, verifiedAt: null }));
});

test('a name in another script is kept as name servers know it', async () => {
  expect((await operator.post(domains(here), { host: 'مدرسة.مصر' })).body.host).toMatch(/^xn--\w+\.xn--wgbh1c$/);
});

test.each(['milpa.test', 'other.milpa.test', '10.0.0.1', 'localhost', 'a b.example'])('%s is no domain of their own', async (host) => {
  const answer = await operator.post(domains(here), { host });
  expect([answer.status, answer.body.code]).toEqual([422, 'tenancy.domain_invalid']);
});

describe('for a tenant’s administrator', () => {
  test.each([['GET', ''], ['POST', ''], ['POST', '/any.example/verify'], ['DELETE', '/any.example']])('%s domains%s is not there', async (method, rest) => {
    const { client } = await here.person('admin');
    expect((await client.ask(`${domains(here)}${rest}`, { method, body: { host: 'any.example' } })).status).toBe(404);
    expect((await bed.owner.query("select from tenancy_control.domain where host = 'any.example'")).rowCount).toBe(0);
  });
});
