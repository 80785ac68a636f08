import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lines, Workbench } from './testing/workbench.ts';
import { PackageError } from './types.ts';

const PACKAGES = join(import.meta.dirname, '../../../../shared/packages');
const isAbsent = !existsSync(PACKAGES);
const filesIn = (folder: string) => (isAbsent ? [] : readdirSync(join(PACKAGES, folder)));

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.open();
});
afterEach(() => bench.close());

if (isAbsent) test('packages that others made', ({ skip }) => skip(`${PACKAGES} is not here: they are tried only where it is`));

describe.skipIf(isAbsent)('packages that others made', () => {
  const read = (path: string) => bench.read(join(PACKAGES, path));

  test('a Canvas export that breaks the schema', async () => {
    const course = await read('common-cartridge/canvas_small_1.1.imscc');
    expect(course).toMatchObject({ format: 'canvas', formatVersion: '1.1', language: 'en-US' });
    expect(course.modules.map(({ lessons }) => lessons.length)).toEqual([3, 3, 2]);
    expect(course.modules[2]?.lessons[1]?.attachments).toHaveLength(2);
    expect(lines(course.report)).toEqual(expect.arrayContaining([
      'dropped quiz "Pretest" quiz_not_supported',
      'dropped web_link "Non-existent reference" file_missing',
      'changed assignment "Assignment 2" assignment_kept_as_text',
    ]));
  });

  test('the same export with its files gone', async () => {
    await expect(read('common-cartridge/canvas_small_1.1.corrupt.imscc')).rejects.toEqual(new PackageError('files_missing', { missing: 15, total: 19 }));
  });

  test('a cartridge of version 1.3', async () => {
    const course = await read('common-cartridge/intro_python.imscc');
    expect(course).toMatchObject({ format: 'common-cartridge', formatVersion: '1.3', title: 'Introduction to Python Programming' });
    expect(course.modules.map(({ lessons }) => lessons.length)).toEqual(Array(12).fill(9));
    expect(course.report.filter(({ outcome, kind }) => outcome === 'dropped' && kind === 'quiz')).toHaveLength(12);
    expect(course.modules.flatMap(({ lessons }) => lessons).filter(({ html }) => /<(script|style|iframe)|\son\w+=/i.test(html))).toEqual([]);
  });

  test('a cartridge that Moodle exported', async () => {
    const course = await read('common-cartridge/moodle_export_1.1.imscc');
    expect(course).toMatchObject({ title: 'Test course: S', language: 'en' });
    expect(course.modules[1]?.lessons.filter(({ title }) => /^Page \d+$/.test(title))).toHaveLength(50);
    expect(course.report.filter(({ outcome, kind }) => outcome === 'dropped' && kind !== 'heading'), 'only empty sections go').toEqual([]);
  });

  test('a lesson of The Carpentries, in Spanish', async () => {
    const course = await read('markdown/shell-novice-es.zip');
    expect(course).toMatchObject({ format: 'markdown', title: 'La Terminal de Unix', language: 'es' });
    expect(course.modules[0]?.lessons.map(({ title }) => title)).toEqual([
      'Introducción a la Terminal', 'Navegación de archivos y directorios', 'Trabajando con archivos y directorios', 'Pipes y filtros', 'Bucles', 'Scripts de la terminal', 'Encontrando archivos',
    ]);
    expect(course.files.filter(({ mediaType }) => mediaType.startsWith('image/'))).toHaveLength(8);
    expect(course.modules.flatMap(({ lessons }) => lessons).filter(({ html }) => html.includes(':::') || html.includes('{alt='))).toEqual([]);
  });

  const others = Object.entries({ 'moodle-backup': 'moodle-backup', h5p: 'h5p', cmi5: 'cmi5', qti: 'qti', oneroster: 'oneroster' });
  test.each(others.flatMap(([folder, found]) => filesIn(folder).map((name) => [`${folder}/${name}`, found] as const)))('%s is named as %s', async (path, found) => {
    await expect(read(path)).rejects.toEqual(new PackageError('unsupported_format', { found }));
    expect(await bench.leftInWorkDir()).toEqual([]);
  });

  const broken: Record<string, string> = { 'badscorm.zip': 'bad_manifest', 'validscorm.zip': 'bad_manifest', 'invalid.zip': 'no_manifest' };
  test.each(filesIn('scorm'))('SCORM %s ends in a clear error', async (name) => {
    await expect(read(`scorm/${name}`)).rejects.toMatchObject({ code: broken[name] ?? 'unsupported_format' });
  });
});
