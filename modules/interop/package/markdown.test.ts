import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lines, Workbench } from './testing/workbench.ts';
import type { CoursePackage } from './types.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.open();
});
afterEach(() => bench.close());

const outline = (course: CoursePackage) => course.modules.map(({ title, lessons }) => [title, lessons.map((lesson) => lesson.title)]);
const firstHtml = (course: CoursePackage) => course.modules[0]?.lessons[0]?.html;

const COURSE = `---
title: La milpa
summary: Tres plantas que se ayudan.
language: es-mx
level: beginner
tags: [campo, maíz]
category: Agricultura
price: { model: one_time, amount: 19900, currency: MXN }
---
Un curso **corto**.
`;

describe('a course with course.md', () => {
  const files = {
    'course.md': COURSE,
    '02-cosecha/01-secar.md': '# Secar\n\nAl sol.',
    '01-siembra/module.md': '---\ntitle: La siembra\n---\n',
    '01-siembra/10-regar.md': '---\ntitle: Regar\n---\nCon calma.',
    '01-siembra/02-semilla.md': '---\ntitle: La semilla\nminutes: 12\nattachments: [../docs/gu%C3%ADa.pdf]\n---\n![Grano](img/grano.png)\n\n[Después](10-regar.md)',
    '01-siembra/img/grano.png': 'png',
    'docs/guía.pdf': 'pdf',
  };

  test('has what its front matter says', async () => {
    expect(await bench.readZip(files)).toMatchObject({
      format: 'markdown', title: 'La milpa', summary: 'Tres plantas que se ayudan.', language: 'es-MX', level: 'beginner', tags: ['campo', 'maíz'],
      category: 'Agricultura', price: { model: 'one_time', amount: 19900, currency: 'MXN' }, descriptionHtml: '<p>Un curso <strong>corto</strong>.</p>',
    });
  });

  test('is ordered by its numbers', async () => {
    expect(outline(await bench.readZip(files))).toEqual([['La siembra', ['La semilla', 'Regar']], ['Cosecha', ['Secar']]]);
  });

  test('has minutes, attachments, pictures and links', async () => {
    const course = await bench.readZip(files);
    const keyOf = (name: string) => course.files.find((file) => file.name === name)?.key;
    expect(course.modules[0]?.lessons[0]).toEqual({
      title: 'La semilla',
      minutes: 12,
      attachments: [keyOf('guía.pdf')],
      html: `<p><img src="milpa-file:${keyOf('grano.png')}" alt="Grano" loading="lazy" /></p>\n<p><a href="milpa-lesson:0/1" rel="noopener noreferrer">Después</a></p>`,
    });
  });

  test('accounts for every file', async () => {
    expect(lines((await bench.readZip({ ...files, 'notes.bin': 'x' })).report).sort()).toEqual([
      'dropped file "notes.bin" not_referenced',
      'kept course "course.md" read_as_description',
      'kept file "grano.png" file_kept',
      'kept file "guía.pdf" file_kept',
      'kept module "La siembra" read_as_structure',
      'kept page "La semilla" page_kept',
      'kept page "Regar" page_kept',
      'kept page "Secar" page_kept',
    ]);
  });

  test('reads the same from a folder', async () => {
    const zipped = await bench.readZip(files);
    const { digest, modules } = await bench.read(await bench.writeFolder(files));
    expect({ digest, modules }).toEqual({ digest: zipped.digest, modules: zipped.modules });
  });
});

describe('front matter', () => {
  const withMatter = (matter: string) => ({ 'course.md': `---\n${matter}\n---\n`, 'one.md': '# One' });

  test.each([
    ['price: { model: one_time, amount: 1.5, currency: MXN }', 'dropped setting "price" unknown_price'],
    ['price: { model: one_time, amount: 100, currency: pesos }', 'dropped setting "price" unknown_price'],
    ['level: wizard', 'dropped setting "level" unknown_level'],
  ])('%s is reported', async (matter, line) => {
    expect(lines((await bench.readZip(withMatter(matter))).report)).toContain(line);
  });

  test.each([
    ['is no YAML', 'title: [a'],
    ['has aliases that grow', `a: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e'].map((name, index) => `${name}: &${name} [${`*${'abcd'[index]},`.repeat(8)}]`).join('\n')}`],
  ])('of course.md that %s is refused', async (_, matter) => {
    expect(await bench.refusal(withMatter(matter))).toBe('bad_front_matter');
  });

  test('of a lesson that is no YAML is reported, and the lesson kept', async () => {
    const course = await bench.readZip({ 'course.md': '# Course', 'one.md': '---\ntitle: [a\n---\n# One\n\ntext' });
    expect(course.modules[0]?.lessons).toMatchObject([{ title: 'One', html: '<p>text</p>' }]);
    expect(lines(course.report)).toContain('changed page_content "one.md" bad_front_matter');
  });
});

describe('any folder of Markdown', () => {
  test('takes its title from the first heading, its lessons from names and headings', async () => {
    const course = await bench.readZip({ 'site/README.md': '# Beans\n\nClimbers.', 'site/10-late.md': 'no heading', 'site/2-early.md': '# Early', 'site/extra/a_b.md': 'text', 'site/LICENSE.md': '# MIT' });
    expect(course.title).toBe('Beans');
    expect(outline(course)).toEqual([['Beans', ['Early', 'Late']], ['Extra', ['A b']]]);
    expect(lines(course.report)).toContain('dropped page "LICENSE.md" project_file');
  });

  test('follows the order and title of a Carpentries configuration', async () => {
    const course = await bench.readZip({
      'config.yaml': "title: 'Shell'\nlang: es\nkeywords: 'a, b'\nepisodes:\n- second.md\n- first.md\n",
      'index.md': '---\nsite: x\n---\nWelcome',
      'episodes/first.md': '---\ntitle: First\nteaching: 10\nexercises: 5\n---\n',
      'episodes/second.md': '---\ntitle: Second\n---\n![](fig/a.svg){alt=\'An arrow\'}',
      'episodes/fig/a.svg': '<svg/>',
      'instructors/notes.md': 'secret',
    });
    expect(course).toMatchObject({ title: 'Shell', language: 'es', tags: ['a', 'b'], modules: [{ title: 'Shell', lessons: [{ title: 'Second' }, { title: 'First', minutes: 15 }] }] });
    expect(firstHtml(course)).toContain('alt="An arrow"');
    expect(lines(course.report)).toContain('dropped page "instructors/notes.md" instructor_material');
  });

  test('fenced divs become quotes and plain blocks, those in code stay', async () => {
    const course = await bench.readZip({ 'one.md': '# T\n\n::: callout\n\n## Note\n\ntext\n\n:::\n\n:::: {.columns}\ninside\n::::\n\n```\n::: callout\n```\n' });
    expect(firstHtml(course)).toBe('<blockquote>\n<h2 id="content-note">Note</h2>\n<p>text</p>\n</blockquote>\n<div>\n<p>inside</p>\n</div>\n<pre dir="ltr" tabindex="0"><code dir="ltr">::: callout</code></pre>');
    expect(lines(course.report)).toContain('changed page_content "T" fenced_blocks_flattened');
  });

  test('raw HTML is sanitised like any other', async () => {
    const course = await bench.readZip({ 'one.md': '# T\n\n<p onclick="x">a</p><script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n| a |\n|---|\n| b |' });
    expect(firstHtml(course)).toBe('<p>a</p>\n<p>[x](javascript:alert(1))</p>\n<table tabindex="0">\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>');
    expect(lines(course.report)).toContain('changed page_content "T" active_content_removed');
  });
});
