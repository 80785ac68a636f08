import { kernelMemberData, systemActor } from '@milpa/kernel';
import { createTestBed, type TestBed, type TestTenant } from '@milpa/testkit';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eraseMember } from './leaving.ts';
import { namedIn } from './member-data.ts';
import { mailTo, signedIn } from '../testing/people.ts';

let bed: TestBed;
let academy: TestTenant;
beforeAll(async () => {
  bed = await createTestBed();
  academy = await bed.tenant();
});
afterAll(() => bed.close());

const weekMs = 7 * 86_400_000;
const finish = async () => {
  const job = bed.application.jobs.find(({ name }) => name === 'identity.finishLeaving')!;
  await job.run({}, { attempt: 1, lastAttempt: false, signal: new AbortController().signal, log: bed.application.server.log as never });
};
async function aWeekLater<T>(work: () => Promise<T>): Promise<T> {
  bed.clock.advance(weekMs);
  try {
    return await work();
  } finally {
    bed.clock.advance(-weekMs);
  }
}
const memberData = () => bed.application.modules.flatMap((module) => (module.memberData ? [module.memberData] : []));
const one = async (text: string, ...values: unknown[]) => (await bed.owner.query(text, values)).rows[0];

/** What an archive contains, by name. */
async function archive({ bytes }: { bytes: Buffer }): Promise<Map<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), 'milpa-archive-'));
  try {
    await writeFile(join(directory, 'a.zip'), bytes);
    const names = execFileSync('unzip', ['-Z1', join(directory, 'a.zip')]).toString('utf8').trim().split('\n');
    return new Map(names.map((name) => [name, execFileSync('unzip', ['-p', join(directory, 'a.zip'), name]).toString('utf8')]));
  } finally {
    await rm(directory, { recursive: true });
  }
}

test('every column that names a member is declared by its module, and nothing that is not there', async () => {
  const { rows } = await bed.owner.query<{ name: string }>(`
    select n.nspname || '.' || c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and a.atttypid = 'uuid'::regtype and not a.attisdropped and n.nspname !~ '^(pg_.*|information_schema|graphile_worker|.*_control)$'
      and (a.attname ~ '(^|_)member_id$|_by$' or exists (select 1 from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid and f.confrelid = 'identity.member'::regclass and a.attnum = any(f.conkey) and a.attname <> 'tenant_id'))
    order by 1`);
  const declared = namedIn([kernelMemberData, ...memberData()]).map(({ table, column }) => `${table}.${column}`);
  expect(declared.sort(), 'memberData in module.ts: see MemberColumn in packages/kernel/module.ts').toEqual(rows.map(({ name }) => name).sort());
});

test('what is a member’s alone can be deleted by the serving role', async () => {
  const own = namedIn(memberData()).filter(({ kind }) => kind === 'own');
  for (const { table } of own) expect(await one("select has_table_privilege('milpa_app', $1, 'delete') as may", table), table).toEqual({ may: true });
});

describe('an archive of one’s data', () => {
  test('is made by a job, told of by mail, had by its owner alone, and gone after a week', async () => {
    const [learner, classmate] = [await academy.person('learner'), await academy.person('learner')];
    const asked = await learner.client.post('membership/data-exports');
    expect(asked).toMatchObject({ status: 202, body: { readyAt: null } });
    expect((await learner.client.post('membership/data-exports')).body.id).toBe(asked.body.id);
    expect((await (await academy.browse(learner)).get(`membership/data-exports/${asked.body.id}/file`)).body.code).toBe('identity.data_export_not_found');
    expect((await mailTo(bed, learner.email)).body).toContain(`http://${academy.host}/account/data`);
    const [ready] = (await learner.client.get('membership/data-exports')).body.data;
    expect(ready).toMatchObject({ id: asked.body.id, readyAt: expect.any(String), expiresAt: expect.any(String) });
    const path = `membership/data-exports/${ready.id}/file`;
    expect((await learner.client.get(path)).body.code, 'a token').toBe('kernel.session_required');
    const files = await archive(await (await academy.browse(learner)).get(path));
    expect(JSON.parse(files.get('member.json')!)).toMatchObject({ id: learner.memberId, email: learner.email });
    expect(JSON.parse(files.get('account.json')!)).toMatchObject({ email: learner.email });
    expect([...files.keys()]).toContain('identity/member_role.json');
    expect([...files.values()].join()).not.toContain(classmate.email);
    expect((await (await academy.browse(classmate)).get(path)).body.code).toBe('identity.data_export_not_found');
    const elsewhere = await bed.tenant();
    expect((await (await elsewhere.browse(await elsewhere.join(learner, 'learner'))).get(path)).status).toBe(404);
    expect((await academy.visitor.get(path)).status).toBe(401);
    await aWeekLater(async () => expect((await (await academy.browse(learner)).get(path)).body.code).toBe('identity.data_export_not_found'));
  });
});

describe('leaving an organisation', () => {
  test('happens after a week: the person is gone, what others rely on stays, and the account goes on elsewhere', async () => {
    const learner = await academy.person('learner');
    const elsewhere = await (await bed.tenant()).join(learner, 'learner');
    const browser = await academy.browse(learner);
    const announced = await browser.put('membership/departure');
    expect(Date.parse(announced.body.dueAt) - bed.clock.now().getTime()).toBe(weekMs);
    expect((await browser.put('membership/departure')).body).toEqual(announced.body);
    await finish();
    expect((await learner.client.get('membership')).status, 'not before').toBe(200);
    await aWeekLater(finish);
    await aWeekLater(finish);
    const row = await one('select name, email, status, account_id, left_at from identity.member where id = $1', learner.memberId);
    expect(row).toMatchObject({ name: 'Antiguo miembro', email: `${learner.memberId}@former.invalid`, status: 'suspended' });
    expect(row.account_id).not.toBe(learner.accountId);
    expect(await one('select count(*)::int as count from identity.member_role where member_id = $1', learner.memberId)).toEqual({ count: 0 });
    expect((await learner.client.get('membership')).body.code).toBe('identity.not_a_member');
    expect((await elsewhere.client.get('membership')).body.email).toBe(learner.email);
    const admin = await academy.person('admin');
    expect((await admin.client.get(`members/${learner.memberId}`)).body.code).toBe('identity.member_not_found');
    expect((await admin.client.get('members?q=Antiguo')).body.data).toEqual([]);
  });

  test('can be called off, and again', async () => {
    const learner = await academy.person('learner');
    await (await academy.browse(learner)).put('membership/departure');
    for (const _ of [1, 2]) expect((await learner.client.delete('membership/departure')).status).toBe(204);
    expect((await learner.client.get('membership/departure')).body).toEqual({ dueAt: null });
    await aWeekLater(finish);
    expect((await learner.client.get('membership')).status).toBe(200);
  });

  test('is not for the last admin, neither when they ask nor when it is time', async () => {
    const tenant = await bed.tenant();
    const [first, second] = [await tenant.person('admin'), await tenant.person('admin')];
    expect((await (await tenant.browse(first)).put('membership/departure')).status).toBe(200);
    await bed.owner.query("update identity.member set status = 'suspended' where id = $1", [second.memberId]);
    await aWeekLater(finish);
    expect((await first.client.get('membership/departure')).body, 'it is called off').toEqual({ dueAt: null });
    expect((await (await tenant.browse(first)).put('membership/departure')).body.code).toBe('identity.last_admin');
  });
});

describe('deleting an account', () => {
  test('leaves every organisation after a week and ends with the account; a crash in between is finished by the next run', async () => {
    const { client, email, accountId } = await signedIn(bed, academy.host);
    await client.post('memberships');
    const other = await bed.tenant();
    const there = await other.join({ accountId, email }, 'learner');
    expect((await client.put('account/deletion')).status).toBe(200);
    expect((await client.get('account/deletion')).body).toMatchObject({ dueAt: expect.any(String), organisations: expect.arrayContaining([academy.tenant.name, other.tenant.name]) });
    await finish();
    expect((await client.get('account')).status).toBe(200);
    // As after a crash: one organisation is done already.
    await bed.application.database.withTenant(other.tenant, systemActor, (tx) => eraseMember(tx, other.tenant, memberData(), there.memberId));
    await aWeekLater(finish);
    expect(await one('select count(*)::int as count from identity_control.account where id = $1', accountId)).toEqual({ count: 0 });
    expect(await one('select count(*)::int as count from identity.member where account_id = $1 or email = $2', accountId, email)).toEqual({ count: 0 });
    expect((await client.get('account')).status).toBe(401);
    expect((await mailTo(bed, email)).subject).toBe('Tu cuenta se eliminó');
  });

  test('can be called off, and waits for another admin', async () => {
    const { client, accountId, email } = await signedIn(bed, academy.host);
    await client.put('account/deletion');
    for (const _ of [1, 2]) expect((await client.delete('account/deletion')).status).toBe(204);
    await aWeekLater(finish);
    expect((await client.get('account')).status).toBe(200);
    const own = await bed.tenant();
    await own.join({ accountId, email }, 'admin');
    const refused = await client.put('account/deletion');
    expect(refused.body).toMatchObject({ code: 'identity.last_admin_of', detail: expect.stringContaining(own.tenant.name) });
  });

  test('is asked for by whoever is signed in, for themselves', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) expect((await academy.visitor.ask('account/deletion', { method })).status).toBe(401);
  });
});
