import { expect, test } from 'vitest';
import { REPORT_REASONS } from '../../../../modules/interop/package/codes.ts';
import { readCatalogue } from '../../i18n/catalogues.ts';
import { arrangeReport, reasonKey } from './report.ts';

test('every reason of a report has its text, and no text is without its reason', () => {
  const texts = Object.keys(readCatalogue('interop', 'en')).filter((key) => key.startsWith('interop.report.'));
  expect(texts.sort()).toEqual(REPORT_REASONS.map(reasonKey).sort());
});

test('a report is arranged by what became of a part and by the reason, losses first', () => {
  expect(arrangeReport([
    { outcome: 'kept', kind: 'page', title: 'A', reason: 'page_kept' },
    { outcome: 'dropped', kind: 'quiz', title: 'Q1', reason: 'quiz_not_supported' },
    { outcome: 'dropped', kind: 'setting', title: 'category', reason: 'unknown_category', params: { what: 'Art' } },
    { outcome: 'dropped', kind: 'quiz', title: 'Q2', reason: 'quiz_not_supported' },
  ])).toEqual([
    { outcome: 'dropped', count: 3, groups: [
      { reason: 'quiz_not_supported', items: [{ title: 'Q1', what: null }, { title: 'Q2', what: null }], more: 0 },
      { reason: 'unknown_category', items: [{ title: 'category', what: 'Art' }], more: 0 },
    ] },
    { outcome: 'kept', count: 1, groups: [{ reason: 'page_kept', items: [{ title: 'A', what: null }], more: 0 }] },
  ]);
});

test('of many parts with one reason the first are shown, the others counted', () => {
  const [part] = arrangeReport(Array.from({ length: 60 }, (_, index) => ({ outcome: 'kept' as const, kind: 'file', title: `${index}`, reason: 'file_kept' })));
  expect(part).toMatchObject({ count: 60, groups: [{ more: 10 }] });
});
