/** What is kept of the catalogue, over HTTP and in two processes' worth of Milpa over one database. */
import { createTestBed, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

let bed: TestBed;
let here: TestTenant;
let author: Client;
let admin: Client;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  author = (await here.person('instructor')).client;
  admin = (await here.person('admin')).client;
});

async function draft(title: string, more: object = {}) {
  const { body: course } = await author.post('courses', { title, language: 'en', summary: 'Of use to many.', ...more });
  const { body: module } = await author.post(`courses/${course.id}/modules`, { title: 'One' });
  await author.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: 'First', bodyHtml: '<p>Text</p>' });
  return (await author.get(`courses/${course.id}`)).body;
}
const publish = async (course: { id: string }) => (await author.post(`courses/${course.id}/publish`)).body;
const titles = async (client: Client, query = '') => (await client.get(`courses${query}`)).body.data.map((course: { title: string }) => course.title);

test('what was published, renamed or archived is seen by the very next request, in every process', async () => {
  const second = await bed.second();
  try {
    const readers = [here.visitor, here.visitor.at(second.port)];
    const seen = async () => Promise.all(readers.flatMap((reader) => [titles(reader), titles(reader, '?sort=title'), titles(reader, '?q=rain')]));
    const all = (list: string[]) => Array.from({ length: 6 }, () => list);
    expect(await seen()).toEqual(all([]));
    const course = await draft('Rain');
    expect(await seen()).toEqual(all([]));
    const { version } = await publish(course);
    expect(await seen()).toEqual(all(['Rain']));
    await author.patch(`courses/${course.id}`, { title: 'More rain' }, { 'if-match': `"${version}"` });
    expect(await seen()).toEqual(all(['More rain']));
    await author.at(second.port).post(`courses/${course.id}/archive`);
    expect(await seen()).toEqual(all([]));
  } finally {
    await second.close();
  }
});

test('what a published text says is found, completed and counted by the next request, and what it says no more is not', async () => {
  const course = await publish(await draft('Rain'));
  const { body: { modules: [{ lessons: [lesson] }] } } = await author.get(`courses/${course.id}/outline`);
  const found = async (q: string) => [await titles(here.visitor, `?q=${q}`), (await here.visitor.get(`course-facets?q=${q}`)).body.total, (await here.visitor.get(`course-suggestions?q=${q}`)).body.courses.length];
  const rewrite = async (title: string, version: number) => {
    const { body } = await author.patch(`courses/${course.id}/lessons/${lesson.id}`, { title }, { 'if-match': `"${version}"` });
    await publish(course);
    return body.version;
  };
  expect(await found('cistern')).toEqual([[], 0, 0]);
  const version = await rewrite('Cisterns', (await author.get(`courses/${course.id}/lessons/${lesson.id}/source`)).body.version);
  expect(await found('cistern')).toEqual([['Rain'], 1, 1]);
  await rewrite('Gutters', version);
  expect(await found('cistern')).toEqual([[], 0, 0]);
});

test('categories and counts are as fresh as the list', async () => {
  const { body: category } = await admin.post('categories', { name: 'Water' });
  const facets = async () => (await here.visitor.get('course-facets')).body;
  expect((await facets()).category).toEqual([]);
  await publish(await draft('Rain', { categoryId: category.id }));
  expect((await facets()).category).toEqual([{ id: category.id, count: 1 }]);
  await admin.patch(`categories/${category.id}`, { name: 'Waters' });
  expect((await here.visitor.get('categories')).body.data[0].name).toBe('Waters');
});

test('who has the answer hears that it still holds, until it does not', async () => {
  const course = await publish(await draft('Rain'));
  const { headers } = await here.visitor.get('courses');
  const tag = String(headers.etag);
  expect(headers['cache-control']).toBe('private, no-cache');
  const again = await here.visitor.get('courses', { 'if-none-match': tag });
  expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag]);
  await author.post(`courses/${course.id}/archive`);
  expect((await here.visitor.get('courses', { 'if-none-match': tag })).status).toBe(200);
});

test('what nobody sees changes nothing that is kept', async () => {
  const version = async () => (await bed.owner.query('select version from catalog.catalog_version where tenant_id = $1', [here.tenant.id])).rows[0]?.version;
  const course = await publish(await draft('Rain'));
  const before = await version();
  const other = await draft('A draft');
  await author.patch(`courses/${other.id}`, { title: 'Another' }, { 'if-match': `"${other.version}"` });
  const { body: outline } = await author.get(`courses/${course.id}/outline`);
  await author.post(`courses/${course.id}/modules/${outline.modules[0].id}/lessons`, { title: 'A draft of a lesson', bodyHtml: '' });
  expect(await version()).toBe(before);
});

test('a kept answer is for those who may ask, in its tenant', async () => {
  await publish(await draft('Rain'));
  expect(await titles(here.visitor)).toEqual(['Rain']);
  const elsewhere = await bed.tenant();
  expect(await titles(elsewhere.visitor)).toEqual([]);
  const { body: roles } = await admin.get('roles');
  const visitor = roles.data.find((role: { key: string }) => role.key === 'visitor');
  await admin.patch(`roles/${visitor.id}`, { permissions: [] }, { 'if-match': `"${visitor.version}"` });
  expect((await here.visitor.get('courses')).status).toBe(401);
});
