import { styleText } from 'node:util';
import { type Writable } from 'node:stream';

/** What a stage may tell while it runs, such as "12 of 40 lessons". */
export type Progress = (detail: string) => void;

/** How a command speaks to the person at the terminal. Results go to standard output, progress and problems to standard error. */
export interface Terminal {
  /** a line of the result */
  print(text: string): void;
  /** the result for programs */
  json(value: unknown): void;
  /** rows with aligned columns; keys are the headings */
  table(rows: Record<string, string | number>[]): void;
  /** a line on what is happening */
  note(text: string): void;
  warn(text: string): void;
  /** what went wrong and what to do */
  fail(text: string): void;
  /** how a command is used, as it stands */
  usage(text: string): void;
  /** Shows a piece of work: a spinner on a terminal, plain lines elsewhere; ends in its duration. Stages do not nest. */
  stage<Result>(name: string, work: (progress: Progress) => Promise<Result>): Promise<Result>;
}

/** A stream that may be a terminal. */
export type Output = Writable & { isTTY?: boolean; columns?: number; getColorDepth?(): number };

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMilliseconds = 80;
const eraseLine = '\r\u001B[K';

type Style = Parameters<typeof styleText>[0];

export function createTerminal(out: Output = process.stdout, err: Output = process.stderr): Terminal {
  // styleText honours NO_COLOR and FORCE_COLOR, and leaves colour out where the stream is no terminal.
  const paint = (style: Style, text: string): string => styleText(style, text, { stream: err, validateStream: true });
  let spinner: Spinner | null = null;

  const tell = (text: string): void => {
    spinner?.erase();
    err.write(`${text}\n`);
    spinner?.draw();
  };
  const finish = (mark: string, name: string, startedAt: number): void => {
    spinner?.stop();
    spinner = null;
    err.write(`${mark} ${name} ${paint('dim', formatDuration(performance.now() - startedAt))}\n`);
  };

  return {
    print: (text) => void out.write(`${text}\n`),
    json: (value) => void out.write(`${JSON.stringify(value, null, 2)}\n`),
    table: (rows) => void out.write(formatTable(rows)),
    note: (text) => tell(`  ${paint('dim', text)}`),
    warn: (text) => tell(`${paint('yellow', '!')} ${text}`),
    fail: (text) => tell(`${paint('red', '✗')} ${text}`),
    usage: (text) => void err.write(text),
    async stage(name, work) {
      const startedAt = performance.now();
      let lastPrinted = startedAt;
      if (err.isTTY) spinner = startSpinner(err, name);
      else err.write(`  ${name} …\n`);
      const progress: Progress = (detail) => {
        if (spinner) return spinner.update(`${name}: ${detail}`);
        // Plain lines end up in logs: a few are enough.
        if (performance.now() - lastPrinted < 5000) return;
        lastPrinted = performance.now();
        err.write(`  ${name}: ${detail}\n`);
      };
      try {
        const result = await work(progress);
        finish(paint('green', '✓'), name, startedAt);
        return result;
      } catch (error) {
        finish(paint('red', '✗'), name, startedAt);
        throw error;
      }
    },
  };
}

interface Spinner {
  update(text: string): void;
  draw(): void;
  erase(): void;
  stop(): void;
}

function startSpinner(stream: Output, firstText: string): Spinner {
  let text = firstText;
  let frame = 0;
  const draw = (): void => {
    const width = Math.max(10, (stream.columns ?? 80) - 3);
    stream.write(`${eraseLine}${frames[frame % frames.length]} ${text.slice(0, width)}`);
  };
  const timer = setInterval(() => {
    frame += 1;
    draw();
  }, frameMilliseconds);
  timer.unref();
  draw();
  return {
    update: (next) => {
      text = next;
    },
    draw,
    erase: () => void stream.write(eraseLine),
    stop: () => {
      clearInterval(timer);
      stream.write(eraseLine);
    },
  };
}

/** 340 → "0.3 s", 61 000 → "1 min 1 s". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Columns as wide as their widest cell, two spaces between them; nothing at all without rows. */
export function formatTable(rows: Record<string, string | number>[]): string {
  const headings = Object.keys(rows[0] ?? {});
  const lines = [headings, ...rows.map((row) => headings.map((heading) => String(row[heading] ?? '')))];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return headings.length === 0
    ? ''
    : lines
        .map(
          (line) =>
            `${line
              .map((cell, column) => cell.padEnd(widths[column] ?? 0))
              .join('  ')
              .trimEnd()}\n`,
        )
        .join('');
}
