/** Reads the catalogue of a migrated database and names everything by which a row could leave its tenant or its plane. */
import type pg from 'pg';

export interface Fault { rule: string; object: string; detail: string }

/** Tables that are only ever added to. */
const appendOnly = ['kernel.event', 'kernel.audit_entry'];

/** Schemas that hold tenants' rows: whatever is neither PostgreSQL's own, nor the control plane, nor the queue. A new schema is among them the day it is made. */
const dataSchema = (column: string) => `(${column} !~ '^(pg_.*|information_schema|graphile_worker|.*_control)$')`;
/** Objects of extensions are not ours to judge. */
const notFromExtension = (oid: string, catalogue: string) => `not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;
const dataTables = `
  select c.oid, n.nspname || '.' || c.relname as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relowner
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f') and ${dataSchema('n.nspname')} and ${notFromExtension('c.oid', 'pg_class')}`;

/** Each query returns `object` and `detail` of what breaks its rule, and no row when the rule holds. */
const rules: Record<string, string> = {
  'tenant_id is there and never null': `
    select t.name as object, 'needs tenant_id uuid not null' as detail from (${dataTables}) t
    where not exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnotnull and a.atttypid = 'uuid'::regtype)`,

  'row-level security is enabled': `select t.name as object, 'alter table … enable row level security' as detail from (${dataTables}) t where not t.relrowsecurity`,
  'row-level security is forced': `select t.name as object, 'alter table … force row level security' as detail from (${dataTables}) t where not t.relforcerowsecurity`,

  'foreign tables are not isolated': `select t.name as object, 'a foreign table has no policies' as detail from (${dataTables}) t where t.relkind = 'f'`,

  'a policy for every command compares the tenant': `
    select t.name as object, 'needs a permissive policy for all commands' as detail from (${dataTables}) t
    where not exists (select from pg_policy p where p.polrelid = t.oid and p.polcmd = '*' and p.polpermissive)`,
  'every policy compares the tenant in USING and in WITH CHECK': `
    select t.name as object, p.polname || ': using ' || coalesce(pg_get_expr(p.polqual, p.polrelid), 'nothing') || ', with check ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'nothing') as detail
    from (${dataTables}) t join pg_policy p on p.polrelid = t.oid
    where p.polpermissive and (
      coalesce(pg_get_expr(p.polqual, p.polrelid), '') <> '(tenant_id = kernel.current_tenant())'
      or coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') <> '(tenant_id = kernel.current_tenant())')`,

  'there is a primary key': `
    select t.name as object, 'has none' as detail from (${dataTables}) t where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)`,
  'unique keys begin with tenant_id': `
    select t.name as object, pg_get_indexdef(i.indexrelid) as detail from (${dataTables}) t join pg_index i on i.indrelid = t.oid
    where (i.indisunique or i.indisexclusion) and not exists (select from pg_attribute a where a.attrelid = t.oid and a.attnum = i.indkey[0] and a.attname = 'tenant_id')`,
  'foreign keys begin with tenant_id on both sides': `
    select t.name as object, pg_get_constraintdef(k.oid) as detail from (${dataTables}) t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
    where not exists (
      select from pg_attribute mine, pg_attribute theirs
      where mine.attrelid = k.conrelid and mine.attnum = k.conkey[1] and mine.attname = 'tenant_id'
        and theirs.attrelid = k.confrelid and theirs.attnum = k.confkey[1] and theirs.attname = 'tenant_id')`,
  'setting null leaves tenant_id alone': `
    select t.name as object, pg_get_constraintdef(k.oid) as detail from (${dataTables}) t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
    where (k.confdeltype in ('n', 'd') and (k.confdelsetcols is null or k.conkey[1] = any(k.confdelsetcols))) or k.confupdtype in ('n', 'd')`,
  'no foreign key crosses the planes': `
    select n1.nspname || '.' || c1.relname as object, pg_get_constraintdef(k.oid) as detail
    from pg_constraint k join pg_class c1 on c1.oid = k.conrelid join pg_namespace n1 on n1.oid = c1.relnamespace
      join pg_class c2 on c2.oid = k.confrelid join pg_namespace n2 on n2.oid = c2.relnamespace
    where k.contype = 'f' and ${dataSchema('n1.nspname')} <> ${dataSchema('n2.nspname')}`,

  'views ask as the one who reads them': `
    select n.nspname || '.' || c.relname as object, 'needs security_invoker = true' as detail from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'v' and ${dataSchema('n.nspname')} and ${notFromExtension('c.oid', 'pg_class')}
      and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)`,
  'nothing is materialised across tenants': `
    select n.nspname || '.' || c.relname as object, 'a materialised view has no policies' as detail from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'm' and ${dataSchema('n.nspname')}`,
  'no sequence tells one tenant of another': `
    select n.nspname || '.' || c.relname as object, 'ids are uuidv7(): a shared counter tells how busy others are' as detail from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${dataSchema('n.nspname')} and ${notFromExtension('c.oid', 'pg_class')}`,

  'serving roles have no special rights': `
    select r.rolname as object, concat_ws(', ', case when r.rolsuper then 'superuser' end, case when r.rolbypassrls then 'bypassrls' end, case when r.rolcreaterole then 'createrole' end,
      case when r.rolcreatedb then 'createdb' end, case when r.rolreplication then 'replication' end) as detail
    from pg_roles r where r.rolname in ('milpa_app', 'milpa_control') and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)`,
  'serving roles are members of no role': `
    select m.rolname as object, 'is a member of ' || r.rolname as detail from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
    where m.rolname in ('milpa_app', 'milpa_control')`,
  'serving roles own nothing': `
    select r.rolname as object, pg_describe_object(d.classid, d.objid, d.objsubid) as detail from pg_shdepend d join pg_roles r on r.oid = d.refobjid
    where d.deptype = 'o' and d.refclassid = 'pg_authid'::regclass and r.rolname in ('milpa_app', 'milpa_control') and d.dbid = (select oid from pg_database where datname = current_database())`,
  'serving roles create nothing': `
    select r.rolname as object, 'may create in schema ' || n.nspname as detail from pg_roles r, pg_namespace n
    where r.rolname in ('milpa_app', 'milpa_control') and n.nspname !~ '^pg_(temp|toast)' and has_schema_privilege(r.oid, n.oid, 'create')`,
  'the serving role has no way into the control plane and the queue': `
    select n.nspname as object, 'milpa_app may use the schema' as detail from pg_namespace n
    where n.nspname ~ '^(graphile_worker|.*_control)$' and has_schema_privilege('milpa_app', n.oid, 'usage')
    union all
    select n.nspname || '.' || c.relname, 'milpa_app has rights on it' from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname ~ '^(graphile_worker|.*_control)$' and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and (has_table_privilege('milpa_app', c.oid, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege('milpa_app', c.oid, 'select, insert, update, references'))`,
  'the control role has no rights on tenants’ rows': `
    select t.name as object, 'milpa_control has rights on it' as detail from (${dataTables}) t
    where has_table_privilege('milpa_control', t.oid, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege('milpa_control', t.oid, 'select, insert, update, references')`,
  'the serving role neither truncates nor triggers': `
    select t.name as object, 'milpa_app may truncate, reference or put triggers' as detail from (${dataTables}) t where has_table_privilege('milpa_app', t.oid, 'truncate, references, trigger')`,
  'nothing is granted to everybody': `
    select n.nspname || '.' || c.relname as object, a.privilege_type || ' to public' as detail
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
    where a.grantee = 0 and n.nspname !~ '^(pg_.*|information_schema)$' and ${notFromExtension('c.oid', 'pg_class')}`,
  'what is appended is never changed': `
    select t.name as object, 'milpa_app may change or delete it' as detail from (${dataTables}) t
    where t.name in (${appendOnly.map((name) => `'${name}'`).join(', ')})
      and (has_table_privilege('milpa_app', t.oid, 'update, delete, truncate') or has_any_column_privilege('milpa_app', t.oid, 'update'))`,

  'functions with their owner’s rights pin search_path': `
    select f.oid::regprocedure::text as object, 'needs set search_path = pg_catalog, pg_temp' as detail from pg_proc f join pg_namespace n on n.oid = f.pronamespace
    where f.prosecdef and n.nspname !~ '^(pg_.*|information_schema|graphile_worker)$' and ${notFromExtension('f.oid', 'pg_proc')}
      and not exists (select from unnest(f.proconfig) setting where setting like 'search_path=%')`,
  'functions with their owner’s rights are not for everybody': `
    select f.oid::regprocedure::text as object, 'revoke execute … from public' as detail from pg_proc f join pg_namespace n on n.oid = f.pronamespace,
      aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
    where f.prosecdef and n.nspname !~ '^(pg_.*|information_schema|graphile_worker)$' and ${notFromExtension('f.oid', 'pg_proc')} and a.grantee = 0 and a.privilege_type = 'EXECUTE'`,
};

export const tableRules: readonly string[] = Object.keys(rules);

/** How many tables with tenants' rows there are, so that a walk over none is not taken for a proof. */
export async function countDataTables(database: Pick<pg.ClientBase, 'query'>): Promise<number> {
  const { rows } = await database.query<{ count: string }>(`select count(*) from (${dataTables}) t`);
  return Number(rows[0]?.count ?? 0);
}

/** Everything in the database of `database` (as its owner) that breaks a rule; empty when all hold. */
export async function walkTables(database: Pick<pg.ClientBase, 'query'>): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [rule, query] of Object.entries(rules)) {
    const { rows } = await database.query<{ object: string; detail: string }>(query);
    faults.push(...rows.map((row) => ({ rule, ...row })));
  }
  return faults;
}
