import { createTestBed, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inTreeOrder, moved } from './rules.ts';

let bed: TestBed;
let here: TestTenant;
let admin: Client;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  admin = (await here.person('admin')).client;
});

const make = async (name: string, parentId: string | null = null) => (await admin.post('categories', { name, parentId })).body;
interface Listed { name: string; parentId: string | null; courseCount: number }
const tree = async () => {
  const { data } = (await admin.get('managed-categories')).body;
  const depth = (one: { parentId: string | null }): number => (one.parentId === null ? 0 : 1 + depth(data.find((other: { id: string }) => other.id === one.parentId)));
  return data.map((one: Listed) => `${'-'.repeat(depth(one))}${one.name} ${one.courseCount}`);
};

test('steps move a category among its neighbours, in and out', async () => {
  const [a, b, c] = [await make('A'), await make('B'), await make('C')];
  const move = (id: string, direction: string) => admin.post(`categories/${id}/move`, { direction });
  expect(await tree()).toEqual(['A 0', 'B 0', 'C 0']);
  await move(c.id, 'up');
  await move(b.id, 'in');
  expect(await tree()).toEqual(['A 0', 'C 0', '-B 0']);
  await move(c.id, 'in');
  expect(await tree()).toEqual(['A 0', '-C 0', '--B 0']);
  await move(b.id, 'out');
  await move(b.id, 'out');
  expect(await tree()).toEqual(['A 0', '-C 0', 'B 0']);
  for (const direction of ['up', 'in', 'out']) expect((await move(a.id, direction)).status).toBe(200);
  expect(await tree()).toEqual(['A 0', '-C 0', 'B 0']);
});

test('merging takes courses and subcategories along, and never into itself', async () => {
  const [water, rain] = [await make('Water'), await make('Rain')];
  const below = await make('Tanks', rain.id);
  const { client: author } = await here.person('instructor');
  const { body: course } = await author.post('courses', { title: 'Rain at home', language: 'en', categoryId: rain.id });
  expect((await admin.post(`categories/${rain.id}/merge`, { intoId: below.id })).body.code).toBe('catalog.category_circle');
  expect((await admin.post(`categories/${rain.id}/merge`, { intoId: rain.id })).body.code).toBe('catalog.category_circle');
  expect((await admin.post(`categories/${rain.id}/merge`, { intoId: water.id })).status).toBe(200);
  expect(await tree()).toEqual(['Water 1', '-Tanks 0']);
  expect((await author.get(`courses/${course.id}`)).body.categoryId).toBe(water.id);
  expect((await admin.post(`categories/${rain.id}/merge`, { intoId: water.id })).body.code).toBe('catalog.category_not_found');
});

test('one that is in use goes when what is in it is let go', async () => {
  const root = await make('Root');
  const middle = await make('Middle', root.id);
  await make('Leaf', middle.id);
  const { client: author } = await here.person('instructor');
  const { body: course } = await author.post('courses', { title: 'Here', language: 'en', categoryId: middle.id });
  expect((await admin.delete(`categories/${middle.id}`)).body.code).toBe('catalog.category_in_use');
  expect((await admin.delete(`categories/${middle.id}?contents=release`)).status).toBe(204);
  expect(await tree()).toEqual(['Root 0', '-Leaf 0']);
  expect((await author.get(`courses/${course.id}`)).body.categoryId).toBeNull();
});

test('is not for who does not manage categories, nor for another organisation', async () => {
  const [one, other] = [await make('One'), await make('Other')];
  const learner = (await here.person('learner')).client;
  const stranger = (await (await bed.tenant()).person('admin')).client;
  for (const client of [learner, stranger]) {
    expect((await client.post(`categories/${one.id}/move`, { direction: 'down' })).status).toBe(404);
    expect((await client.post(`categories/${one.id}/merge`, { intoId: other.id })).status).toBe(404);
    expect((await client.delete(`categories/${one.id}?contents=release`)).status).toBe(404);
  }
  expect((await learner.get('managed-categories')).status).toBe(404);
  expect(await tree()).toEqual(['One 0', 'Other 0']);
});

describe('a step', () => {
  const forests = fc.array(fc.nat(), { maxLength: 8 }).map((picks) => picks.map((pick, n) => ({ id: String(n), parentId: n === 0 || pick % (n + 1) === n ? null : String(pick % (n + 1)), position: n })));
  test('keeps every category, makes no circle, and can be undone', () => fc.assert(fc.property(forests, fc.nat(), fc.constantFrom('up', 'down'), (forest, pick, direction) => {
    if (forest.length === 0) return;
    const { id } = forest[pick % forest.length]!;
    const apply = (list: typeof forest, changes: ReturnType<typeof moved>) =>
      inTreeOrder(list.map((one) => ({ ...one, ...changes.find((change) => change.id === one.id) })).sort((a, b) => a.position - b.position));
    const start = inTreeOrder(forest);
    const changes = moved(start, id, direction);
    const after = apply(forest, changes);
    expect(after).toHaveLength(forest.length);
    if (changes.length > 0) expect(apply(after, moved(after, id, direction === 'up' ? 'down' : 'up')).map((one) => one.id)).toEqual(start.map((one) => one.id));
  })));
});
