import { kernelMemberData, systemActor } from '@milpa/kernel';
import { entriesOf, zip } from '../../interop/package/testing/zip.ts';
import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
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
const finish = () => bed.runJob('identity.finishLeaving');
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

test('an archive whose mail could not be sent is told of by the next run, and not again', async () => {
  const learner = await academy.person('learner');
  const { id: exportId } = (await learner.client.post('membership/data-exports')).body;
  const job = bed.application.jobs.find(({ name }) => name === 'identity.exportData')!;
  const run = (attempt: number) => job.run({ tenantId: academy.tenant.id, exportId }, { attempt, lastAttempt: false, signal: new AbortController().signal, log: bed.application.server.log as never });
  const { auth } = bed.application;
  const whole = auth.sendMail;
  auth.sendMail = () => Promise.reject(new Error('no mail today'));
  await expect(run(1)).rejects.toThrow('no mail today');
  auth.sendMail = whole;
  await run(2);
  await bed.runJobs();
  expect(await one('select count(*)::int as count from kernel_control.mail where recipient = $1', learner.email)).toEqual({ count: 1 });
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

describe('while something is under way', () => {
  const due = async (person: Person, tenant = academy) => { await (await tenant.browse(person)).put('membership/departure'); };
  const exportJob = () => bed.application.jobs.find(({ name }) => name === 'identity.exportData')!;
  const archives = async () => (await one("select count(*)::int as count from media.file where tenant_id = $1 and derived", academy.tenant.id)).count;
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
  const picture = ({ client }: Person) => client.ask('membership/picture?name=me.png', { method: 'PUT', raw: png, headers: { 'content-type': 'image/png' } });

  test('an archive that is finished at the moment of leaving goes with its owner', async () => {
    const learner = await academy.person('learner');
    const before = await archives();
    const { id } = (await learner.client.post('membership/data-exports')).body;
    await bed.runJobs();
    await due(learner);
    const { file_id: fileId, ready_at: readyAt, expires_at: expiresAt } = await one('select file_id, ready_at, expires_at from identity.data_export where id = $1', id);
    await bed.owner.query('update identity.data_export set file_id = null, ready_at = null, expires_at = null where id = $1', [id]);
    // The job is about to commit: whoever leaves now does not see the file yet.
    const job = await bed.owner.connect();
    await job.query('begin');
    await job.query('update identity.data_export set file_id = $2, ready_at = $3, expires_at = $4 where id = $1', [id, fileId, readyAt, expiresAt]);
    const left = aWeekLater(finish);
    const waits = async (): Promise<void> => {
      if ((await one("select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).count === 0) await waits();
    };
    await waits();
    await job.query('commit');
    job.release();
    await left;
    expect(await archives(), 'nobody’s archives').toBe(before);
  });

  test('an archive that is being made when its owner leaves is not made, nor told of', async () => {
    const learner = await academy.person('learner');
    await picture(learner);
    await bed.runJobs();
    const before = await archives();
    const { id: exportId } = (await learner.client.post('membership/data-exports')).body;
    await due(learner);
    const { storage } = bed.application;
    const open = storage.open;
    storage.open = async (...args) => {
      storage.open = open;
      await aWeekLater(finish);
      return open(...args);
    };
    const payload = { tenantId: academy.tenant.id, exportId };
    const context = { attempt: 1, lastAttempt: false, signal: new AbortController().signal, log: bed.application.server.log as never };
    await expect(exportJob().run(payload, context)).rejects.toThrow('Another run has made this archive meanwhile.');
    await exportJob().run(payload, context);
    await bed.runJobs();
    expect(await archives()).toBe(before);
    const { rows } = await bed.owner.query('select subject from kernel_control.mail where recipient = $1', [learner.email]);
    expect(rows.map(({ subject }) => subject)).toEqual([expect.stringContaining(academy.tenant.name)]);
  });

  test('what a request writes behind somebody who leaves goes with the next run', async () => {
    const learner = await academy.person('learner');
    await picture(learner);
    await due(learner);
    const { picture_file_id: fileId } = await one('select picture_file_id from identity.member where id = $1', learner.memberId);
    await aWeekLater(async () => {
      await finish();
      await bed.owner.query("insert into identity.refresh_token (tenant_id, token_hash, family_id, member_id, account_id, authenticated_at, expires_at) values ($1, 'behind', uuidv7(), $2, $3, now(), now())", [academy.tenant.id, learner.memberId, learner.accountId]);
      await bed.owner.query("update identity.member set name = 'Somebody', theme = 'dark' where id = $1", [learner.memberId]);
      await finish();
    });
    expect(await one('select name, theme, picture_file_id from identity.member where id = $1', learner.memberId)).toEqual({ name: 'Antiguo miembro', theme: null, picture_file_id: null });
    expect(await one('select count(*)::int as count from identity.refresh_token where member_id = $1', learner.memberId)).toEqual({ count: 0 });
    expect(await one('select count(*)::int as count from media.file where id = $1', fileId)).toEqual({ count: 0 });
  });

  test('it is looked for ever more seldom, and no more once nothing can come', async () => {
    const learner = await academy.person('learner');
    await due(learner);
    const hour = 3_600_000;
    const looked: number[] = [];
    let elapsed = 0;
    await aWeekLater(async () => {
      await finish();
      for (const hours of [1, 1.5, 2, 3, 4, 8, 12, 16, 31, 32, 48, 63, 64, 100, 1000]) {
        bed.clock.advance(hours * hour - elapsed);
        elapsed = hours * hour;
        const before = await one('select version from identity.member where id = $1', learner.memberId);
        await finish();
        if ((await one('select version from identity.member where id = $1', learner.memberId)).version !== before.version) looked.push(hours);
      }
    }).finally(() => bed.clock.advance(-elapsed));
    expect(looked).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(await one('select erase_again_at from identity.member where id = $1', learner.memberId)).toEqual({ erase_again_at: null });
  });

  test('who calls it off at the last moment stays', async () => {
    const learner = await academy.person('learner');
    await due(learner);
    const { database } = bed.application;
    const whole = database.readTenant;
    database.readTenant = (async (...args: Parameters<typeof whole>) => {
      const found = await whole(...args);
      if (Array.isArray(found) && found.some((row: { memberId?: string }) => row.memberId === learner.memberId)) await bed.owner.query('delete from identity.departure where member_id = $1', [learner.memberId]);
      return found;
    }) as typeof whole;
    await aWeekLater(finish).finally(() => { database.readTenant = whole; });
    expect((await learner.client.get('membership')).body.email).toBe(learner.email);
  });

  test('lists, imports and exports that somebody began are finished without them', async () => {
    const [instructor, learner] = [await academy.person('instructor'), await academy.person('learner')];
    const { client } = instructor;
    const { body: course } = await client.post('courses', { title: 'Water', language: 'en' });
    const { body: part } = await client.post(`courses/${course.id}/modules`, { title: 'One' });
    await client.post(`courses/${course.id}/modules/${part.id}/lessons`, { title: 'A', bodyHtml: '<p>Text</p>' });
    expect((await client.post(`courses/${course.id}/publish`)).status).toBe(200);
    await bed.runJobs();
    const { body: list } = await client.post(`courses/${course.id}/bulk-enrollments/text`, { text: `${learner.email}\n${instructor.email}` });
    expect((await client.post(`courses/${course.id}/bulk-enrollments/${list.id}/start`)).status).toBeLessThan(300);
    const raw = zip(entriesOf({ 'course.md': '---\ntitle: Soil\nlanguage: en\n---\nText', '01-one/module.md': '---\ntitle: One\n---\n', '01-one/01-a.md': '---\ntitle: A\n---\nText' }));
    const { body: { id: importId } } = await client.ask('course-imports?name=soil.zip', { method: 'POST', raw, headers: { 'content-type': 'application/zip' } });
    expect((await client.post(`courses/${course.id}/exports`, { format: 'cc' })).status).toBe(202);
    await client.post('membership/data-exports');
    await due(instructor);
    await aWeekLater(finish);
    await bed.runJobs();
    const admin = await academy.person('admin');
    expect((await admin.client.get(`courses/${course.id}/bulk-enrollments/${list.id}`)).body.status).toBe('done');
    expect((await learner.client.get(`courses/${course.id}/enrollment`)).status).toBe(200);
    expect((await admin.client.get(`course-imports/${importId}`)).body).toMatchObject({ status: 'succeeded' });
    expect((await admin.client.get(`courses/${course.id}/exports`)).body.data).toEqual([expect.objectContaining({ status: 'succeeded' })]);
    expect(await one('select count(*)::int as count from graphile_worker._private_jobs where last_error is not null')).toEqual({ count: 0 });
    expect(await one('select count(*)::int as count from identity.data_export where member_id = $1', instructor.memberId)).toEqual({ count: 0 });
    expect(await one('select count(*)::int as count from learning.enrollment where member_id = $1', instructor.memberId)).toEqual({ count: 0 });
  });

  test('lists that somebody was on keep what became of them, without name and address', async () => {
    const [instructor, learner, classmate] = [await academy.person('instructor'), await academy.person('learner'), await academy.person('learner')];
    const { body: course } = await instructor.client.post('courses', { title: 'Seeds', language: 'en' });
    const { body: part } = await instructor.client.post(`courses/${course.id}/modules`, { title: 'One' });
    await instructor.client.post(`courses/${course.id}/modules/${part.id}/lessons`, { title: 'A', bodyHtml: '<p>Text</p>' });
    await instructor.client.post(`courses/${course.id}/publish`);
    const path = `courses/${course.id}/bulk-enrollments`;
    const { body: list } = await instructor.client.post(`${path}/text`, { text: `${learner.email}\n${classmate.email}\n${learner.email}` });
    await instructor.client.post(`${path}/${list.id}/start`);
    await bed.runJobs();
    await due(learner);
    await aWeekLater(finish);
    await bed.runJobs();
    const { body: { data: lines } } = await instructor.client.get(`${path}/${list.id}/lines`);
    expect(JSON.stringify(lines)).not.toContain(learner.email);
    expect(lines.map(({ outcome, email }: { outcome: string; email: string }) => [outcome, email])).toEqual([['enrolled', expect.stringContaining('former.invalid')], ['enrolled', classmate.email], ['duplicate', expect.stringContaining('former.invalid')]]);
  });

  test('an account goes from organisations too that are suspended or closed', async () => {
    const { client, accountId, email } = await signedIn(bed, academy.host);
    const [suspended, closed] = [await bed.tenant(), await bed.tenant()];
    await suspended.join({ accountId, email }, 'learner');
    await closed.join({ accountId, email }, 'admin');
    for (const [{ tenant }, status] of [[suspended, 'suspended'], [closed, 'closed']] as const) await bed.owner.query('update tenancy_control.tenant set status = $2 where id = $1', [tenant.id, status]);
    expect((await client.put('account/deletion')).status).toBe(200);
    await aWeekLater(finish);
    expect(await one('select count(*)::int as count from identity_control.account where id = $1', accountId)).toEqual({ count: 0 });
    expect(await one('select count(*)::int as count from identity.member where account_id = $1 or email = $2', accountId, email)).toEqual({ count: 0 });
  });

  test('an account that must stay somewhere stays everywhere; one whose deletion has begun is signed out and cannot be kept', async () => {
    const { client, accountId, email } = await signedIn(bed, academy.host);
    await client.post('memberships');
    expect((await client.put('account/deletion')).status).toBe(200);
    const own = await bed.tenant();
    await own.join({ accountId, email }, 'admin');
    await aWeekLater(finish);
    expect((await client.get('account/deletion')).body.dueAt, 'called off').toBeNull();
    expect((await client.get('membership')).body.email, 'and nothing has gone').toBe(email);

    await own.person('admin');
    await client.put('account/deletion');
    await bed.owner.query('update identity_control.account_deletion set started_at = now() where account_id = $1', [accountId]);
    expect((await client.delete('account/deletion')).body.code).toBe('identity.deletion_started');
    await bed.owner.query('update identity_control.account_deletion set started_at = null where account_id = $1', [accountId]);
    const { database } = bed.application;
    const whole = database.withTenant;
    // The power goes out while the first organisation is being left.
    database.withTenant = (async (...args: Parameters<typeof whole>) => {
      if ((await one('select started_at from identity_control.account_deletion where account_id = $1', accountId)).started_at) throw new Error('The power went out.');
      return whole(...args);
    }) as typeof whole;
    await aWeekLater(finish).finally(() => { database.withTenant = whole; });
    expect((await client.get('account')).status, 'signed out').toBe(401);
    expect(await one('select count(*)::int as count from identity_control.account where id = $1', accountId)).toEqual({ count: 1 });
    await aWeekLater(finish);
    expect(await one('select count(*)::int as count from identity_control.account where id = $1', accountId)).toEqual({ count: 0 });
    expect(await one('select count(*)::int as count from identity.member where account_id = $1 or email = $2', accountId, email)).toEqual({ count: 0 });
  });
});
