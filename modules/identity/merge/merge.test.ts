import { kernelMemberData, systemActor } from '@milpa/kernel';
import { createTestBed, testPassword, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';
import { publishedCourse } from '../../learning/testing/course.ts';
import { namedIn } from '../personal/member-data.ts';

let bed: TestBed;
let school: TestTenant;
let admin: Person;
/** The same person twice: she learns with one account and teaches with the other, and does both with either. */
let into: Person;
let from: Person;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  school = await bed.tenant();
  [admin, into, from] = await Promise.all([school.person('admin'), school.person('learner', 'instructor'), school.person('learner', 'instructor')]);
  await from.client.patch('membership', { name: 'Ana María Peña' });
});

const declared = () => namedIn([kernelMemberData, ...bed.application.modules.flatMap((module) => (module.memberData ? [module.memberData] : []))]);
const count = async (table: string, column: string, memberId: string): Promise<number> => (await bed.owner.query(`select count(*)::int as count from ${table} where ${column} = $1`, [memberId])).rows[0].count;
const merge = async (by = admin, name = 'ana maria peña', keep = into, gone = from) => (await school.browse(by)).post(`members/${keep.memberId}/merges`, { fromMemberId: gone.memberId, name });
const preview = (by = admin) => by.client.get(`members/${into.memberId}/merge-preview?fromMemberId=${from.memberId}`);
const ok = async (answer: Promise<{ status: number; body: any; text: string }>) => { const { status, body, text } = await answer; expect(status, text).toBeLessThan(300); return body; };

describe('every column that names a member has a rule that its table can follow', () => {
  const rule = (name: string) => { const { rule: found } = declared().find(({ table, column }) => `${table}.${column}` === name)!; return found; };
  test('it does not break a key, and the serving role may do what it asks for', async () => {
    const { rows } = await bed.owner.query<{ name: string; keys: string[][]; may_update: boolean; may_delete: boolean }>(`
      select n.nspname || '.' || c.relname || '.' || a.attname as name, has_column_privilege('milpa_app', c.oid, a.attname, 'update') as may_update, has_table_privilege('milpa_app', c.oid, 'delete') as may_delete,
        (select coalesce(jsonb_agg((select jsonb_agg(k.attname order by k.attname) from pg_attribute k where k.attrelid = c.oid and k.attnum = any(i.indkey::int2[]) and k.attname not in ('tenant_id', a.attname))), '[]')
         from pg_index i where i.indrelid = c.oid and i.indisunique and a.attnum = any(i.indkey::int2[])) as keys
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and a.attnum > 0
        and n.nspname || '.' || c.relname || '.' || a.attname = any($1)`, [declared().map(({ table, column }) => `${table}.${column}`)]);
    const faults = rows.flatMap(({ name, keys, may_update: mayUpdate, may_delete: mayDelete }) => {
      const how = rule(name);
      if (how === undefined) return [`${name}: say what becomes of it when two members become one (MergeRule in packages/kernel/module.ts)`];
      if (how === 'stay' || (typeof how === 'object' && 'merge' in how)) return [];
      const needed = how === 'drop' ? [mayDelete || 'delete'] : how === 'move' ? [mayUpdate || 'update'] : [mayUpdate || 'update', mayDelete || 'delete'];
      const same = typeof how === 'object' ? [...how.unlessSame].toSorted() : null;
      return [
        ...needed.flatMap((right) => (typeof right === 'string' ? [`${name}: milpa_app may not ${right}`] : [])),
        ...(how === 'move' || same ? keys.flatMap((key) => (JSON.stringify(key ?? []) === JSON.stringify(same) ? [] : [`${name}: a key has ${JSON.stringify(key)}, and the rule is ${JSON.stringify(how)}`])) : []),
      ];
    });
    expect(rows.length).toBe(declared().length);
    expect(faults).toEqual([]);
  });

  test('the rows of one person are found by an index', async () => {
    const { rows } = await bed.owner.query<{ name: string }>(`
      select n.nspname || '.' || c.relname || '.' || a.attname as name from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[1]
      where i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = format('(%s IS NOT NULL)', a.attname)`);
    const indexed = new Set(rows.map(({ name }) => name));
    const asked = declared().filter(({ kind, rule: how }) => kind !== 'mark' || how !== 'stay').map(({ table, column }) => `${table}.${column}`);
    expect(asked.filter((name) => !indexed.has(name))).toEqual([]);
  });
});

/** Things of both in every table, most of them twice. */
async function lives(): Promise<void> {
  const [shared, hers] = [await publishedCourse(into, 'Soil', 2), await publishedCourse(from, 'Water', 2)];
  const teacher = await school.person('instructor');
  const other = await publishedCourse(teacher, 'Seeds', 3);
  for (const { client } of [into, from]) {
    const { id } = await ok(client.post(`courses/${other.id}/enrollments`));
    await ok(client.put(`enrollments/${id}/lessons/${other.lessons[0]}/completion`));
    await ok(client.put('reading-preference', { size: 'large', spacing: 'loose', measure: 'narrow', ground: 'warm', font: 'plain', justify: false }));
    await ok(client.put(`courses/${other.id}/notes/${randomUUID()}`, { lessonId: other.lessons[0], kind: 'note', place: null, quote: '', text: 'Sow.' }));
    await ok(client.post('membership/data-exports'));
  }
  await ok(from.client.post(`courses/${shared.id}/enrollments`));
  await ok(into.client.post(`courses/${hers.id}/enrollments`));
  const { body: ahead } = await from.client.get(`courses/${other.id}/enrollment`);
  await ok(from.client.put(`enrollments/${ahead.id}/lessons/${other.lessons[1]}/completion`));
  for (const { client } of [into, from]) await ok(client.put(`courses/${other.id}/my-review`, { rating: 4, body: 'Good.' }));
  const learner = await school.person('learner');
  const enrolled = await ok(learner.client.post(`courses/${other.id}/enrollments`));
  await ok(learner.client.put(`enrollments/${enrolled.id}/lessons/${other.lessons[0]}/completion`));
  await ok(learner.client.put(`courses/${other.id}/my-review`, { rating: 1, body: 'Bad.' }));
  const { data: reviews } = (await learner.client.get(`courses/${other.id}/reviews`)).body;
  const theirs = reviews.find((review: { rating: number }) => review.rating === 1);
  for (const { client } of [into, from]) await ok(client.post(`courses/${other.id}/reviews/${theirs.id}/reports`, { reason: 'Rude.' }));
  // A letter to all that both get; one that she writes to herself; one that is still on its way.
  await ok(teacher.client.post(`courses/${other.id}/broadcasts`, { subject: 'Rain', body: 'It rains.', audience: { kind: 'all' } }));
  await ok(from.client.post(`courses/${hers.id}/broadcasts`, { subject: 'Sun', body: 'It shines.', audience: { kind: 'all' } }));
  const thread = await ok(from.client.post(`courses/${other.id}/message-threads`, { subject: 'When', body: 'When?' }));
  await ok(from.client.post(`message-threads/${thread.id}/reports`, { reason: 'To be looked at.' }));
  await ok(learner.client.post(`courses/${hers.id}/enrollments`));
  const rude = await ok(learner.client.post(`courses/${hers.id}/message-threads`, { subject: 'Hey', body: 'Hey!' }));
  await ok(from.client.put(`message-threads/${rude.id}/block`, { blocked: true }));
  await bed.runJobs();
  await ok(teacher.client.post(`courses/${other.id}/broadcasts`, { subject: 'Hail', body: 'It hails.', audience: { kind: 'all' } }));
  await ok(from.client.post(`courses/${hers.id}/bulk-enrollments/text`, { text: 'new@example.test' }));
  await ok(from.client.post(`courses/${hers.id}/exports`, { format: 'cc' }));
  await ok(school.visitor.post('tokens', { email: from.email, password: testPassword }));
  await bed.owner.query("insert into identity.departure (tenant_id, member_id, requested_at, due_at) values ($1, $2, now(), now() + interval '7 days')", [school.tenant.id, from.memberId]);
}

test('two lives become one: whatever was theirs is hers, in every table; nothing is had twice, and all that must hold holds', async () => {
  await lives();
  const before = await Promise.all(declared().map(async (named) => ({ ...named, rows: await count(named.table, named.column, from.memberId) })));
  const empty = before.filter(({ rows, rule }) => rows === 0 && rule !== 'stay').map(({ table, column }) => `${table}.${column}`);
  expect(empty.filter((name) => name.startsWith('learning') || name.startsWith('messaging')), 'the scene has rows of her everywhere').toEqual(['messaging.block.blocked_id']);

  const { things } = await ok(preview());
  const thing = (what: string) => things.find((one: { what: string }) => one.what === what);
  expect(thing('learning.enrollment')).toMatchObject({ fate: 'moves', count: 2, clashes: 1 });
  expect(thing('learning.review')).toMatchObject({ fate: 'moves', count: 1, clashes: 1 });
  expect(thing('identity.departure')).toMatchObject({ fate: 'goes', count: 1 });
  expect(thing('kernel.audit_entry')).toMatchObject({ fate: 'stays' });
  expect(thing('kernel.event'), 'mere marks are not counted').toBeUndefined();
  expect(await count('learning.enrollment', 'member_id', from.memberId), 'looking changes nothing').toBe(2);

  expect(await merge()).toMatchObject({ status: 200, body: { id: into.memberId, mergedFrom: [{ id: from.memberId, name: 'Ana María Peña' }] } });
  const left = (await Promise.all(declared().filter(({ rule }) => rule !== 'stay').map(async ({ table, column }) => [`${table}.${column}`, await count(table, column, from.memberId)] as const))).filter(([, rows]) => rows > 0);
  expect(Object.fromEntries(left), 'the letter to herself stays between the two').toEqual({ 'messaging.participant.member_id': 1, 'messaging.message.author_id': 1 });
  const { rows: current } = await bed.owner.query("select completed_lessons from learning.enrollment e join catalog.course c on c.id = e.course_id where e.member_id = $1 and e.status <> 'left' and c.title = 'Seeds'", [into.memberId]);
  expect(current, 'the enrolment that was further goes on').toEqual([{ completed_lessons: 2 }]);
  expect(await count('learning.enrollment', 'member_id', into.memberId)).toBe(4);
  expect(await failedChecks(bed.application.database, school.tenant, loadChecks())).toEqual([]);

  await bed.runJobs();
  const { rows: hail } = await bed.owner.query("select p.member_id from messaging.participant p join messaging.broadcast b on b.id = p.broadcast_id where b.subject = 'Hail' and p.side = 'learner' and p.member_id = any($1)", [[into.memberId, from.memberId]]);
  expect(hail, 'what was on its way comes once').toEqual([{ member_id: into.memberId }]);
  expect(await failedChecks(bed.application.database, school.tenant, loadChecks())).toEqual([]);
  for (const path of ['enrollments', 'notes', 'message-threads', 'membership']) expect((await into.client.get(path)).status, path).toBe(200);
});

describe('a course that both take', () => {
  const enrol = async (person: Person, course: { id: string; lessons: string[] }, done: number[]) => {
    const { id } = await ok(person.client.post(`courses/${course.id}/enrollments`));
    for (const n of done) await ok(person.client.put(`enrollments/${id}/lessons/${course.lessons[n]}/completion`));
    return id as string;
  };
  const completions = async () => (await bed.owner.query("select payload ->> 'memberId' as member from kernel.event where tenant_id = $1 and type = 'CourseCompleted'", [school.tenant.id])).rows.map(({ member }) => member);
  const statistic = async (courseId: string) => (await bed.owner.query('select enrolled, completed, lessons_completed from learning.course_statistic where course_id = $1', [courseId])).rows[0];

  test('goes on with the lessons of both, and is completed by that once', async () => {
    const course = await publishedCourse(await school.person('instructor'), 'Seeds', 6);
    const [kept, ended] = [await enrol(into, course, [0, 1, 2]), await enrol(from, course, [2, 3, 4, 5])];
    await ok(from.client.post(`enrollments/${ended}/sync`, { sentAt: bed.clock.now().toISOString(), items: [{ id: randomUUID(), occurredAt: bed.clock.now().toISOString(), kind: 'position', lessonId: course.lessons[4], reading: { index: 7, hash: 'h', share: 70 } }] }));
    await ok(into.client.post(`enrollments/${kept}/sync`, { sentAt: bed.clock.now().toISOString(), items: [{ id: randomUUID(), occurredAt: bed.clock.now().toISOString(), kind: 'position', lessonId: course.lessons[1], reading: { index: 3, hash: 'h', share: 30 } }] }));
    await ok(merge());
    const { body } = await into.client.get(`courses/${course.id}/enrollment`);
    expect(body).toMatchObject({ id: ended, status: 'completed', completedLessons: 6, completedAt: expect.any(String) });
    expect((await into.client.get(`enrollments/${body.id}/positions`)).body.data.map(({ index }: { index: number }) => index).toSorted()).toEqual([3, 7]);
    expect(await completions()).toEqual([into.memberId]);
    await bed.runJobs();
    expect(await statistic(course.id)).toEqual({ enrolled: 2, completed: 1, lessons_completed: 7 });
    expect(await failedChecks(bed.application.database, school.tenant, loadChecks())).toEqual([]);
  });

  test('stays under way while something is missing, and completed where it was; nobody hears of it twice', async () => {
    const teacher = await school.person('instructor');
    const [under, over] = [await publishedCourse(teacher, 'Seeds', 4), await publishedCourse(teacher, 'Soil', 2)];
    await enrol(into, under, [0, 1]);
    await enrol(from, under, [1, 2]);
    await enrol(into, over, [0]);
    await enrol(from, over, [0, 1]);
    await ok(merge());
    expect((await into.client.get(`courses/${under.id}/enrollment`)).body).toMatchObject({ status: 'active', completedLessons: 3, completedAt: null });
    expect((await into.client.get(`courses/${over.id}/enrollment`)).body).toMatchObject({ status: 'completed', completedLessons: 2 });
    expect(await completions()).toEqual([from.memberId]);
    expect(await failedChecks(bed.application.database, school.tenant, loadChecks())).toEqual([]);
  });

  test('counts by the version on which it goes on', async () => {
    const teacher = await school.person('instructor');
    const course = await publishedCourse(teacher, 'Seeds', 3);
    await enrol(into, course, [0, 1]);
    const { modules: [module] } = (await teacher.client.get(`courses/${course.id}/draft`)).body;
    await ok(teacher.client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: 'More', bodyHtml: '<p>More.</p>' }));
    await ok(teacher.client.post(`courses/${course.id}/publish`));
    await enrol(from, course, [2]);
    await ok(merge());
    expect((await into.client.get(`courses/${course.id}/enrollment`)).body, 'on the version of who was further').toMatchObject({ status: 'completed', lessonCount: 3, completedLessons: 3 });
    expect(await failedChecks(bed.application.database, school.tenant, loadChecks())).toEqual([]);
  });
});

test('who was merged cannot enter, by session, token, invitation or the door, and is found by nobody; their old id leads to who stays', async () => {
  const { body: tokens } = await school.visitor.post('tokens', { email: from.email, password: testPassword });
  await ok(merge());
  expect((await from.client.get('enrollments')).status).toBe(404);
  expect((await from.client.get('membership')).body.code).toBe('identity.not_a_member');
  expect((await from.client.post('memberships')).body.code).toBe('identity.member_merged');
  expect((await school.visitor.post('tokens/refresh', { refreshToken: tokens.refreshToken })).status).toBe(401);
  expect((await admin.client.get(`members?q=${encodeURIComponent('Peña')}`)).body.data).toEqual([]);
  expect((await admin.client.get(`members/${from.memberId}`)).body).toMatchObject({ name: 'Ana María Peña', mergedInto: { id: into.memberId }, abilities: { update: false, merge: false } });
  const { body: { version } } = await admin.client.get(`members/${from.memberId}`);
  expect((await admin.client.patch(`members/${from.memberId}`, { status: 'active' }, { 'if-match': `"${version}"` })).body.code).toBe('identity.member_not_found');
  const { body: { data: log } } = await admin.client.get(`audit-entries?subjectId=${from.memberId}&outcome=done`);
  expect(log[0]).toMatchObject({ action: 'identity.mergeMembers', memberId: admin.memberId, subjectType: 'member', subjectName: (await admin.client.get(`members/${into.memberId}`)).body.name });
  const elsewhere = await (await bed.tenant()).join(from, 'learner');
  expect((await elsewhere.client.get('membership')).status, 'other organisations are not asked').toBe(200);
});

test('done again, both ways at once and by two admins, it happens once', async () => {
  const second = await school.person('admin');
  const { name } = (await admin.client.get(`members/${into.memberId}`)).body;
  const answers = await Promise.all([merge(), merge(second), merge(second, name, from, into)]);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
  const { rows } = await bed.owner.query('select merged_into from identity.member where id = any($1) and merged_into is not null', [[into.memberId, from.memberId]]);
  expect(rows).toHaveLength(1);
  const { rows: events } = await bed.owner.query("select 1 from kernel.event where tenant_id = $1 and type = 'MemberMerged'", [school.tenant.id]);
  expect(events).toHaveLength(1);
});

test('the name must be typed; nobody merges themselves away, one person, or somebody who may do more', async () => {
  expect((await merge(admin, 'Somebody')).body.code).toBe('identity.merge_name');
  for (const gone of [into, admin]) expect((await merge(admin, 'x', into, gone)).body.code).toBe('identity.merge_same');
  await admin.client.post('roles', { key: 'clerk', name: { en: 'Clerk' }, persona: 'officer', permissions: ['member:read', 'member:merge'] });
  const clerk = await school.person('clerk');
  expect((await merge(clerk)).body.code).toBe('identity.beyond_own_permissions');
  expect((await merge(into)).status).toBe(404);
  // Nor do they wait for rights that begin tomorrow.
  const roles = (await admin.client.get('roles')).body.data as { key: string; id: string; permissions: string[] }[];
  await admin.client.post('roles', { key: 'registrar', name: { en: 'Registrar' }, persona: 'officer', permissions: [...new Set(['member:read', 'member:merge', ...roles.filter(({ key }) => key === 'learner' || key === 'instructor').flatMap(({ permissions }) => permissions)])] });
  const registrar = await school.person('registrar');
  const promised = [{ roleId: roles.find(({ key }) => key === 'admin')!.id, startsAt: '2040-01-01T00:00:00Z', expiresAt: null }];
  await ok(admin.client.patch(`members/${from.memberId}`, { roles: promised }, { 'if-match': String((await admin.client.get(`members/${from.memberId}`)).headers.etag) }));
  expect((await merge(registrar, 'ana maria peña', registrar)).body.code).toBe('identity.beyond_own_permissions');
  const elsewhere = await bed.tenant();
  const stranger = await elsewhere.browse(await elsewhere.person('admin'));
  expect((await stranger.post(`members/${into.memberId}/merges`, { fromMemberId: from.memberId, name: 'ana maria peña' })).body.code).toBe('identity.member_not_found');
  expect(await count('identity.member', 'merged_into', into.memberId)).toBe(0);
});

test('roles add up with the longer term, a suspended one brings none, and the last admin stays', async () => {
  const roles = Object.fromEntries((await admin.client.get('roles')).body.data.map((role: { key: string; id: string }) => [role.key, role.id]));
  const give = async (person: Person, wanted: object[]) => admin.client.patch(`members/${person.memberId}`, { roles: wanted }, { 'if-match': String((await admin.client.get(`members/${person.memberId}`)).headers.etag) });
  await give(into, [{ roleId: roles['learner'], startsAt: '2020-01-01T00:00:00Z', expiresAt: '2020-06-01T00:00:00Z' }]);
  await give(from, [{ roleId: roles['learner'], startsAt: '2040-01-01T00:00:00Z', expiresAt: '2041-01-01T00:00:00Z' }, { roleId: roles['instructor'] }]);
  const { roles: held } = await ok(merge());
  expect(held.find((role: { key: string }) => role.key === 'learner')).toMatchObject({ startsAt: '2040-01-01T00:00:00.000Z', inForce: false });
  expect(held.map((role: { key: string }) => role.key).toSorted()).toEqual(['instructor', 'learner']);

  const barred = await school.person('instructor', 'admin');
  await admin.client.patch(`members/${barred.memberId}`, { status: 'suspended' }, { 'if-match': String((await admin.client.get(`members/${barred.memberId}`)).headers.etag) });
  const { name } = (await admin.client.get(`members/${barred.memberId}`)).body;
  const plain = await school.person('learner');
  expect((await ok(merge(admin, name, plain, barred))).roles.map((role: { key: string }) => role.key)).toEqual(['learner']);
});

test('who was merged twice leads to the last, and leaves with them', async () => {
  const third = await school.person('learner');
  await ok(merge());
  const { name } = (await admin.client.get(`members/${into.memberId}`)).body;
  await ok(merge(admin, name, third, into));
  expect((await admin.client.get(`members/${from.memberId}`)).body.mergedInto.id).toBe(third.memberId);
  const { eraseMember } = await import('../personal/leaving.ts');
  await bed.application.database.withTenant(school.tenant, systemActor, (tx) => eraseMember(tx, school.tenant, bed.application.modules.flatMap((module) => (module.memberData ? [module.memberData] : [])), third.memberId));
  const { rows } = await bed.owner.query("select 1 from identity.member where tenant_id = $1 and (name like 'Ana%' or account_id = any($2))", [school.tenant.id, [from.accountId, into.accountId]]);
  expect(rows).toEqual([]);
});
