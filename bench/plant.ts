/**
 * Many tenants, people, courses and enrolments, written by the database itself: minutes, not days. Each row is a copy of one that the
 * product made (a course published over the API, a learner enrolled in it) with other ids and names, so that new columns need no change here.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { deriveSecret } from '../apps/server/secrets.ts';
import { demoPassword } from '../apps/server/seed.ts';
import { cookiesOf } from '../packages/testkit/index.ts';
import { makeClient, type Answer, type Client } from '../packages/testkit/client.ts';

export interface Size { tenants: number; members: number; courses: number; enrollments: number }
/** Rows at once, twice, … a thousand times. */
export const sizeOf = (times: number): Size => ({ tenants: times, members: 100 * times, courses: 50 * times, enrollments: 1000 * times });

/** Somebody who is signed in, where they are at home, and what they take. */
export interface Learner { host: string; cookie: string; courseId: string; slug: string; lessonId: string; enrollmentId: string }
export interface Planted { hosts: string[]; big: string; learners: Learner[]; admin: { host: string; cookie: string } }

interface Template { tenantId: string; courseId: string; learnerId: string; adminId: string; enrollmentId: string }

const sample = 400;
const coursesOfMember = 10;
/** The first tenant has a fifth of everything, the others share the rest. */
const tenantOf = (number: string) => `case when $tenants = 1 or ${number} % 5 = 0 then 1 else 2 + ${number} % ($tenants - 1) end`;
const made = (kind: string, number: string) => `bench.uuid('bench ${kind} ' || ${number})`;

/** Makes what is copied, as an instructor and a learner would. */
async function makeTemplate(client: pg.Client, port: number): Promise<Template> {
  const host = `academy.localhost:${port}`;
  const visitor = makeClient(port, host, { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' });
  const enter = async (person: string): Promise<Client> => {
    const answer = await visitor.post('sessions', { email: `${person}@academy.example`, password: demoPassword });
    return visitor.with({ cookie: cookiesOf(answer.headers['set-cookie']) });
  };
  const ok = async (answer: Promise<Answer>): Promise<any> => {
    const { status, text, body } = await answer;
    if (status >= 300) throw new Error(`The template could not be made: ${status} ${text}`);
    return body;
  };
  const instructor = await enter('instructor');
  const learner = await enter('learner');
  const { id: courseId } = await ok(instructor.post('courses', { title: 'Template of the bench', language: 'en', level: 'beginner', summary: 'What a person learns in this course, told in one sentence of a usual length.', tags: ['field'] }));
  for (const part of [1, 2]) {
    const module = await ok(instructor.post(`courses/${courseId}/modules`, { title: `Part ${part}` }));
    for (const lesson of [1, 2, 3]) {
      await ok(instructor.post(`courses/${courseId}/modules/${module.id}/lessons`, { title: `Lesson ${part}.${lesson}`, minutes: 10, bodyHtml: '<p>A field is read before it is sown: water, slope, soil, and what grew there last year.</p>'.repeat(6) }));
    }
  }
  await ok(instructor.post(`courses/${courseId}/publish`));
  const enrollment = await ok(learner.post(`courses/${courseId}/enrollments`));
  const { modules } = await ok(learner.get(`courses/${courseId}/player`));
  await ok(learner.put(`enrollments/${enrollment.id}/lessons/${modules[0].lessons[0].id}/completion`));
  const { rows: [row] } = await client.query<{ tenant_id: string; learner_id: string; admin_id: string }>(`
    select e.tenant_id, e.member_id as learner_id, (select id from identity.member m where m.tenant_id = e.tenant_id and m.email = 'admin@academy.example') as admin_id
    from learning.enrollment e where e.id = $1`, [enrollment.id]);
  return { tenantId: row!.tenant_id, courseId, learnerId: row!.learner_id, adminId: row!.admin_id, enrollmentId: enrollment.id };
}

/** The tables that hold parts of a course: rows of them name the template. */
async function courseTables(client: pg.Client, { courseId }: Template): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', c.table_schema, c.table_name) as name from information_schema.columns c
    where c.column_name = 'course_id' and c.table_schema !~ '_control$' and c.table_schema <> 'learning'`);
  const held = [];
  for (const { name } of rows) if ((await client.query(`select from ${name} where course_id = $1 limit 1`, [courseId])).rowCount) held.push(name);
  return held;
}

const columnsOf = async (client: pg.Client, table: string) =>
  (await client.query<{ column_name: string; data_type: string }>('select column_name, data_type from information_schema.columns where is_generated = \'NEVER\' and format(\'%I.%I\', table_schema, table_name) = $1', [table])).rows;

/** What a copy of a course's row has instead: every id of the template another, in columns and within JSON. */
async function overrides(client: pg.Client, table: string): Promise<string> {
  const pairs = (await columnsOf(client, table)).flatMap(({ column_name: name, data_type: type }): string[] => {
    if (name === 'tenant_id') return [];
    if (/member_id$|_by$/.test(name)) return [`'${name}', null`];
    if (type === 'uuid') return [`'${name}', bench.uuid(t.${name}::text || c.n)`];
    return type === 'jsonb' ? [`'${name}', bench.renamed(t.${name}, c.n)`] : [];
  });
  return `jsonb_build_object('tenant_id', c.tenant_id, ${pairs.join(', ')})`;
}

export interface Planter { /** Adds what is missing to that size. */ plant(size: Size): Promise<void>; planted(): Promise<Planted>; close(): Promise<void> }

/** @param port of the running product, with its demo organisations */
export async function startPlanting(adminUrl: string, port: number, dataDir: string, say: (text: string) => void): Promise<Planter> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => {}); // told by the query that it breaks
  await client.connect();
  // What is copied from a whole is whole: neither foreign keys nor triggers are asked for each of millions of rows.
  await client.query('set session_replication_role = replica; set synchronous_commit = off; set work_mem = \'256MB\'; set enable_mergejoin = off; set maintenance_work_mem = \'512MB\'');
  const { rows: [known] } = await client.query<{ exists: boolean }>("select to_regclass('bench.template') is not null as exists");
  if (!known!.exists) {
    const template = await makeTemplate(client, port);
    await client.query(`
      create schema bench;
      create function bench.uuid(name text) returns uuid language sql immutable return overlay(overlay(md5(name) placing '4' from 13) placing '8' from 17)::uuid;
      create table bench.template as select $1::jsonb as value;
      create table bench.size (done jsonb not null);
      insert into bench.size values ('{"tenants": 0, "members": 0, "courses": 0, "enrollments": 0}');
      create table bench.tenant (n int primary key, id uuid);
      create table bench.course (n int primary key, tenant_no int, place int, tenant_id uuid, title text, unique (tenant_no, place));
      create table bench.taken (member_no int, k int, course_no int, tenant_id uuid, done int);`.replace('$1', `'${JSON.stringify(template)}'`));
    await client.query(`
      create table bench.id as select distinct m[1] as id from (
        select to_jsonb(v)::text as row from catalog.course_version v where course_id = '${template.courseId}' union all
        select to_jsonb(l)::text from catalog.lesson l where course_id = '${template.courseId}') held, regexp_matches(held.row, '[0-9a-f]{8}-[0-9a-f-]{27}', 'g') m`).catch(async () => {
      // Without versions there is no JSON that names ids.
      await client.query('create table bench.id (id text)');
    });
    await client.query(`create function bench.renamed(value jsonb, n int) returns jsonb language plpgsql stable as $$
      declare text text := value::text; known text;
      begin
        if text !~ '[0-9a-f]{8}-[0-9a-f-]{27}' then return value; end if;
        for known in select id from bench.id loop text := replace(text, known, bench.uuid(known || n)::text); end loop;
        return text::jsonb;
      end $$`);
  }
  const template = (await client.query<{ value: Template }>('select value from bench.template')).rows[0]!.value;
  const { tenantId, courseId, learnerId, adminId, enrollmentId } = template;

  /** Runs SQL with the names of the size in it, and says how long it took. */
  async function run(what: string, template: string, size: Size, from: Size): Promise<void> {
    const began = performance.now();
    const [copied, table] = /insert into ([\w.]+) select r\.\*/.exec(template) ?? [];
    const columns = table ? (await columnsOf(client, table)).map(({ column_name: name }) => `"${name}"`) : [];
    const text = copied ? template.replace(copied, `insert into ${table} (${columns.join(', ')}) select ${columns.map((name) => `r.${name}`).join(', ')}`) : template;
    const { rowCount } = await client.query(text.replaceAll(/\$(tenants|members|courses)/g, (_, key: keyof Size) => String(size[key])).replaceAll(/#(tenants|members|courses)/g, (_, key: keyof Size) => String(from[key] + 1)));
    say(`  ${what}: ${rowCount} rows in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }

  async function plant(size: Size): Promise<void> {
    const from = (await client.query<{ done: Size }>('select done from bench.size')).rows[0]!.done;
    if (from.courses >= size.courses) return;
    const step = (what: string, text: string) => run(what, text, size, from);
    const copies = (table: string, source: string, values: string, condition: string) =>
      `insert into ${table} select r.* from ${source} join ${table} t on ${condition} cross join lateral jsonb_populate_record(t, ${values}) r`;

    await step('tenants', `with made as (select n, ${made('tenant', 'n')} as id from generate_series(#tenants, $tenants) n), kept as (insert into bench.tenant select n, id from made)
      insert into tenancy_control.tenant select r.* from (select made.*, '{"catalog": true, "publicCatalog": true, "selfEnrollment": true}'::jsonb as features, '{"courses": 1000000, "members": 1000000, "storageBytes": 1000000000000, "apiPerMinute": 100000000}'::jsonb as limits from made) c cross join tenancy_control.tenant t cross join lateral jsonb_populate_record(t, jsonb_build_object('id', c.id, 'slug', 'bench-' || c.n, 'name', 'Organisation ' || c.n, 'locale', 'en',
        'feature_overrides', t.feature_overrides || c.features, 'features', t.features || c.features, 'limit_overrides', c.limits, 'limits', c.limits, 'logo_file_id', null)) r where t.id = '${tenantId}'`);
    const newTenants = 'bench.tenant c';
    for (const table of ['tenancy.furnishing', 'identity.role']) {
      const id = table === 'identity.role' ? ", 'id', bench.uuid(t.id::text || c.n)" : '';
      await step(table, `insert into ${table} select r.* from ${newTenants} cross join ${table} t cross join lateral jsonb_populate_record(t, jsonb_build_object('tenant_id', c.id${id})) r where t.tenant_id = '${tenantId}' and c.n >= #tenants`);
    }
    const people = `(select n, ${tenantOf('n')} as tenant_no from generate_series(#members, $members) n) p join bench.tenant c on c.n = p.tenant_no`;
    await step('accounts', `insert into identity_control.account select r.* from ${people} cross join identity_control.account t cross join lateral jsonb_populate_record(t, jsonb_build_object('id', ${made('account', 'p.n')}, 'email', 'member-' || p.n || '@bench.example', 'name', 'Member ' || p.n)) r where t.id = (select account_id from identity.member where id = '${learnerId}')`);
    await step('members', `insert into identity.member select r.* from ${people} cross join identity.member t cross join lateral jsonb_populate_record(t, jsonb_build_object('tenant_id', c.id, 'id', ${made('member', 'p.n')}, 'account_id', ${made('account', 'p.n')}, 'email', 'member-' || p.n || '@bench.example',
      'name', 'Member ' || p.n, 'search', 'member ' || p.n || ' member-' || p.n || '@bench.example', 'joined_at', t.joined_at - p.n * interval '1 minute')) r where t.id = '${learnerId}'`);
    // Every thousandth administers, beginning with the first of the big one.
    await step('roles of members', `insert into identity.member_role select r.* from ${people} cross join identity.member_role t cross join lateral jsonb_populate_record(t, jsonb_build_object('tenant_id', c.id, 'member_id', ${made('member', 'p.n')}, 'role_id', bench.uuid(t.role_id::text || c.n))) r
      where t.tenant_id = '${tenantId}' and t.member_id = case when p.n % 1000 = 5 then '${adminId}'::uuid else '${learnerId}'::uuid end`);

    await step('numbers of courses', `insert into bench.course select made.n, tenant_no, row_number() over (partition by tenant_no order by made.n) - 1 + (select count(*) from bench.course b where b.tenant_no = made.tenant_no), t.id,
        (array['Soil', 'Water', 'Solar power', 'Bookkeeping', 'First aid', 'Maize', 'Welding', 'Reading', 'Fractions', 'Photography', 'Poultry', 'Carpentry', 'Nutrition', 'Sewing', 'Irrigation', 'Compost', 'Safety', 'Budgets', 'Choir', 'Drawing'])[1 + made.n % 20]
          || ' ' || (array['for beginners', 'in practice', 'at school', 'on a small farm', 'step by step', 'for families', 'in the rainy season', 'with little money', 'for teachers', 'together'])[1 + (made.n / 20) % 10] || ' ' || made.n
      from (select n, ${tenantOf('n')} as tenant_no from generate_series(#courses, $courses) n) made join bench.tenant t on t.n = made.tenant_no`);
    const courses = 'bench.course c';
    await step('courses', copies('catalog.course', courses, `${await overrides(client, 'catalog.course')} || jsonb_build_object('slug', 'course-' || c.n, 'title', c.title, 'source_digest', null, 'category_id', null,
      'tags', array['field', 'tag-' || c.n % 50], 'level', (array['beginner', 'intermediate', 'advanced', 'all'])[1 + c.n % 4], 'published_at', t.published_at - c.n * interval '1 minute')`, `t.id = '${courseId}' and c.n >= #courses`));
    for (const table of await courseTables(client, template)) {
      await step(table, copies(table, courses, await overrides(client, table), `t.course_id = '${courseId}' and c.n >= #courses`));
    }
    await step('words of titles', `insert into catalog.search_term (tenant_id, term, course_id, weight)
      select distinct c.tenant_id, unnest(array[word, 'en:' || coalesce((ts_lexize('english_stem', word))[1], word)]), bench.uuid('${courseId}' || c.n), (select max(weight) from catalog.search_term where course_id = '${courseId}')
      from bench.course c cross join regexp_split_to_table(lower(c.title), ' ') word where c.n >= #courses on conflict do nothing`);

    const lessons = "(select array_agg(id order by id) from catalog.lesson where course_id = '" + courseId + "')";
    await client.query('analyze bench.course; truncate bench.taken');
    await step('who takes what', `insert into bench.taken select p.n, k, c.n, c.tenant_id, (p.n + k) % 7
      from (select n, ${tenantOf('n')} as tenant_no from generate_series(#members, $members) n) p
      join (select tenant_no, count(*)::int as total from bench.course group by tenant_no) held using (tenant_no)
      cross join generate_series(0, ${coursesOfMember - 1}) k join bench.course c on c.tenant_no = p.tenant_no and c.place = (p.n * 3 + k) % held.total`);
    await client.query('analyze bench.taken');
    const taken = 'bench.taken c';
    const enrolled = `bench.uuid('bench enrolment ' || c.member_no || ' ' || c.k)`;
    const ofCourse = async (table: string) => (await columnsOf(client, table)).filter(({ column_name: name }) => /^course_(version_)?id$/.test(name)).map(({ column_name: name }) => `'${name}', bench.uuid(t.${name}::text || c.course_no)`).join(', ');
    await step('enrolments', `insert into learning.enrollment select r.* from ${taken} cross join learning.enrollment t cross join lateral jsonb_populate_record(t, jsonb_build_object('tenant_id', c.tenant_id, 'id', ${enrolled}, 'member_id', bench.uuid('bench member ' || c.member_no), ${await ofCourse('learning.enrollment')},
      'status', case when c.done = 6 then 'completed' else 'active' end, 'completed_at', case when c.done = 6 then t.enrolled_at end, 'last_lesson_id', case when c.done > 0 then bench.uuid((${lessons})[c.done]::text || c.course_no) end,
      'last_opened_at', t.enrolled_at - c.k * interval '1 hour')) r where t.id = '${enrollmentId}'`);
    await step('progress', `insert into learning.lesson_progress select r.* from ${taken} cross join generate_series(1, c.done) l join learning.lesson_progress t on t.enrollment_id = '${enrollmentId}'
      cross join lateral jsonb_populate_record(t, jsonb_build_object('tenant_id', c.tenant_id, 'enrollment_id', ${enrolled}, ${await ofCourse('learning.lesson_progress')}, 'lesson_id', bench.uuid((${lessons})[l]::text || c.course_no))) r`);
    await client.query(`insert into learning.course_statistic (tenant_id, course_id, enrolled, completed) select tenant_id, course_id, count(*), count(completed_at) from learning.enrollment where tenant_id in (select id from bench.tenant) group by 1, 2
      on conflict (tenant_id, course_id) do update set enrolled = excluded.enrolled, completed = excluded.completed`);
    await client.query('update bench.size set done = $1', [JSON.stringify(size)]);
    await client.query("select pg_notify('milpa_tenant', '')");
    const began = performance.now();
    await client.query('vacuum analyze');
    say(`  vacuum analyze in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }

  /** A `Cookie` header as the browser of somebody who signed in on that host sends it. */
  async function sessionOf(account: string, host: string): Promise<string> {
    const token = `bench-${account}`;
    await client.query(`insert into identity_control.session (id, account_id, token, host, expires_at) values ($1, $1, $2, $3, now() + interval '14 days') on conflict do nothing`, [account, token, host.replace(/:\d+$/, '')]);
    const secret = deriveSecret(process.env['SECRET'] ?? readFileSync(join(dataDir, 'secret'), 'utf8').trim(), 'accounts');
    return `milpa.session_token=${encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`)}`;
  }

  return {
    plant,
    async planted() {
      const { rows: tenants } = await client.query<{ slug: string }>("select 'bench-' || n as slug from bench.tenant order by n");
      const hosts = tenants.map(({ slug }) => `${slug}.localhost:${port}`);
      // Every few members, so that tenants of all sizes are among them.
      const { rows } = await client.query<{ account_id: string; tenant_no: number; course_id: string; slug: string; lesson_id: string; id: string }>(`
        with chosen as (select tenant_id, id, account_id from identity.member where email like 'member-%@bench.example' order by md5(id::text) limit $1)
        select s.account_id, t.n as tenant_no, e.course_id, c.slug, e.id, (select l.id from catalog.lesson l where l.tenant_id = s.tenant_id and l.course_id = e.course_id order by l.id limit 1) as lesson_id
        from chosen s join bench.tenant t on t.id = s.tenant_id cross join lateral (select * from learning.enrollment e where e.tenant_id = s.tenant_id and e.member_id = s.id limit 1) e
        join catalog.course c on c.tenant_id = s.tenant_id and c.id = e.course_id`, [sample]);
      const learners = [];
      for (const row of rows) learners.push({ host: hosts[row.tenant_no - 1]!, cookie: await sessionOf(row.account_id, hosts[row.tenant_no - 1]!), courseId: row.course_id, slug: row.slug, lessonId: row.lesson_id, enrollmentId: row.id });
      const { rows: [admin] } = await client.query<{ id: string }>(`select ${made('account', '5')} as id`);
      return { hosts, big: hosts[0]!, learners, admin: { host: hosts[0]!, cookie: await sessionOf(admin!.id, hosts[0]!) } };
    },
    close: () => client.end(),
  };
}
