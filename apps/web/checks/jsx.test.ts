import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findLiteralText, findStyleAttributes } from './jsx.ts';

const repository = join(import.meta.dirname, '../../..');
/** The gallery is a workbench for those who build the design system; no reader sees it. */
const sources = globSync(['apps/web/app/**/*.tsx', 'packages/ui/**/*.tsx'], { cwd: repository, exclude: ['**/*.test.tsx', '**/gallery/**', '**/node_modules/**'] })
  .map((file) => ({ file, source: readFileSync(join(repository, file), 'utf8') }));

test('every text that a reader sees comes from a catalogue', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap(({ file, source }) => findLiteralText(file, source))).toEqual([]);
});

test('no element carries a style attribute', () => {
  expect(sources.flatMap(({ file, source }) => findStyleAttributes(file, source))).toEqual([]);
});

test.each([
  ['text', '<p>Hello</p>', 'Hello'],
  ['Arabic text', '<p>مرحبا</p>', 'مرحبا'],
  ['text beside an expression', '<p>{name}, welcome</p>', ', welcome'],
  ['a string child', '<p>{"Hello"}</p>', 'Hello'],
  ['a template child', '<p>{`Hello ${name}`}</p>', 'Hello'],
  ['a choice of strings', '<p>{done ? "Done" : t("x.open")}</p>', 'Done'],
  ['a fragment', '<>Hello</>', 'Hello'],
  ['an attribute', '<img alt="A maize plant" />', 'A maize plant'],
  ['an attribute in braces', '<input placeholder={"Your name"} />', 'Your name'],
  ['an aria attribute', '<nav aria-label={open || "Main"} />', 'Main'],
  ['a label of a component', '<Shell skipLabel="Skip" />', 'Skip'],
])('finds %s outside the catalogues', (_, markup, text) => {
  expect(findLiteralText('planted.tsx', `const planted = ${markup};`)).toEqual([`planted.tsx:1: ${text}`]);
});

test.each(['<p>{t("shell.title")}</p>', '<p>3 / 4 · {count}</p>', '<a href="/courses" className="ui-link" data-state="open">{t("x.y")}</a>'])('lets %s be', (markup) => {
  expect(findLiteralText('fine.tsx', `const fine = ${markup};`)).toEqual([]);
});

test('finds a planted style attribute', () => {
  expect(findStyleAttributes('planted.tsx', 'const planted = <p style={{ color }} />;')).toEqual(['planted.tsx:1']);
});
