import { expect, test } from 'vitest';
import { scrollable } from './prose.ts';

test('tables and code that scroll are reached by keyboard', () => {
  expect(scrollable('<table><tr></tr></table><pre class="x">a</pre><p>text</p>')).toBe('<table tabindex="0"><tr></tr></table><pre tabindex="0" class="x">a</pre><p>text</p>');
});
