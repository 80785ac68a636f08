/**
 * Several statements to PostgreSQL in one message with a single Sync. Up to a Sync the extended protocol is one transaction, so
 * `set_config(…, true)` and a query travel together and a tenant's read costs one round trip instead of four.
 * Statements are prepared once for each connection, and their row descriptions are remembered.
 */
import pg from 'pg';
import utils from 'pg/lib/utils.js';

export interface Statement { text: string; values: readonly unknown[]; /** Its rows are not looked at. */ quiet?: true }
/** `command` is the statement's tag, such as `INSERT` or `ROLLBACK`. */
export interface Rows { rows: Record<string, unknown>[]; count: number; command: string }

interface Column { name: string; parse(text: string): unknown }
interface ConnectionState { described: Map<string, readonly Column[]>; parsing: string[]; parsed: Set<string> }

const states = new WeakMap<object, ConnectionState>();
const names = new Map<string, string>();
/** Prepared statements live as long as their connection: texts past this many are sent unprepared. */
const preparedLimit = 1000;

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= preparedLimit) return '';
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

function stateOf(connection: pg.Connection): ConnectionState {
  const known = states.get(connection);
  if (known) return known;
  const state: ConnectionState = { described: new Map(), parsing: [], parsed: new Set() };
  states.set(connection, state);
  connection.on('parseComplete', () => {
    const name = state.parsing.shift();
    if (name) state.parsed.add(name);
  });
  return state;
}

const camelNames = new Map<string, string>();
export function camelCase(column: string): string {
  let name = camelNames.get(column);
  if (name === undefined) camelNames.set(column, name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
  return name;
}

/** `2026-11-21 00:10:12.5+00` (sessions run in UTC) as ISO 8601. */
// PostgreSQL leaves out the last zeros of a second's fraction: put back up to the millisecond, a moment reads the same whether it came from here or from a Date.
const zeros = new Map([['2026-01-01 00:00:00+00'.length, '.000'], ['2026-01-01 00:00:00.1+00'.length, '00'], ['2026-01-01 00:00:00.12+00'.length, '0']]);
const isoTimestamp = (text: string) => `${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, `${zeros.get(text.length) ?? ''}Z`)}`;
function integer(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database returned ${text}, beyond the safe integers.`);
  return value;
}
const parsers = new Map<number, (text: string) => unknown>([[20, integer], [1184, isoTimestamp], [1082, (text) => text], [1114, (text) => text]]);
export const parserOf = (type: number): ((text: string) => unknown) => parsers.get(type) ?? (pg.types.getTypeParser(type, 'text') as (text: string) => unknown);

function send(connection: any, state: ConnectionState, statement: Statement, name: string): void {
  if (name === '' || !(state.parsed.has(name) || state.parsing.includes(name))) {
    connection.parse({ text: statement.text, name, types: undefined });
    state.parsing.push(name);
  }
  connection.bind({ portal: '', statement: name, values: statement.values });
  if (!state.described.has(name)) connection.describe({ type: 'P', name: '' });
  connection.execute({ portal: '', rows: 0 });
}

class Pipeline {
  readonly text = '';
  private index = 0;
  private failure: unknown = undefined;
  private columns: readonly Column[] = [];
  private state: ConnectionState | undefined;
  private readonly results: Rows[];
  private readonly statements: readonly Statement[];
  private readonly statementNames: string[];
  private readonly resolve: (results: Rows[]) => void;
  private readonly reject: (error: unknown) => void;

  constructor(statements: readonly Statement[], resolve: (results: Rows[]) => void, reject: (error: unknown) => void) {
    // Values are converted before anything is sent: one that cannot be must not leave half a message behind.
    this.statements = statements.map(({ values, ...rest }) => ({ ...rest, values: values.map((value) => utils.prepareValue(value)) }));
    this.statementNames = statements.map((statement) => nameOf(statement.text));
    this.results = statements.map(() => ({ rows: [], count: 0, command: '' }));
    this.resolve = resolve;
    this.reject = reject;
  }

  submit(connection: any): Error | null {
    const state = this.state = stateOf(connection);
    connection.stream.cork();
    try {
      for (const [index, statement] of this.statements.entries()) send(connection, state, statement, this.statementNames[index]!);
      return null;
    } catch (error) {
      return error as Error;
    } finally {
      connection.sync();
      process.nextTick(() => connection.stream.uncork());
    }
  }

  handleRowDescription(message: { fields: { name: string; dataTypeID: number }[] }): void {
    const columns = message.fields.map((field) => ({ name: camelCase(field.name), parse: parserOf(field.dataTypeID) }));
    const name = this.statementNames[this.index]!;
    if (name !== '') this.state?.described.set(name, columns);
    this.columns = columns;
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    if (this.statements[this.index]!.quiet || this.failure) return;
    const columns = this.columns.length > 0 ? this.columns : this.columns = this.state?.described.get(this.statementNames[this.index]!) ?? [];
    const row: Record<string, unknown> = {};
    try {
      for (let i = 0; i < columns.length; i++) {
        const column = columns[i]!;
        const value = message.fields[i]!;
        row[column.name] = value === null ? null : column.parse(value);
      }
      this.results[this.index]!.rows.push(row);
    } catch (error) {
      this.failure = error;
    }
  }

  handleCommandComplete(message: { text: string }): void {
    const result = this.results[this.index]!;
    const [command = '', ...counts] = message.text.split(' ');
    result.command = command;
    result.count = Number(counts.at(-1) ?? 0);
    this.index += 1;
    this.columns = [];
  }

  handleEmptyQuery(): void { this.index += 1; }

  handleError(error: unknown): void {
    // A connection that broke before it was this one's turn has no state.
    if (this.state) this.state.parsing.length = 0;
    this.reject(error);
  }

  handleReadyForQuery(): void {
    if (this.failure) this.reject(this.failure);
    else this.resolve(this.results);
  }
}

/** Sends the statements as one message, which is one transaction or a part of one; gives the rows of each, column names in camelCase. */
export function runPipeline(client: pg.ClientBase, statements: readonly Statement[]): Promise<Rows[]> {
  return new Promise((resolve, reject) => {
    client.query(new Pipeline(statements, resolve, reject) as unknown as pg.Submittable);
  });
}
