import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import compile from 'icu-minify/compile';
import type { Locale } from '@milpa/kernel/contract';
import { PageProvider } from '../page.tsx';
import { useT, type Translate } from './messages.tsx';
import { completeStore } from './store.ts';

/** Says one message under a key that exists, since keys are checked by their type. */
function say(message: string, use: (t: Translate) => ReactNode, locale: Locale = 'en'): string {
  const messages = completeStore({ 'shell.more': compile(message), 'shell.accountOf': compile(message), 'shell.error.requestId': compile(message) });
  const Said = () => use(useT());
  return renderToStaticMarkup(<PageProvider value={{ locale, timeZone: 'Africa/Cairo', theme: 'light', nonce: '', accentCss: '', messages }}><Said /></PageProvider>);
}

/** As a caller with parameters that the types of the chosen key do not know. */
const loose = (t: Translate) => t as (key: 'shell.more', values?: Record<string, unknown>) => ReactNode;

describe('a message', () => {
  test('is said as it stands', () => {
    expect(say('Go on', (t) => t('shell.more'))).toBe('Go on');
  });
  test('is filled in', () => {
    expect(say('Account of {name}', (t) => t('shell.accountOf', { name: 'Demo' }))).toBe('Account of Demo');
  });
  test('gives its tags to the caller', () => {
    expect(say('Number: <code>{id}</code>', (t) => t('shell.error.requestId', { id: 'r-1', code: (chunks) => <code key="id">{chunks}</code> }))).toBe('Number: <code>r-1</code>');
  });
  test.each([[0, 'لا دروس'], [1, 'درس واحد'], [2, 'درسان'], [3, '٣ دروس'], [11, '١١ درسًا'], [100, '١٠٠ درس']])('counts %d in Arabic', (n, text) => {
    const lessons = '{n, plural, zero {لا دروس} one {درس واحد} two {درسان} few {# دروس} many {# درسًا} other {# درس}}';
    expect(say(lessons, (t) => loose(t)('shell.more', { n }), 'ar')).toBe(text);
  });
  test('tells dates in the time zone of the tenant', () => {
    expect(say('{when, date, medium}', (t) => loose(t)('shell.more', { when: new Date('2026-01-01T23:00:00Z') }))).toBe('Jan 2, 2026');
  });
  test('that nobody wrote is an error', () => {
    expect(() => say('x', (t) => t('shell.language'))).toThrow('No message shell.language');
  });
});

test('keys and parameters are checked by their types', () => {
  const check = (t: Translate) => {
    // @ts-expect-error no such key
    t('shell.unheardOf');
    // @ts-expect-error its parameter is missing
    t('shell.accountOf');
    // @ts-expect-error its parameter has another name
    t('shell.accountOf', { nombre: 'x' });
    // @ts-expect-error it takes none
    t('shell.more', { name: 'x' });
    const text: string = t('shell.more');
    // @ts-expect-error a message with tags is a node, not a string
    const node: string = t('shell.error.requestId', { id: '1', code: (chunks) => chunks });
    return [text, node];
  };
  expect(check).toBeTypeOf('function');
});
