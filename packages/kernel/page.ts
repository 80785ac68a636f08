import { Problem } from './problem.ts';
import { problems } from './problems.ts';

/** Opaque cursor over the sort key of the last row of a page. */
export const encodeCursor = (key: readonly (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws Problem `kernel.validation_failed` when the cursor wasn't made here. */
export function decodeCursor<const T extends readonly ('string' | 'number')[]>(cursor: string | undefined, shape: T): { [K in keyof T]: T[K] extends 'number' ? number : string } | null {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === shape.length && shape.every((type, index) => typeof key[index] === type)) return key as never;
  } catch { /* falls through to the same answer */ }
  throw new Problem(problems.validation_failed, { fields: [{ path: 'query.cursor', code: 'invalid' }] });
}

/** A page out of `limit + 1` rows: the extra row only tells that there is more. */
export function toPage<T>(rows: readonly T[], limit: number, keyOf: (row: T) => readonly (string | number)[]): { data: T[]; page: { next: string | null } } {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, page: { next: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null } };
}
