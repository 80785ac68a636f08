/** Kysely over the pipeline: names are camelCase in TypeScript and snake_case in PostgreSQL, translated while compiling. */
import {
  DefaultQueryExecutor, type Kysely, OperatorNode, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, PrimitiveValueListNode,
  type BinaryOperationNode, type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, type QueryResult,
} from 'kysely';
import type { Rows } from './pipeline.ts';

/** Runs one statement where it belongs: in a tenant's transaction, in the control plane, alone. */
export interface Session { run(text: string, values: readonly unknown[]): Promise<Rows> }

const snakeNames = new Map<string, string>();
export function snakeCase(name: string): string {
  let snake = snakeNames.get(name);
  if (snake === undefined) snakeNames.set(name, snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return snake;
}

class SnakeCaseCompiler extends PostgresQueryCompiler {
  protected override sanitizeIdentifier(identifier: string): string {
    return super.sanitizeIdentifier(snakeCase(identifier));
  }

  /** A list is one parameter, whatever its length: with one for each of its values, every length would be another statement to prepare. */
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { leftOperand, operator, rightOperand } = node;
    const isIn = OperatorNode.is(operator) && (operator.operator === 'in' || operator.operator === 'not in');
    if (!isIn || !PrimitiveValueListNode.is(rightOperand)) return super.visitBinaryOperation(node);
    this.visitNode(leftOperand);
    this.append(operator.operator === 'in' ? ' = any(' : ' <> all(');
    this.appendValue(rightOperand.values);
    this.append(')');
  }
}

class SessionConnection implements DatabaseConnection {
  private readonly session: Session;
  constructor(session: Session) { this.session = session; }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, count } = await this.session.run(query.sql, query.parameters);
    return { rows: rows as R[], numAffectedRows: BigInt(count) };
  }
  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported: read in pages.');
  }
}

const refuse = (): never => { throw new Error('Transactions come from withTenant or withControl only.'); };
const driver: Driver = {
  init: async () => {}, destroy: async () => {}, releaseConnection: async () => {},
  acquireConnection: async () => refuse(), beginTransaction: async () => refuse(),
  commitTransaction: async () => refuse(), rollbackTransaction: async () => refuse(),
};
const compiler = new SnakeCaseCompiler();
const adapter = new PostgresAdapter();
const dialect: Dialect = {
  createAdapter: () => adapter, createDriver: () => driver, createQueryCompiler: () => compiler,
  createIntrospector: (db) => new PostgresIntrospector(db),
};

/** The properties of a Kysely instance bound to a session; as cheap as an object. */
export function kyselyProps(session: Session): ConstructorParameters<typeof Kysely>[0] {
  const connection = new SessionConnection(session);
  const executor = new DefaultQueryExecutor(compiler, adapter, { provideConnection: (consumer) => consumer(connection) }, []);
  return { config: { dialect }, driver, dialect, executor } as ConstructorParameters<typeof Kysely>[0];
}
