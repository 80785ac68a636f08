import type { Tx } from '@milpa/kernel';

const roleColumns = ['id', 'key', 'name', 'persona', 'permissions', 'onSignUp', 'version', 'updatedAt'] as const;

export type RoleRow = NonNullable<Awaited<ReturnType<typeof findRole>>>;

export const findRole = (tx: Tx, id: string) => tx.selectFrom('identity.role').select(roleColumns).where('id', '=', id).executeTakeFirst();
export const allRoles = (tx: Tx) => tx.selectFrom('identity.role').select(roleColumns).orderBy('createdAt').orderBy('key').execute();
export const rolesByKey = (tx: Tx, keys: readonly string[]) =>
  keys.length === 0 ? Promise.resolve([]) : tx.selectFrom('identity.role').select(roleColumns).where('key', 'in', keys).execute();
export const rolesById = (tx: Tx, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : tx.selectFrom('identity.role').select(roleColumns).where('id', 'in', ids).execute();
export const signUpRole = (tx: Tx) => tx.selectFrom('identity.role').select(roleColumns).where('onSignUp', '=', true).executeTakeFirst();
