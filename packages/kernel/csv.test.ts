import { describe, expect, test } from 'vitest';
import { csvFile, harmless, readCsv } from './csv.ts';

const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠SUM(A1)', '\t=1', '\tx', '\r=1', '\rx', '\n=1', ' =1', '\u00a0＝1', '\u3000@x', '=HYPERLINK("http://evil.example","x")'];
const texts = ['Ana', 'a=b', 'x@example.org', '', '1', 'ليلى', '＃1', "'quoted'", ' Ana'];

async function written(cell: string): Promise<string> {
  const { open } = csvFile('x.csv', [['before', cell, 1, null]]) as unknown as { open(): Promise<AsyncIterable<Uint8Array>> };
  let text = '';
  for await (const bytes of await open()) text += Buffer.from(bytes).toString('utf8');
  return text;
}

describe('a table that leaves', () => {
  test.each(formulas)('%j is text in a spreadsheet, and comes back as it was', async (cell) => {
    expect(harmless(cell)).toBe(`'${cell}`);
    const file = await written(cell);
    expect(file).toContain(`"'${cell.replaceAll('"', '""')}"`);
    expect(readCsv(file, 10)?.[0]?.cells[1]).toBe(cell);
  });

  test.each(texts)('%j stays as it is', (cell) => expect(harmless(cell)).toBe(cell));
});
