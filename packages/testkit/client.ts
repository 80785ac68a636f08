/** A small HTTP client that says which host it wants, as a browser does, whatever the address that it connects to. */
import { Agent, request as send, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  bytes: Buffer;
  /** The body as JSON; undefined when there is none. */
  body: any;
}
export interface Ask { method?: string; body?: unknown; raw?: Uint8Array | string; headers?: Record<string, string> }

export interface Client {
  ask(path: string, options?: Ask): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** The same client with more headers. */
  with(headers: Record<string, string>): Client;
  /** The same client at another server. */
  at(port: number): Client;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Paths that don't begin with `/` are below `/api/v1/`. */
export function makeClient(port: number, host: string, standing: Record<string, string> = {}): Client {
  const ask = (path: string, { method = 'GET', body, raw, headers = {} }: Ask = {}) => new Promise<Answer>((resolve, reject) => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const request = send({
      agent, port, host: '127.0.0.1', method, path: path.startsWith('/') ? path : `/api/v1/${path}`,
      headers: { host, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(payload === undefined ? {} : { 'content-length': Buffer.byteLength(payload) }), ...standing, ...headers },
    }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString('utf8');
        const isJson = /\bjson\b/.test(response.headers['content-type'] ?? '');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, bytes, body: isJson && text ? JSON.parse(text) : undefined });
      });
    });
    request.on('error', reject);
    request.end(payload);
  });
  return {
    ask,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body, headers = {}) => ask(path, { method: 'POST', body, headers }),
    put: (path, body, headers = {}) => ask(path, { method: 'PUT', body, headers }),
    patch: (path, body, headers = {}) => ask(path, { method: 'PATCH', body, headers }),
    delete: (path, headers = {}) => ask(path, { method: 'DELETE', headers }),
    with: (headers) => makeClient(port, host, { ...standing, ...headers }),
    at: (other) => makeClient(other, host, standing),
  };
}
