import { createTestBed, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reminderDue } from './reminder.ts';
import { erasureOrder } from './rows.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

test('asked for with its name typed, it says when, writes once to each admin and to the operator, and stays usable', async () => {
  const tenant = await bed.tenant();
  const [admin, second] = [await tenant.person('admin'), await tenant.person('admin')];
  const browser = await tenant.browse(admin);
  const wrong = await browser.put('tenant-deletion', { name: 'Another' });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'tenancy.name_mismatch']);
  const asked = await browser.put('tenant-deletion', { name: tenant.tenant.name });
  const again = await (await tenant.browse(second)).put('tenant-deletion', { name: tenant.tenant.name });
  expect(again.body).toEqual(asked.body);
  expect(Date.parse(asked.body.dueAt) - Date.parse(asked.body.requestedAt)).toBeGreaterThan(29.9 * 86_400_000);
  await bed.runJobs();
  const mails = async () => (await bed.owner.query('select recipient from kernel_control.mail where recipient = any($1) order by 1', [[admin.email, second.email]])).rows.map(({ recipient }) => recipient);
  expect(await mails()).toEqual([admin.email, second.email].toSorted());
  expect((await admin.client.get('settings')).status).toBe(200);
  const seen = await (await bed.operator()).get(`operator/tenants/${tenant.tenant.id}`);
  expect(seen.body.deletion).toEqual({ requestedAt: asked.body.requestedAt, dueAt: asked.body.dueAt, erasedAt: null });

  expect((await second.client.delete('tenant-deletion')).status).toBe(204);
  expect((await admin.client.get('tenant-deletion')).body).toEqual({ requestedAt: null, dueAt: null, abilities: { request: true, cancel: false } });
  await bed.runJobs();
  expect(await mails()).toHaveLength(4);
  expect((await (await bed.operator()).get(`operator/tenants/${tenant.tenant.id}`)).body.deletion).toBeNull();
});

test('who may not, and another tenant’s admin, change nothing', async () => {
  const [tenant, elsewhere] = [await bed.tenant(), await bed.tenant()];
  const [instructor, stranger] = [await tenant.person('instructor'), await elsewhere.person('admin')];
  const body = { name: tenant.tenant.name };
  expect([403, 404]).toContain((await (await tenant.browse(instructor)).put('tenant-deletion', body)).status);
  expect((await tenant.visitor.put('tenant-deletion', body)).status).toBe(401);
  expect((await (await elsewhere.browse(stranger)).put('tenant-deletion', body, { 'x-tenant-id': tenant.tenant.id })).status).toBe(404);
  expect((await (await tenant.browse(stranger)).put('tenant-deletion', body)).status).toBe(404);
  const admin = await tenant.person('admin');
  expect((await admin.client.put('tenant-deletion', body)).body.code, 'a token').toBe('kernel.session_required');
  const browser = await tenant.browse(admin);
  bed.clock.advance(11 * 60_000);
  expect((await browser.put('tenant-deletion', body)).body.code, 'an old proof').toBe('kernel.confirmation_required');
  bed.clock.advance(-11 * 60_000);
  expect((await bed.owner.query('select from tenancy.deletion where tenant_id = any($1)', [[tenant.tenant.id, elsewhere.tenant.id]])).rowCount).toBe(0);
});

test('once it has begun it cannot be called off', async () => {
  const tenant = await bed.tenant();
  const admin = await tenant.person('admin');
  await (await tenant.browse(admin)).put('tenant-deletion', { name: tenant.tenant.name });
  await bed.owner.query('update tenancy.deletion set started_at = now() where tenant_id = $1', [tenant.tenant.id]);
  const late = await admin.client.delete('tenant-deletion');
  expect([late.status, late.body.code]).toEqual([409, 'tenancy.deletion_started']);
});

describe('reminders', () => {
  const day = 86_400_000;
  const remind = () => bed.runJob('tenancy.remindOfDeletion');
  const mailsTo = async (email: string): Promise<{ locale: string; subject: string; body: string }[]> =>
    (await bed.owner.query('select locale, subject, body from kernel_control.mail where recipient = $1 order by created_at, id', [email])).rows;
  const daysLater = async <T>(days: number, work: () => Promise<T>): Promise<T> => {
    bed.clock.advance(days * day);
    try {
      return await work();
    } finally {
      bed.clock.advance(-days * day);
    }
  };
  /** A tenant that is to be deleted, with one mail sent. */
  async function doomed() {
    const tenant = await bed.tenant();
    const admin = await tenant.person('admin');
    await (await tenant.browse(admin)).put('tenant-deletion', { name: tenant.tenant.name });
    await bed.runJobs();
    return { tenant, admin, subjects: async () => (await mailsTo(admin.email)).map(({ subject }) => subject) };
  }

  test('a week and a day before, once each, to every admin in their language, and with the day of the end', async () => {
    const { tenant, admin, subjects } = await doomed();
    const second = await tenant.person('admin');
    await bed.owner.query("update identity.member set locale = 'ar' where id = $1", [second.memberId]);
    await daysLater(22, remind);
    expect(await subjects()).toHaveLength(1);
    await daysLater(23.1, async () => { await remind(); await remind(); });
    await daysLater(28, remind);
    expect(await subjects()).toEqual([expect.stringContaining('will be deleted'), expect.stringMatching(/^Reminder: /)]);
    await daysLater(29.1, async () => { await remind(); await remind(); });
    expect(await subjects()).toHaveLength(3);
    await daysLater(31, remind);
    expect(await subjects()).toHaveLength(3);
    const arabic = await mailsTo(second.email);
    expect(arabic).toHaveLength(2);
    expect(arabic[0]).toMatchObject({ locale: 'ar', subject: expect.stringMatching(/^تذكير/) });
    const { rows: [{ due_at: dueAt }] } = await bed.owner.query('select due_at from tenancy.deletion where tenant_id = $1', [tenant.tenant.id]);
    const until = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: tenant.tenant.timeZone }).format(dueAt);
    expect((await mailsTo(admin.email))[1]!.body).toContain(until);
    expect((await mailsTo(admin.email))[1]!.body).toContain('/admin/data');
  });

  test('not when it was called off, and anew when it is asked for again', async () => {
    const { tenant, admin, subjects } = await doomed();
    await daysLater(24, remind);
    const browser = await tenant.browse(admin);
    await browser.delete('tenant-deletion');
    // Before the job has told the control plane of it.
    await daysLater(29.5, remind);
    await bed.runJobs();
    expect(await subjects()).toHaveLength(3);
    await browser.put('tenant-deletion', { name: tenant.tenant.name });
    await bed.runJobs();
    await daysLater(24, remind);
    expect((await subjects()).filter((subject) => subject.startsWith('Reminder'))).toHaveLength(2);
  });

  test('interrupted between two admins, the rest follows and nobody hears twice', async () => {
    const { tenant, admin } = await doomed();
    const second = await tenant.person('admin');
    const { database } = bed.application;
    const whole = database.withControl;
    let left = 1;
    database.withControl = ((work: never) => (left-- > 0 ? whole(work) : Promise.reject(new Error('The power went out.')))) as typeof whole;
    await expect(daysLater(24, remind)).rejects.toThrow('could not be reminded');
    database.withControl = whole;
    await daysLater(24, remind);
    const reminders = async (email: string) => (await mailsTo(email)).filter(({ subject }) => subject.startsWith('Reminder')).length;
    expect([await reminders(admin.email), await reminders(second.email)]).toEqual([1, 1]);
  });

  test('who was away for the first gets only the later one', () => {
    const due = new Date('2026-12-31T12:00:00Z');
    const before = (hours: number) => new Date(due.getTime() - hours * 3_600_000);
    expect([200, 167, 25, 24, 1, 0, -1].map((hours) => reminderDue(due, before(hours), null))).toEqual([null, 7, 7, 1, 1, null, null]);
    expect([reminderDue(due, before(100), 7), reminderDue(due, before(10), 7), reminderDue(due, before(10), 1)]).toEqual([null, 1, null]);
  });
});

test('who refers to others goes first, and who refer to each other go together', () => {
  expect(erasureOrder([
    { name: 'file', references: [] }, { name: 'course', references: ['version', 'file'] }, { name: 'version', references: ['course'] }, { name: 'category', references: ['category'] }, { name: 'enrollment', references: ['course'] },
  ])).toEqual([
    { tables: ['category'], whole: true }, { tables: ['enrollment'], whole: false }, { tables: ['course', 'version'], whole: true }, { tables: ['file'], whole: false },
  ]);
});
