import { present, Problem, slugify, type Tx } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import { freeSlug } from '../course/rules.ts';
import { problems } from '../problems.ts';
import type { Category, createCategory, updateCategory } from './contract.ts';
import { categoryBranch, findCategory, isInUse, listCategories, takenCategorySlugs } from './queries.ts';
import { inTreeOrder } from './rules.ts';

export const list = async (tx: Tx): Promise<{ data: Category[] }> => ({ data: inTreeOrder(await listCategories(tx)) });

/** Changes to the tree happen one at a time, so that no two of them can make a circle or take one slug. */
const lockTree = (tx: Tx) => sql`select pg_advisory_xact_lock(hashtextextended(${`catalog.category:${tx.tenant.id}`}, 0))`.execute(tx);

/** @throws Problem `catalog.category_not_found` for an unknown parent. */
export async function create(tx: Tx, input: Input<typeof createCategory>['body'], slug = slugify(input.name)): Promise<Category> {
  await lockTree(tx);
  if (input.parentId) await requireOne(tx, input.parentId);
  return tx.insertInto('catalog.category').values({ name: input.name, parentId: input.parentId, slug: freeSlug(slug, await takenCategorySlugs(tx)) })
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

/** @throws Problem `catalog.category_not_found`, `catalog.category_in_use`. */
export async function remove(tx: Tx, id: string): Promise<void> {
  await lockTree(tx);
  await requireOne(tx, id);
  if (await isInUse(tx, id)) throw new Problem(problems.category_in_use);
  await tx.deleteFrom('catalog.category').where('id', '=', id).execute();
}

async function requireOne(tx: Tx, id: string): Promise<Category> {
  const category = await findCategory(tx, id);
  if (!category) throw new Problem(problems.category_not_found);
  return category;
}
