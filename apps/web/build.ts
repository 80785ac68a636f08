/** Builds the web app once, and again when something that it is made of has changed. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { buildDirectory, buildDirectoryVariable } from './assets.ts';

const webDirectory = import.meta.dirname;
const repository = join(webDirectory, '../..');
const stamp = join(buildDirectory, 'sources.sha256');

/** Everything that the build reads: the app, the design system, the contracts that screens import, and every dependency. */
const sources = [
  'apps/web/*.{ts,json}', 'apps/web/{app,i18n}/**/*.*', 'packages/ui/**/*.*', 'packages/kernel/contract.ts', 'modules/**/*contract.ts', 'package-lock.json',
];
const skipped = /\.(test\.tsx?|md)$/;

/**
 * Builds into `build/`, beside what stands there, and puts the whole in place at the end: a build that fails or runs
 * twice at once harms nothing. `log` gets one line per stage. Rejects with the builder's output when it fails.
 */
export async function buildWeb(log: (line: string) => void): Promise<void> {
  const hash = hashSources();
  mkdirSync(buildDirectory, { recursive: true });
  const next = mkdtempSync(join(buildDirectory, '.next-'));
  try {
    log('Building the web app');
    await runBuilder(next);
    log('Compressing its files');
    await compressAssets(join(next, 'client/assets'));
    replace(next);
    writeFileSync(stamp, hash);
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

/** Moves the new build's parts into place; the old ones are out of the way for as short as can be. */
function replace(next: string): void {
  rmSync(stamp, { force: true });
  replaceClient(buildDirectory, next);
  exchange(join(buildDirectory, 'server'), join(next, 'server'), join(next, 'old-server'));
}

/**
 * Puts the new client in place and keeps the one before: servers that run on, and pages that are open, go on asking for its
 * files. Built again from the same sources, it is the same client, and what was kept stays.
 */
export function replaceClient(directory: string, next: string): void {
  const [client, previous] = [join(directory, 'client'), join(directory, 'previous')];
  const same = existsSync(client) && assetNames(client) === assetNames(join(next, 'client'));
  if (!same && existsSync(previous)) renameSync(previous, join(next, 'old-previous'));
  exchange(client, join(next, 'client'), same ? join(next, 'old-client') : previous);
}

const assetNames = (client: string) => readdirSync(join(client, 'assets')).sort().join('\n');

function exchange(current: string, next: string, old: string): void {
  if (existsSync(current)) renameSync(current, old);
  renameSync(next, current);
}

/** Whether `build/` was made from the sources as they are now. */
export function webBuildIsFresh(): boolean {
  try {
    return readFileSync(stamp, 'utf8') === hashSources();
  } catch {
    return false;
  }
}

function hashSources(): string {
  const hash = createHash('sha256');
  const files = globSync(sources, { cwd: repository, exclude: ['**/node_modules', '**/gallery'] }).filter((file) => !skipped.test(file)).sort();
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(repository, file))).update('\0');
  return hash.digest('hex');
}

/** Runs React Router's build in a process of its own, so that its memory is given back when it ends. */
function runBuilder(directory: string): Promise<void> {
  const program = join(dirname(createRequire(import.meta.url).resolve('@react-router/dev/package.json')), 'bin.cjs');
  const env = { ...process.env, NODE_ENV: 'production', [buildDirectoryVariable]: directory };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, 'build'], { cwd: webDirectory, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The web app could not be built:\n${Buffer.concat(output)}`))));
  });
}

const brotli = promisify(brotliCompress);

async function compressAssets(directory: string): Promise<void> {
  const files = globSync('*.{js,css,svg,json}', { cwd: directory });
  await Promise.all(files.map(async (file) => {
    const path = join(directory, file);
    const content = readFileSync(path);
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(`${path}.br`, await brotli(content, { params }));
  }));
}
