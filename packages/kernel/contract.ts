/**
 * What an endpoint promises, in a form that server, web and mobile can all import (nothing from Node here).
 * Validation, permission, OpenAPI, the typed client and the walkers are made from these definitions.
 */
import { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: a permission (`course:update:own`), or one of the three openings, each with its reason. */
export type Access =
  | string
  | { public: string }
  | { account: string }
  | { operator: string };

/** May be called by anyone, signed in or not; say why that is right. */
export const open = (reason: string): Access => ({ public: reason });
/** May be called by whoever is signed in, about their own account; say why no permission is needed. */
export const anyAccount = (reason: string): Access => ({ account: reason });
/** May be called by operators of this installation. */
export const operators = (reason: string): Access => ({ operator: reason });

/** A file that the edge has received and counted, waiting in a temporary place until the request ends. */
export class Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  constructor(file: { name: string; mediaType: string; path: string; size: number; sha256: string }) {
    this.name = file.name;
    this.mediaType = file.mediaType;
    this.path = file.path;
    this.size = file.size;
    this.sha256 = file.sha256;
  }
}
/** As an endpoint's body: the request carries the bytes of one file, not JSON. No JSON can pass for it. */
export const upload = z.instanceof(Upload).meta({ id: 'Upload' });

/** A stored file as a response. `open` gives its bytes, from `start` to `end` inclusive when told. */
export class FileContent {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly open: (range?: { start: number; end: number }) => Promise<AsyncIterable<Uint8Array>>;
  /** Whether a browser that has it may show it for a day without asking. */
  readonly keeps: boolean;
  constructor(file: Pick<FileContent, 'name' | 'mediaType' | 'size' | 'sha256' | 'open'> & { keeps?: boolean }) {
    this.name = file.name;
    this.mediaType = file.mediaType;
    this.size = file.size;
    this.sha256 = file.sha256;
    this.open = file.open;
    this.keeps = file.keeps ?? true;
  }
  /** The same, for readers who are asked each time whether it is still open to them. */
  askedAnew(): FileContent {
    return new FileContent({ ...this, keeps: false });
  }
}
/** As an endpoint's response: the bytes of one file, not JSON. */
export const fileContent = z.instanceof(FileContent).meta({ id: 'FileContent' });

type Shape = z.ZodType;

export interface EndpointDefinition<P extends Shape, Q extends Shape, B extends Shape, R extends Shape> {
  /** Operation id, `module.verbNoun`: unique, and the name of the operation in logs, audit and OpenAPI. */
  id: string;
  method: Method;
  /** Below `/api/v1`, with `{name}` for parameters. */
  path: string;
  summary: string;
  access: Access;
  /** `tenant` (default): runs in one tenant's transaction. `control`: accounts and the operator's work. */
  plane?: 'tenant' | 'control';
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  /** Status of success; 200 unless told, 201 for what creates, 204 for no content. */
  status?: 200 | 201 | 202 | 204;
  /** Stable codes beyond those every endpoint may give. */
  errors?: readonly string[];
  /** Not written to the audit log; say why (reads never are). */
  unaudited?: string;
  /** Codes of `errors` that are worth a line in the audit log although they refuse nobody's rights. */
  auditedRefusals?: readonly string[];
  /** Takes or gives secrets, so neither is kept under an `Idempotency-Key`; say how a repetition is harmless. */
  secret?: string;
  /** Sensitive: for who has lately shown that it is them, by signing in or by confirming it (decision 20). Never for tokens. */
  fresh?: true;
  /** Differs from what support's permissions say: closed to it, or open although it is not one's account that asks; say why. */
  support?: { closed: string } | { open: string };
  /** What is edited by two people: the request must carry `If-Match` with the version it read. */
  ifMatch?: boolean;
}

export interface Endpoint<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape, R extends Shape = Shape>
  extends EndpointDefinition<P, Q, B, R> {
  plane: 'tenant' | 'control';
  status: 200 | 201 | 202 | 204;
}

export type AnyEndpoint = Endpoint<any, any, any, any>;

type Nothing = z.ZodUndefined;

/** What every endpoint may answer that wants a fresh session. */
const freshErrors = ['kernel.confirmation_required', 'kernel.session_required'];

/** Defines an endpoint. Parameters that are left out are not accepted. */
export function endpoint<R extends Shape, P extends Shape = Nothing, Q extends Shape = Nothing, B extends Shape = Nothing>(
  definition: EndpointDefinition<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return { plane: 'tenant', status: 200, ...definition, ...(definition.fresh && { errors: [...definition.errors ?? [], ...freshErrors] }) };
}

export interface Input<E extends AnyEndpoint> {
  params: Parsed<E['params']>;
  query: Parsed<E['query']>;
  body: Parsed<E['body']>;
}
type Parsed<S> = NonNullable<S> extends infer T extends z.ZodType ? z.output<T> : undefined;

/** What a caller passes: only the parts that the endpoint has. */
export type CallInput<E extends AnyEndpoint> =
  & Part<'params', E['params']>
  & Part<'query', E['query']>
  & Part<'body', E['body']>
  & { ifMatch?: string; idempotencyKey?: string };
type Part<K extends string, S> = NonNullable<S> extends z.ZodUndefined ? {} : NonNullable<S> extends infer T extends z.ZodType
  ? {} extends z.input<T> ? { [k in K]?: z.input<T> } : { [k in K]: z.input<T> } : {};

export type Output<E extends AnyEndpoint> = z.output<E['response']>;

/** RFC 9457 problem document. `code` is stable; `title` and `detail` are in the reader's language. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: z.string(),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  fields: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
}).meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof problemSchema>;

/** A page of a list: `next` is the opaque cursor of the page that follows, or null. */
export function pageOf<S extends Shape>(item: S) {
  return z.object({ data: z.array(item), page: z.object({ next: z.string().nullable() }) });
}

/** Query of every list: `limit` items (1–100) after the opaque `cursor`. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(512).optional(),
});

/** The response of what answers 204. */
export const nothing = z.void();
export const id = z.uuid();
export const timestamp = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC' });
export const locale = z.enum(['en', 'es-MX', 'ar']);
export type Locale = z.infer<typeof locale>;
export const locales: readonly Locale[] = locale.options;

/** An amount in the minor unit of its ISO 4217 currency. */
export const money = z.object({ amount: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) }).meta({ id: 'Money' });
export type Money = z.infer<typeof money>;

/** What the actor may do with the thing that carries it; screens render from this. */
export const abilities = <const A extends readonly string[]>(...names: A) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.boolean()])) as { [K in A[number]]: z.ZodBoolean });

/** Text as people type it: trimmed, without control characters, of 1 to `max` characters. */
export const text = (max: number) =>
  z.string().trim().min(1).max(max).regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u);
