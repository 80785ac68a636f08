/**
 * Answers for the server where there is no network: with the shell that shows kept lessons, with its hashed files, and with files of
 * courses. It stores no page of the server's: what a learner has here is in the device's database, which only their pages read.
 */
import { emptyDevice, filesCache, membersHere } from './device.ts';
import { rangeOf } from './range.ts';
import { sendWaiting, syncTag } from './sync.ts';

/** The part of a service worker's world that is used here: its types and a page's cannot be had in one program. */
interface Extendable extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetch extends Extendable { request: Request; respondWith(answer: Promise<Response>): void }
const worker = globalThis as unknown as {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetch) => void): void;
  addEventListener(type: 'sync', listener: (event: Extendable & { tag: string }) => void): void;
};

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('sync', (event) => {
  if (event.tag === syncTag) event.waitUntil(membersHere().then((members) => Promise.all(members.map(sendWaiting))));
});
worker.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request);
  if (answer) event.respondWith(answer);
});

const courseFile = /^\/api\/v1\/courses\/[^/]+\/files\/[^/]+$/;
const offline = '/offline';

/** Undefined: none of ours, the browser asks the server itself. */
function answerTo(request: Request): Promise<Response> | undefined {
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin) return undefined;
  if (request.method === 'POST') return pathname === '/sign-out' ? signOut(request) : undefined;
  if (request.method !== 'GET') return undefined;
  if (pathname.startsWith('/assets/')) return asset(request);
  if (courseFile.test(pathname)) return file(request);
  return request.mode === 'navigate' ? page(request, pathname + search) : undefined;
}

/** Whatever the answer is: who wanted to leave leaves nothing here. */
async function signOut(request: Request): Promise<Response> {
  const answer = await fetch(request);
  await emptyDevice();
  return answer;
}

const kept = (request: Request | string) => caches.match(request, { ignoreVary: true, ignoreSearch: request === offline });

async function page(request: Request, path: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await kept(offline);
    if (!shell) throw error;
    return path.startsWith(offline) ? shell : Response.redirect(`${offline}?at=${encodeURIComponent(path)}`);
  }
}

const asset = async (request: Request) => await kept(request) ?? fetch(request);

/** The server decides first who may have a file; what it gave is good for as long as it cannot be asked. */
async function file(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.status === 200 && answer.headers.get('content-type')?.startsWith('image/')) await caches.open(filesCache).then((cache) => cache.put(request.url, answer.clone())).catch(() => {});
    return answer;
  } catch (error) {
    const whole = await caches.open(filesCache).then((cache) => cache.match(request.url, { ignoreVary: true }));
    if (!whole) throw error;
    const range = request.headers.get('range');
    return range ? part(whole, range) : whole;
  }
}

/** Players of sound and film ask for parts. */
async function part(whole: Response, header: string): Promise<Response> {
  const bytes = await whole.blob();
  const range = rangeOf(header, bytes.size);
  if (!range) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${bytes.size}` } });
  const { start, end } = range;
  const headers = new Headers(whole.headers);
  headers.set('content-range', `bytes ${start}-${end}/${bytes.size}`);
  headers.set('content-length', String(end - start + 1));
  return new Response(bytes.slice(start, end + 1), { status: 206, headers });
}
