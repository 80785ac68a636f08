import { lock, present, Problem, slugify, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { freeSlug } from '../course/rules.ts';
import { problems } from '../problems.ts';
import type { Category, createCategory, deleteCategory, listManagedCategories, updateCategory } from './contract.ts';
import { categoryBranch, countCourses, deleteRow, empty, findCategory, isInUse, listCategories, nextPosition, place, takenCategorySlugs } from './queries.ts';
import { inTreeOrder, moved, type Direction } from './rules.ts';

export const list = async (tx: Tx): Promise<{ data: Category[] }> => ({ data: inTreeOrder(await listCategories(tx)) });

/** Changes to the tree happen one at a time, so that no two of them can make a circle or take one slug. */
const lockTree = (tx: Tx) => lock(tx, 'catalog.category');

/** @throws Problem `catalog.category_not_found` for an unknown parent. */
export async function create(tx: Tx, input: Input<typeof createCategory>['body'], slug = slugify(input.name)): Promise<Category> {
  await lockTree(tx);
  if (input.parentId) await requireOne(tx, input.parentId);
  return tx.insertInto('catalog.category').values({ name: input.name, parentId: input.parentId, slug: freeSlug(slug, await takenCategorySlugs(tx)), position: await nextPosition(tx, input.parentId) })
    .returning(['id', 'parentId', 'slug', 'name', 'position']).executeTakeFirstOrThrow();
}

/** @throws Problem `catalog.category_not_found`, `catalog.category_circle`. */
export async function update(tx: Tx, id: string, input: Input<typeof updateCategory>['body']): Promise<Category> {
  await lockTree(tx);
  const category = await requireOne(tx, id);
  if (input.parentId) {
    await requireOne(tx, input.parentId);
    if ((await categoryBranch(tx, category.slug)).includes(input.parentId)) throw new Problem(problems.category_circle);
  }
  if (Object.keys(input).length === 0) return category;
  return tx.updateTable('catalog.category').set(present(input)).where('id', '=', id).returning(['id', 'parentId', 'slug', 'name', 'position']).executeTakeFirstOrThrow();
}

export async function listManaged(tx: Tx): Promise<Output<typeof listManagedCategories>> {
  const [categories, counts] = await Promise.all([listCategories(tx), countCourses(tx)]);
  return { data: inTreeOrder(categories).map((one) => ({ ...one, courseCount: counts.get(one.id) ?? 0 })) };
}

/** @throws Problem `catalog.category_not_found`. */
export async function move(tx: Tx, id: string, direction: Direction): Promise<{ data: Category[] }> {
  await lockTree(tx);
  await requireOne(tx, id);
  await place(tx, moved(inTreeOrder(await listCategories(tx)), id, direction));
  return list(tx);
}

/** @throws Problem `catalog.category_not_found`, `catalog.category_circle` into itself or what lies below. */
export async function merge(tx: Tx, id: string, intoId: string): Promise<Category> {
  await lockTree(tx);
  const [category, into] = [await requireOne(tx, id), await requireOne(tx, intoId)];
  if ((await categoryBranch(tx, category.slug)).includes(intoId)) throw new Problem(problems.category_circle);
  await empty(tx, id, { categoryId: intoId, parentId: intoId });
  await deleteRow(tx, id);
  return into;
}

/** @throws Problem `catalog.category_not_found`, `catalog.category_in_use`. */
export async function remove(tx: Tx, id: string, contents: Input<typeof deleteCategory>['query']['contents']): Promise<void> {
  await lockTree(tx);
  const { parentId } = await requireOne(tx, id);
  if (contents === 'release') await empty(tx, id, { categoryId: null, parentId });
  else if (await isInUse(tx, id)) throw new Problem(problems.category_in_use);
  await deleteRow(tx, id);
}

async function requireOne(tx: Tx, id: string): Promise<Category> {
  const category = await findCategory(tx, id);
  if (!category) throw new Problem(problems.category_not_found);
  return category;
}
