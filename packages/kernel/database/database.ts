/**
 * The two planes. `withTenant` and `readTenant` are the only sources of a `Tx`, and a `Tx` is the only way to a tenant's rows;
 * `withControl` is the same for accounts, tenants and plans. The roles behind them own no table and bypass no policy.
 */
import { Kysely } from 'kysely';
import pg from 'pg';
import type { Actor, TenantRef } from '../actor.ts';
import type { Clock } from '../clock.ts';
import { kyselyProps, type Session } from './dialect.ts';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';
import { runPipeline, type Rows, type Statement } from './pipeline.ts';

/** Tables of the data plane; each module adds its own by declaration merging in its `tables.ts`. */
export interface Tables {}
/** Tables of the control plane, likewise. */
export interface ControlTables {}

type AfterCommit = () => void;

/** A tenant's transaction: every statement in it sees that tenant's rows and no others. */
export class Tx extends Kysely<Tables> {
  readonly tenant: TenantRef;
  #actor: Actor;
  /** The time of this transaction, by the application's clock. */
  readonly now: Date;
  readonly #after: AfterCommit[];

  constructor(session: Session, tenant: TenantRef, actor: Actor, now: Date, after: AfterCommit[]) {
    super(kyselyProps(session));
    this.tenant = tenant;
    this.#actor = actor;
    this.now = now;
    this.#after = after;
  }
  get actor(): Actor { return this.#actor; }
  /** Who acts became a member in this transaction: the log names them. Their permissions stay those that they came with. */
  actAsMember(memberId: string, accountId: string): void { this.#actor = { ...this.#actor, kind: 'member', memberId, accountId }; }
  /** Runs once the transaction has been committed; for caches in this process only (others hear events). */
  afterCommit(work: AfterCommit): void { this.#after.push(work); }
}

/** A transaction in the control plane. */
export class ControlTx extends Kysely<ControlTables> {
  readonly now: Date;
  constructor(session: Session, now: Date) {
    super(kyselyProps(session));
    this.now = now;
  }
}

export interface Database {
  /** Reads and writes in one transaction; rolled back when `work` throws. */
  withTenant<T>(tenant: TenantRef, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads only, and a write fails in the database. Statements asked at the same time travel together; those asked one after the other are transactions of their own. */
  readTenant<T>(tenant: TenantRef, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  withControl<T>(work: (tx: ControlTx) => Promise<T>): Promise<T>;
  readControl<T>(work: (tx: ControlTx) => Promise<T>): Promise<T>;
  /** The pool of the control plane's role, for libraries that bring their own queries. */
  controlPool: pg.Pool;
  /** How much of what was answered may be kept in this process, in bytes; 0 keeps nothing. */
  answerRoom: number;
  /** Connections in use and waiting, by plane. */
  usage(): Record<string, { total: number; idle: number; waiting: number }>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  controlUrl: string;
  /** Connection string of every data plane by its name; `main` is the first. */
  dataPlanes: Record<string, string>;
  clock: Clock;
  /** Connections to each plane at most; half of them may read at a time, so that changes find one. */
  poolSize?: number;
  /** Milliseconds for which work waits for a free connection before it is refused. */
  patience?: number;
  answerRoom?: number;
  onError?(error: Error): void;
}

const begin: Statement = { text: 'begin', values: [] };
const commit: Statement = { text: 'commit', values: [] };
const rollback: Statement = { text: 'rollback', values: [] };
const readOnly: Statement = { text: "select set_config('transaction_read_only', 'on', true)", values: [], quiet: true };
const tenantContext = (tenant: TenantRef): Statement => ({ text: "select set_config('app.current_tenant', $1, true)", values: [tenant.id], quiet: true });
const tenantReadContext = (tenant: TenantRef): Statement => ({
  text: "select set_config('app.current_tenant', $1, true), set_config('transaction_read_only', 'on', true)", values: [tenant.id], quiet: true,
});

/** A connection of the pool. @throws Problem `kernel.overloaded` when none is free in time. */
const connect = (pool: pg.Pool): Promise<pg.PoolClient> => pool.connect().catch((error: unknown) => {
  // The pool has no code for it: these are its words when all connections are busy.
  if ((error as Error).message !== 'timeout exceeded when trying to connect') throw error;
  throw new Problem(problems.overloaded, { headers: { 'retry-after': '5' }, cause: error });
});

interface Asker { resolve(rows: Rows): void; reject(error: unknown): void }
interface Read { context: Statement; statement: Statement; askers: Asker[] }

const copyOf = ({ rows, ...rest }: Rows): Rows => ({ ...rest, rows: rows.map((row) => ({ ...row })) });
const answer = ({ askers }: Read, rows: Rows) => { for (const [index, asker] of askers.entries()) asker.resolve(index === 0 ? rows : copyOf(rows)); };
const refuse = ({ askers }: Read, error: unknown) => { for (const asker of askers) asker.reject(error); };
const isSame = (one: Read, context: Statement, { text, values }: Statement) =>
  one.statement.text === text && one.context.values[0] === context.values[0] && one.statement.values.length === values.length && one.statement.values.every((value, index) => value === values[index]);

/** In a message, while there are free connections; more would keep the first waiting for the last. */
const fewReads = 8;
/** In a message, when all other connections are under way. */
const mostReads = 32;
/** Reads that take longer hold up nobody: past this, others go on one more of the pool's connections. */
const slowMs = 50;

/**
 * Reads on some of a pool's connections, each with the context that it needs. Those that are asked in the same turn of the event loop, as the loaders of a page
 * do and requests that came together, travel in one message: a message costs more than what most reads ask. What is asked twice in it is asked once.
 * An answer is taken up a turn after it was asked for, however quick PostgreSQL is: when turns grow long, a connection carries few messages in a second. What is asked
 * while all are under way goes in fewer and larger ones, so that the queue does not grow with the load.
 */
class Reader {
  private readonly pool: pg.Pool;
  private readonly connections: number;
  private waiting: Read[] = [];
  private underWay = 0;
  private soon: NodeJS.Immediate | undefined;
  private later: NodeJS.Timeout | undefined;
  constructor(pool: pg.Pool, connections: number) { this.pool = pool; this.connections = connections; }

  read(context: Statement, statement: Statement): Promise<Rows> {
    return new Promise((resolve, reject) => {
      const same = this.waiting.find((one) => isSame(one, context, statement));
      if (same) same.askers.push({ resolve, reject });
      else this.waiting.push({ context, statement, askers: [{ resolve, reject }] });
      this.arrange();
    });
  }

  private arrange(): void {
    if (this.waiting.length === 0 || this.soon) return;
    if (this.underWay < this.connections) this.soon = setImmediate(() => { this.send(); });
    else this.later ??= setTimeout(() => { this.send(); }, slowMs);
  }

  private send(): void {
    clearTimeout(this.later);
    this.soon = this.later = undefined;
    // Side by side, those of one tenant need its context once.
    const reads = [...Map.groupBy(this.waiting, ({ context }) => context.values[0]).values()].flat();
    const free = Math.max(1, this.connections - this.underWay);
    const inMessage = Math.min(mostReads, Math.max(fewReads, Math.ceil(reads.length / free)));
    const now = reads.slice(0, free * inMessage);
    this.waiting = reads.slice(now.length);
    for (let from = 0; from < now.length; from += inMessage) {
      this.underWay += 1;
      void this.together(now.slice(from, from + inMessage)).finally(() => {
        this.underWay -= 1;
        this.arrange();
      });
    }
    this.arrange();
  }

  private async together(reads: readonly Read[]): Promise<void> {
    const answers = await this.ask(reads).catch((error: unknown) => error as Error);
    if (Array.isArray(answers)) {
      for (const [index, read] of reads.entries()) answer(read, answers[index]!);
    } else if (reads.length > 1 && !(answers instanceof Problem)) {
      // One of them failed, and the others with it: each is asked again alone.
      for (const read of reads) void this.together([read]);
    } else if (isConnectionLost(answers)) {
      // A connection may die while it is idle or in use: a read may simply be asked again on another.
      for (const read of reads) this.ask([read]).then(([rows]) => answer(read, rows!), (error: unknown) => refuse(read, error));
    } else {
      for (const read of reads) refuse(read, answers);
    }
  }

  private async ask(reads: readonly Read[]): Promise<Rows[]> {
    const client = await connect(this.pool);
    const statements = reads.flatMap(({ context, statement }, index) => (index > 0 && context.values[0] === reads[index - 1]!.context.values[0] ? [statement] : [context, statement]));
    try {
      const results = await runPipeline(client, statements);
      client.release();
      return results.filter((_, index) => !statements[index]!.quiet);
    } catch (error) {
      client.release(isConnectionError(error) ? (error as Error) : undefined);
      throw error;
    }
  }
}

class ReadSession implements Session {
  private readonly reader: Reader;
  private readonly context: Statement;
  constructor(reader: Reader, context: Statement) { this.reader = reader; this.context = context; }
  run(text: string, values: readonly unknown[]): Promise<Rows> { return this.reader.read(this.context, { text, values }); }
}

/** One connection for the whole transaction; `begin` and the context travel with the first statement. */
class WriteSession implements Session {
  private client: pg.PoolClient | undefined;
  private opening: Promise<pg.PoolClient> | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private begun = false;
  private finished = false;
  private readonly pool: pg.Pool;
  private readonly prelude: readonly Statement[];
  constructor(pool: pg.Pool, prelude: readonly Statement[]) { this.pool = pool; this.prelude = prelude; }

  run(text: string, values: readonly unknown[]): Promise<Rows> {
    const result = this.queue.then(async () => {
      if (this.finished) throw new Error('This transaction has ended: a query was not awaited.');
      this.opening ??= connect(this.pool);
      this.client = await this.opening;
      const statement = { text, values };
      const prelude = this.begun ? [] : this.prelude;
      this.begun = true;
      return (await runPipeline(this.client, [...prelude, statement])).at(-1)!;
    });
    this.queue = result.catch(() => {});
    return result;
  }

  async commit(): Promise<void> {
    await this.queue;
    this.finished = true;
    if (this.client) await this.end(commit);
  }

  async rollback(): Promise<void> {
    await this.queue;
    this.finished = true;
    if (this.client) await this.end(rollback).catch(() => {});
  }

  private async end(statement: Statement): Promise<void> {
    const client = this.client!;
    const [result] = await runPipeline(client, [statement]).catch((error: unknown) => {
      // Whatever the transaction's state is now, nobody else may inherit it.
      client.release(error as Error);
      // Whether the commit arrived before the connection broke, nobody here can know.
      throw statement === commit && isConnectionLost(error) ? new Problem(problems.outcome_unknown, { cause: error }) : error;
    });
    client.release();
    // PostgreSQL answers the commit of a failed transaction with a rollback and no error.
    if (statement === commit && result?.command !== 'COMMIT') throw new Error('The transaction had failed: an error in it was swallowed.');
  }
}

/** SQLSTATEs that end the session. */
const endsSession = (error: pg.DatabaseError) => /^(08|57P)/.test(error.code ?? '');
/** Errors after which the connection is of no use: what is no answer of PostgreSQL's, or is one that ends the session. */
const isConnectionError = (error: unknown) => !(error instanceof pg.DatabaseError) || endsSession(error);

/** Whether an error says that the database could not be reached, or went away: not what was asked is at fault. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return endsSession(error);
  const { code = '', syscall, message } = error as NodeJS.ErrnoException;
  // The driver has no codes of its own: these are its words for a connection that was cut.
  return syscall === 'connect' || ['ECONNRESET', 'EPIPE'].includes(code) || /^(Connection terminated|Client has encountered a connection error)/.test(message);
}

async function inTransaction<T>(pool: pg.Pool, prelude: readonly Statement[], work: (session: Session) => Promise<T>): Promise<T> {
  const session = new WriteSession(pool, prelude);
  let result: T;
  try {
    result = await work(session);
  } catch (error) {
    await session.rollback();
    throw error;
  }
  await session.commit();
  return result;
}

function makePool(connectionString: string, max: number, patience: number, name: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, application_name: name, options: '-c TimeZone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000', connectionTimeoutMillis: patience, idleTimeoutMillis: 30_000 });
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', onError);
  // The same while it is in use: its query fails as well, and that is where it is dealt with.
  pool.on('connect', (client) => { client.on('error', () => {}); });
  return pool;
}

export function connectDatabase(options: DatabaseOptions): Database {
  const { clock, poolSize = 16, patience = 3_000, answerRoom = 64 * 1024 * 1024, onError = () => {} } = options;
  const control = makePool(options.controlUrl, poolSize, patience, 'milpa-control', onError);
  const planes = new Map(Object.entries(options.dataPlanes).map(([name, url]) => [name, makePool(url, poolSize, patience, `milpa-${name}`, onError)]));
  const readers = new Map([control, ...planes.values()].map((pool) => [pool, new Reader(pool, Math.max(1, Math.floor(poolSize / 2)))]));
  const planeOf = (tenant: TenantRef): pg.Pool => {
    const pool = planes.get(tenant.dataPlane);
    if (!pool) throw new Error(`Tenant ${tenant.id} lives on data plane "${tenant.dataPlane}", which is not configured.`);
    return pool;
  };
  return {
    async withTenant(tenant, actor, work) {
      const after: AfterCommit[] = [];
      const result = await inTransaction(planeOf(tenant), [begin, tenantContext(tenant)], (session) => work(new Tx(session, tenant, actor, clock.now(), after)));
      for (const task of after) task();
      return result;
    },
    readTenant: async (tenant, actor, work) => work(new Tx(new ReadSession(readers.get(planeOf(tenant))!, tenantReadContext(tenant)), tenant, actor, clock.now(), [])),
    withControl: (work) => inTransaction(control, [begin], (session) => work(new ControlTx(session, clock.now()))),
    readControl: async (work) => work(new ControlTx(new ReadSession(readers.get(control)!, readOnly), clock.now())),
    controlPool: control,
    answerRoom,
    usage: () => Object.fromEntries([['control', control] as const, ...planes].map(([name, pool]) =>
      [name, { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }])),
    async close() {
      await Promise.all([control, ...planes.values()].map((pool) => pool.end()));
    },
  };
}
