import { expect, test } from 'vitest';
import type { NoteInCourse } from '@milpa/learning/contract';
import { markdownOf } from './notes-markdown.ts';

const note = (more: Partial<NoteInCourse>): NoteInCourse => ({
  id: 'n', kind: 'note', courseId: 'c', lessonId: 'l', lessonTitle: 'Soil', place: null, quote: '', text: 'Mine', createdAt: '2026-01-01', changedAt: '2026-01-01', course: { slug: 's', title: 'Farming', language: 'en' }, ...more,
});

test('notes are grouped by course and lesson, the oldest first, with their passages', () => {
  expect(markdownOf([
    note({ text: 'later', createdAt: '2026-01-03' }), note({ text: 'sooner', quote: 'A handful\nof soil', createdAt: '2026-01-02' }),
    note({ kind: 'bookmark', text: '', quote: 'Water', lessonTitle: 'How  water\nmoves', createdAt: '2026-01-04' }),
    note({ courseId: 'd', course: { slug: 'd', title: 'الماء', language: 'ar' }, lessonTitle: 'كم', text: 'لتر', createdAt: '2026-01-05' }),
  ])).toBe('# Farming\n\n## Soil\n\n> A handful\n> of soil\n\nsooner\n\nlater\n\n## How water moves\n\n★\n\n> Water\n\n# الماء\n\n## كم\n\nلتر\n');
});

test('no notes are an empty file', () => {
  expect(markdownOf([])).toBe('');
});
