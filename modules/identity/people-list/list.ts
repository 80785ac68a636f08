/** A list of people, for every module that takes one: read and looked through first, then worked off line by line. */
import { readFile } from 'node:fs/promises';
import { decodeText, Problem, type JobContext } from '@milpa/kernel';
import type { Upload } from '@milpa/kernel/contract';
import { readPeople, type ListFault, type PersonLine } from './people.ts';

/** A list has few bytes in a line; what has more is none. */
const bytesOfLine = 420;

type Codes = Readonly<Record<ListFault, string>>;

/** @throws Problem `list_too_long` of these codes. */
export async function textOfList(file: Upload, most: number, codes: Codes): Promise<string> {
  if (file.size > most * bytesOfLine) throw new Problem(codes.list_too_long, { params: { limit: most } });
  return decodeText(await readFile(file.path));
}

/** @throws Problem of these codes. */
export function linesOfList(text: string, most: number, codes: Codes): PersonLine[] {
  const list = readPeople(text, most);
  if ('fault' in list) throw new Problem(codes[list.fault], { params: { limit: most } });
  return list.lines;
}

interface Counted { forecast: string; outcome: string | null; count: number }

/** How many lines there are and are done, how many would become what, and how many became what. */
export function countsOfList(lines: readonly Counted[]) {
  const sum = (group: readonly Counted[]) => group.reduce((all, { count }) => all + count, 0);
  const by = (kind: 'forecast' | 'outcome') => [...Map.groupBy(lines.filter((line) => line[kind] !== null), (line) => line[kind]!)].map(([name, group]) => ({ kind: name, count: sum(group) }));
  return { lineCount: sum(lines), doneCount: sum(lines.filter(({ outcome }) => outcome !== null)), forecasts: by('forecast'), outcomes: by('outcome') };
}

/**
 * Works a list off. `step` settles the next lines, at most so many, in a transaction of its own, and is false when none was left; with `failed` it notes that of the next one.
 * Killed at any moment, it goes on with the first line that is not settled.
 */
export async function workOff(step: (most: number, failed: boolean) => Promise<boolean>, most: number, { signal, lastAttempt, log }: JobContext): Promise<void> {
  const noteFailed = (error: unknown): Promise<boolean> => {
    if (!lastAttempt || signal.aborted) throw error;
    log.error({ err: error }, 'A line of a list of people failed');
    return step(1, true);
  };
  for (let more = true; more;) {
    signal.throwIfAborted();
    more = await step(most, false).catch((error: unknown) => {
      signal.throwIfAborted();
      // One of them is at fault: alone it is tried again with the job, in the end noted, and the lines after it get their turn.
      return most === 1 ? noteFailed(error) : step(1, false).catch(noteFailed);
    });
  }
}
