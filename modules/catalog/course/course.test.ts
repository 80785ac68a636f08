import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

let bed: TestBed;
let here: TestTenant;
let instructor: Person;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  instructor = await here.person('instructor');
});

const draft = async (title = 'Rain at home', more: object = {}) => (await instructor.client.post('courses', { title, language: 'en', ...more })).body;

async function published(title: string, more: object = {}) {
  const course = await draft(title, more);
  const { body: module } = await instructor.client.post(`courses/${course.id}/modules`, { title: 'One' });
  await instructor.client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: 'First' });
  return (await instructor.client.post(`courses/${course.id}/publish`)).body;
}

describe('a draft', () => {
  test('is its author’s: others do not hear of it, an admin may edit it', async () => {
    const course = await draft();
    expect(course).toMatchObject({ status: 'draft', slug: 'rain-at-home', price: null, abilities: { update: true, publish: true, archive: true } });
    const [learner, colleague, admin] = await Promise.all([here.person('learner'), here.person('instructor'), here.person('admin')]);
    for (const client of [here.visitor, learner.client, colleague.client]) expect((await client.get(`courses/${course.id}`)).body.code).toBe('catalog.course_not_found');
    expect((await admin.client.get(`courses/${course.id}`)).status).toBe(200);
  });

  test('needs a role that makes courses', async () => {
    const learner = await here.person('learner');
    const before = await bed.owner.query('select count(*) from catalog.course');
    expect((await learner.client.post('courses', { title: 'Mine', language: 'en' })).status).toBe(403);
    expect((await here.visitor.post('courses', { title: 'Mine', language: 'en' })).status).toBe(401);
    expect((await bed.owner.query('select count(*) from catalog.course')).rows).toEqual(before.rows);
  });

  test('says which fields need another look, in the reader’s language', async () => {
    const { status, body } = await instructor.client.post('courses', { title: '', language: 'english!', colour: 'red' }, { 'accept-language': 'es' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'kernel.validation_failed', title: 'Hay campos por revisar' });
    expect(body.fields.map((field: { path: string; code: string }) => `${field.path} ${field.code}`).sort()).toEqual(['body.colour unknown', 'body.language invalid', 'body.title required']);
  });

  test('made twice by a repeated request is one', async () => {
    const send = () => instructor.client.post('courses', { title: 'Once', language: 'en' }, { 'idempotency-key': 'a-key-of-mine' });
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });

  test('of the same title gets an address of its own, also at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => draft('Same title')));
    expect(answers.map((course) => course.slug).sort()).toEqual(['same-title', 'same-title-2', 'same-title-3', 'same-title-4', 'same-title-5']);
  });

  test('beyond the plan’s limit is refused, also at once', async () => {
    await bed.owner.query("update tenancy_control.tenant set limits = jsonb_set(limits, '{courses}', '3') where id = $1", [here.tenant.id]);
    bed.application.directory.forget();
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => instructor.client.post('courses', { title: `Course ${n}`, language: 'en' })));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(3);
    expect(answers.find((answer) => answer.status !== 201)?.body).toMatchObject({ code: 'kernel.limit_reached', status: 403 });
  });

  test('keeps what is safe of its description and nothing else', async () => {
    const course = await draft('Safe', { descriptionHtml: '<p onclick="x()">Good<script>alert(1)</script></p><iframe src="https://evil.test"></iframe>' });
    expect(course.descriptionHtml).toBe('<p>Good</p>');
  });
});

describe('editing', () => {
  test('needs the version that was read, and loses nobody’s change', async () => {
    const course = await draft();
    expect((await instructor.client.patch(`courses/${course.id}`, { title: 'New' })).status).toBe(428);
    const edits = await Promise.all(['A', 'B'].map((title) => instructor.client.patch(`courses/${course.id}`, { title }, { 'if-match': `"${course.version}"` })));
    expect(edits.map((answer) => answer.status).sort()).toEqual([200, 412]);
  });

  test('is the author’s or an admin’s: a colleague is refused, another tenant finds nothing, nothing changes', async () => {
    const course = await published('Closed to others');
    const colleague = await here.person('instructor');
    const elsewhere = await bed.tenant();
    const stranger = await elsewhere.person('admin');
    const before = await bed.owner.query('select * from catalog.course where id = $1', [course.id]);
    for (const [client, status] of [[colleague.client, 403], [stranger.client, 404]] as const) {
      expect((await client.patch(`courses/${course.id}`, { title: 'Taken' }, { 'if-match': '"1"' })).status).toBe(status);
      expect((await client.post(`courses/${course.id}/archive`)).status).toBe(status);
      expect((await client.post(`courses/${course.id}/modules`, { title: 'Planted' })).status).toBe(status);
    }
    expect((await bed.owner.query('select * from catalog.course where id = $1', [course.id])).rows).toEqual(before.rows);
  });
});

describe('publishing', () => {
  test('needs a lesson; twice or from nowhere is told', async () => {
    const empty = await draft();
    expect((await instructor.client.post(`courses/${empty.id}/publish`)).body.code).toBe('catalog.course_not_ready');
    const course = await published('Ready');
    expect(course).toMatchObject({ status: 'published', lessonCount: 1, moduleCount: 1 });
    expect((await instructor.client.post(`courses/${course.id}/publish`)).body.code).toBe('catalog.course_already_published');
    expect((await here.visitor.get(`courses/${course.slug}`)).body.id).toBe(course.id);
    expect((await instructor.client.post(`courses/${course.id}/archive`)).body.status).toBe('archived');
    expect((await here.visitor.get(`courses/${course.slug}`)).status).toBe(404);
    expect((await instructor.client.post(`courses/${course.id}/publish`)).body.status).toBe('published');
  });

  test('an archived course takes a place of the plan again; where there is none it stays archived', async () => {
    const course = await published('Came back');
    await instructor.client.post(`courses/${course.id}/archive`);
    await draft('Took its place');
    await bed.owner.query("update tenancy_control.tenant set limits = jsonb_set(limits, '{courses}', '1') where id = $1", [here.tenant.id]);
    bed.application.directory.forget();
    const { status, body } = await instructor.client.post(`courses/${course.id}/publish`);
    expect([status, body.code]).toEqual([403, 'kernel.limit_reached']);
    expect((await instructor.client.get(`courses/${course.id}/versions`)).body.data).toHaveLength(1);
    expect((await instructor.client.get(`courses/${course.id}`)).body.status).toBe('archived');
  });
});

describe('the catalogue', () => {
  test('finds by words, beginnings, without accents, in any script', async () => {
    await published('Energía solar', { tags: ['fotovoltaica'] });
    await published('Captación de lluvia', { summary: 'Agua para la casa' });
    await published('الطاقة الشمسية', { language: 'ar' });
    const titles = async (query: string) => (await here.visitor.get(`courses?${query}`)).body.data.map((course: { title: string }) => course.title);
    expect(await titles('q=energia')).toEqual(['Energía solar']);
    expect(await titles('q=fotov')).toEqual(['Energía solar']);
    expect(await titles('q=AGUA%20casa')).toEqual(['Captación de lluvia']);
    expect(await titles(`q=${encodeURIComponent('الطَّاقه')}`)).toEqual(['الطاقة الشمسية']);
    expect(await titles('q=nothing')).toEqual([]);
    expect(await titles('language=ar')).toEqual(['الطاقة الشمسية']);
  });

  test('filters by category with all below it, level and price, and pages without gaps or repeats', async () => {
    const admin = await here.person('admin');
    const { body: parent } = await admin.client.post('categories', { name: 'Energy' });
    const { body: child } = await admin.client.post('categories', { name: 'Solar', parentId: parent.id });
    for (let n = 0; n < 5; n++) {
      bed.clock.advance(1000);
      await published(`Course ${n}`, n < 2 ? { categoryId: child.id } : { price: { amount: 5000, currency: 'MXN' }, level: 'advanced' });
    }
    const list = async (query: string) => (await here.visitor.get(`courses?${query}`)).body;
    expect((await list('category=energy')).data).toHaveLength(2);
    expect((await list('price=paid')).data[0].price).toEqual({ amount: 5000, currency: 'MXN' });
    expect((await list('level=beginner')).data).toHaveLength(2);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { data, page } = await list(`limit=2&cursor=${cursor}`.replace(/&cursor=$/, ''));
      seen.push(...data.map((course: { title: string }) => course.title));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen).toEqual(['Course 4', 'Course 3', 'Course 2', 'Course 1', 'Course 0']);
    expect((await here.visitor.get('courses?cursor=broken')).status).toBe(422);
  });
});

describe('categories', () => {
  test('form a tree without circles, and one that is used stays', async () => {
    const { client } = await here.person('admin');
    const make = async (name: string, parentId: string | null = null) => (await client.post('categories', { name, parentId })).body;
    const energy = await make('Energy');
    const solar = await make('Solar', energy.id);
    expect((await client.patch(`categories/${energy.id}`, { parentId: solar.id })).body.code).toBe('catalog.category_circle');
    expect((await client.delete(`categories/${energy.id}`)).body.code).toBe('catalog.category_in_use');
    expect((await client.delete(`categories/${solar.id}`)).status).toBe(204);
    expect((await client.delete(`categories/${solar.id}`)).status).toBe(404);
    expect((await instructor.client.post('categories', { name: 'Mine' })).status).toBe(404);
    expect((await here.visitor.get('categories')).body.data.map((category: { name: string }) => category.name)).toEqual(['Energy']);
  });
});

describe('an outline', () => {
  test('grows, moves and shrinks, and the course counts along', async () => {
    const course = await draft();
    const add = async (title: string) => (await instructor.client.post(`courses/${course.id}/modules`, { title })).body;
    const lesson = async (module: string, title: string) => (await instructor.client.post(`courses/${course.id}/modules/${module}/lessons`, { title, minutes: 10, bodyHtml: '<p>Text</p>' })).body;
    const [one, two] = [await add('One'), await add('Two')];
    const [a, b] = [await lesson(one.id, 'A'), await lesson(one.id, 'B')];
    const version = async () => (await instructor.client.get(`courses/${course.id}/draft`)).body.version;
    const order = { modules: [{ id: two.id, lessonIds: [b.id] }, { id: one.id, lessonIds: [a.id] }] };
    const moved = await instructor.client.put(`courses/${course.id}/outline`, order, { 'if-match': `"${await version()}"` });
    expect(moved.body.modules.map((module: { title: string; lessons: { title: string }[] }) => `${module.title}: ${module.lessons.map((l) => l.title)}`)).toEqual(['Two: B', 'One: A']);
    const incomplete = { modules: [{ id: two.id, lessonIds: [b.id] }] };
    expect((await instructor.client.put(`courses/${course.id}/outline`, incomplete, { 'if-match': `"${await version()}"` })).body.code).toBe('catalog.outline_mismatch');
    expect((await instructor.client.get(`courses/${course.id}`)).body).toMatchObject({ moduleCount: 2, lessonCount: 2, durationMinutes: 20 });
    expect((await instructor.client.delete(`courses/${course.id}/modules/${two.id}`)).status).toBe(204);
    expect((await instructor.client.get(`courses/${course.id}`)).body).toMatchObject({ moduleCount: 1, lessonCount: 1, durationMinutes: 10 });
    const edited = await instructor.client.patch(`courses/${course.id}/lessons/${a.id}`, { title: 'A, better' }, { 'if-match': `"${a.version}"` });
    expect(edited.body.title).toBe('A, better');
    expect((await instructor.client.patch(`courses/${course.id}/lessons/${a.id}`, { title: 'Late' }, { 'if-match': `"${a.version}"` })).status).toBe(412);
  });
});

test('what learners get stays, whatever is taken out of the draft', async () => {
  const course = await published('Stays');
  const { body: outline } = await instructor.client.get(`courses/${course.id}/outline`);
  const [module] = outline.modules;
  expect((await instructor.client.delete(`courses/${course.id}/modules/${module.id}`)).status).toBe(204);
  expect((await here.visitor.get(`courses/${course.id}/outline`)).body).toEqual(outline);
  expect((await here.visitor.get(`courses/${course.id}`)).body).toMatchObject({ moduleCount: 1, lessonCount: 1 });
  expect((await instructor.client.post(`courses/${course.id}/publish`)).body.code).toBe('catalog.course_not_ready');
});
