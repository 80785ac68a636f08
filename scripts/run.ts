import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

// The project's own Node and tools come first, whatever the machine carries.
const environment = { ...process.env, PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env['PATH'] ?? ''}` };

export interface Outcome {
  /** the exit code; 1 when the program was ended by a signal, 127 when it could not be started */
  code: number;
  output: string;
}

/** Runs a program silently and gives back what it wrote. */
export function capture(command: string[], folder = root): Promise<Outcome> {
  return run(command, folder, 'pipe', {});
}

/** Runs a program that writes to this terminal. */
export async function show(command: string[], extraEnvironment: Record<string, string> = {}): Promise<number> {
  return (await run(command, root, 'inherit', extraEnvironment)).code;
}

function run(
  [program = '', ...args]: string[],
  folder: string,
  stdio: 'pipe' | 'inherit',
  extra: Record<string, string>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder, env: { ...environment, ...extra }, stdio: ['ignore', stdio, stdio] });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
