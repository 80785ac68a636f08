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
