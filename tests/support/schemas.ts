/** Which schemas a module’s code and SQL name: a module reads and writes its own tables only, and what the kernel keeps by its functions. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface Trespass { file: string; line: number; names: string }

const queryCalls = 'selectFrom|insertInto|updateTable|deleteFrom|mergeInto|innerJoin|leftJoin|rightJoin|fullJoin|crossJoin|from|using|table|ref';
const queryBuilder = new RegExp(String.raw`\b(?:${queryCalls})\(\s*\[?\s*['"\x60](\w+)\.(\w+)`, 'g');
/** `'catalog.course': …` in a table type opens the table to the query builder. */
const tableType = /^\s*['"](\w+)\.(\w+)['"]:/gm;
const inSql = /\b(?:from|join|into|update|only|truncate|table|on|execute|isolate\s*\(\s*')\s*(\w+)\.(\w+)/gi;
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What a file of `module` names of other modules' schemas. Foreign keys may: they are written `references other.table`. */
export function trespassesIn(module: string, modules: readonly string[], text: string, isSql: boolean): { line: number; names: string }[] {
  const foreign = new Set(['graphile_worker', 'kernel', 'kernel_control', ...modules.filter((other) => other !== module).flatMap((other) => [other, `${other}_control`])]);
  const code = isSql ? text.replace(/--.*/g, '') : text;
  return [inSql, ...(isSql ? [] : [queryBuilder, tableType])].flatMap((pattern) => [...code.matchAll(pattern)])
    .filter(([, schema = '']) => foreign.has(snake(schema)))
    .map((match) => ({ line: code.slice(0, match.index).split('\n').length, names: `${match[1]}.${match[2]}` }));
}

/** Every trespass in the code and the migrations of the modules below `folder`. Tests may look wherever they need to. */
export function walkModules(folder: string): Trespass[] {
  const modules = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return modules.flatMap((module) => readdirSync(join(folder, module), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|sql)$/.test(entry.name) && !entry.name.endsWith('.test.ts') && !entry.parentPath.includes('node_modules'))
    .filter((entry) => !relative(folder, entry.parentPath).split('/').some((part) => part === 'checks' || part === 'testing'))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      return trespassesIn(module, modules, readFileSync(file, 'utf8'), entry.name.endsWith('.sql')).map((trespass) => ({ file: relative(folder, file), ...trespass }));
    }));
}
