/** The typed client of the API, made from the same endpoints as the server: for browsers, mobile apps and other programs. */
import { Upload, type AnyEndpoint, type CallInput, type Output, type ProblemDocument } from './contract.ts';

/** What the server refused, as it said it. */
export class ApiError extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

export interface ClientOptions {
  /** Scheme, host and port; empty in a browser, for its own site. */
  origin?: string;
  fetch?: typeof fetch;
  /** Headers for every call, such as `Authorization` and `X-Tenant-ID`. */
  headers?: Record<string, string>;
}

export type Call = <E extends AnyEndpoint>(endpoint: E, input?: CallInput<E>, signal?: AbortSignal) => Promise<Output<E>>;

function address(endpoint: AnyEndpoint, params: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined).map(([name, value]): [string, string] => [name, String(value)]);
  return `/api/v1${path}${pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''}`;
}

/** A function that calls endpoints over HTTP. It rejects with `ApiError` for what the server refuses. */
export function createClient({ origin = '', fetch: send = fetch, headers = {} }: ClientOptions = {}): Call {
  return async (endpoint, input, signal) => {
    const { params, query, body, ifMatch, idempotencyKey } = (input ?? {}) as { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown; ifMatch?: string; idempotencyKey?: string };
    if (body instanceof Upload) throw new TypeError('Files are sent as streams: see the OpenAPI document.');
    const response = await send(`${origin}${address(endpoint, params, query)}`, {
      method: endpoint.method,
      headers: {
        accept: 'application/json', ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    if (!response.ok) throw new ApiError(await response.json() as ProblemDocument);
    return (response.status === 204 ? undefined : await response.json()) as Output<typeof endpoint>;
  };
}
