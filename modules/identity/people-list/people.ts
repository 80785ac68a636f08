/** Reads a list of people out of a table, by the words of its header in three languages, or by what its columns look like. */
import { fold, readCsv } from '@milpa/kernel';

/** `role`, `until` and `language` only where a header names them; as they were written. */
export interface PersonLine { line: number; name: string; email: string; role: string; until: string; language: string }
export type ListFault = 'list_unreadable' | 'list_empty' | 'list_too_long' | 'list_without_addresses';

const headers = {
  email: /^(e ?-? ?mail|mail|e-?mail address|email address|correo( electronico)?|direccion de correo|البريد( الالكتروني)?|بريد|ايميل)$/,
  whole: /^(name|full name|student|learner|nombre( completo)?|alumno|الاسم( الكامل)?|اسم الطالب|الطالب)$/,
  surname: /^(last name|surname|family name|apellidos?|اسم العايله|اللقب)$/,
  given: /^(first name|given name|nombres?|الاسم الاول)$/,
  role: /^(roles?|rol|papel|funcion|الدور|دور|الصفه)$/,
  until: /^(until|ends?|end date|ends? on|role ends?( on)?|hasta|fin|fecha de fin|termina|vence|حتي|حتي تاريخ|تاريخ الانتهاء|ينتهي في)$/,
  language: /^(language|lang|locale|idioma|lengua|لغه|اللغه)$/,
} as const;

/** @returns the lines with something in them, or why there are none. The order is kept; addresses are lower case. */
export function readPeople(text: string, most: number): { lines: PersonLine[] } | { fault: ListFault } {
  const rows = readCsv(text, most + 2);
  const first = rows?.[0];
  if (!rows) return { fault: 'list_unreadable' };
  if (!first) return { fault: 'list_empty' };
  const { columns, hasHeader } = columnsOf(first.cells, rows.slice(0, 50).map(({ cells }) => cells));
  if (columns.email === -1) return { fault: 'list_without_addresses' };
  const people = hasHeader ? rows.slice(1) : rows;
  if (people.length === 0) return { fault: 'list_empty' };
  if (people.length > most) return { fault: 'list_too_long' };
  return {
    lines: people.map(({ line, cells }) => ({
      line, email: (cells[columns.email] ?? '').toLowerCase().slice(0, 254), name: columns.name.map((column) => cells[column] ?? '').filter(Boolean).join(' ').slice(0, 200),
      role: (cells[columns.role] ?? '').slice(0, 200), until: (cells[columns.until] ?? '').slice(0, 40), language: (cells[columns.language] ?? '').slice(0, 40),
    })),
  };
}

interface Columns { email: number; name: number[]; role: number; until: number; language: number }

/** Columns by the words of a header; without one, the column that has most addresses, and the first of the others for the name. */
function columnsOf(first: readonly string[], rows: readonly (readonly string[])[]): { columns: Columns; hasHeader: boolean } {
  const head = first.map((cell) => fold(cell).replace(/[_.:]+/g, ' ').trim());
  const find = (name: keyof typeof headers) => head.findIndex((cell) => headers[name].test(cell));
  const hasHeader = !first.some((cell) => isAddress(cell)) && (find('email') !== -1 || find('whole') !== -1 || rows.length > 1);
  const all = Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, column) => column);
  const addresses = all.map((column) => rows.filter((row) => isAddress(row[column] ?? '')).length);
  const most = Math.max(...addresses);
  const email = find('email') !== -1 ? find('email') : most > 0 ? addresses.indexOf(most) : -1;
  const [role, until, language] = [find('role'), find('until'), find('language')];
  const firstOther = all.filter((column) => ![email, role, until, language].includes(column)).slice(0, 1);
  if (!hasHeader) return { columns: { email, name: firstOther, role: -1, until: -1, language: -1 }, hasHeader };
  const [surname, given, whole] = [find('surname'), find('given'), find('whole')];
  const name = surname !== -1 && (given !== -1 || whole !== -1) ? [given !== -1 ? given : whole, surname] : [whole !== -1 ? whole : given].filter((column) => column !== -1);
  return { columns: { email, name: name.length > 0 ? name : firstOther, role, until, language }, hasHeader };
}

/** What mail can be sent to, as far as its form tells. */
export const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s@<>()",;:\\]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i.test(text) && !/\.\.|^\.|\.@/.test(text);
