import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseError } from './error.ts';

/** The unprivileged system user that PostgreSQL runs as when the server itself runs as root. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

const userName = 'milpa';
// The root group lets the user pass through root's own folders once these admit their group: nobody else gains anything.
const rootGroup = 0;

/**
 * The user that PostgreSQL must run as: null for an ordinary user (run as oneself), `milpa` for root, created when absent.
 * @throws DatabaseError `database.noUser` when root may not create it
 */
export function databaseUser(log: (message: string) => void): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const existing = findUser(userName);
  if (existing) return existing;
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', userName], {
      stdio: 'pipe',
      env: childEnvironment(),
    });
    log(`Created the system user "${userName}", because PostgreSQL refuses to run as root`);
  } catch (cause) {
    // Another server may have created it in the same moment; then it is there now.
    const created = findUser(userName);
    if (created) return created;
    throw new DatabaseError(
      'database.noUser',
      `PostgreSQL refuses to run as root, and the system user "${userName}" could not be created. ` +
        `Create it ("useradd --system ${userName}"), start as an ordinary user, or set DATABASE_URL.`,
      { cause },
    );
  }
  return findUser(userName);
}

function findUser(name: string): SystemUser | null {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [login, , uid] = line.split(':');
    if (login === name) return { name, uid: Number(uid), gid: rootGroup };
  }
  return null;
}

/** Spawn options that run a program as this user. */
export function asUser(user: SystemUser | null): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

/** The environment of PostgreSQL's programs: none of the caller's PG* variables, messages in English. */
export function childEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * Lets the user pass through every folder above `target` (execute, not read), so that PostgreSQL reaches it.
 * @throws DatabaseError `database.noPassage` where a folder's rights cannot be changed
 */
export function grantPassage(target: string, user: SystemUser, log: (message: string) => void): void {
  const opened: string[] = [];
  for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
    const stats = statSync(folder);
    const missing = missingRights(stats, user, 0o1);
    if (missing !== 0) {
      const mode = (stats.mode & 0o7777) | missing;
      try {
        chmodSync(folder, mode);
      } catch (cause) {
        throw new DatabaseError(
          'database.noPassage',
          `PostgreSQL runs as the system user "${user.name}", which may not pass through ${folder}, and its rights cannot be changed. ` +
            `Run "chmod ${mode.toString(8)} ${folder}", or choose another place with MILPA_DATA, or set DATABASE_URL.`,
          { cause },
        );
      }
      opened.push(folder);
    }
    if (folder === path.dirname(folder)) break;
  }
  if (opened.length > 0) log(`Let the system user "${user.name}" pass through ${opened.toReversed().join(', ')} (it cannot list them)`);
}

/** Makes a folder of programs readable for the user where a strict umask at installation kept it private. */
export function grantReading(folder: string, user: SystemUser): void {
  const stats = lstatSync(folder);
  if (stats.isSymbolicLink()) return;
  const isRunnable = stats.isDirectory() || (stats.mode & 0o100) !== 0;
  const missing = missingRights(stats, user, isRunnable ? 0o5 : 0o4);
  if (missing !== 0) chmodSync(folder, (stats.mode & 0o7777) | missing);
  if (stats.isDirectory()) for (const name of readdirSync(folder)) grantReading(path.join(folder, name), user);
}

/** The mode bits to add so that the user has `rights` (4 read, 1 execute); 0 when there are none to add. */
function missingRights(stats: { uid: number; gid: number; mode: number }, user: SystemUser, rights: number): number {
  const shift = stats.uid === user.uid ? 6 : stats.gid === user.gid ? 3 : 0;
  return (rights << shift) & ~stats.mode;
}

/** Gives a folder and all in it to the user, as after a move from another machine where the user had another number. */
export function giveTo(user: SystemUser, folder: string): void {
  if (lstatSync(folder).uid === user.uid) return;
  const give = (entry: string): void => {
    const stats = lstatSync(entry);
    if (stats.isDirectory()) for (const name of readdirSync(entry)) give(path.join(entry, name));
    // The folder itself comes last, so that an interrupted change is taken up again.
    if (stats.isSymbolicLink()) return;
    chownSync(entry, user.uid, user.gid);
  };
  give(folder);
}
