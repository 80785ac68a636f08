import { once } from 'node:events';
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { judgeDisk } from '@milpa/kernel';
import { type Machine } from '@milpa/tenancy';
import { type Config, secretFile } from '../config.ts';
import { about, type Finding, findingOf } from './finding.ts';

const minimumNode = 24;

/** @param version as `process.versions.node` has it */
export function checkNode(version: string): Finding {
  const { ok, failed } = about('Node');
  if (Number.parseInt(version, 10) >= minimumNode) return ok(version);
  return failed(`${version} is too old`, `Run the commands with "npm run", which finds the Node ${minimumNode} that "npm ci" installs.`);
}

export function checkDataFolder(dataDir: string): Finding {
  const { ok, failed } = about('Data folder');
  const folder = nearestExisting(dataDir);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    return failed(
      `${folder} cannot be written to`,
      `Give it to the user that runs the server ("chown"), or choose another place with MILPA_DATA.`,
    );
  }
  return ok(existsSync(dataDir) ? dataDir : `${dataDir}, which the first start creates`);
}

/** @param freeBytes what the file system still takes */
export function checkSpace(freeBytes: number): Finding {
  return findingOf(judgeDisk(freeBytes));
}

export function freeBytes(dataDir: string): number {
  const { bavail, bsize } = statfsSync(nearestExisting(dataDir));
  return bavail * bsize;
}

/** What this process and its machine tell of themselves. */
export const machineFacts = (dataDir: string, version: string): Machine => ({
  version, node: process.versions.node, uptimeSeconds: Math.round(process.uptime()), freeBytes: freeBytes(dataDir),
  usedMemoryBytes: process.memoryUsage.rss(), availableMemoryBytes: process.availableMemory(), totalMemoryBytes: Math.min(process.constrainedMemory() || os.totalmem(), os.totalmem()),
});

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(path.dirname(folder));
}

export function checkSecret(config: Config): Finding {
  const { ok, failed, skipped } = about('Secret');
  if (config.secret !== null) return ok('set by SECRET');
  const file = secretFile(config);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return skipped('there is none yet; the first start makes one', 'Start the server once, or set SECRET.');
  if ((stats.mode & 0o077) !== 0) return failed(`${file} can be read by others`, `Run "chmod 600 ${file}".`);
  return ok(file);
}

export function checkWebBuild(isFresh: boolean): Finding {
  const { ok, skipped } = about('Web application');
  return isFresh ? ok('built') : skipped('not built from its sources as they are now; the next start does it', 'Run "npm start".');
}

/** A clock that is behind the installed files' dates was never set. Whether it is exact is asked of the database's machine. */
export function checkClock(now: Date, installedAt = statSync(import.meta.filename).mtime): Finding {
  const { ok, failed } = about('Clock');
  const day = 86_400_000;
  if (now.getTime() + day >= installedAt.getTime()) return ok(now.toISOString());
  return failed(
    `${now.toISOString()} is before this program was installed`,
    'Set the clock ("timedatectl set-ntp true"): sign-ins and certificates depend on it.',
  );
}

/** Free, or taken by a server of ours that answers. */
export async function checkPort(port: number, host: string): Promise<Finding> {
  const { ok, failed } = about('Port');
  const obstacle = await listenBriefly(port, host);
  if (obstacle === null) return ok(`${port} is free`);
  if (obstacle === 'EACCES') return failed(`${port} may not be used by this user`, 'Set PORT to 1024 or more.');
  if (obstacle !== 'EADDRINUSE')
    return failed(`${host} cannot be listened on (${obstacle})`, 'Set HOST to an address of this machine, such as 127.0.0.1.');
  if (await answersHealth(port)) return ok(`the server is running on ${port}`);
  return failed(`${port} is taken by another program`, 'Stop that program, or set PORT.');
}

async function listenBriefly(port: number, host: string): Promise<string | null> {
  const server = net.createServer().listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
  server.close();
  await once(server, 'close');
  return null;
}

async function answersHealth(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://localhost:${port}/health`, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    return false;
  }
}
