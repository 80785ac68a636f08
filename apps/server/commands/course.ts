import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Command } from './command.ts';
import { type ImportNote, withInstallation } from './installation.ts';

const outcomes: ImportNote['outcome'][] = ['kept', 'changed', 'dropped'];

export const exportCourse: Command<{ slug: string; tenant: string; format: 'cc' | 'markdown'; out?: string }> = async ({ slug, tenant, format, out }, { config, terminal }) =>
  withInstallation(config, terminal, async (installation) => {
    terminal.print(await installation.exportCourse(slug, tenant, format, out));
    return 0;
  });

export const importCourse: Command<{ file: string; tenant: string; json?: boolean }> = async (
  { file, tenant, json },
  { config, terminal },
) => {
  const source = path.resolve(file);
  if (!existsSync(source)) {
    terminal.fail(`There is no file ${source}.`);
    return 1;
  }
  return withInstallation(config, terminal, async (installation) => {
    const result = await terminal.stage(`Importing ${path.basename(source)}`, (progress) =>
      installation.importCourse(source, tenant, progress),
    );
    if (json) {
      terminal.json(result);
      return 0;
    }
    terminal.print(`${result.title}${result.repeated ? ' (imported before; no second course was made)' : ''}\n${result.url}`);
    for (const outcome of outcomes) {
      const notes = result.notes.filter((note) => note.outcome === outcome);
      if (notes.length === 0) continue;
      terminal.print(`\n${notes.length} ${outcome}`);
      // What was kept as it was needs no list.
      if (outcome !== 'kept') for (const note of notes) terminal.print(`  ${note.item}: ${note.reason}`);
    }
    return 0;
  });
};
