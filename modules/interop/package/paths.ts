import { PackageError } from './types.ts';

const MAX_PATH_LENGTH = 1024;

/**
 * A package path as we use it: forward slashes, no `.` segments, NFC. Throws `unsafe_path` for whatever could
 * leave the package (absolute, drive letter, `..`) or trick a file system (control characters).
 */
export function normalizeEntryPath(raw: string): string {
  const slashed = raw.replaceAll('\\', '/').normalize('NFC');
  const segments = slashed.split('/').filter((segment) => segment !== '' && segment !== '.');
  const unsafe =
    slashed.startsWith('/') || /^[a-z]:/i.test(slashed) || /\p{Cc}/u.test(slashed) ||
    slashed.length > MAX_PATH_LENGTH || segments.includes('..');
  if (unsafe) throw new PackageError('unsafe_path', { path: printable(raw) });
  return segments.join('/');
}

/** Resolves `href` (already percent-decoded) against the folder of `from`; null when it climbs out of the package. */
export function resolvePath(from: string, href: string): string | null {
  const rooted = href.startsWith('/');
  const segments = rooted ? [] : from.split('/').slice(0, -1);
  for (const segment of href.replaceAll('\\', '/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.pop() === undefined) return null;
    } else segments.push(segment);
  }
  return segments.join('/').normalize('NFC');
}

/** Percent-decodes as far as it is valid: hand-written hrefs hold bare `%` signs. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function dirName(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** Lower case, without the dot; empty when there is none. */
export function extension(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** Left behind by file managers and version control: no content of the course. */
export function isLeftover(path: string): boolean {
  return /(^|\/)((__MACOSX|\.git)(\/|$)|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i.test(path);
}

/** For messages: control characters shown, length bounded. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`).slice(0, 200);
}
