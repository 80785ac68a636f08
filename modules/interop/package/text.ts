import { PackageError } from './types.ts';

export interface DecodedText {
  text: string;
  /** The bytes did not fit the encoding that they declare: unreadable ones became U+FFFD. */
  damaged: boolean;
}

const SNIFF_BYTES = 1024;
const MAX_TITLE_LENGTH = 200;
const MAX_SUMMARY_LENGTH = 280;

/**
 * Decodes a text file: byte order mark first, then the encoding that XML or HTML declares, then UTF-8,
 * and windows-1252 when it cannot be UTF-8.
 */
export function decodeText(bytes: Buffer): DecodedText {
  const declared = byteOrderMark(bytes) ?? utf16WithoutMark(bytes) ?? declaredEncoding(bytes);
  if (declared === null) {
    const utf8 = tryDecode(bytes, 'utf-8');
    return utf8 === null ? { text: new TextDecoder('windows-1252').decode(bytes), damaged: false } : { text: utf8, damaged: false };
  }
  const strict = tryDecode(bytes, declared);
  if (strict !== null) return { text: strict, damaged: false };
  return { text: tryDecode(bytes, 'utf-8') ?? new TextDecoder('utf-8').decode(bytes), damaged: true };
}

/** As `decodeText`, for what must be whole to be trusted (a manifest). Throws `bad_encoding`. */
export function decodeStrictly(bytes: Buffer, path: string): string {
  const { text, damaged } = decodeText(bytes);
  if (damaged) throw new PackageError('bad_encoding', { path });
  return text;
}

/** One line of plain text, fit for a title. */
export function cleanTitle(text: string): string {
  const line = text.replace(/[\p{Cc}\u200b\ufeff\s]+/gu, ' ').trim();
  return line.length <= MAX_TITLE_LENGTH ? line : `${cutAtWord(line, MAX_TITLE_LENGTH - 1)}…`;
}

/** The first words of a longer plain text. */
export function summarize(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_SUMMARY_LENGTH ? line : `${cutAtWord(line, MAX_SUMMARY_LENGTH - 1)}…`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Plain text with its paragraphs as HTML. */
export function paragraphs(text: string): string {
  return text.split(/\r?\n\s*\r?\n|\r?\n/).filter((line) => line.trim() !== '').map((line) => `<p>${escapeHtml(line.trim())}</p>`).join('\n');
}

/** The text of sanitised HTML. */
export function htmlToText(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return html.replace(/<[^>]*>/g, ' ').replace(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name] ?? '').replace(/\s+/g, ' ').trim();
}

/** A BCP 47 tag in its canonical form, else null. */
export function languageTag(value: string | null | undefined): string | null {
  try {
    return Intl.getCanonicalLocales((value ?? '').trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

function cutAtWord(line: string, length: number): string {
  const cut = line.slice(0, length);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2)).replace(/[\ud800-\udbff]$/, '').trimEnd();
}

function byteOrderMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** XML and HTML begin with `<`, so its width and order show even where the mark is missing. */
function utf16WithoutMark(bytes: Buffer): string | null {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  return null;
}

function declaredEncoding(bytes: Buffer): string | null {
  const head = bytes.subarray(0, SNIFF_BYTES).toString('latin1');
  const label = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ?? /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
  if (label === undefined) return null;
  // A declaration that we could read byte by byte cannot be UTF-16: the HTML standard reads it as UTF-8.
  return /^utf-?16/i.test(label) ? 'utf-8' : label;
}

function tryDecode(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
