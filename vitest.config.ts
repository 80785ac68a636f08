import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['apps/**/*.test.{ts,tsx}', 'packages/**/*.test.{ts,tsx}', 'modules/**/*.test.ts', 'flows/**/*.test.ts', 'blueprints/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['packages/testkit/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // A file waits for its server and for the database about half of its time: with as many files at work as there are cores, and never one alone, cores are not idle.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
