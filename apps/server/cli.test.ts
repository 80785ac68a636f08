import { Writable } from 'node:stream';
import { beforeEach, expect, test } from 'vitest';
import { main } from './cli.ts';
import { createTerminal } from './terminal.ts';

let out: string;
let err: string;

function sink(keep: (text: string) => void): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      keep(String(chunk));
      done();
    },
  });
}

const run = (args: string[], env: Record<string, string> = {}): Promise<number> =>
  main(
    args,
    env,
    createTerminal(
      sink((text) => (out += text)),
      sink((text) => (err += text)),
    ),
  );

beforeEach(() => {
  out = '';
  err = '';
});

test.each([
  [['--help'], /Exit codes: 0 done, 1 failed, 2 wrong usage, 78 wrong configuration/],
  [['start', '--help'], /--no-demo/],
  [['tenant', 'create', '--help'], /npm run milpa -- tenant create tlalli/],
  [['course', 'import', '--help'], /npm run milpa -- course import/],
])('%j prints help with examples and ends with 0', async (args, expected) => {
  expect(await run(args)).toBe(0);
  expect(out).toMatch(expected);
  expect(err).toBe('');
});

test.each([
  [[], /Usage: milpa/],
  [['tenent'], /unknown command 'tenent'\n\(Did you mean tenant\?\)/],
  [['tenant', 'create', 'x'], /required option '--name <name>'/],
  [['course', 'import', '--tenant', 'x'], /missing required argument 'file'/],
  [['start', '--prot', '1'], /unknown option '--prot'/],
])('%j is wrong usage, told on standard error, and ends with 2', async (args, expected) => {
  expect(await run(args)).toBe(2);
  expect(err).toMatch(expected);
  expect(out).toBe('');
});

test('a wrong configuration ends with 78 and names the variable, without a stack trace', async () => {
  expect(await run(['doctor'], { PORT: 'many' })).toBe(78);
  expect(err).toMatch(/PORT is "many"; accepted is a whole number from 1 to 65535/);
  expect(err).not.toMatch(/\n\s+at /);
});

test('a command that cannot be done ends with 1 and says why', async () => {
  expect(await run(['course', 'import', '/nowhere/course.imscc', '--tenant', 'academy'])).toBe(1);
  expect(err).toMatch(/There is no file \/nowhere\/course\.imscc/);
  expect(await run(['seed'], { NODE_ENV: 'production', BASE_URL: 'https://learn.example.org' })).toBe(1);
  expect(err).toMatch(/not planted/);
});
