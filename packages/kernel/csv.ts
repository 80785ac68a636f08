/** Tables that leave as a file for a spreadsheet, and those that come as spreadsheets save them: whichever separator and encoding. */
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { FileContent } from './contract.ts';

/** How formulas begin, in East Asian spreadsheets with wide signs too, and what spreadsheets pass over on the way to them. */
const formula = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

/** A text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text again. */
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);
const unharmed = (text: string): string => (text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text);

/** A text as a file to take away. */
export function textFile(name: string, mediaType: string, text: string): FileContent {
  const bytes = Buffer.from(text);
  return new FileContent({
    name, mediaType: `${mediaType}; charset=utf-8`, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'),
    open: async (range) => (async function* () { yield range ? bytes.subarray(range.start, range.end + 1) : bytes; })(),
  });
}

/** RFC 4180, with the mark by which spreadsheets know UTF-8. */
export function csvFile(name: string, rows: readonly (readonly (string | number | null)[])[]): FileContent {
  const cell = (value: string | number | null) => (typeof value === 'string' ? `"${harmless(value).replaceAll('"', '""')}"` : value ?? '');
  return textFile(name, 'text/csv', `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`);
}

/** Bytes to text: UTF-8 and UTF-16 by their marks, UTF-8 where the bytes are that, else what Windows saves; Arabic letters tell its two code pages apart. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const arabic = new TextDecoder('windows-1256').decode(bytes);
    return isArabic(arabic) ? arabic : new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Read as 1256, accented Latin letters become single Arabic ones amid Latin; real Arabic comes in words. */
const isArabic = (text: string): boolean => (text.match(/[\u0621-\u064a]{2,}/g) ?? []).length > 0 && !/[a-z][\u0621-\u064a]|[\u0621-\u064a][a-z]/i.test(text);

const separators = [',', ';', '\t'] as const;

/** The separator of which the first lines have most, outside of quotes. */
function separatorOf(text: string): (typeof separators)[number] {
  const head = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, '').split(/\r?\n/).slice(0, 20);
  const count = (separator: string) => head.reduce((sum, line) => sum + line.split(separator).length - 1, 0);
  return separators.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** A row with its line in the file, from 1. */
export interface CsvRow { line: number; cells: string[] }

/** Up to `most` rows with something in them, what `harmless` did to them undone; null for what is no table. */
export function readCsv(text: string, most: number): CsvRow[] | null {
  try {
    const rows = parse(text, { bom: true, delimiter: separatorOf(text), info: true, relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: 20_000, to: most }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.filter(({ record }) => record.some((cell) => cell !== '')).map(({ record, info }) => ({ line: info.lines, cells: record.map(unharmed) }));
  } catch {
    return null;
  }
}
