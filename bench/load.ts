/**
 * A load on a server of this machine, told on standard input. With `connections` as many requests are on their way at a time; with
 * `rate` so many set out in every second, whether or not those before have come back, as people do. Prints one line of JSON.
 */
import { text } from 'node:stream/consumers';
import { Agent, request } from 'node:http';
import { z } from 'zod';
import type { Load } from './server.ts';

const { port, seconds, connections, rate, requests } = z.object({
  port: z.number(), seconds: z.number().max(600), connections: z.number().max(1000).optional(), rate: z.number().optional(),
  requests: z.array(z.object({ method: z.string().default('GET'), path: z.string(), headers: z.record(z.string(), z.string()).default({}), body: z.string().optional(), weight: z.number().default(1) })),
}).parse(JSON.parse(await text(process.stdin)));

/** The same choices in every run. */
let state = 7;
const random = () => { state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff; return state / 0x7fffffff; };
const total = requests.reduce((sum, { weight }) => sum + weight, 0);
function pick(): typeof requests[number] {
  let rest = random() * total;
  return requests.find(({ weight }) => (rest -= weight) < 0) ?? requests[0]!;
}

const agent = new Agent({ keepAlive: true, maxSockets: connections ?? 2000 });
const times: number[] = [];
const statuses: Record<string, number> = {};
let bytes = 0;

function one(): Promise<void> {
  const { method, path, headers, body } = pick();
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (status: string) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
      times.push(performance.now() - began);
      resolve();
    };
    const ask = request({ agent, port, host: '127.0.0.1', method, path, headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) } }, (response) => {
      response.on('data', (chunk: Buffer) => { bytes += chunk.length; });
      response.on('end', () => end(response.statusCode === 503 && !response.headers['retry-after'] ? '503 for ever' : String(response.statusCode)));
      response.on('error', () => end('broken'));
    });
    ask.on('error', () => end('broken'));
    ask.end(body);
  });
}

const began = performance.now();
const until = began + seconds * 1000;
if (rate === undefined) {
  await Promise.all(Array.from({ length: connections ?? 1 }, async () => { while (performance.now() < until) await one(); }));
} else {
  const pending = new Set<Promise<void>>();
  for (let sent = 0; performance.now() < until;) {
    const due = Math.floor((performance.now() - began) * rate / 1000);
    for (; sent < due; sent++) {
      const asked = one();
      pending.add(asked);
      void asked.then(() => pending.delete(asked));
    }
    await new Promise((resolve) => { setTimeout(resolve, 1); });
  }
  await Promise.all(pending);
}

const sorted = times.toSorted((a, b) => a - b);
const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
const count = (...which: string[]) => Object.entries(statuses).filter(([status]) => which.some((each) => status.startsWith(each))).reduce((sum, [, found]) => sum + found, 0);
const answer: Load = {
  perSecond: times.length / ((performance.now() - began) / 1000), p50: at(0.5), p95: at(0.95), max: at(1), bytes: Math.round(bytes / Math.max(1, times.length)),
  failed: count('4', '500', 'broken'), refused: count('503'), statuses,
};
console.log(JSON.stringify(answer));
