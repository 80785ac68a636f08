import { getSchema } from 'better-auth/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineOptions } from './auth.ts';
import { TABLE_NAMES } from './table-names.ts';
import { createTestBed } from './test-bed.ts';
import type { TestBed } from './test-bed.ts';

const COLUMN_TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'boolean',
  date: 'timestamp with time zone',
  number: 'integer',
};

interface Column {
  column_name: string;
  data_type: string;
  is_nullable: 'YES' | 'NO';
  column_default: string | null;
}

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed?.close());

async function ourColumns(table: string): Promise<Map<string, Column>> {
  const { rows } = await bed.owner.query<Column>(
    `SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns
     WHERE table_schema = 'identity_control' AND table_name = $1`,
    [table],
  );
  return new Map(rows.map((row) => [row.column_name, row]));
}

/** Better Auth's tables under our names. */
function expectedTables(options: object) {
  return Object.entries(getSchema(options)).map(([name, { fields }]) => ({
    table: TABLE_NAMES[name] ?? name,
    columns: Object.entries(fields).map(([column, field]) => ({
      column,
      type: field.references ? 'uuid' : COLUMN_TYPES[String(field.type)],
      required: field.required !== false,
      unique: field.unique === true,
    })),
  }));
}

async function uniqueColumns(): Promise<Set<string>> {
  const { rows } = await bed.owner.query<{ key: string }>(
    `SELECT c.relname || '.' || a.attname AS key FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
     WHERE i.indisunique AND i.indnatts = 1 AND c.relnamespace = 'identity_control'::regnamespace`,
  );
  return new Set(rows.map(({ key }) => key));
}

/** In what our tables fall short of what Better Auth, with those options, writes and reads. */
async function shortcomings(options: object): Promise<string[]> {
  const found: string[] = [];
  const unique = await uniqueColumns();
  for (const { table, columns } of expectedTables(options)) {
    const ours = await ourColumns(table);
    for (const { column, type, required, unique: isUnique } of columns) {
      const our = ours.get(column);
      if (!our) found.push(`${table}.${column} is missing`);
      else if (our.data_type !== type) found.push(`${table}.${column} is ${our.data_type}, expected ${type}`);
      else if (!required && our.is_nullable === 'NO' && our.column_default === null) found.push(`${table}.${column} must take null`);
      if (isUnique && !unique.has(`${table}.${column}`)) found.push(`${table}.${column} must be unique`);
    }
    const theirs = new Set(columns.map(({ column }) => column));
    for (const [column, our] of ours) {
      if (!theirs.has(column) && our.is_nullable === 'NO' && our.column_default === null) found.push(`${table}.${column} would stay empty`);
    }
  }
  return found;
}

describe('our tables', () => {
  it('have what Better Auth expects; if not, write a migration', async () => {
    const options = engineOptions(bed.auth);
    expect(
      expectedTables(options)
        .map(({ table }) => table)
        .sort(),
    ).toEqual(['account', 'credential', 'session', 'two_factor', 'verification']);
    expect(await shortcomings(options)).toEqual([]);
  });

  it('would be found wanting if Better Auth came to expect more', async () => {
    const options = engineOptions(bed.auth);
    const phone = { type: 'string', required: false, unique: true, fieldName: 'phone_number' };
    const upgraded = { ...options, user: { ...options.user, additionalFields: { locale: { type: 'number', required: true }, phone } } };
    expect(await shortcomings(upgraded)).toEqual([
      'account.locale is text, expected integer',
      'account.phone_number is missing',
      'account.phone_number must be unique',
    ]);
    const withoutLocale = { ...options, user: { ...options.user, additionalFields: {} } };
    expect(await shortcomings(withoutLocale)).toEqual(['account.locale would stay empty']);
  });

  it('make their ids themselves, in order of time', async () => {
    for (const { table } of expectedTables(engineOptions(bed.auth))) {
      expect((await ourColumns(table)).get('id'), table).toMatchObject({ data_type: 'uuid', column_default: 'uuidv7()' });
    }
  });

  it('can be read and written by the serving role, which owns none of them', async () => {
    const { rows } = await bed.auth.pool.query<{ owned: number; closed: number }>(
      `SELECT count(*) FILTER (WHERE pg_has_role(current_user, relowner, 'member'))::int AS owned,
         count(*) FILTER (WHERE NOT has_table_privilege(oid, 'select') OR NOT has_table_privilege(oid, 'delete'))::int AS closed
       FROM pg_class WHERE relnamespace = 'identity_control'::regnamespace AND relkind = 'r'`,
    );
    expect(rows).toEqual([{ owned: 0, closed: 0 }]);
  });
});
