import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceClient } from './build.ts';

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'milpa-build-')); });
afterEach(() => rmSync(directory, { recursive: true }));

function build(...assets: string[]) {
  const next = mkdtempSync(join(directory, '.next-'));
  mkdirSync(join(next, 'client/assets'), { recursive: true });
  for (const name of assets) writeFileSync(join(next, 'client/assets', name), name);
  replaceClient(directory, next);
  rmSync(next, { recursive: true });
}

const served = (name: string) => ['client', 'previous'].filter((part) => existsSync(join(directory, part, 'assets', name)));

test('the files of the build before are kept, those of the one before it are not', () => {
  build('shell-1.js', 'framework.js');
  build('shell-2.js', 'framework.js');
  expect([served('shell-2.js'), served('shell-1.js')]).toEqual([['client'], ['previous']]);
  build('shell-3.js', 'framework.js');
  expect([served('shell-3.js'), served('shell-2.js'), served('shell-1.js')]).toEqual([['client'], ['previous'], []]);
});

test('a build of the same sources pushes nothing out', () => {
  build('shell-1.js');
  build('shell-2.js');
  build('shell-2.js');
  expect([served('shell-2.js'), served('shell-1.js')]).toEqual([['client'], ['previous']]);
});
