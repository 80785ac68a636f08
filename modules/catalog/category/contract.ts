import { endpoint, id, nothing, text } from '@milpa/kernel/contract';
import { z } from 'zod';

export const category = z.object({ id, parentId: id.nullable(), slug: z.string(), name: z.string(), position: z.int() }).meta({ id: 'Category' });
export type Category = z.infer<typeof category>;
const categoryId = z.object({ categoryId: id });

export const listCategories = endpoint({
  id: 'catalog.listCategories', method: 'GET', path: '/categories', summary: 'The whole category tree, parents before children', access: 'course:read',
  response: z.object({ data: z.array(category) }),
});
export const createCategory = endpoint({
  id: 'catalog.createCategory', method: 'POST', path: '/categories', summary: 'Add a category', access: 'category:manage', status: 201,
  body: z.strictObject({ name: text(120), parentId: id.nullable().default(null) }), response: category, errors: ['catalog.category_not_found'],
});
export const updateCategory = endpoint({
  id: 'catalog.updateCategory', method: 'PATCH', path: '/categories/{categoryId}', summary: 'Rename or move a category', access: 'category:manage', params: categoryId,
  body: z.strictObject({ name: text(120), parentId: id.nullable(), position: z.int().min(0).max(10_000) }).partial(), response: category, errors: ['catalog.category_not_found', 'catalog.category_circle'],
});
export const listManagedCategories = endpoint({
  id: 'catalog.listManagedCategories', method: 'GET', path: '/managed-categories', summary: 'The category tree with how many courses are in each, drafts and all', access: 'category:manage',
  response: z.object({ data: z.array(category.extend({ courseCount: z.int() })) }),
});

/** Up and down among its neighbours; in below the one before it; out beside the one that it lies in. */
export const categoryMove = z.enum(['up', 'down', 'in', 'out']);
export const moveCategory = endpoint({
  id: 'catalog.moveCategory', method: 'POST', path: '/categories/{categoryId}/move', summary: 'Move a category one step; where there is no such step nothing changes', access: 'category:manage', params: categoryId,
  body: z.strictObject({ direction: categoryMove }), response: z.object({ data: z.array(category) }), errors: ['catalog.category_not_found'],
});
export const mergeCategory = endpoint({
  id: 'catalog.mergeCategory', method: 'POST', path: '/categories/{categoryId}/merge', summary: 'Put all that is in a category into another, and remove it', access: 'category:manage', support: { closed: 'deletes for good' }, params: categoryId,
  body: z.strictObject({ intoId: id }), response: category, errors: ['catalog.category_not_found', 'catalog.category_circle'],
});
export const deleteCategory = endpoint({
  id: 'catalog.deleteCategory', method: 'DELETE', path: '/categories/{categoryId}', summary: 'Remove a category', access: 'category:manage', support: { closed: 'deletes for good' }, status: 204, params: categoryId,
  /** What to do with one that is in use: refuse, or release what is in it: its courses have none then, and its subcategories go one level up. */
  query: z.object({ contents: z.enum(['refuse', 'release']).default('refuse') }), response: nothing, errors: ['catalog.category_not_found', 'catalog.category_in_use'],
});
