/** How many tests and checks ended in which way. */
export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

export const noTests: Count = { passed: 0, failed: 0, skipped: 0 };

export function sum(a: Count, b: Count): Count {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

export function summary({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** What is read of Vitest's JSON report. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/**
 * Counts a run of Vitest. A file that could not be loaded has no tests, and an error outside any test fails the run alone:
 * each counts as a failure of its own, so that a broken run never looks green.
 * @param report null when Vitest ended without writing one
 */
export function countReport(report: VitestReport | null, exitCode: number): Count {
  if (report === null) return { ...noTests, failed: 1 };
  const unloadable = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = report.numFailedTests + unloadable;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
