import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries } from './binaries.ts';
import { type Cluster } from './cluster.ts';
import { DatabaseError } from './error.ts';
import { asUser, childEnvironment, type SystemUser } from './user.ts';

/** A running PostgreSQL as its postmaster.pid tells. */
export interface Postmaster {
  pid: number;
  port: number;
  /** folder of its unix socket, empty when it has none */
  socketDir: string;
  status: string;
}

const pollMilliseconds = 20;
const maximumLogBytes = 10_000_000;
// Above the highest number that Linux gives (2^22).
const impossiblePid = 2_147_483_646;

function pidFile(cluster: Cluster): string {
  return path.join(cluster.data, 'postmaster.pid');
}

function readPidFile(cluster: Cluster): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!(pid > 0)) return null;
  return { pid, port: Number(lines[3] ?? 0), socketDir: lines[4] ?? '', status: (lines[7] ?? '').trim() };
}

/** The PostgreSQL that runs on this cluster now, whoever started it; null when none does. */
export function findPostmaster(cluster: Cluster): Postmaster | null {
  const found = readPidFile(cluster);
  return found && isPostmasterOf(cluster, found.pid) ? found : null;
}

/** True when this process is a PostgreSQL on this cluster. A recycled number and a zombie are not. */
function isPostmasterOf(cluster: Cluster, pid: number): boolean {
  return ` ${commandLine(pid)} `.includes(` -D ${cluster.data} `);
}

/** What a process was called with, words separated by spaces; empty when there is none of this number. */
function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}

/**
 * A crash leaves postmaster.pid behind, and its number may by now be another process's, which PostgreSQL takes for itself and
 * refuses to start. The file stays, since PostgreSQL finds in it the shared memory that orphans may still use; only its number goes.
 */
function disarmStalePidFile(cluster: Cluster): void {
  const found = readPidFile(cluster);
  if (!found || isPostmasterOf(cluster, found.pid)) return;
  const content = readFileSync(pidFile(cluster), 'utf8');
  writeFileSync(pidFile(cluster), content.replace(/^\d+/, String(impossiblePid)));
}

export interface LaunchOptions {
  binaries: Binaries;
  user: SystemUser | null;
  port: number;
  settings: Record<string, string>;
}

/** How a launch ended: ready, or the last lines of PostgreSQL's log. */
export type Launch = { ready: Postmaster } | { ready: null; reason: string };

/**
 * Starts PostgreSQL in a session of its own, so that Ctrl-C reaches only the server, and waits until it accepts connections,
 * which after a crash is when recovery is done.
 */
export async function launch(cluster: Cluster, options: LaunchOptions): Promise<Launch> {
  disarmStalePidFile(cluster);
  rotateLog(cluster);
  const logStart = sizeOf(cluster.logFile);
  const flags = Object.entries(options.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(cluster.logFile, 'a', 0o600);
  const child = spawn(options.binaries.postgres, ['-D', cluster.data, '-p', String(options.port), ...flags], {
    ...asUser(options.user),
    cwd: '/',
    env: childEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended: string | null = null;
  child.on('error', (error) => (ended = error.message));
  child.on('exit', (code, signal) => (ended ??= `PostgreSQL ended with ${signal ?? `code ${code}`}`));
  child.unref();
  for (;;) {
    if (ended !== null) return { ready: null, reason: `${ended}\n${readFileSync(cluster.logFile).subarray(logStart).toString().trim()}` };
    const found = readPidFile(cluster);
    if (found?.pid === child.pid && found?.status === 'ready') return { ready: found };
    await sleep(pollMilliseconds);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function rotateLog(cluster: Cluster): void {
  if (sizeOf(cluster.logFile) > maximumLogBytes) renameSync(cluster.logFile, `${cluster.logFile}.1`);
}

/**
 * Stops a PostgreSQL and returns when its process is gone. Fast shutdown first (sessions end, all is written);
 * immediate shutdown if that hangs (the next start recovers).
 * @throws DatabaseError `database.stopFailed`
 */
export async function stopPostmaster(cluster: Cluster, pid: number): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 60],
    ['SIGQUIT', 10],
    ['SIGKILL', 5],
  ] as const) {
    if (!isPostmasterOf(cluster, pid)) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw new DatabaseError('database.stopFailed', `PostgreSQL (process ${pid}) may not be stopped by this user.`, { cause: error });
    }
    if (await hasGone(cluster, pid, seconds * 1000)) return;
  }
  throw new DatabaseError('database.stopFailed', `PostgreSQL (process ${pid}) does not stop. Its log is ${cluster.logFile}.`);
}

async function hasGone(cluster: Cluster, pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (isPostmasterOf(cluster, pid)) {
    if (performance.now() > deadline) return false;
    await sleep(pollMilliseconds);
  }
  return true;
}
