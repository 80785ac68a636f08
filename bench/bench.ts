/**
 * `npm run bench`: ratios measured side by side in one run, with the database, the servers and the load on this machine's own cores.
 * A time alone says more about the machine than about the product.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinDatabase } from '../apps/server/database/database.ts';
import { demoPassword } from '../apps/server/seed.ts';
import { plant } from './plant.ts';

const here = import.meta.dirname;
const [productPort, barePort] = [34_801, 34_802];
const rounds = 3;
const seconds = 5;
const size = { tenants: 1000, courses: 50_000 };

interface Load { perSecond: number; p50: number; p97: number; max: number; bytes: number; failed: number }
interface Ask { path: string; headers: Record<string, string> }

const say = (text: string) => { console.log(text); };
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function load(port: number, requests: Ask[], connections = 32, forSeconds = seconds): Promise<Load> {
  const child = spawn(process.execPath, [join(here, 'load.ts'), JSON.stringify({ port, connections, seconds: forSeconds, requests })], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve(JSON.parse(output) as Load) : reject(new Error(`The load ended with ${code}.`))));
  });
}

async function answers(port: number, path: string): Promise<void> {
  const until = performance.now() + 120_000;
  while (performance.now() < until) {
    const status = await new Promise<number>((resolve) => {
      request({ port, path, host: '127.0.0.1' }, (response) => { response.resume(); resolve(response.statusCode ?? 0); }).on('error', () => resolve(0)).end();
    });
    if (status > 0 && status < 500) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`Nothing answers on port ${port}.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function startProduct(dataDir: string): ChildProcess {
  // As `npm start` does: a young generation of 8 MB takes a quarter less memory at rest, and about a twentieth more time under load.
  return spawn(process.execPath, ['--max-semi-space-size=8', join(here, '../apps/server/cli.ts'), 'start'], {
    env: { ...process.env, PORT: String(productPort), MILPA_DATA: dataDir, RATE_LIMIT_ADDRESS: '100000000', RATE_LIMIT_MEMBER: '100000000', LOG_LEVEL: 'warn' }, stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const startBare = (databaseUrl: string, prepared: boolean) => spawn(process.execPath, [join(here, 'bare.ts')], {
  env: { ...process.env, PORT: String(barePort), BARE_DATABASE_URL: databaseUrl, BARE_PREPARED: prepared ? 'yes' : 'no' }, stdio: 'inherit',
});

/** The two in turn, so that a machine that changes its speed changes it for both. */
async function compare(name: string, requests: Ask[], target: number): Promise<void> {
  const ratios: number[] = [];
  const speeds: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const bare = await load(barePort, requests);
    const product = await load(productPort, requests);
    if (bare.failed + product.failed > 0) throw new Error(`${name}: ${bare.failed} and ${product.failed} requests failed.`);
    ratios.push(product.perSecond / bare.perSecond);
    speeds[0].push(bare.perSecond);
    speeds[1].push(product.perSecond);
  }
  say(`${name}: ${median(ratios).toFixed(2)} of bare (target ${target}); ${Math.round(median(speeds[1]))}/s beside ${Math.round(median(speeds[0]))}/s; rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`);
}

async function signIn(host: string, email: string): Promise<string> {
  const body = JSON.stringify({ email, password: demoPassword });
  return new Promise((resolve, reject) => {
    request({ port: productPort, host: '127.0.0.1', path: '/api/v1/sessions', method: 'POST', headers: { host, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      response.resume();
      response.on('end', () => {
        const cookies = response.headers['set-cookie']?.map((cookie) => cookie.split(';')[0]).join('; ');
        if (response.statusCode === 200 && cookies) resolve(cookies);
        else reject(new Error(`Signing in answered ${response.statusCode}.`));
      });
    }).on('error', reject).end(body);
  });
}

function residentMegabytes(child: ChildProcess): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'milpa-bench-'));
  let product = startProduct(dataDir);
  let bare: ChildProcess | null = null;
  try {
    say('Starting the product as a user would (first start)');
    await answers(productPort, '/ready');
    const database = await joinDatabase({ dataDir, log: () => {} });
    say(`Planting ${size.tenants} tenants and ${size.courses} courses`);
    const slugs = await plant(database.url, size);

    await stop(product);
    const began = performance.now();
    product = startProduct(dataDir);
    await answers(productPort, '/ready');
    say(`Next start: ${((performance.now() - began) / 1000).toFixed(1)} s until it is ready (target under 5 s)`);
    if (process.platform === 'linux') say(`Server idle: ${residentMegabytes(product)} MB without the database (target under 250 MB)`);

    const { url } = await joinDatabase({ dataDir, log: () => {} });
    const lists = slugs.map((slug) => ({ path: '/api/v1/courses', headers: { host: `${slug}.localhost:${productPort}` } }));
    for (const prepared of [false, true]) {
      bare = startBare(url, prepared);
      await answers(barePort, '/api/v1/courses');
      await Promise.all([load(barePort, lists, 32, 2), load(productPort, lists, 32, 2)]);
      await compare(`(a) course list under row-level security, beside ${prepared ? 'named prepared statements' : 'pg as its manual shows it'}`, lists, 0.8);
      await stop(bare);
      bare = null;
    }

    const host = `academy.localhost:${productPort}`;
    const cookie = await signIn(host, 'learner@academy.example');
    const page = [{ path: '/courses/instalacion-segura-de-sistemas-fotovoltaicos-pequenos', headers: { host, cookie } }];
    await load(productPort, page, 32, 3);
    const pages = await load(productPort, page, 32, 10);
    if (pages.failed > 0) throw new Error(`(b): ${pages.failed} requests failed.`);
    say(`(b) signed-in course page, 32 connections: ${Math.round(pages.perSecond)}/s (target 300), p50 ${pages.p50} ms, p97.5 ${pages.p97} ms (target p95 under 200), ${Math.round(pages.bytes / 1024)} KB a page`);
    if (process.platform === 'linux') say(`Server after load: ${residentMegabytes(product)} MB`);
  } finally {
    if (bare) await stop(bare);
    await stop(product);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await main();
