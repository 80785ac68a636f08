/** What is measured. Each part stands alone. */
import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, constants } from 'node:zlib';
import { roleUrl } from '../packages/kernel/index.ts';
import { rolePasswords } from '../apps/server/secrets.ts';
import pg from 'pg';
import type { Learner, Planted } from './plant.ts';
import { ask, barePort, compare, load, productPort, residentMegabytes, startBare, stop, type Ask, type Load } from './server.ts';

export interface Finding { name: string; value: string; target: string; /** Null: nothing is aimed at. */ met: boolean | null; note: string }
export interface Bench {
  dataDir: string;
  /** Another after each restart. */
  databaseUrl(): Promise<string>;
  planted: Planted;
  readonly product: ChildProcess;
  restart(environment?: Record<string, string>): Promise<void>;
  say(text: string): void;
}

const atLeast = (name: string, value: number, target: number, note: string, unit = ''): Finding => ({ name, value: `${Math.round(value * 100) / 100}${unit}`, target: `≥ ${target}${unit}`, met: value >= target, note });
const atMost = (name: string, value: number, target: number, note: string, unit = ''): Finding => ({ name, value: `${Math.round(value * 10) / 10}${unit}`, target: `≤ ${target}${unit}`, met: value <= target, note });
const of = (host: string, path: string, cookie?: string): Ask => ({ path, headers: { host, ...(cookie ? { cookie } : {}) } });
const told = ({ perSecond, p50, p95, max, statuses }: Load) => `${Math.round(perSecond)}/s, p50 ${p50}, p95 ${p95}, max ${max} ms, ${JSON.stringify(statuses)}`;
const lists = ({ hosts }: Planted) => hosts.slice(0, 200).map((host) => of(host, '/api/v1/courses'));

/** After so long nothing of the start is under way. */
const restMs = 15_000;

/** The next start, and what it holds at rest. */
export async function start(bench: Bench): Promise<Finding[]> {
  const began = performance.now();
  await bench.restart();
  const seconds = (performance.now() - began) / 1000;
  await new Promise((resolve) => { setTimeout(resolve, restMs); });
  return [
    atMost('Next start until it is ready', seconds, 5, 'with everything planted, the stop before it included', ' s'),
    ...(process.platform === 'linux' ? [atMost('Server at rest', residentMegabytes(bench.product), 250, 'without the database', ' MB')] : []),
  ];
}

async function besideBare(bench: Bench, prepared: boolean, name: string, bare: (asks: Ask[]) => Ask[], target: number): Promise<Finding> {
  const child = await startBare(await bench.databaseUrl(), prepared);
  try {
    const asks = lists(bench.planted);
    if (bare(asks)[0]!.path === '/constant') {
      const body = (await get(productPort, asks[0]!)).toString();
      await ask(barePort, { method: 'PUT', path: '/constant', headers: { 'content-type': 'application/json' }, body });
    }
    const { ratio, note } = await compare(asks, bare(asks));
    return atLeast(name, ratio, target, note);
  } finally {
    await stop(child);
  }
}

/** The course list under row-level security, past any cache, beside the same rows without isolation. */
export async function list(bench: Bench): Promise<Finding[]> {
  await bench.restart({ ANSWER_CACHE_MB: '0' });
  const findings = [
    await besideBare(bench, false, 'Course list, no cache, beside pg as its manual shows it', (asks) => asks, 0.8),
    await besideBare(bench, true, 'Course list, no cache, beside named prepared statements', (asks) => asks, 0.8),
  ];
  await bench.restart();
  return findings;
}

/** The course list as it is served, beside a handler that knows its answer. */
export const cached = async (bench: Bench): Promise<Finding[]> =>
  [await besideBare(bench, false, 'Course list beside a constant answer', (asks) => asks.map((each) => ({ ...each, path: '/constant' })), 0.5)];

/** What the product asks the database about a word in one request, by PostgreSQL's own log, in which background work stands too. */
async function statementsAbout(bench: Bench, word: string, request: Ask): Promise<{ text: string; values: (string | null)[] }[]> {
  const log = join(bench.dataDir, 'postgres/postgres.log');
  const owner = new pg.Client({ connectionString: await bench.databaseUrl() });
  await owner.connect();
  const set = async (ms: number) => {
    await owner.query(`alter system set log_min_duration_statement = ${ms}`);
    await owner.query('select pg_reload_conf()');
    await new Promise((resolve) => { setTimeout(resolve, 300); });
  };
  await ask(productPort, request);
  const before = readFileSync(log).length;
  await set(0);
  await ask(productPort, request);
  await set(-1);
  await owner.end();
  const lines = readFileSync(log).subarray(before).toString();
  return [...lines.matchAll(/execute s\d+[^:]*: ((?:.|\n\t)*)\n(?:.*DETAIL: {2}Parameters: (.*))?/g)].map(([, text = '', parameters = '']) => ({
    text, values: [...parameters.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g)].map(([, value]) => value?.replaceAll("''", "'") ?? null),
  })).filter(({ values }) => values.some((value) => value?.includes(word)));
}

/** Search with facets where there are most courses. */
export async function search(bench: Bench): Promise<Finding[]> {
  const { big } = bench.planted;
  const words = ['water', 'solar power', 'maize', 'first aid', 'reading', 'irigation', 'compost sch', 'welding practice'];
  await bench.restart({ ANSWER_CACHE_MB: '0' });
  const paths = words.flatMap((q) => ['courses', 'course-facets'].map((part) => of(big, `/api/v1/${part}?q=${encodeURIComponent(q)}&level=beginner`)));
  await load(productPort, paths, { connections: 4, seconds: 2 });
  const alone = await load(productPort, paths, { connections: 4, seconds: 5 });
  const statements = await statementsAbout(bench, words[0]!, paths[0]!);
  const file = join(bench.dataDir, 'bench-statements.json');
  writeFileSync(file, JSON.stringify(statements));
  const secret = process.env['SECRET'] ?? readFileSync(join(bench.dataDir, 'secret'), 'utf8').trim();
  process.env['BARE_STATEMENTS'] = file;
  const databaseUrl = await bench.databaseUrl();
  process.env['BARE_NAMES_URL'] = databaseUrl;
  const child = await startBare(roleUrl(databaseUrl, 'app', rolePasswords(secret).app), true);
  try {
    const { ratio, note } = await compare([paths[0]!], [of(big, '/statements')]);
    return [
      atMost('Search with facets among most courses, p95', alone.p95, 50, told(alone), ' ms'),
      atLeast('The same beside its SQL by hand', ratio, 0.5, `${statements.length} statements; ${note}`),
    ];
  } finally {
    await stop(child);
    delete process.env['BARE_STATEMENTS'];
    delete process.env['BARE_NAMES_URL'];
    await bench.restart();
  }
}

const pagesOf = ({ host, cookie, slug, lessonId }: Learner): Record<string, Ask> => ({
  catalogue: of(host, '/courses', cookie), course: of(host, `/courses/${slug}`, cookie), player: of(host, `/learn/${slug}/${lessonId}`, cookie), dashboard: of(host, '/learning', cookie),
});

/** Pages for people who are signed in. */
export async function pages(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  const learners = bench.planted.learners.slice(0, 100);
  const measure = async (page: string): Promise<Load> => {
    const asks = learners.map((learner) => pagesOf(learner)[page]!);
    await load(productPort, asks, { connections: 32, seconds: 3 });
    const found = await load(productPort, asks, { connections: 32, seconds: 10 });
    if (found.failed + found.refused > 0) throw new Error(`${page}: ${JSON.stringify(found.statuses)}`);
    return found;
  };
  const aimed = (found: Load, by: string) => [
    atLeast(`Signed-in course page, 32 connections${by}`, found.perSecond, 400, told(found), '/s'), atMost('The same, p95', found.p95, 200, '', ' ms'),
  ];
  findings.push(...aimed(await measure('course'), ''));
  for (const page of ['catalogue', 'player', 'dashboard']) {
    const found = await measure(page);
    findings.push({ name: `Signed-in ${page} page, 32 connections`, value: `${Math.round(found.perSecond)}/s`, target: '', met: null, note: told(found) });
  }
  if (process.platform === 'linux') findings.push({ name: 'Server after load', value: `${residentMegabytes(bench.product)} MB`, target: '', met: null, note: 'without the database' });
  if (availableParallelism() > 1) {
    await bench.restart({ WORKERS: String(availableParallelism()) });
    findings.push(...aimed(await measure('course'), `, WORKERS=${availableParallelism()}`));
    await bench.restart();
  }
  return findings;
}

const get = (port: number, { path, headers = {} }: Ask): Promise<Buffer> => new Promise((resolve, reject) => {
  request({ port, path, headers, host: '127.0.0.1' }, (response) => { resolve(buffer(response)); }).on('error', reject).end();
});

/** What a page weighs on its way, as Brotli compresses it. */
export async function html(bench: Bench): Promise<Finding[]> {
  const [learner] = bench.planted.learners;
  const weights: [string, number, number][] = [];
  for (const [name, page] of Object.entries(pagesOf(learner!))) {
    const body = await get(productPort, page);
    weights.push([name, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length / 1024, body.length / 1024]);
  }
  const heaviest = Math.max(...weights.map(([, weight]) => weight));
  return [atMost('Heaviest page, compressed', heaviest, 60, weights.map(([name, weight, plain]) => `${name} ${weight.toFixed(1)} of ${plain.toFixed(0)} KB`).join(', '), ' KB')];
}

/**
 * What people's browsers ask for in an hour. A page comes whole once; from then on its router asks for data, and its scripts are kept.
 * Clients of the API and devices that synchronise ask for the rest, and some of it writes.
 */
async function traffic({ learners, hosts, admin }: Planted): Promise<Ask[]> {
  const shares: Record<string, Ask[]> = { pages: [], data: [], assets: [], reads: [], writes: [], admin: [] };
  const visitors = hosts.slice(0, 300);
  const asset = /\/assets\/[\w.-]+\.js/.exec((await get(productPort, of(visitors[0]!, '/courses'))).toString())?.[0] ?? '/';
  for (const host of visitors) {
    shares['pages']!.push(of(host, '/courses'));
    shares['data']!.push(of(host, '/courses.data'), of(host, '/courses.data?q=water'));
    shares['assets']!.push(of(host, asset));
    shares['reads']!.push(of(host, '/api/v1/courses'), of(host, '/api/v1/courses?q=water'));
  }
  for (const { host, cookie, slug, courseId, lessonId, enrollmentId } of learners) {
    const write = (method: string, path: string): Ask => ({ method, path, headers: { host, cookie, 'sec-fetch-site': 'same-origin' } });
    shares['pages']!.push(of(host, `/courses/${slug}`, cookie), of(host, `/learn/${slug}/${lessonId}`, cookie), of(host, '/learning', cookie));
    shares['data']!.push(of(host, `/courses/${slug}.data`, cookie), of(host, `/learn/${slug}/${lessonId}.data`, cookie), of(host, '/learning.data', cookie));
    shares['reads']!.push(of(host, '/api/v1/enrollments', cookie), of(host, `/api/v1/courses/${courseId}/player`, cookie), of(host, `/api/v1/courses/${courseId}/lessons/${lessonId}`, cookie));
    shares['writes']!.push(write('PUT', `/api/v1/enrollments/${enrollmentId}/lessons/${lessonId}/completion`), write('POST', `/api/v1/courses/${courseId}/enrollments`));
  }
  shares['admin']!.push(of(admin.host, '/admin/members', admin.cookie), of(admin.host, '/api/v1/members', admin.cookie));
  const percent: Record<string, number> = { pages: 10, data: 25, assets: 20, reads: 39, writes: 5, admin: 1 };
  return Object.entries(shares).flatMap(([name, asks]) => asks.map((each) => ({ ...each, weight: percent[name]! / asks.length })));
}

const holds = ({ p95, failed, refused }: Load) => p95 <= 200 && failed + refused === 0;

/** Everything at once: how much in every second holds, then a thousand for a minute. By one process, and by as many as there are cores. */
export async function mixed(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const workers of new Set([1, availableParallelism()])) {
    await bench.restart({ WORKERS: String(workers) });
    const asks = await traffic(bench.planted);
    await load(productPort, asks, { rate: 200, seconds: 10 });
    let most: { rate: number; found: Load } | null = null;
    for (const rate of [200, 300, 400, 500, 600, 700, 800, 900]) {
      const found = await load(productPort, asks, { rate, seconds: 10 });
      if (!holds(found)) break;
      most = { rate, found };
    }
    const found = await load(productPort, asks, { rate: 1000, seconds: 60 });
    const by = `WORKERS=${workers}`;
    findings.push(
      { name: `Mixed traffic that holds, ${by}`, value: `${most?.rate ?? 'under 200'}/s`, target: '', met: null, note: `p95 within 200 ms, none refused${most ? `; ${told(most.found)}` : ''}` },
      atMost(`Mixed traffic at 1,000/s, p95, ${by}`, found.p95, 200, told(found), ' ms'),
      atMost('The same: requests not answered', found.failed + found.refused, 0, ''),
    );
  }
  await bench.restart();
  return findings;
}

/** Far more than can be served, and then what can: who is refused hears at once when to come again, and nothing stays behind. */
export async function overload(bench: Bench): Promise<Finding[]> {
  const asks = (await traffic(bench.planted)).filter(({ path }) => !path.startsWith('/api/') && !path.startsWith('/assets/'));
  const within = await load(productPort, asks, { rate: 100, seconds: 5 });
  const flood = load(productPort, asks, { rate: 3000, seconds: 15 });
  await new Promise((resolve) => { setTimeout(resolve, 7000); });
  const health = await ask(productPort, { path: '/health' });
  const strangers = await Promise.all(Array.from({ length: 100 }, () => ask(productPort, asks[0]!)));
  const beyond = await flood;
  const after = await load(productPort, asks, { rate: 100, seconds: 5 });
  return [
    { name: 'Beyond the limit', value: `${beyond.refused} refused`, target: 'told at once', met: beyond.refused > 0 && beyond.failed === 0, note: told(beyond) },
    atMost('Refusals without Retry-After', beyond.statuses['503 for ever'] ?? 0, 0, ''),
    atMost('Health meanwhile', health.ms, 1000, String(health.status), ' ms'),
    atMost('Who comes anew meanwhile is answered', Math.max(...strangers.map(({ ms }) => ms)), 2000, `the last of ${strangers.length}; ${strangers.filter(({ status }) => status === 503).length} were refused`, ' ms'),
    atMost('Right after, p95', after.p95, Math.max(200, 2 * within.p95), `before ${within.p95} ms; ${told(after)}`, ' ms'),
  ];
}
