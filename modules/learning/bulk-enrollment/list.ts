/** Reads a list of people as spreadsheets save it: whichever separator, encoding and order of columns. */
import { parse } from 'csv-parse/sync';
import { fold } from '@milpa/kernel';

export interface ListLine { line: number; name: string; email: string }
export type ListFault = 'list_unreadable' | 'list_empty' | 'list_too_long' | 'list_without_addresses';
export const maxLines = 5000;

/** Bytes to text: UTF-8 and UTF-16 by their marks, UTF-8 where the bytes are that, else what Windows saves; Arabic letters tell its two code pages apart. */
export function decode(bytes: Uint8Array): string {
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
export function separatorOf(text: string): (typeof separators)[number] {
  const head = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, '').split(/\r?\n/).slice(0, 20);
  const count = (separator: string) => head.reduce((sum, line) => sum + line.split(separator).length - 1, 0);
  return separators.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

const emailHeaders = /^(e ?-? ?mail|mail|e-?mail address|email address|correo( electronico)?|direccion de correo|البريد( الالكتروني)?|بريد|ايميل)$/;
const nameHeaders = /^(name|full name|student|learner|nombre( completo)?|alumno|الاسم( الكامل)?|اسم الطالب|الطالب)$/;
const surnameHeaders = /^(last name|surname|family name|apellidos?|اسم العايله|اللقب)$/;
const firstNameHeaders = /^(first name|given name|nombres?|الاسم الاول)$/;

/** @returns the lines with something in them, or why there are none. The order is kept; addresses are lower case. */
export function readList(text: string): { lines: ListLine[] } | { fault: ListFault } {
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(text, { bom: true, delimiter: separatorOf(text), info: true, relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: 20_000, to: maxLines + 2 }) as unknown as typeof rows;
  } catch {
    return { fault: 'list_unreadable' };
  }
  const filled = rows.filter(({ record }) => record.some((cell) => cell !== ''));
  const first = filled[0];
  if (!first) return { fault: 'list_empty' };
  const { columns, hasHeader } = columnsOf(first.record, filled.slice(0, 50).map(({ record }) => record));
  if (columns.email === -1) return { fault: 'list_without_addresses' };
  const people = hasHeader ? filled.slice(1) : filled;
  if (people.length === 0) return { fault: 'list_empty' };
  if (people.length > maxLines) return { fault: 'list_too_long' };
  return {
    lines: people.map(({ record, info }) => ({
      line: info.lines, email: (record[columns.email] ?? '').toLowerCase().slice(0, 254),
      name: columns.name.map((column) => record[column] ?? '').filter(Boolean).join(' ').slice(0, 200),
    })),
  };
}

/** Columns by the words of a header; without one, the column that has most addresses, and the first of the others for the name. */
function columnsOf(first: readonly string[], rows: readonly (readonly string[])[]): { columns: { email: number; name: number[] }; hasHeader: boolean } {
  const head = first.map((cell) => fold(cell).replace(/[_.:]+/g, ' ').trim());
  const find = (pattern: RegExp) => head.findIndex((cell) => pattern.test(cell));
  const hasHeader = !first.some((cell) => isAddress(cell)) && (find(emailHeaders) !== -1 || find(nameHeaders) !== -1 || rows.length > 1);
  const width = Math.max(...rows.map((row) => row.length));
  const addresses = Array.from({ length: width }, (_, column) => rows.filter((row) => isAddress(row[column] ?? '')).length);
  const most = Math.max(...addresses);
  const email = find(emailHeaders) !== -1 ? find(emailHeaders) : most > 0 ? addresses.indexOf(most) : -1;
  const firstOther = Array.from({ length: width }, (_, column) => column).filter((column) => column !== email).slice(0, 1);
  if (!hasHeader) return { columns: { email, name: firstOther }, hasHeader };
  const surname = find(surnameHeaders);
  const given = find(firstNameHeaders);
  const whole = find(nameHeaders);
  const name = surname !== -1 && (given !== -1 || whole !== -1) ? [given !== -1 ? given : whole, surname] : [whole !== -1 ? whole : given].filter((column) => column !== -1);
  return { columns: { email, name: name.length > 0 ? name : firstOther }, hasHeader };
}

/** What mail can be sent to, as far as its form tells. */
export const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s@<>()",;:\\]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i.test(text) && !/\.\.|^\.|\.@/.test(text);
