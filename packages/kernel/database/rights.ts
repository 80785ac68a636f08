/** The roles that serve requests, and what the owner of the database must be allowed so that it can make them. The owner need not be a superuser. */
import type pg from 'pg';

/** Passwords of the two roles that serve requests; neither owns a table or bypasses a policy. */
export interface RolePasswords { app: string; control: string }

export const roles = { app: 'milpa_app', control: 'milpa_control' } as const;

/** The connection string of a serving role in the same database as `adminUrl`. */
export function roleUrl(adminUrl: string, role: keyof typeof roles, password: string): string {
  const url = new URL(adminUrl);
  url.username = roles[role];
  url.password = password;
  return url.href;
}

/** What the owner may not do and must, with the statement by which somebody who may grants it. */
export interface MissingRight { message: string; statement: string }

/** Names as SQL writes them. */
interface Owner { name: string; database: string; isSuperuser: boolean; mayCreateRoles: boolean; mayCreateSchemas: boolean; ownsTables: boolean; tablesOwner: string | null }
interface Role { name: string; isAdmin: boolean; might: string[] }
type Client = Pick<pg.ClientBase, 'query'>;

const ownerQuery = `
  select quote_ident(current_user) as name, quote_ident(current_database()) as database, r.rolsuper as "isSuperuser", r.rolcreaterole as "mayCreateRoles",
    has_database_privilege(current_user, current_database(), 'create') as "mayCreateSchemas", coalesce(pg_has_role(n.nspowner, 'usage'), true) as "ownsTables", quote_ident(pg_get_userbyid(n.nspowner)) as "tablesOwner"
  from pg_roles r left join pg_namespace n on n.nspname = 'kernel_control' where r.rolname = current_user`;

/** Attributes by which a role is more than a serving role may be, as the words that take them away. */
const roleQuery = `
  select rolname as name, pg_has_role(oid, 'member with admin option') as "isAdmin",
    array_remove(array[case when rolsuper then 'nosuperuser' end, case when rolbypassrls then 'nobypassrls' end, case when rolcreaterole then 'nocreaterole' end,
      case when rolcreatedb then 'nocreatedb' end, case when rolreplication then 'noreplication' end], null) as might
  from pg_roles where rolname = any($1) order by rolname`;

async function findRoles(client: Client, names: readonly string[]): Promise<Role[]> {
  return (await client.query<Role>(roleQuery, [names])).rows;
}

/** What the user of this connection lacks to migrate the database and to make its serving roles; empty when nothing. */
export async function missingRights(client: Client, names: readonly string[] = Object.values(roles)): Promise<MissingRight[]> {
  const owner = (await client.query<Owner>(ownerQuery)).rows[0]!;
  const existing = await findRoles(client, names);
  if (owner.isSuperuser) return [];
  const foreign = existing.filter((role) => !role.isAdmin).map((role) => role.name);
  return [
    ...(owner.mayCreateSchemas ? [] : [{ message: `${owner.name} may not create schemas in the database ${owner.database}`, statement: `grant create on database ${owner.database} to ${owner.name};` }]),
    ...(owner.ownsTables ? [] : [{ message: `${owner.name} does not own the tables`, statement: `grant ${owner.tablesOwner} to ${owner.name};` }]),
    ...(owner.mayCreateRoles ? [] : [{ message: `${owner.name} may not make the roles ${names.join(' and ')}`, statement: `alter role ${owner.name} createrole;` }]),
    ...(foreign.length === 0 ? [] : [{ message: `${owner.name} may not set the passwords of ${foreign.join(' and ')}`, statement: `grant ${foreign.join(', ')} to ${owner.name} with admin option;` }]),
  ];
}

/**
 * Makes the serving roles, or gives them this installation's passwords again. What they must not be is taken from them only where they are it:
 * naming an attribute such as `nosuperuser` is for superusers alone, even where it changes nothing.
 * @throws when the owner may not, with the statements that mend it
 */
export async function ensureRoles(client: pg.ClientBase, passwords: RolePasswords): Promise<void> {
  const missing = await missingRights(client);
  if (missing.length > 0) throw new Error(`The user of the database lacks rights: ${missing.map(({ message }) => message).join('; ')}. Let an administrator of it run: ${missing.map(({ statement }) => statement).join(' ')}`);
  const existing = new Map((await findRoles(client, Object.values(roles))).map((role) => [role.name, role]));
  for (const key of ['app', 'control'] as const) {
    const role = roles[key];
    const found = existing.get(role);
    const might = found?.might ?? [];
    await client.query(`${found ? 'alter' : 'create'} role ${role} login noinherit ${might.join(' ')} password ${client.escapeLiteral(passwords[key])}`).catch((cause: unknown) => {
      if (might.length === 0) throw cause;
      throw new Error(`The role ${role} may do more than serve requests. Let an administrator of the database run: alter role ${role} ${might.join(' ')};`, { cause });
    });
  }
}
