import { addMember, createVerifiedAccount } from '@milpa/identity';
import { Problem, systemActor } from '@milpa/kernel';
import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';
import { publishedCourse, type MadeCourse } from '../testing/course.ts';
import { bulkEnrollmentJob } from './job.ts';

let bed: TestBed;
let here: TestTenant;
let admin: Person;
let instructor: Person;
let learner: Person;
let course: MadeCourse;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  [admin, instructor, learner] = await Promise.all([here.person('admin'), here.person('instructor'), here.person('learner')]);
  course = await publishedCourse(instructor, 'Three sisters', 1);
});

const base = () => `courses/${course.id}/bulk-enrollments`;
const paste = async (person: Person, text: string, cohortId: string | null = null) => (await person.client.post(`${base()}/text`, { text, cohortId })).body;
const start = (person: Person, id: string) => person.client.post(`${base()}/${id}/start`);
const outcomes = async (id: string) => ((await admin.client.get(`${base()}/${id}/lines?limit=100`)).body.data as { email: string; forecast: string; outcome: string | null }[]).map(({ email, forecast, outcome }) => [email, forecast, outcome]);
const enrolled = async () => Number((await bed.owner.query('select count(*) from learning.enrollment where course_id = $1', [course.id])).rows[0].count);
const stranger = () => `new-${randomUUID()}@example.test`;

test('nobody is invited to a course that was never published', async () => {
  const { body: draft } = await instructor.client.post('courses', { title: 'A draft', language: 'en' });
  expect((await instructor.client.post(`courses/${draft.id}/bulk-enrollments/text`, { text: stranger() })).body.code).toBe('learning.course_closed');
});

test('a list is looked through before anything happens, then enrols, invites and reports line by line', async () => {
  const invited = stranger();
  const already = await here.person('learner');
  await already.client.post(`courses/${course.id}/enrollments`);
  const text = `name;email\nLearner;${learner.email}\nAgain;${learner.email.toUpperCase()}\nIn;${already.email}\nNew;${invited}\n=1+1;nowhere`;
  const raw = await admin.client.ask(`${base()}?name=people.csv`, { method: 'POST', raw: text, headers: { 'content-type': 'text/csv' } });
  expect(raw.body).toMatchObject({ status: 'draft', lineCount: 5, doneCount: 0, fileName: 'people.csv' });
  const { id } = raw.body;
  await bed.runJobs();
  expect(await enrolled()).toBe(1);
  expect(await outcomes(id)).toEqual([[learner.email, 'enroll', null], [learner.email, 'duplicate', null], [already.email, 'already_enrolled', null], [invited, 'invite', null], ['nowhere', 'bad_address', null]]);
  expect((await start(admin, id)).status).toBe(202);
  expect((await start(admin, id)).body.status).toBe('running');
  await bed.runJobs();
  expect((await outcomes(id)).map((line) => line[2])).toEqual(['enrolled', 'duplicate', 'already_enrolled', 'invited', 'bad_address']);
  expect((await admin.client.get(`${base()}/${id}`)).body).toMatchObject({ status: 'done', lineCount: 5, doneCount: 5 });
  expect((await admin.client.get(`${base()}/${id}/report`)).text).toContain(`"'=1+1"`);
  expect((await admin.client.delete(`${base()}/${id}`)).body.code).toBe('learning.list_not_found');
  // A second list with the same people neither enrols nor invites again.
  const second = await paste(admin, `${learner.email}\n${invited}`);
  await start(admin, second.id);
  await bed.runJobs();
  expect((await outcomes(second.id)).map((line) => line[2])).toEqual(['already_enrolled', 'invited']);
  const { rows } = await bed.owner.query('select mailing from identity.invitation where email = $1', [invited]);
  expect(rows).toEqual([{ mailing: 1 }]);

  // Who joins with the invited address takes the course, once.
  const { accountId } = await createVerifiedAccount(bed.application.auth, { email: invited, name: 'New', password: 'tres hermanas en el campo', locale: 'en' });
  await bed.application.database.withTenant(here.tenant, systemActor, (tx) => addMember(tx, { accountId, email: invited, name: 'New', locale: 'en', roleKeys: ['learner'] }));
  await bed.runJobs();
  expect((await outcomes(id))[3]![2]).toBe('enrolled');
  expect((await outcomes(second.id))[1]![2]).toBe('already_enrolled');
  expect(await enrolled()).toBe(3);
  expect(await failedChecks(bed.application.database, here.tenant, loadChecks())).toEqual([]);
});

test('killed in the middle and run again, nobody is lost and nobody doubled', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => here.person('learner')));
  const { id } = await paste(admin, [...people.map((person) => person.email), stranger(), stranger()].join('\n'));
  await start(admin, id);
  const { database, directory } = bed.application;
  let invitations = 0;
  const killed = new AbortController();
  const dying = (after: number) => bulkEnrollmentJob({
    tenants: directory,
    invite: async () => { invitations += 1; throw new Error('the connection is gone'); },
    database: { ...database, withTenant: async (tenant, actor, work) => {
      if (after-- === 0) killed.abort();
      // The line's transaction is done, but nobody hears of it.
      return database.withTenant(tenant, actor, work);
    } },
  });
  const payload = { tenantId: here.tenant.id, courseId: course.id, bulkEnrollmentId: id };
  const context = { attempt: 1, lastAttempt: false, signal: killed.signal, log: pino({ level: 'silent' }) };
  await expect(dying(3).run(payload, context)).rejects.toThrow('abort');
  expect((await outcomes(id)).filter((line) => line[2] === 'enrolled')).toHaveLength(4);
  // The next one dies within a line: what it had begun is undone.
  await expect(dying(99).run(payload, { ...context, signal: new AbortController().signal })).rejects.toThrow('gone');
  expect(invitations).toBe(1);
  expect((await outcomes(id)).map((line) => line[2])).toEqual([...people.map(() => 'enrolled'), null, null]);
  // Two at once take turns.
  await Promise.all([bed.runJobs(), bed.runJobs()]);
  expect((await outcomes(id)).map((line) => line[2])).toEqual([...people.map(() => 'enrolled'), 'invited', 'invited']);
  expect(await enrolled()).toBe(6);
  const { rows } = await bed.owner.query("select count(*)::int as events from kernel.event where tenant_id = $1 and type = 'CourseEnrolled'", [here.tenant.id]);
  expect(rows).toEqual([{ events: 6 }]);
});

test('a line that fails to the end is noted, and those after it get their turn', async () => {
  const { id } = await paste(admin, [stranger(), learner.email].join('\n'));
  await start(admin, id);
  const { database, directory: tenants } = bed.application;
  const job = bulkEnrollmentJob({ database, tenants, invite: () => Promise.reject(new Error('never works')) });
  await job.run({ tenantId: here.tenant.id, courseId: course.id, bulkEnrollmentId: id }, { attempt: 8, lastAttempt: true, signal: new AbortController().signal, log: pino({ level: 'silent' }) });
  expect((await outcomes(id)).map((line) => line[2])).toEqual(['failed', 'enrolled']);
});

test('who is beyond the invitations of the day is told so, and those after them get their turn', async () => {
  const { id } = await paste(admin, [stranger(), learner.email].join('\n'));
  await start(admin, id);
  const job = bulkEnrollmentJob({ database: bed.application.database, tenants: bed.application.directory, invite: () => Promise.reject(new Problem('identity.invitations_used_up')) });
  await job.run({ tenantId: here.tenant.id, courseId: course.id, bulkEnrollmentId: id }, { attempt: 1, lastAttempt: false, signal: new AbortController().signal, log: pino({ level: 'silent' }) });
  expect((await outcomes(id)).map((line) => line[2])).toEqual(['over_budget', 'enrolled']);
});

test('who may not invite enrols members only; others may do nothing', async () => {
  const { id } = await paste(instructor, [learner.email, stranger()].join('\n'));
  expect((await start(learner, id)).status).toBe(403);
  expect((await (await (await bed.tenant()).person('admin')).client.get(`${base()}/${id}`)).status).toBe(404);
  await start(instructor, id);
  await bed.runJobs();
  expect((await outcomes(id)).map((line) => line[2])).toEqual(['enrolled', 'not_a_member']);
  // What goes to somebody who invites is a list that can be invited as it is.
  const { text: outsiders } = await instructor.client.get(`${base()}/${id}/report?kind=not_a_member`);
  const roleId = (await admin.client.get('roles')).body.data.find(({ key }: { key: string }) => key === 'learner').id;
  const invited = (await admin.client.post('bulk-invitations/text', { text: outsiders, roleId })).body;
  expect(invited.forecasts).toEqual([{ kind: 'invite', count: 1 }]);
  expect((await paste(instructor, 'no addresses\nat all')).code).toBe('learning.list_without_addresses');
  const { id: other } = await paste(instructor, learner.email);
  expect((await instructor.client.delete(`${base()}/${other}`)).status).toBe(204);
  expect((await instructor.client.delete(`${base()}/${other}`)).status).toBe(404);
});

test('a cohort takes as many as it has places', async () => {
  const other = await here.person('learner');
  const cohort = (await instructor.client.post(`courses/${course.id}/cohorts`, { name: 'Small', startsAt: '2026-12-01T00:00:00Z', capacity: 1 })).body;
  const { id } = await paste(instructor, `${learner.email}\n${other.email}`, cohort.id);
  expect((await outcomes(id)).map((line) => line[1])).toEqual(['enroll', 'no_place']);
  await start(instructor, id);
  await bed.runJobs();
  expect((await outcomes(id)).map((line) => line[2])).toEqual(['enrolled', 'no_place']);
});

test('lists and the addresses in them are kept for ninety days, but for one that is under way; enrolments stay', async () => {
  const ages = { young: 89, draft: 91, worked: 91, running: 91 };
  const ids: Record<string, string> = {};
  for (const [name, days] of Object.entries(ages)) {
    const { id } = await paste(admin, `${learner.email}\n${stranger()}`);
    ids[name] = id;
    if (name !== 'draft') await start(admin, id);
    if (name !== 'running') await bed.runJobs();
    await bed.owner.query("update learning.bulk_enrollment set created_at = created_at - make_interval(days => $2) where id = $1", [id, days]);
  }
  await bed.runJob('kernel.tidy');
  await bed.runJob('kernel.tidy');
  const left = async (table: string, column: string) => (await bed.owner.query<{ id: string }>(`select distinct ${column} as id from learning.${table} where ${column} = any($1)`, [Object.values(ids)])).rows.map(({ id }) => id).toSorted();
  const kept = [ids['young'], ids['running']].toSorted();
  expect(await left('bulk_enrollment', 'id')).toEqual(kept);
  expect(await left('bulk_enrollment_line', 'bulk_enrollment_id')).toEqual(kept);
  expect((await admin.client.get(`${base()}/${ids['worked']}`)).status).toBe(404);
  expect(await enrolled()).toBe(1);
});
