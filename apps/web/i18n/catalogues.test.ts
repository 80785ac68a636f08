import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Locale } from '@milpa/kernel/contract';
import { appDirectory, locales, modulesWithMessages, readCatalogue, type Catalogue } from './catalogues.ts';
import { faultsOf, unusedKeys } from './faults.ts';

const read = (module: string) => Object.fromEntries(locales.map((locale) => [locale, readCatalogue(module, locale)])) as Record<Locale, Catalogue>;

test.each(modulesWithMessages())('the catalogues of %s say the same in every language', (module) => {
  expect(faultsOf(module, read(module))).toEqual([]);
});

test('every message is used', () => {
  const sources = globSync('**/*.{ts,tsx}', { cwd: appDirectory }).map((file) => readFileSync(`${appDirectory}/${file}`, 'utf8'));
  const keys = modulesWithMessages().flatMap((module) => Object.keys(readCatalogue(module, 'en')));
  expect(unusedKeys(keys, sources)).toEqual([]);
});

describe('a planted fault is found', () => {
  const all = (message: string) => ({ en: { 'demo.x': message }, 'es-MX': { 'demo.x': message }, ar: { 'demo.x': message } });
  const plural = '{n, plural, one {# lesson} other {# lessons}}';
  const arabic = '{n, plural, zero {0} one {1} two {2} few {#} many {#} other {#}}';

  test('none', () => {
    expect(faultsOf('demo', { ...all(plural), ar: { 'demo.x': arabic } })).toEqual([]);
  });
  test('a key that a language lacks', () => {
    expect(faultsOf('demo', { ...all('Hi'), ar: {} })).toEqual(['ar: demo.x is missing']);
  });
  test('a key that English lacks', () => {
    expect(faultsOf('demo', { ...all('Hi'), ar: { 'demo.x': 'Hi', 'demo.y': 'Hi' } })).toEqual(['ar: demo.y is not in en']);
  });
  test('a key of another module', () => {
    expect(faultsOf('other', all('Hi'))[0]).toBe('en: demo.x does not begin with other.');
  });
  test('invalid syntax', () => {
    expect(faultsOf('demo', { ...all('Hi {name}'), ar: { 'demo.x': 'Hi {name' } })).toEqual([expect.stringMatching(/^ar: demo\.x is not valid/)]);
  });
  test('another placeholder', () => {
    expect(faultsOf('demo', { ...all('Hi {name}'), 'es-MX': { 'demo.x': 'Hola {nombre}' } })).toEqual(['es-MX: demo.x takes nombre:text, en takes name:text']);
  });
  test('an Arabic plural without all six forms', () => {
    expect(faultsOf('demo', all(plural))).toEqual(['ar: demo.x lacks the plural forms zero, two, few, many']);
  });
  test('an empty message', () => {
    expect(faultsOf('demo', { ...all('Hi'), ar: { 'demo.x': ' ' } })).toEqual(['ar: demo.x is empty']);
  });
  test('an unused key', () => {
    expect(unusedKeys(['demo.x', 'demo.level.a1', 'demo.z'], ["t('demo.x')", 't(`demo.level.${level}`)'])).toEqual(['demo.z']);
  });
});
