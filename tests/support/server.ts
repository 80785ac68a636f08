/** The product as a user starts it: a process of its own, on a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClient, type Client } from '@milpa/testkit/client';
import { expect } from 'vitest';
import { freePort } from '../../apps/server/database/database.ts';

const cli = join(import.meta.dirname, '../../apps/server/cli.ts');
const folders: string[] = [];
const children: ChildProcess[] = [];

/** Ends what was started and removes its folders. */
export async function cleanUp(): Promise<void> {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) { child.kill('SIGTERM'); await once(child, 'exit'); }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Running { child: ChildProcess; output: () => string; port: number; dataDir: string; client(host: string): Client }

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'milpa-start-'));
  folders.push(folder);
  return folder;
}

export function launch(environment: Record<string, string>, ...options: string[]): { child: ChildProcess; output: () => string } {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [cli, 'start', ...options], { env: { PATH, HOME, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  return { child, output: () => output };
}

/** Resolves when the server says that it is open. */
export async function start(dataDir: string, environment: Record<string, string> = {}, ...options: string[]): Promise<Running> {
  const port = await freePort();
  const { child, output } = launch({ PORT: String(port), MILPA_DATA: dataDir, ...environment }, ...options);
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', () => { if (output().includes('Ctrl-C stops')) resolve(); });
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output()}`)));
  });
  return { child, output, port, dataDir, client: (host) => makeClient(port, `${host}:${port}`, { 'sec-fetch-site': 'same-origin' }) };
}

export async function end({ child }: Running, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  return (await ended)[0] as number | null;
}

/** Workers of a server: processes of Node that it has forked. */
export const childrenOf = (pid: number): number[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number).filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').endsWith('cli.ts\0work\0'));

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Processes of PostgreSQL that work on this folder. */
export const databaseProcesses = (dataDir: string): number[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes('postgres') && command.includes(dataDir);
  } catch {
    return false;
  }
});

/** Somebody of the demo. */
export async function signedIn(server: Running, tenant: string, email: string): Promise<Client> {
  const client = server.client(`${tenant}.localhost`);
  const answer = await client.post('sessions', { email, password: 'sol-y-milpa-2026' });
  expect(answer.status, answer.text).toBe(200);
  return client.with({ cookie: (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ') });
}
