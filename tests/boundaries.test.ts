/** Each wall of the house has an example that breaks it, so that a wall which no longer stands is noticed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trespassesIn, walkModules } from './support/schemas.ts';

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: { name: string }[]; options: object };

/** Each rule with an import that it refuses. */
const broken: Record<string, readonly [from: string, to: string]> = {
  'no-circles': ['modules/catalog/a.ts', 'modules/catalog/b.ts'],
  'module-door': ['modules/learning/inner.ts', 'modules/catalog/course/queries.ts'],
  'module-door-of-tests': ['modules/learning/inner.test.ts', 'modules/catalog/course/queries.ts'],
  'kernel-knows-no-module': ['packages/kernel/thing.ts', 'modules/catalog/index.ts'],
  'modules-know-no-app': ['modules/catalog/up.ts', 'apps/server/main.ts'],
  'contracts-are-for-browsers': ['modules/catalog/course/contract.ts', 'modules/catalog/course/queries.ts'],
  'web-reads-contracts': ['apps/web/app/page.tsx', 'modules/catalog/index.ts'],
  'nobody-imports-listeners': ['modules/catalog/tell.ts', 'modules/messaging/index.ts'],
  'no-tests-in-product': ['modules/catalog/product.ts', 'packages/testkit/index.ts'],
  resolvable: ['modules/catalog/lost.ts', 'modules/catalog/absent.ts'],
};
/** Imports that are as they should be. */
const sound: readonly (readonly [from: string, to: string])[] = [
  ['modules/learning/right.ts', 'modules/catalog/index.ts'], ['modules/learning/right.contract.ts', 'modules/catalog/contract.ts'], ['apps/web/app/right.tsx', 'modules/catalog/contract.ts'],
  ['apps/server/right.ts', 'modules/catalog/index.ts'], ['modules/catalog/right.test.ts', 'packages/testkit/index.ts'], ['modules/identity/right.test.ts', 'modules/learning/testing/course.ts'], ['modules/messaging/right.ts', 'modules/catalog/index.ts'],
];

const from = (importer: string, imported: string) => `import '${'../'.repeat(importer.split('/').length - 1)}${imported}';\n`;

let violations: { rule: string; from: string; to: string }[];
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'milpa-walls-'));
  const files = new Map<string, string>([['modules/catalog/b.ts', from('modules/catalog/b.ts', 'modules/catalog/a.ts')]]);
  for (const [importer, imported] of [...Object.values(broken), ...sound]) {
    files.set(importer, (files.get(importer) ?? '') + from(importer, imported));
    if (!imported.endsWith('absent.ts') && !files.has(imported)) files.set(imported, 'export {};\n');
  }
  for (const [path, text] of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { output } = await cruise(['apps', 'packages', 'modules'], { ...options, baseDir: folder, validate: true, ruleSet: { forbidden } } as never);
  violations = (output as ICruiseResult).summary.violations.map((violation) => ({ rule: violation.rule.name, from: violation.from, to: violation.to }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every rule has an example', () => expect(Object.keys(broken).toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted()));
test.each(Object.entries(broken))('%s refuses its example', (rule, [importer, imported]) => {
  const found = violations.filter((violation) => violation.rule === rule && violation.from === importer);
  expect(found.map(({ to }) => to.replace(/^(\.\.\/)+/, ''))).toEqual([imported]);
});
test.each(sound)('%s may import %s', (importer) => expect(violations.filter((violation) => violation.from === importer)).toEqual([]));

describe('SQL', () => {
  const modules = ['catalog', 'learning', 'identity'];
  const names = (text: string, isSql = false) => trespassesIn('learning', modules, text, isSql).map((trespass) => trespass.names);

  test('no module reads or writes another’s tables', () => expect(walkModules(join(import.meta.dirname, '../modules'))).toEqual([]));

  test.each([
    ["tx.selectFrom('catalog.course')", 'catalog.course'], ["tx.updateTable('catalog.courseModule')", 'catalog.courseModule'], [".innerJoin('identity.member', 'a', 'b')", 'identity.member'],
    ["tx.selectFrom(['catalog.course'])", 'catalog.course'], ["tx.selectFrom('catalog.course as c')", 'catalog.course'], ["tx.insertInto('identityControl.account')", 'identityControl.account'],
    ['sql`select 1 from catalog.course`', 'catalog.course'], ['sql`select 1 from learning.enrollment e\n  join catalog.course c on true`', 'catalog.course'],
    ['sql`delete from graphile_worker._private_jobs`', 'graphile_worker._private_jobs'], ["tx.selectFrom('kernelControl.mail')", 'kernelControl.mail'], ["  'catalog.course': CourseTable;", 'catalog.course'],
  ])('%s is found', (text, found) => expect(names(text)).toEqual([found]));

  test.each([
    ['insert into catalog.course (title) values (1)', 'catalog.course'], ['alter table catalog.course add x int', 'catalog.course'],
    ['create index on catalog.course (title)', 'catalog.course'], ["select kernel.isolate('catalog.course')", 'catalog.course'], ['grant select on identity_control.account to milpa_app', 'identity_control.account'],
  ])('in a migration, %s is found', (text, found) => expect(names(text, true)).toEqual([found]));

  test.each([
    ["tx.selectFrom('learning.enrollment')", false], ["import { findCourse } from '@milpa/catalog';", false], ["throw new Problem('catalog.course_not_found')", false],
    ['foreign key (tenant_id, course_id) references catalog.course (tenant_id, id)', true], ["select kernel.isolate('learning.enrollment')", true], ['-- as in update catalog.course', true],
  ])('%s is allowed', (text, isSql) => expect(names(text, isSql)).toEqual([]));
});
