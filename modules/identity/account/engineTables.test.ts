import { getSchema } from 'better-auth/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engineOptions } from './auth.ts'
import { TABLE_NAMES } from './tableNames.ts'
import { createTestBed } from './testBed.ts'
import type { TestBed } from './testBed.ts'

const COLUMN_TYPES: Readonly<Record<string, string>> = {
  string: 'text', boolean: 'boolean', date: 'timestamp with time zone', number: 'integer', uuid: 'uuid',
}

interface Column {
  column_name: string
  data_type: string
  is_nullable: 'YES' | 'NO'
  column_default: string | null
}

let bed: TestBed
beforeAll(async () => {
  bed = await createTestBed()
})
afterAll(() => bed?.close())

async function ourColumns(table: string): Promise<Map<string, Column>> {
  const { rows } = await bed.owner.query<Column>(
    `SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns
     WHERE table_schema = 'identity_control' AND table_name = $1`,
    [table],
  )
  return new Map(rows.map((row) => [row.column_name, row]))
}

/** Better Auth's tables, with what an upgrade of it may change, and what it would write into ours. */
function expectedTables() {
  return Object.entries(getSchema(engineOptions(bed.auth))).map(([name, { fields }]) => ({
    table: TABLE_NAMES[name] ?? name,
    columns: Object.entries(fields).map(([column, field]) => ({
      column,
      type: COLUMN_TYPES[field.references ? 'uuid' : String(field.type)],
      required: field.required !== false,
      unique: field.unique === true,
    })),
  }))
}

describe('our tables have what Better Auth expects', () => {
  it('of every table', () => {
    expect(expectedTables().map(({ table }) => table).sort()).toEqual(['account', 'credential', 'session', 'two_factor', 'verification'])
  })

  it('each column, of its type, taking null where Better Auth may write it', async () => {
    for (const { table, columns } of expectedTables()) {
      const ours = await ourColumns(table)
      for (const { column, type, required } of columns) {
        expect(ours.get(column), `${table}.${column} is missing: write a migration`).toMatchObject({ data_type: type })
        const { is_nullable, column_default } = ours.get(column)!
        if (!required) expect(is_nullable === 'YES' || column_default !== null, `${table}.${column} must take null or have a default`).toBe(true)
      }
    }
  })

  it('no column of ours that it would leave empty and may not', async () => {
    for (const { table, columns } of expectedTables()) {
      const theirs = new Set(columns.map(({ column }) => column))
      for (const [column, { is_nullable, column_default }] of await ourColumns(table)) {
        expect(theirs.has(column) || is_nullable === 'YES' || column_default !== null, `${table}.${column}`).toBe(true)
      }
    }
  })

  it('what must be unique is', async () => {
    const { rows } = await bed.owner.query<{ key: string }>(
      `SELECT c.relname || '.' || a.attname AS key FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
       WHERE i.indisunique AND i.indnatts = 1 AND c.relnamespace = 'identity_control'::regnamespace`,
    )
    const unique = new Set(rows.map(({ key }) => key))
    for (const { table, columns } of expectedTables()) {
      for (const { column } of columns.filter((column) => column.unique)) expect(unique, `${table}.${column}`).toContain(`${table}.${column}`)
    }
  })

  it('makes its ids itself, in order of time', async () => {
    for (const { table } of expectedTables()) {
      expect((await ourColumns(table)).get('id'), table).toMatchObject({ data_type: 'uuid', column_default: 'uuidv7()' })
    }
  })
})
