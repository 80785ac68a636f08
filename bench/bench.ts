/**
 * `npm run bench`: what the product costs, in ratios measured side by side in one run, with the database, the servers and the load on
 * this machine's own cores. A time alone says more about the machine than about the product.
 * `npm run bench -- list search` measures some parts; `--data <folder>` keeps what was planted for the next run; `--times 100` plants less.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { joinDatabase } from '../apps/server/database/database.ts';
import { growth } from './growth.ts';
import { lighthouse } from './lighthouse.ts';
import { cached, html, list, mixed, overload, pages, search, start, type Bench, type Finding } from './parts.ts';
import { sizeOf, startPlanting } from './plant.ts';
import { productPort, startProduct, stop } from './server.ts';

const parts: Record<string, (bench: Bench) => Promise<Finding[]>> = { start, list, cached, search, pages, html, mixed, overload, lighthouse };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, times: { type: 'string', default: '1000' } } });
const chosen = positionals.length > 0 ? positionals : [...Object.keys(parts), 'growth'];
const unknown = chosen.filter((name) => name !== 'growth' && !(name in parts));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}; there are ${[...Object.keys(parts), 'growth'].join(', ')}.`);
const times = Number(values.times);
const say = (text: string) => { console.log(text); };

function table(findings: readonly Finding[]): string {
  const rows = findings.map(({ name, value, target, met, note }) => [met === null ? ' ' : met ? '✓' : '✗', name, value, target, note]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

const dataDir = values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), 'milpa-bench-'));
mkdirSync(dataDir, { recursive: true });
const findings: Finding[] = [];
say('Starting the product as a user would');
let product = await startProduct(dataDir);
try {
  const database = await joinDatabase({ dataDir, log: () => {} });
  const planter = await startPlanting(database.url, productPort, dataDir, say);
  if (chosen.includes('growth')) findings.push(...await growth(planter, times, say));
  say(`Planting ${JSON.stringify(sizeOf(times))}`);
  await planter.plant(sizeOf(times));
  const planted = await planter.planted();
  await planter.close();
  const bench: Bench = {
    dataDir, planted, say,
    databaseUrl: async () => (await joinDatabase({ dataDir, log: () => {} })).url,
    get product() { return product; },
    async restart(environment) {
      await stop(product);
      product = await startProduct(dataDir, environment);
    },
  };
  await bench.restart();
  for (const name of chosen) {
    if (!(name in parts)) continue;
    say(`Measuring ${name}`);
    try {
      findings.push(...await parts[name]!(bench));
    } catch (error) {
      findings.push({ name, value: 'failed', target: '', met: false, note: (error as Error).message.slice(0, 300) });
    }
  }
} finally {
  await stop(product);
  if (!values.data) rmSync(dataDir, { recursive: true, force: true });
}
const file = join(tmpdir(), 'milpa-bench.json');
writeFileSync(file, JSON.stringify(findings, null, 2));
say(`\n${table(findings)}\n\nAs JSON: ${file}`);
process.exitCode = findings.some(({ met }) => met === false) ? 1 : 0;
