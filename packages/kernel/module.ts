/** How a module tells the composition root what it brings: endpoints, event handlers, jobs, schedules. */
import type { Actor } from './actor.ts';
import type { Kept } from './cache.ts';
import type { AnyEndpoint, Input, Locale, Output } from './contract.ts';
import type { ControlTx, Tx } from './database/database.ts';
import type { Job, Schedule } from './jobs/job.ts';
import type { Subscription } from './outbox/outbox.ts';
import type { Tenant } from './tenant.ts';

/** What is known of a request, however it came: by HTTP, or from a screen rendered in this process. */
export interface RequestContext {
  requestId: string;
  locale: Locale;
  tenant: Tenant | null;
  actor: Actor;
  sessionId: string | null;
  /** Whether who is signed in has lately shown that it is them. */
  fresh: boolean;
  /** Where it came from, as rate limits and lock-out count it. */
  address: string;
  userAgent: string;
  /** Scheme, host and port that the visitor used, for links in mail. */
  origin: string;
  cookieHeader: string;
  idempotencyKey: string | null;
  ifMatch: string | null;
}

/** What a handler may add to the response. */
export interface Reply { cookies: string[]; headers: Record<string, string> }

interface HandlerContextBase<E extends AnyEndpoint> extends Input<E> {
  actor: Actor;
  request: RequestContext;
  reply: Reply;
}
export interface TenantHandlerContext<E extends AnyEndpoint, R = undefined> extends HandlerContextBase<E> { tx: Tx; tenant: Tenant; resource: R }
export interface ControlHandlerContext<E extends AnyEndpoint> extends HandlerContextBase<E> { tx: ControlTx }

/**
 * How `:own` is decided: the thing's owner, or that the endpoint touches nothing but the actor's own by its nature.
 * `isVisible`: whether the actor may know of the thing at all, where that is more than the permission to read it.
 */
export type Ownership<E extends AnyEndpoint, R> =
  | { resource: (tx: Tx, input: Input<E>) => Promise<R | null>; notFound: string; ownerId: (resource: R) => string | null; isVisible?: (actor: Actor, resource: R) => boolean }
  | { actor: string };

export interface Route {
  endpoint: AnyEndpoint;
  ownership: Ownership<any, any> | null;
  /** The tenant's feature without which the endpoint is off. */
  feature?: string;
  /** Its answers are kept while they hold. */
  kept?: Kept<any>;
  handle(context: any): Promise<unknown>;
  /** What follows the commit, in transactions of its own; its result is the answer. Asked for again by a repetition with the same key, so it may run any number of times. */
  finish?: (output: any) => Promise<unknown>;
}

/**
 * Binds an endpoint of a tenant to its use case. An endpoint whose permission ends in `:own` must say how ownership is decided: see `routeOwned`.
 * What waits for others outside goes to `finish`: no connection is held for it.
 */
export function route<E extends AnyEndpoint>(endpoint: E, handle: (context: TenantHandlerContext<E>) => Promise<Output<E>>, finish?: (output: Output<E>) => Promise<Output<E>>): Route {
  if (typeof endpoint.access === 'string' && endpoint.access.endsWith(':own')) throw new Error(`${endpoint.id}: say who owns what it touches (routeOwned).`);
  return { endpoint, ownership: null, handle, ...(finish && { finish }) };
}

/** As `route`, for a read whose answers are kept while they hold; the same for everybody who may ask, so the handler gets no actor. */
export function routeKept<E extends AnyEndpoint>(endpoint: E, kept: Kept<E>, handle: (context: Omit<TenantHandlerContext<E>, 'actor' | 'request' | 'reply'>) => Promise<Output<E>>): Route {
  if (endpoint.method !== 'GET') throw new Error(`${endpoint.id}: only what is read can be kept.`);
  return { ...route(endpoint, handle), kept };
}

/** As `route`, with the thing that is touched loaded first: absent is 404, someone else's is 403. The handler receives it as `resource`. */
export function routeOwned<E extends AnyEndpoint, R = undefined>(endpoint: E, ownership: Ownership<E, R>, handle: (context: TenantHandlerContext<E, R>) => Promise<Output<E>>): Route {
  return { endpoint, ownership, handle };
}

/** Binds an endpoint of the control plane. A flow's later steps, which need connections of their own, go to `finish`: nothing is held for them. */
export function controlRoute<E extends AnyEndpoint>(endpoint: E, handle: (context: ControlHandlerContext<E>) => Promise<Output<E>>, finish?: (output: Output<E>) => Promise<Output<E>>): Route {
  if (endpoint.plane !== 'control') throw new Error(`${endpoint.id} belongs to a tenant.`);
  return { endpoint, ownership: null, handle, ...(finish && { finish }) };
}

/**
 * What a column that names a member says of its row.
 * `own`: it is about the member, who may take it along; it goes when they leave.
 * `record`: it is about the member, who may take it along, but others rely on it: it stays, and the member has no name any more.
 * `mark`: it only says who did something to what is not theirs: it stays, and is not handed out.
 */
export type MemberColumn = 'own' | 'record' | 'mark';

/** A member who turned out to be the same person as another one, and whom they become. */
export interface Merging { from: string; into: string }
/** What a rule of its own does; `clashes` counts the rows that do not simply become the other's, for who decides. */
export interface MergeStep { clashes(tx: Tx, merging: Merging): Promise<number>; merge(tx: Tx, merging: Merging): Promise<void> }
/**
 * What becomes of the row when its member is merged into another one.
 * `move`: it becomes the other's. `{ unlessSame }`: it does, unless the other has one that is the same in these columns: that one stays, and this one goes.
 * `stay`: it keeps the old member, whose name leads to the other: what never changes, and what only says who did something.
 * `drop`: it goes.
 */
export type MergeRule = 'move' | 'stay' | 'drop' | { unlessSame: readonly string[] } | MergeStep;

/** By table (`schema.table`, as SQL has it) and column. Tables that refer to others come first: rows go in this order. */
export type MemberData = Readonly<Record<string, Readonly<Record<string, readonly [MemberColumn, MergeRule]>>>>;

/** Rows of the kernel itself. */
export const kernelMemberData: MemberData = { 'kernel.audit_entry': { member_id: ['record', 'stay'] }, 'kernel.event': { member_id: ['mark', 'stay'] } };

/** Columns whose values must not leave the house, by table (`schema.table`, as SQL has it). */
export type SecretColumns = Readonly<Record<string, readonly string[]>>;

/** Those of the kernel itself. */
export const kernelSecretColumns: SecretColumns = { 'kernel.idempotency_key': ['actor_key', 'key', 'request_hash', 'response'] };

/**
 * What does not stay for ever: throws a portion of the tenant's old rows away, the oldest first, and is asked daily until there are no more.
 * @returns how many; less than `most` when no more are due.
 */
export type Purge = (tx: Tx, most: number) => Promise<number>;

export interface Module {
  name: string;
  /** The feature that switches the module on for a tenant; without one it is always on. */
  feature?: string;
  /** Every permission that the module's endpoints and use cases ask for. */
  permissions: readonly string[];
  /** Those of them that people who are not signed in may hold; all others are refused to the role `visitor`. */
  visitorPermissions?: readonly string[];
  /** Those that support holds where a tenant lets it in: none for own things, people's roles, secrets or what people write to each other. */
  supportPermissions?: readonly string[];
  /** Every column of its tables that names a member; for who takes their data along or leaves, and where two members become one. */
  memberData?: MemberData;
  /** Every column of its tables that holds a secret, or what one could be tried on; left out of archives. */
  secretColumns?: SecretColumns;
  routes: readonly Route[];
  subscriptions?: readonly Subscription[];
  jobs?: readonly Job<any>[];
  schedules?: readonly Schedule[];
  /** By what it throws away, for the log: docs/decisions/0023-retention.md. */
  purges?: Readonly<Record<string, Purge>>;
}

export function defineModule(module: Module): Module {
  const { feature } = module;
  return feature ? { ...module, routes: module.routes.map((route) => ({ ...route, feature })) } : module;
}
