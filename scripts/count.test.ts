import { describe, expect, test } from 'vitest';
import { countReport, summary, type VitestReport } from './count.ts';

const green: VitestReport = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

describe('countReport', () => {
  test('counts what Vitest counted', () => {
    expect(countReport(green, 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
    expect(countReport({ ...green, numFailedTests: 2 }, 1).failed).toBe(2);
  });

  test('counts a file that could not be loaded', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
    ];
    expect(countReport({ ...green, numFailedTests: 1, testResults }, 1).failed).toBe(2);
  });

  test('counts a run that failed outside its tests, or wrote no report', () => {
    expect(countReport(green, 1).failed).toBe(1);
    expect(countReport(null, 0).failed).toBe(1);
  });
});

test('the summary is one line', () => {
  expect(summary({ passed: 12, failed: 0, skipped: 1 })).toBe('12 passed, 0 failed, 1 skipped');
});
