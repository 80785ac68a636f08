/** The report as a screen shows it: by what became of a part, then by the reason; what was lost comes first. */
import type { ImportReportEntry } from '@milpa/interop/contract';
import type { PlainMessageKey } from '../i18n/index.ts';

export type Outcome = ImportReportEntry['outcome'];
export interface ReportGroup { reason: string; items: { title: string; what: string | null }[]; /** How many more there are than are shown. */ more: number }
export interface ReportPart { outcome: Outcome; count: number; groups: ReportGroup[] }

const order: Outcome[] = ['dropped', 'changed', 'kept'];
/** Of one reason; a course has thousands of files, a reader less patience. */
const shown = 50;

export function arrangeReport(report: readonly ImportReportEntry[]): ReportPart[] {
  const byOutcome = Map.groupBy(report, (entry) => entry.outcome);
  return order.flatMap((outcome) => {
    const entries = byOutcome.get(outcome);
    if (!entries) return [];
    const groups = [...Map.groupBy(entries, (entry) => entry.reason)].map(([reason, all]) => ({
      reason, items: all.slice(0, shown).map(({ title, params }) => ({ title, what: typeof params?.['what'] === 'string' ? params['what'] : null })), more: Math.max(0, all.length - shown),
    }));
    return [{ outcome, count: entries.length, groups }];
  });
}

/** Every reason has its text: report.test.ts sees to it. */
export const reasonKey = (reason: string) => `interop.report.${reason}` as PlainMessageKey;
