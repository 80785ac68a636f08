import { expect, test } from 'vitest';
import { lazyStore, moduleOf } from './store.ts';

test('a lazy store fetches the messages of a module once, in its own language', async () => {
  const asked: string[] = [];
  const loaderOf = (name: string) => () => { asked.push(name); return Promise.resolve({ default: { 'catalog.title': name } }); };
  const store = lazyStore('ar', { 'ar/catalog': loaderOf('ar'), 'en/catalog': loaderOf('en') });
  expect(store.find('catalog.title')).toBeUndefined();
  await Promise.all([store.load('catalog'), store.load('catalog')]);
  expect(store.find('catalog.title')).toBe('ar');
  expect(asked).toEqual(['ar']);
});

test('a store without such a module stays empty', async () => {
  const store = lazyStore('en', {});
  await store.load('catalog');
  expect(store.find('catalog.title')).toBeUndefined();
});

test.each([['catalog.title', 'catalog'], ['catalog/course', 'catalog'], ['root', 'shell'], ['shell/home', 'shell']])('%s belongs to %s', (name, module) => {
  expect(moduleOf(name)).toBe(module);
});
