import { expect, test } from 'vitest';
import { progressWriter } from './progress.ts';

test('progress is written in strides, one at a time, the newest next', async () => {
  const written: string[] = [];
  const waiting: (() => void)[] = [];
  const progress = progressWriter((step, percent) => new Promise<void>((resolve) => { written.push(`${step} ${percent}`); waiting.push(resolve); }), () => {});
  for (const percent of [1, 4.9, 5, 7, 12, 30]) progress.reached('reading', percent);
  expect(written).toEqual(['reading 5']);
  waiting.shift()?.();
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  expect(written).toEqual(['reading 5', 'reading 30']);
  waiting.shift()?.();
  await progress.settled();
});

test('a write that fails is told, and the next one is made', async () => {
  const errors: unknown[] = [];
  const written: number[] = [];
  const progress = progressWriter(async (_step, percent) => { if (percent === 10) throw new Error('lost'); written.push(percent); }, (error) => { errors.push(error); });
  progress.reached('reading', 10);
  await progress.settled();
  progress.reached('saving', 80);
  await progress.settled();
  expect(errors).toHaveLength(1);
  expect(written).toEqual([80]);
});
