import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Count, countReport, type VitestReport } from './count.ts';
import { show } from './run.ts';

/** Runs all of Vitest's tests on this terminal and counts them. */
export async function runVitest(args: string[]): Promise<Count> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'milpa-report-'));
  const file = path.join(folder, 'report.json');
  try {
    const code = await show(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args]);
    return countReport(read(file), code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(file: string): VitestReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  } catch {
    return null;
  }
}
