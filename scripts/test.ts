// What `npm test` runs: everything that must hold, one after the other, all of it even after a failure.
// Arguments go to Vitest: `npm test -- modules/catalog`.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from './chromium.ts';
import { capture, root } from './run.ts';
import { runVitest } from './vitest.ts';
import { type Count, noTests, sum, summary } from './count.ts';

interface Check {
  name: string;
  /** each a program with its arguments, run in order until one fails */
  steps: string[][];
  /** where to run, from the root */
  folder?: string;
  /** a file without which there is nothing to check */
  needs?: string;
}

const checks: Check[] = [
  { name: 'Types', steps: [['tsc', '--noEmit', '-p', 'tsconfig.json']] },
  {
    name: 'Types of the web application',
    steps: [
      ['react-router', 'typegen'],
      ['tsc', '--noEmit'],
    ],
    folder: 'apps/web',
    needs: 'apps/web/tsconfig.json',
  },
  { name: 'Lint', steps: [['npm', 'run', '--silent', 'lint']] },
  { name: 'Boundaries', steps: [['npm', 'run', '--silent', 'boundaries']] },
  { name: 'Build of the web application', steps: [['node', 'scripts/build-web.ts']] },
];

async function runCheck(check: Check): Promise<Count> {
  if (check.needs && !existsSync(path.join(root, check.needs))) {
    console.log(`- ${check.name}: there is no ${check.needs}`);
    return { ...noTests, skipped: 1 };
  }
  const startedAt = performance.now();
  const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  for (const step of check.steps) {
    const { code, output } = await capture(step, path.join(root, check.folder ?? '.'));
    if (code === 0) continue;
    console.log(`✗ ${check.name} (${seconds()}): ${step.join(' ')} ended with ${code}\n${output.trim()}`);
    return { ...noTests, failed: 1 };
  }
  console.log(`✓ ${check.name} (${seconds()})`);
  return { ...noTests, passed: 1 };
}

async function testAll(vitestArguments: string[]): Promise<Count> {
  const obstacle = await ensureChromium();
  if (obstacle !== null) {
    console.error(obstacle);
    return { ...noTests, failed: 1 };
  }
  const counts: Count[] = [];
  for (const check of checks) counts.push(await runCheck(check));
  counts.push(await runVitest(vitestArguments));
  return counts.reduce(sum, noTests);
}

const total = await testAll(process.argv.slice(2));
console.log(summary(total));
process.exitCode = total.failed === 0 ? 0 : 1;
