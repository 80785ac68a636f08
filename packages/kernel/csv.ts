/** Tables that leave as a file for a spreadsheet. */
import { createHash } from 'node:crypto';
import { FileContent } from './contract.ts';

/** A text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text again. */
export const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

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
