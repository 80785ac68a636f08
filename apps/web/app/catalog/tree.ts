/** The category tree, as screens need it. */
import type { Category } from '@milpa/catalog/contract';

export type Branch = Pick<Category, 'id' | 'parentId' | 'slug' | 'name'>;

/** From the root to the category itself; empty for none. */
export function pathTo<C extends Branch>(categories: readonly C[], id: string | null): C[] {
  const category = categories.find((one) => one.id === id);
  return category ? [...pathTo(categories, category.parentId), category] : [];
}

/** How deep a category lies: 0 at the root. */
const depthOf = (categories: readonly Branch[], category: Branch): number => pathTo(categories, category.id).length - 1;

/** For a list of options: names set in by their depth, which an option can show in no other way. */
export const indented = (categories: readonly Branch[]): { id: string; slug: string; label: string }[] =>
  categories.map((category) => ({ id: category.id, slug: category.slug, label: '\u2003'.repeat(depthOf(categories, category)) + category.name }));
