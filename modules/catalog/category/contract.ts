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
export const deleteCategory = endpoint({
  id: 'catalog.deleteCategory', method: 'DELETE', path: '/categories/{categoryId}', summary: 'Remove a category that is not used', access: 'category:manage', status: 204,
  params: categoryId, response: nothing, errors: ['catalog.category_not_found', 'catalog.category_in_use'],
});
