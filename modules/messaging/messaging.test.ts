import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../apps/server/housekeeping.ts';
import { deliverJob } from './broadcast/broadcast.ts';
import { fillIn } from './broadcast/rules.ts';
import pino from 'pino';

let bed: TestBed;
let here: TestTenant;
let instructor: Person;
let learners: [Person, Person, Person];
let courseId: string;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  const people = await Promise.all([here.person('instructor'), here.person('learner'), here.person('learner'), here.person('learner')]);
  instructor = people[0];
  learners = [people[1], people[2], people[3]];
  const { client } = instructor;
  courseId = (await client.post('courses', { title: 'Three sisters', language: 'en' })).body.id;
  const module = (await client.post(`courses/${courseId}/modules`, { title: 'One' })).body;
  await client.post(`courses/${courseId}/modules/${module.id}/lessons`, { title: 'Maize', bodyHtml: '<p>Maize</p>' });
  await client.post(`courses/${courseId}/publish`);
});

const enroll = async (person: Person): Promise<string> => (await person.client.post(`courses/${courseId}/enrollments`)).body.id;
const send = (audience: object = { kind: 'all' }, more: object = {}) => instructor.client.post(`courses/${courseId}/broadcasts`, { subject: 'Hello {name}', body: 'About {course}', audience, ...more });
const inbox = async (person: Person, query = '') => (await person.client.get(`message-threads${query}`)).body.data as { id: string; subject: string; unread: number; awaitsReply: boolean }[];
const mails = async (person: Person) => (await bed.owner.query<{ subject: string; body: string }>('select subject, body from kernel_control.mail where recipient = $1 order by created_at', [person.email])).rows;
const sent = async () => (await instructor.client.get(`courses/${courseId}/broadcasts`)).body.data[0];

test('blanks are filled in once', () => {
  expect(fillIn('{name}, {course}, {other}', { name: 'Ana {course} Ruiz', course: '{name}' })).toBe('Ana, {name}, {other}');
});

describe('a broadcast', () => {
  test('reaches each learner in a thread of their own; who sent it sees who has read it', async () => {
    await Promise.all(learners.map(enroll));
    await learners[2].client.patch('membership', { mutedNotices: ['course'] });
    expect((await send()).body).toMatchObject({ recipients: 3, delivered: 0, sentAt: null });
    await bed.runJobs();
    expect(await sent()).toMatchObject({ recipients: 3, delivered: 3, read: 0, answered: 0 });
    expect(await inbox(learners[0])).toMatchObject([{ subject: 'Hello Test', unread: 1 }]);
    expect((await learners[0].client.get('unread-messages')).body).toEqual({ unread: 1, waiting: 0 });
    expect(await inbox(instructor)).toEqual([]);
    const { id } = (await inbox(learners[0]))[0]!;
    expect((await learners[0].client.get(`message-threads/${id}`)).body.messages).toMatchObject([{ body: 'About Three sisters', mine: false }]);
    expect((await learners[0].client.put(`message-threads/${id}/read`)).status).toBe(204);
    expect((await learners[0].client.put(`message-threads/${id}/read`)).status).toBe(204);
    expect((await learners[0].client.post(`message-threads/${id}/messages`, { body: 'Thank you' })).status).toBe(201);
    expect(await sent()).toMatchObject({ read: 1, answered: 1 });
    expect(await inbox(instructor)).toMatchObject([{ id, unread: 1, awaitsReply: true }]);
    expect((await instructor.client.get('unread-messages')).body).toEqual({ unread: 1, waiting: 1 });
    // Others see nothing of it.
    for (const other of [learners[1], await here.person('admin'), await (await bed.tenant()).person('admin')]) {
      expect((await other.client.get(`message-threads/${id}`)).body.code).toBe('messaging.thread_not_found');
      expect((await other.client.post(`message-threads/${id}/messages`, { body: 'x' })).status).toBe(404);
      expect((await other.client.put(`message-threads/${id}/read`)).status).toBe(404);
    }
    await bed.runJobs();
    await bed.runJobs();
    expect((await mails(learners[0])).map((mail) => mail.subject)).toEqual(['Hello Test']);
    expect((await mails(learners[0]))[0]!.body).toContain(`/messages/${id}`);
    expect(await mails(learners[2]), 'wants no mail').toEqual([]);
    expect((await mails(instructor)).at(-1)!.body).toContain('Thank you');
    expect(await failedChecks(bed.application.database, here.tenant, loadChecks())).toEqual([]);
  });

  test('goes to those who were meant, and is for who teaches the course', async () => {
    const ids = await Promise.all(learners.map(enroll));
    await bed.owner.query("update learning.enrollment set last_opened_at = now() - interval '20 days' where id = $1", [ids[1]]);
    expect((await instructor.client.get(`courses/${courseId}/broadcast-audience`)).body).toEqual({ all: 3, stalled: 1, cohort: null });
    expect((await send({ kind: 'stalled', days: 14 })).body.recipients).toBe(1);
    expect((await send({ kind: 'chosen', enrollmentIds: [ids[0], ids[2], crypto.randomUUID()] })).body.recipients).toBe(2);
    expect((await send({ kind: 'cohort', cohortId: crypto.randomUUID() })).body.code).toBe('messaging.nobody_to_write_to');
    for (const other of [learners[0], await here.person('instructor')]) expect((await other.client.post(`courses/${courseId}/broadcasts`, { subject: 'x', body: 'x', audience: { kind: 'all' } })).status).toBe(403);
    expect((await (await (await bed.tenant()).person('admin')).client.get(`courses/${courseId}/broadcasts`)).status).toBe(404);
    const key = { 'idempotency-key': crypto.randomUUID() };
    const twice = await Promise.all([1, 2].map(() => instructor.client.post(`courses/${courseId}/broadcasts`, { subject: 'Once', body: 'Once', audience: { kind: 'all' } }, key)));
    expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
  });

  test('killed between steps and run twice at once, everybody has it once', async () => {
    await Promise.all(learners.map(enroll));
    const { id } = (await send()).body;
    const { database, directory } = bed.application;
    const payload = { tenantId: here.tenant.id, broadcastId: id };
    const context = { attempt: 1, lastAttempt: false, signal: new AbortController().signal, log: pino({ level: 'silent' }) };
    let failed = false;
    const dying = deliverJob({ tenants: directory, database: { ...database, withTenant: (tenant, actor, work) => database.withTenant(tenant, actor, async (tx) => { await work(tx); failed = true; throw new Error('killed before the commit'); }) } });
    await expect(dying.run(payload, context)).rejects.toThrow('killed');
    expect(failed).toBe(true);
    expect(await sent()).toMatchObject({ delivered: 0 });
    const job = deliverJob({ tenants: directory, database });
    await Promise.all([job.run(payload, context), job.run(payload, context), bed.runJobs()]);
    expect(await sent()).toMatchObject({ delivered: 3 });
    for (const learner of learners) expect(await inbox(learner)).toHaveLength(1);
  });
});

describe('a learner', () => {
  const write = (person: Person) => person.client.post(`courses/${courseId}/message-threads`, { subject: 'A question', body: 'When does it rain?' });

  test('writes to who teaches a course that they take', async () => {
    expect((await write(learners[0])).body.code).toBe('learning.enrollment_not_found');
    await enroll(learners[0]);
    const { body: thread } = await write(learners[0]);
    expect(thread).toMatchObject({ subject: 'A question', with: { id: instructor.memberId } });
    expect((await instructor.client.post(`message-threads/${thread.id}/messages`, { body: 'In June' })).status).toBe(201);
    expect(await inbox(instructor, '?state=waiting')).toEqual([]);
    expect(await inbox(learners[0], '?state=unread')).toMatchObject([{ id: thread.id, unread: 1 }]);
    await bed.owner.query('update catalog.course set owner_member_id = null where id = $1', [courseId]);
    expect((await write(learners[0])).body.code).toBe('messaging.nobody_teaches');
  });

  test('blocks and reports; who moderates sees what was reported, and nothing else', async () => {
    const [first] = [await enroll(learners[0]), await enroll(learners[1])];
    expect(first).toBeTruthy();
    const { body: thread } = await write(learners[0]);
    expect((await learners[0].client.put(`message-threads/${thread.id}/block`, { blocked: true })).status).toBe(204);
    expect((await instructor.client.post(`message-threads/${thread.id}/messages`, { body: 'Hm' })).body.code).toBe('messaging.blocked');
    await send();
    await bed.runJobs();
    expect(await sent()).toMatchObject({ recipients: 2, delivered: 1 });
    expect((await learners[0].client.put(`message-threads/${thread.id}/block`, { blocked: false })).status).toBe(204);
    expect((await instructor.client.post(`message-threads/${thread.id}/messages`, { body: 'Hm' })).status).toBe(201);
    expect((await learners[0].client.post(`message-threads/${thread.id}/reports`, { reason: 'Unkind' })).status).toBe(204);
    expect((await learners[0].client.post(`message-threads/${thread.id}/reports`, { reason: 'Unkind' })).status).toBe(204);
    const admin = await here.person('admin');
    expect((await admin.client.get('message-reports')).body.data).toMatchObject([{ threadId: thread.id, reason: 'Unkind', messages: [{}, { body: 'Hm' }] }]);
    expect((await instructor.client.get('message-reports')).status).toBe(403);
    expect((await admin.client.post(`message-reports/${thread.id}/settle`)).status).toBe(204);
    expect((await admin.client.post(`message-reports/${thread.id}/settle`)).status).toBe(204);
    expect((await admin.client.get('message-reports')).body.data).toEqual([]);
  });

  test('writes no more than a conversation needs', async () => {
    await enroll(learners[0]);
    const { body: thread } = await write(learners[0]);
    await bed.owner.query("insert into messaging.message (tenant_id, thread_id, author_id, body, created_at) select $1, $2, $3, 'x', $4 from generate_series(1, 60)", [here.tenant.id, thread.id, learners[0].memberId, bed.clock.now()]);
    expect((await learners[0].client.post(`message-threads/${thread.id}/messages`, { body: 'One more' })).status).toBe(429);
  });
});

describe('the last message of an hour', () => {
  const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).toSorted();

  test('goes to one of several that are sent at once', async () => {
    await enroll(learners[0]);
    const { client, memberId } = learners[0];
    const { id } = (await client.post(`courses/${courseId}/message-threads`, { subject: 'Rain', body: 'When?' })).body;
    await bed.owner.query("insert into messaging.message (tenant_id, thread_id, author_id, body, created_at) select $1, $2, $3, 'Rain ' || n, $4 from generate_series(1, 58) n", [here.tenant.id, id, memberId, bed.clock.now()]);
    const answers = await Promise.all([1, 2, 3, 4].map((n) => client.post(`message-threads/${id}/messages`, { body: `At once ${n}` })));
    expect(statuses(answers)).toEqual([201, 429, 429, 429]);
    expect((await client.post(`courses/${courseId}/message-threads`, { subject: 'Another', body: 'Thread' })).body.code).toBe('messaging.too_many');
    const { rows } = await bed.owner.query('select count(*)::int as count from messaging.message where thread_id = $1', [id]);
    expect(rows[0].count).toBe(60);
  });

  test('to a whole course does so too', async () => {
    await enroll(learners[0]);
    await bed.owner.query("insert into messaging.broadcast (tenant_id, course_id, author_id, subject, body, audience, recipient_ids, created_at, sent_at) select $1, $2, $3, 'Rain', 'Rain', '{\"kind\": \"all\"}', '{}', $4, $4 from generate_series(1, 19)", [here.tenant.id, courseId, instructor.memberId, bed.clock.now()]);
    expect(statuses(await Promise.all([send(), send(), send(), send()]))).toEqual([202, 429, 429, 429]);
  });
});
