import { Writable } from 'node:stream';
import { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import { beforeEach, expect, test, vi } from 'vitest';
import { createTerminal, formatDuration, formatTable, type Output } from './terminal.ts';

function capture(isTTY = false): { stream: Output; text(): string } {
  let text = '';
  const stream: Output = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  stream.isTTY = isTTY;
  stream.getColorDepth = WriteStream.prototype.getColorDepth;
  return { stream, text: () => text };
}

beforeEach(() => {
  vi.stubEnv('FORCE_COLOR', undefined);
  vi.stubEnv('NO_COLOR', undefined);
});

test('a stage in a log is two plain lines, the second with its duration', async () => {
  const out = capture();
  const err = capture();
  await expect(createTerminal(out.stream, err.stream).stage('Migrating', async () => 7)).resolves.toBe(7);
  expect(err.text()).toMatch(/^ {2}Migrating …\n✓ Migrating \d+\.\d s\n$/);
  expect(out.text()).toBe('');
});

test('a stage on a terminal shows its progress in one line that it erases', async () => {
  const err = capture(true);
  const terminal = createTerminal(capture().stream, err.stream);
  await terminal.stage('Importing', async (progress) => {
    progress('3 of 4');
    terminal.note('a note in between');
  });
  expect(err.text()).toContain('⠋ Importing: 3 of 4');
  const drawn = err.text().split('\r\u001B[K').map(stripVTControlCharacters);
  expect(drawn).toContain('  a note in between\n');
  expect(drawn.at(-1)).toMatch(/^✓ Importing \d+\.\d s\n$/);
});

test('a stage that fails says so and throws on', async () => {
  const err = capture();
  const work = createTerminal(capture().stream, err.stream).stage('Seeding', () => Promise.reject(new Error('no room')));
  await expect(work).rejects.toThrow('no room');
  expect(stripVTControlCharacters(err.text())).toMatch(/✗ Seeding/);
});

test('colour is left out where the stream is no terminal, and with NO_COLOR', () => {
  const log = capture();
  createTerminal(capture().stream, log.stream).fail('gone');
  expect(log.text()).toBe('✗ gone\n');
  vi.stubEnv('NO_COLOR', '1');
  const screen = capture(true);
  createTerminal(capture().stream, screen.stream).fail('gone');
  expect(screen.text()).toBe('✗ gone\n');
});

test.each([
  [40, '0.0 s'],
  [340, '0.3 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min 0 s'],
  [61_000, '1 min 1 s'],
])('%d ms reads %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

test('a table aligns its columns', () => {
  expect(
    formatTable([
      { slug: 'tlalli', status: 'active' },
      { slug: 'a', status: 'closed' },
    ]),
  ).toBe('slug    status\ntlalli  active\na       closed\n');
  expect(formatTable([])).toBe('');
});
