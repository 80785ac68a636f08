/**
 * Answers that are kept in this process, and never given once they no longer hold. Whatever changes what an answer is made from adds one to a version,
 * in the same transaction; an answer is given only if its version is the one that the database tells after the request has come in. Requests that come in while the
 * database is being asked share the next question, so that a crowd asks as often as one alone. No process needs to hear of another's changes.
 * See docs/decisions/0013-cache.md.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Actor, TenantRef } from './actor.ts';
import type { AnyEndpoint, Input } from './contract.ts';
import type { Database, Tx } from './database/database.ts';
import type { Tenant } from './tenant.ts';

/** How a route's answers are kept. They must be the same for everybody whom the endpoint's permission lets in. */
export interface Kept<E extends AnyEndpoint> {
  /** Names the version; routes that share it are asked about together. */
  name: string;
  version: (tx: Tx) => Promise<number>;
  /** What the answer depends on beside the input, as text; null for an answer that is not worth keeping. */
  key: (input: Input<E>, tenant: Tenant) => string | null;
}

export interface KeptAnswer {
  readonly version: number;
  readonly body: unknown;
  /** As bytes and their tag, once somebody has asked by HTTP. */
  sent?: { bytes: Buffer; etag: string };
}

interface Question { running: Promise<number> | null; next: Promise<number> | null }

class Answers {
  readonly #known: LRUCache<string, KeptAnswer>;
  readonly #onTheWay = new Map<string, Promise<KeptAnswer>>();
  readonly #questions = new Map<string, Question>();
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
    // Counted in characters of JSON, for all tenants together.
    this.#known = new LRUCache({ maxSize: database.answerRoom, sizeCalculation: ({ body }) => JSON.stringify(body).length + 200 });
  }

  /** The version that the database tells at a moment after this call. */
  #version(tenant: TenantRef, actor: Actor, { name, version }: Kept<any>): Promise<number> {
    const key = `${tenant.id} ${name}`;
    const question = this.#questions.get(key) ?? { running: null, next: null };
    this.#questions.set(key, question);
    const ask = async (): Promise<number> => {
      question.next = null;
      question.running = this.#database.readTenant(tenant, actor, version);
      try {
        return await question.running;
      } finally {
        question.running = null;
        if (question.next === null) this.#questions.delete(key);
      }
    };
    if (question.next) return question.next;
    if (question.running === null) return ask();
    // The one that is running may have read before the change that this caller knows of.
    return question.next = question.running.then(ask, ask);
  }

  async get(tenant: TenantRef, actor: Actor, kept: Kept<any>, key: string, make: () => Promise<unknown>): Promise<KeptAnswer> {
    const version = await this.#version(tenant, actor, kept);
    const known = this.#known.get(key);
    if (known?.version === version) return known;
    const making = `${version} ${key}`;
    const already = this.#onTheWay.get(making);
    if (already) return already;
    // What is read from here on is of this version or a later one: too new is no harm.
    const answer = make().then((body): KeptAnswer => {
      const fresh = { version, body };
      this.#known.set(key, fresh);
      return fresh;
    }).finally(() => { this.#onTheWay.delete(making); });
    this.#onTheWay.set(making, answer);
    return answer;
  }
}

const answers = new WeakMap<Database, Answers>();

/** The answer that is kept under `key` if it holds, else what `make` gives. */
export function keptAnswer(database: Database, tenant: TenantRef, actor: Actor, kept: Kept<any>, key: string, make: () => Promise<unknown>): Promise<KeptAnswer> {
  if (database.answerRoom === 0) return make().then((body) => ({ version: 0, body }));
  let mine = answers.get(database);
  if (!mine) answers.set(database, mine = new Answers(database));
  return mine.get(tenant, actor, kept, key, make);
}

/** The answer as bytes, made once. */
export function bytesOf(answer: KeptAnswer, serialize: (body: unknown) => string): { bytes: Buffer; etag: string } {
  if (answer.sent) return answer.sent;
  const bytes = Buffer.from(serialize(answer.body));
  return answer.sent = { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}
