import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql, systemActor } from '@milpa/kernel';
import { createTestBed, testPassword, type TestBed, type TestTenant } from '@milpa/testkit';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

const folder = join(import.meta.dirname, 'checks');
const checks = readdirSync(folder).sort();
const found = async (check: string, { tenant }: TestTenant) =>
  (await bed.application.database.readTenant(tenant, systemActor, (tx) => sql.raw(readFileSync(join(folder, check), 'utf8')).execute(tx))).rows.length;

/** What each check must notice. */
const faults: Record<string, string> = {
  'bulk_invitation.sql': `
    with list as (insert into identity.bulk_invitation (tenant_id, file_name, status, role_id, locale, created_at, started_at, finished_at) values ($1, '', 'done', uuidv7(), 'en', now(), now(), now()) returning id)
    insert into identity.bulk_invitation_line (tenant_id, bulk_invitation_id, line, name, email, role_text, locale, forecast) select $1, id, 1, '', 'a@example.test', '', 'en', 'invite' from list`,
  'invitation_roles.sql': "insert into identity.invitation (tenant_id, email, role_ids, locale, token_hash, expires_at) values ($1, 'x@example.test', array[uuidv7()], 'en', 'x', now())",
  'support_terms.sql': "insert into identity.support_access (tenant_id, state, level, hours, created_at, decided_at, decided_by, expires_at) select tenant_id, 'granted', 'read', 1, now(), now(), id, now() + interval '9 hours' from identity.member where tenant_id = $1 limit 1",
  'token_family.sql': 'insert into identity.refresh_token (tenant_id, family_id, member_id, account_id, token_hash, authenticated_at, expires_at) select tenant_id, family_id, member_id, account_id, \'x\', now(), now() from identity.refresh_token where tenant_id = $1',
  'visitor_only_reads.sql': "update identity.role set permissions = '{member:read}' where tenant_id = $1 and key = 'visitor'",
};

test.each(checks)('%s finds nothing in a tenant that is well, and the fault that it is there for', async (check) => {
  const academy = await bed.tenant();
  const { client } = await academy.person('admin');
  const { email } = await academy.person('learner');
  await academy.visitor.post('tokens', { email, password: testPassword });
  await client.post('invitations', { email: 'invited@example.test', roleIds: [(await client.get('roles')).body.data.find((role: { key: string }) => role.key === 'learner').id] });
  expect(await found(check, academy)).toBe(0);
  await bed.owner.query(faults[check]!, [academy.tenant.id]);
  expect(await found(check, academy)).toBeGreaterThan(0);
});

test('what visitors may hold is the same for the check and for the modules', async () => {
  const academy = await bed.tenant();
  const { modules } = bed.application;
  const everything = modules.flatMap((module) => module.permissions);
  const declared = modules.flatMap((module) => module.visitorPermissions ?? []);
  const foundWith = async (permissions: string[]) => {
    await bed.owner.query("update identity.role set permissions = $2 where tenant_id = $1 and key = 'visitor'", [academy.tenant.id, permissions]);
    return found('visitor_only_reads.sql', academy);
  };
  expect(everything).toEqual(expect.arrayContaining(declared));
  expect(await foundWith(declared)).toBe(0);
  expect(await foundWith(everything)).toBe(everything.length - declared.length);
});
