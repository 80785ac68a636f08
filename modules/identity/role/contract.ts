import { endpoint, id, locale, nothing, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

export const persona = z.enum(['learner', 'instructor', 'guardian', 'officer', 'admin']);
export const permission = z.string().regex(/^[a-z_]+:[a-z]+(:own)?$/).max(80);
const roleKey = z.string().regex(/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/).max(40);
/** In one language at least; readers of another see one of those that are there. */
export const roleName = z.strictObject({ en: text(80), 'es-MX': text(80), ar: text(80) }).partial()
  .refine((name) => locale.options.some((language) => name[language] !== undefined), { params: { code: 'required' } });

export const role = z.object({
  id, key: z.string(), name: z.object({ en: z.string(), 'es-MX': z.string(), ar: z.string() }).partial(), persona, permissions: z.array(z.string()),
  /** Given to who joins by themselves. */
  onSignUp: z.boolean(),
  /** Members who have it now, or will. */
  holders: z.int(), version: z.int(), updatedAt: timestamp,
}).meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

export const listRoles = endpoint({
  id: 'identity.listRoles', method: 'GET', path: '/roles', summary: 'List the roles with their permissions', access: 'role:read',
  response: z.object({ data: z.array(role) }),
});

export const getRole = endpoint({
  id: 'identity.getRole', method: 'GET', path: '/roles/{roleId}', summary: 'One role', access: 'role:read',
  params: z.object({ roleId: id }), response: role, errors: ['identity.role_not_found'],
});

export const listPermissions = endpoint({
  id: 'identity.listPermissions', method: 'GET', path: '/permissions', summary: 'List the permissions that a role may hold', access: 'role:read',
  response: z.object({ data: z.array(z.string()) }),
});

export const createRole = endpoint({
  id: 'identity.createRole', method: 'POST', path: '/roles', summary: 'Create a role', access: 'role:update', status: 201,
  body: z.strictObject({ key: roleKey, name: roleName, persona, permissions: z.array(permission).max(200) }),
  response: role, errors: ['identity.role_key_taken', 'identity.beyond_own_permissions', 'identity.visitor_reads_only'],
});

export const updateRole = endpoint({
  id: 'identity.updateRole', method: 'PATCH', path: '/roles/{roleId}', summary: 'Change a role, for all who have it', access: 'role:update', ifMatch: true,
  params: z.object({ roleId: id }), body: z.strictObject({ name: roleName, persona, permissions: z.array(permission).max(200) }).partial(),
  response: role, errors: ['identity.role_not_found', 'identity.beyond_own_permissions', 'identity.last_admin', 'identity.visitor_reads_only', 'kernel.version_conflict'],
});

export const deleteRole = endpoint({
  id: 'identity.deleteRole', method: 'DELETE', path: '/roles/{roleId}', summary: 'Delete a role; who has it, or is invited to it, gets another one', access: 'role:update', ifMatch: true, status: 204,
  params: z.object({ roleId: id }), query: z.object({ reassignTo: id.optional() }), response: nothing,
  errors: ['identity.role_not_found', 'identity.role_held', 'identity.role_needed', 'identity.beyond_own_permissions', 'identity.last_admin', 'kernel.version_conflict'],
});

/** What a role is in the blueprint of its organisation, and how it differs by now. */
export const roleDifference = z.object({
  persona, permissions: z.array(z.string()),
  /** Given here beyond the blueprint. */
  added: z.array(z.string()),
  /** In the blueprint, and taken away here. */
  removed: z.array(z.string()),
  same: z.boolean(),
}).meta({ id: 'RoleDifference' });
export type RoleDifference = z.infer<typeof roleDifference>;

export const compareRole = endpoint({
  id: 'identity.compareRole', method: 'GET', path: '/roles/{roleId}/blueprint', summary: 'How a role differs from the blueprint that the organisation began with', access: 'role:read',
  params: z.object({ roleId: id }), errors: ['identity.role_not_found'],
  /** Null for a role that was made here. */
  response: z.object({ difference: roleDifference.nullable() }),
});

export const restoreRole = endpoint({
  id: 'identity.restoreRole', method: 'POST', path: '/roles/{roleId}/restore', summary: 'Give a role the permissions and screens of its blueprint again; its name stays', access: 'role:update', ifMatch: true,
  params: z.object({ roleId: id }), response: role, errors: ['identity.role_not_found', 'identity.role_own', 'identity.beyond_own_permissions', 'identity.last_admin', 'kernel.version_conflict'],
});
