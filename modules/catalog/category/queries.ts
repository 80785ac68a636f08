import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';

const columns = ['id', 'parentId', 'slug', 'name', 'position'] as const;

export const listCategories = (tx: Tx) => tx.selectFrom('catalog.category').select(columns).orderBy('position').orderBy('name').execute();

export const findCategory = (tx: Tx, id: string) => tx.selectFrom('catalog.category').select(columns).where('id', '=', id).executeTakeFirst();

/** The category with this slug and all below it; empty when there is none. */
export async function categoryBranch(tx: Tx, slug: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive branch as (
      select id from catalog.category where slug = ${slug}
      union select child.id from catalog.category child join branch on child.parent_id = branch.id
    ) select id from branch`.execute(tx);
  return rows.map((row) => row.id);
}

export const isInUse = async (tx: Tx, id: string): Promise<boolean> => {
  const { rows } = await sql<{ used: boolean }>`select exists (select from catalog.category where parent_id = ${id}) or exists (select from catalog.course where category_id = ${id}) as used`.execute(tx);
  return rows[0]?.used ?? false;
};

export const takenCategorySlugs = async (tx: Tx): Promise<Set<string>> => new Set((await tx.selectFrom('catalog.category').select('slug').execute()).map((row) => row.slug));

/** How many courses are in each category itself, in whatever state. */
export async function countCourses(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.selectFrom('catalog.course').select((is) => ['categoryId', is.fn.countAll<number>().as('count')]).where('categoryId', 'is not', null).groupBy('categoryId').execute();
  return new Map(rows.flatMap((row) => (row.categoryId === null ? [] : [[row.categoryId, row.count]])));
}

export async function place(tx: Tx, places: readonly { id: string; parentId: string | null; position: number }[]): Promise<void> {
  await sql`
    update catalog.category c set parent_id = p."parentId", position = p.position
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) p(id uuid, "parentId" uuid, position int) where c.id = p.id`.execute(tx);
}

/** Empties a category: its courses go to another or to none, its subcategories to a place of their own. */
export async function empty(tx: Tx, id: string, to: { categoryId: string | null; parentId: string | null }): Promise<void> {
  await tx.updateTable('catalog.course').set({ categoryId: to.categoryId, version: sql`version + 1` }).where('categoryId', '=', id).execute();
  await tx.updateTable('catalog.category').set({ parentId: to.parentId }).where('parentId', '=', id).execute();
}

export const deleteRow = (tx: Tx, id: string) => tx.deleteFrom('catalog.category').where('id', '=', id).execute();

export async function nextPosition(tx: Tx, parentId: string | null): Promise<number> {
  const { rows } = await sql<{ next: number }>`select coalesce(max(position) + 1, 0) as next from catalog.category where parent_id is not distinct from ${parentId}::uuid`.execute(tx);
  return rows[0]?.next ?? 0;
}
