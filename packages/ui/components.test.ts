import * as fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Cover, Field, FormErrorSummary, LinkProvider, Pagination, ProgressRing, Table, TextInput, TextLink, type FieldProps, type LinkProps, type Motif } from './index.ts';

const MOTIFS: Motif[] = ['field', 'hills', 'leaves', 'maize', 'blossoms', 'terraces'];
const cover = (seed: string, motif?: Motif) => renderToStaticMarkup(createElement(Cover, { seed, ...(motif && { motif }) }));

function field(props: Omit<FieldProps, 'children'>) {
  const whole: FieldProps = { ...props, children: createElement(TextInput, { name: 'mail' }) };
  return createElement(Field, whole);
}

function RouterLink({ href, children }: LinkProps) {
  return createElement('a', { 'data-router': href }, children);
}

describe('cover', () => {
  test('is small, hidden from screen readers, and free of inline style, whatever the id', () => {
    fc.assert(fc.property(fc.string(), fc.constantFrom(...MOTIFS), (seed, motif) => {
      const markup = cover(seed, motif);
      expect(markup.length).toBeLessThan(2500);
      expect(markup).toContain('aria-hidden="true"');
      expect(markup).not.toMatch(/style=|NaN|undefined/);
    }), { numRuns: 300 });
  });
  test('is the same for the same id', () => {
    fc.assert(fc.property(fc.uuid(), seed => { expect(cover(seed)).toBe(cover(seed)); }));
  });
  test('differs between a hundred courses', () => {
    const drawn = new Set(Array.from({ length: 100 }, (_, i) => cover(`course-${i}`)));
    expect(drawn.size).toBeGreaterThan(95);
  });
});

describe('field', () => {
  const markup = renderToStaticMarkup(field({ id: 'mail', label: 'E-mail', hint: 'Work or home', error: 'No @ in it', required: true }));

  test('joins label, hint and error to the control', () => {
    expect(markup).toContain('for="mail"');
    expect(markup).toMatch(/<input[^>]*id="mail"/);
    expect(markup).toMatch(/<input[^>]*aria-describedby="mail-hint mail-error"/);
    expect(markup).toMatch(/<input[^>]*aria-invalid="true"/);
    expect(markup).toMatch(/<input[^>]*required/);
  });
  test('without hint and error describes nothing', () => {
    const plain = renderToStaticMarkup(field({ label: 'Name' }));
    expect(plain).not.toMatch(/aria-describedby|aria-invalid/);
  });
});

test('the error summary links to the fields, and is absent without errors', () => {
  expect(renderToStaticMarkup(createElement(FormErrorSummary, { title: 'Look again', errors: [{ fieldId: 'mail', message: 'No @' }] }))).toContain('href="#mail"');
  expect(renderToStaticMarkup(createElement(FormErrorSummary, { title: 'Look again', errors: [] }))).toBe('');
});

test('links are rendered by the component that the application gives', () => {
  const props = { component: RouterLink, children: createElement(TextLink, { href: '/courses' }, 'Courses') };
  const markup = renderToStaticMarkup(createElement(LinkProvider, props));
  expect(markup).toBe('<a data-router="/courses">Courses</a>');
});

test('one page needs no pagination', () => {
  expect(renderToStaticMarkup(createElement(Pagination, { label: 'Pages' }))).toBe('');
});

test.each([[-5, 0], [50, 50], [400, 100]])('a ring of %d says %d percent', (value, said) => {
  expect(renderToStaticMarkup(createElement(ProgressRing, { value, label: 'Progress' }))).toContain(`value="${said}"`);
});

test('a table cell carries its header for narrow screens', () => {
  const markup = renderToStaticMarkup(createElement(Table<{ id: string; paid: string }>, {
    caption: 'Payments', rows: [{ id: '1', paid: '$450' }], rowKey: row => row.id, columns: [{ key: 'id', header: 'No.', cell: row => row.id, primary: true }, { key: 'paid', header: 'Paid', cell: row => row.paid }],
  }));
  expect(markup).toContain('data-label="Paid"');
  expect(markup).toContain('scope="row"');
});
