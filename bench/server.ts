/** The product as a user starts it, what it is compared with, and loads on both: each a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';

const here = import.meta.dirname;
export const productPort = 34_801;
export const barePort = 34_802;

export interface Load { perSecond: number; p50: number; p95: number; max: number; bytes: number; failed: number; refused: number; statuses: Record<string, number> }
export interface Ask { method?: string; path: string; headers?: Record<string, string>; body?: string; /** How often among the others. */ weight?: number }

export const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Asks at random, either so many at a time (`connections`) or so many in a second, whatever becomes of them (`rate`). */
export function load(port: number, requests: Ask[], how: { connections?: number; rate?: number; seconds: number }): Promise<Load> {
  const child = spawn(process.execPath, [join(here, 'load.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ port, requests, ...how }));
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve(JSON.parse(output) as Load) : reject(new Error(`The load ended with ${code}.`))));
  });
}

/** One request, and how long it took. */
export function ask(port: number, { method = 'GET', path, headers = {}, body }: Ask): Promise<{ status: number; ms: number; bytes: number; headers: Record<string, string | string[] | undefined> }> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    request({ port, path, method, headers, host: '127.0.0.1' }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => { bytes += chunk.length; });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, ms: performance.now() - began, bytes, headers: response.headers }));
    }).on('error', reject).end(body);
  });
}

/** Resolves when something answers. */
export async function answers(port: number, path: string): Promise<void> {
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    const status = await ask(port, { path }).then((answer) => answer.status, () => 0);
    if (status > 0 && status < 500) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`Nothing answers on port ${port}.`);
}

export async function stop(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Starts it as `npm start` does, with limits that a single address of a load does not reach. */
export async function startProduct(dataDir: string, environment: Record<string, string> = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--max-semi-space-size=64', join(here, '../apps/server/cli.ts'), 'start'], {
    env: { ...process.env, PORT: String(productPort), MILPA_DATA: dataDir, RATE_LIMIT_ADDRESS: '100000000', RATE_LIMIT_MEMBER: '100000000', LOG_LEVEL: 'warn', ...environment }, stdio: ['ignore', 'ignore', 'inherit'],
  });
  await answers(productPort, '/ready');
  return child;
}

export async function startBare(databaseUrl: string, prepared: boolean): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(here, 'bare.ts')], { env: { ...process.env, PORT: String(barePort), BARE_DATABASE_URL: databaseUrl, BARE_PREPARED: prepared ? 'yes' : 'no' }, stdio: 'inherit' });
  await answers(barePort, '/constant');
  return child;
}

/** The two in turn, so that a machine that changes its speed changes it for both. @returns the product's share of the other's speed. */
export async function compare(requests: Ask[], bare: Ask[], rounds = 3, seconds = 5): Promise<{ ratio: number; note: string }> {
  const ratios: number[] = [];
  const speeds: [number[], number[]] = [[], []];
  await Promise.all([load(barePort, bare, { connections: 32, seconds: 2 }), load(productPort, requests, { connections: 32, seconds: 2 })]);
  for (let round = 0; round < rounds; round++) {
    const other = await load(barePort, bare, { connections: 32, seconds });
    const own = await load(productPort, requests, { connections: 32, seconds });
    if (other.failed + own.failed + own.refused > 0) throw new Error(`${other.failed} and ${own.failed} requests failed: ${JSON.stringify(own.statuses)}`);
    ratios.push(own.perSecond / other.perSecond);
    speeds[0].push(other.perSecond);
    speeds[1].push(own.perSecond);
  }
  return { ratio: median(ratios), note: `${Math.round(median(speeds[1]))}/s beside ${Math.round(median(speeds[0]))}/s; rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}` };
}

export function residentMegabytes(child: ChildProcess): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
}
