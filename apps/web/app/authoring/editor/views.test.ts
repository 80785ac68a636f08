import { expect, test, vi } from 'vitest';
import { setEquation } from './views.ts';

const render = vi.hoisted(() => vi.fn<(tex: string, target: { textContent: string }) => void>((tex, target) => {
  if (tex.endsWith('{')) throw new Error('a bracket is missing');
  target.textContent = `set: ${tex}`;
}));
vi.mock('temml', () => ({ default: { render } }));

const place = () => ({ textContent: '' }) as unknown as Element;

test('of two equations that wait at one place, the later one is shown, whichever is ready first', async () => {
  const here = place();
  const answers = await Promise.all([setEquation(here, '', false), setEquation(here, '\\frac{a}{b}', false)]);
  expect(answers).toEqual(['overtaken', 'set']);
  expect(render.mock.calls.map(([tex]) => tex)).toEqual(['\\frac{a}{b}']);
  expect(here.textContent).toBe('set: \\frac{a}{b}');
});

test('two places do not overtake each other', async () => {
  expect(await Promise.all([setEquation(place(), 'a', false), setEquation(place(), 'b', false)])).toEqual(['set', 'set']);
});

test('what cannot be read is shown as it was typed', async () => {
  const here = place();
  expect(await setEquation(here, '\\frac{', false)).toBe('wrong');
  expect(here.textContent).toBe('\\frac{');
});
