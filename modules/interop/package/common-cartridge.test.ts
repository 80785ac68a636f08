import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { item, manifest, module, resource, tinyCartridge } from './testing/cartridge.ts';
import { lines, Workbench } from './testing/workbench.ts';
import { PackageError, type CoursePackage } from './types.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.open();
});
afterEach(() => bench.close());

const DISCUSSION = '<topic xmlns="x"><title>Foro</title><text texttype="text/html">&lt;p&gt;¿Qué opinas?&lt;/p&gt;</text><attachments><attachment href="../files/guide.pdf"/></attachments></topic>';
const WEB_LINK = '<wl:webLink xmlns:wl="x"><wl:title>Mapa</wl:title><wl:url href="https://example.org/mapa"/></wl:webLink>';
const ASSIGNMENT = '<assignment xmlns="x"><title>Tarea</title><text texttype="text/plain">Dibuja una milpa.</text></assignment>';

/** One of everything, with a page of each kind of reference. */
function everything(): Record<string, string> {
  return {
    'imsmanifest.xml': manifest(
      module('Uno', item('Inicio', 'page'), item('Foro', 'topic'), item('Mapa', 'link'), item('Tarea', 'task'), item('Examen', 'quiz'), item('Guía', 'file')) +
        module('Dos', item('Herramienta', 'tool'), item('Segunda', 'page2'), item('Perdida', 'nowhere'), '<item identifier="h"><title>Encabezado</title></item>'),
      [
        resource('page', 'webcontent', 'pages/first.html', 'img/sol.png', 'files/extra.csv', 'pages/look.css'),
        resource('page2', 'webcontent', 'pages/second.html'),
        resource('topic', 'imsdt_xmlv1p1', 'topics/topic.xml'),
        resource('link', 'imswl_xmlv1p1', 'link.xml'),
        resource('task', 'assignment_xmlv1p0', 'task.xml'),
        resource('quiz', 'imsqti_xmlv1p2/imscc_xmlv1p1/assessment', 'quiz.xml'),
        resource('bank', 'imsqti_xmlv1p2/imscc_xmlv1p1/question-bank', 'bank.xml'),
        resource('tool', 'imsbasiclti_xmlv1p0', 'tool.xml'),
        resource('file', 'webcontent', 'files/guide.pdf'),
      ].join(''),
    ),
    'pages/first.html': '<p><img src="$IMS-CC-FILEBASE$../img/sol.png" alt="Sol"> <a href="second.html#x">sigue</a> <a href="gone.html">perdida</a></p>',
    'pages/second.html': '<p>Segunda</p>',
    'pages/look.css': 'p {}',
    'img/sol.png': 'png',
    'files/extra.csv': 'a,b',
    'files/guide.pdf': 'pdf',
    'files/forgotten.txt': 'x',
    'topics/topic.xml': DISCUSSION,
    'link.xml': WEB_LINK,
    'task.xml': ASSIGNMENT,
    'quiz.xml': '<questestinterop/>',
    'bank.xml': '<questestinterop/>',
    'tool.xml': '<cartridge_basiclti_link/>',
  };
}

describe('a cartridge with one of everything', () => {
  let course: CoursePackage;
  beforeEach(async () => {
    course = await bench.readZip(everything());
  });
  const keyOf = (name: string) => course.files.find((file) => file.name === name)?.key;

  test('keeps its structure', () => {
    expect(course).toMatchObject({ format: 'common-cartridge', formatVersion: '1.1', title: 'El maíz', language: 'es-MX' });
    expect(course.modules.map(({ title, lessons }) => [title, lessons.map((lesson) => lesson.title)])).toEqual([
      ['Uno', ['Inicio', 'Foro', 'Mapa', 'Tarea', 'Guía']],
      ['Dos', ['Segunda']],
    ]);
  });

  test('rewrites references to files and to lessons', () => {
    expect(course.modules[0]?.lessons[0]?.html).toBe(
      `<p><img src="milpa-file:${keyOf('sol.png')}" alt="Sol" loading="lazy" /> <a href="milpa-lesson:1/0" rel="noopener noreferrer">sigue</a> <a>perdida</a></p>`,
    );
  });

  test('attaches what came with a page and what a discussion attaches, not style sheets', () => {
    expect(course.modules[0]?.lessons.map(({ attachments }) => attachments)).toEqual([[keyOf('extra.csv')], [keyOf('guide.pdf')], [], [], []]);
  });

  test('keeps texts and links as lessons', () => {
    const [, discussion, link, assignment] = course.modules[0]?.lessons ?? [];
    expect(discussion?.html).toBe('<p>¿Qué opinas?</p>');
    expect(link?.html).toBe('<p><a href="https://example.org/mapa" rel="noopener noreferrer">Mapa</a></p>');
    expect(assignment?.html).toBe('<p>Dibuja una milpa.</p>');
  });

  test('reports every item, resource and file exactly once', () => {
    expect(lines(course.report).sort()).toEqual([
      'changed assignment "Tarea" assignment_kept_as_text',
      'changed discussion "Foro" discussion_kept_as_text',
      'changed page_content "Inicio" broken_reference',
      'dropped file "files/forgotten.txt" not_referenced',
      'dropped file "pages/look.css" not_referenced',
      'dropped heading "Encabezado" heading_without_content',
      'dropped item "Perdida" resource_missing',
      'dropped lti_link "Herramienta" lti_link_not_supported',
      'dropped question_bank "bank.xml" question_bank_not_supported',
      'dropped quiz "Examen" quiz_not_supported',
      'kept file "Guía" file_became_lesson',
      'kept file "extra.csv" file_kept',
      'kept file "sol.png" file_kept',
      'kept manifest "imsmanifest.xml" read_as_structure',
      'kept page "Inicio" page_kept',
      'kept page "Segunda" page_kept',
      'kept web_link "Mapa" link_kept',
    ]);
  });
});

describe('what real exports break', () => {
  test.each(['imsccv1p0', 'imsccv1p1', 'imsccv1p2', 'imsccv1p3'])('namespaces of %s', async (namespace) => {
    const files = tinyCartridge();
    files['imsmanifest.xml'] = String(files['imsmanifest.xml']).replaceAll('imsccv1p1', namespace);
    expect((await bench.readZip(files)).modules).toHaveLength(1);
  });

  test('intendeduse="assignment" and item identifiers used twice', async () => {
    const page = '<resource identifier="p" type="webcontent" href="page.html" intendeduse="assignment"><file href="page.html"/></resource>';
    const course = await bench.readZip({ ...tinyCartridge(), 'imsmanifest.xml': manifest(module('Uno', item('A', 'p'), item('B', 'p')), page) });
    expect(lines(course.report)).toEqual(expect.arrayContaining(['changed assignment "A" assignment_kept_as_text', 'changed assignment "B" assignment_kept_as_text']));
  });

  test('a manifest one level down, beside other files', async () => {
    const files = Object.fromEntries(Object.entries(tinyCartridge('<img src="a.png" alt="">')).map(([path, content]) => [`export/${path}`, content]));
    const course = await bench.readZip({ ...files, 'export/a.png': 'png', 'readme.txt': 'x' });
    expect(course.files.map(({ name }) => name)).toEqual(['a.png']);
  });

  test('no organisation: pages make up one module of the course’s name', async () => {
    const course = await bench.readZip({ ...tinyCartridge(), 'imsmanifest.xml': manifest('', resource('p', 'webcontent', 'page.html')) });
    expect(course.modules.map(({ title, lessons }) => [title, lessons.length])).toEqual([['El maíz', 1]]);
    expect(lines(course.report)).toContain('changed page "page" page_outside_modules');
  });

  test('single lessons beside modules, and folders in folders', async () => {
    const items = item('Suelta', 'p') + module('Uno', module('Dentro', item('Honda', 'p')));
    const course = await bench.readZip({ ...tinyCartridge(), 'imsmanifest.xml': manifest(items, resource('p', 'webcontent', 'page.html')) });
    expect(course.modules.map(({ title, lessons }) => [title, lessons.map((lesson) => lesson.title)])).toEqual([['El maíz', ['Suelta']], ['Uno', ['Honda']]]);
    expect(lines(course.report)).toContain('changed folder "Dentro" folder_flattened');
  });

  test('a file of a page that is gone is reported, and the page kept', async () => {
    const course = await bench.readZip({ ...tinyCartridge(), 'imsmanifest.xml': manifest(module('Uno', item('A', 'p')), resource('p', 'webcontent', 'page.html', 'gone.png')) });
    expect(lines(course.report)).toEqual(expect.arrayContaining(['kept page "A" page_kept', 'dropped file "gone.png" file_missing']));
  });

  test('one unreadable resource does not stop the others', async () => {
    const resources = resource('p', 'webcontent', 'page.html') + resource('t', 'imsdt_xmlv1p1', 'topic.xml');
    const course = await bench.readZip({ ...tinyCartridge(), 'imsmanifest.xml': manifest(module('Uno', item('A', 'p'), item('Foro', 't')), resources), 'topic.xml': '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><topic><text>&e;</text></topic>' });
    expect(lines(course.report)).toContain('dropped discussion "Foro" doctype_forbidden');
  });
});

describe('encodings', () => {
  const PAGE = '<p>Niño, café</p>';
  const firstHtml = (course: CoursePackage) => course.modules[0]?.lessons[0]?.html;

  test.each([
    ['UTF-8', Buffer.from(PAGE)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${PAGE}`)],
    ['UTF-16 little endian with a mark', Buffer.from(`\ufeff${PAGE}`, 'utf16le')],
    ['UTF-16 big endian with a mark', Buffer.from(`\ufeff${PAGE}`, 'utf16le').swap16()],
    ['declared windows-1252', Buffer.from(`<meta charset="windows-1252">${PAGE}`, 'latin1')],
    ['undeclared windows-1252', Buffer.from(PAGE, 'latin1')],
  ])('a page in %s', async (_, bytes) => {
    expect(firstHtml(await bench.readZip(tinyCartridge(bytes)))).toBe(PAGE);
  });

  test('a page that is not in the encoding it declares is kept and reported', async () => {
    const course = await bench.readZip(tinyCartridge(Buffer.concat([Buffer.from('<meta charset="utf-8"><p>Ni'), Buffer.from([0xf1]), Buffer.from('o</p>')])));
    expect(firstHtml(course)).toBe('<p>Ni\ufffdo</p>');
    expect(lines(course.report)).toContain('changed page "Página" encoding_damaged');
  });

  test('a manifest in UTF-16', async () => {
    const files = tinyCartridge();
    files['imsmanifest.xml'] = Buffer.from(`\ufeff${String(files['imsmanifest.xml']).replace('UTF-8', 'UTF-16')}`, 'utf16le');
    expect((await bench.readZip(files)).title).toBe('El maíz');
  });

  test('a manifest that is not in the encoding it declares is refused', async () => {
    const files = tinyCartridge();
    files['imsmanifest.xml'] = Buffer.from(String(files['imsmanifest.xml']), 'latin1');
    expect(await bench.refusal(files)).toBe('bad_encoding');
  });
});

describe('a manifest is refused', () => {
  const withManifest = (text: string) => ({ ...tinyCartridge(), 'imsmanifest.xml': text });
  const valid = String(tinyCartridge()['imsmanifest.xml']);

  test.each<[string, Record<string, string | Buffer>, string]>([
    ['when it is absent', { 'page.html': '<p>x</p>' }, 'no_manifest'],
    ['when it is empty', withManifest(''), 'bad_manifest'],
    ['when it is not well-formed', withManifest(valid.replace('</resources>', '')), 'bad_manifest'],
    ['when it is another kind of XML', withManifest('<rss/>'), 'bad_manifest'],
    ['with a document type', withManifest(valid.replace('<manifest', '<!DOCTYPE manifest SYSTEM "http://example.org/x.dtd"><manifest')), 'doctype_forbidden'],
    ['with entities that grow', withManifest(valid.replace('<manifest', '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><manifest')), 'doctype_forbidden'],
    ['with an entity of its own', withManifest(valid.replace('El maíz', '&secret;')), 'bad_manifest'],
    ['with elements nested without end', withManifest(valid.replace('<item identifier="root">', '<item>'.repeat(500))), 'bad_manifest'],
    ['when a resource climbs out', withManifest(valid.replaceAll('page.html', '../../../etc/passwd')), 'unsafe_path'],
    ['when it climbs out in percent signs', withManifest(valid.replaceAll('page.html', '%2e%2e/%2e%2e/etc/passwd')), 'unsafe_path'],
    ['when nothing in it can be taught', withManifest(manifest('', '')), 'empty_course'],
    ['when most of its files are gone', withManifest(manifest(module('Uno', item('A', 'a')), resource('a', 'webcontent', 'a.html', 'b.html'))), 'files_missing'],
    ['when it is SCORM', withManifest('<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"/>'), 'unsupported_format'],
  ])('%s', async (_, files, code) => {
    expect(await bench.refusal(files)).toBe(code);
    expect(await bench.leftInWorkDir()).toEqual([]);
  });

  test('an unsupported format is named', async () => {
    const reading = bench.readZip({ 'cmi5.xml': '<courseStructure/>', 'index.md': '# x' });
    await expect(reading).rejects.toEqual(new PackageError('unsupported_format', { found: 'cmi5' }));
  });
});

describe('bounds on what a small package can become', () => {
  const sameItemOften = (count: number) => ({
    ...tinyCartridge('<p>Hola</p>'.repeat(100)),
    'imsmanifest.xml': manifest(module('Uno', ...Array.from({ length: count }, () => item('A', 'p'))), resource('p', 'webcontent', 'page.html')),
  });

  test('one page as many lessons', async () => {
    expect(await bench.refusal(sameItemOften(3), { maxLessons: 2 })).toBe('too_many_lessons');
  });

  test('one page read again and again', async () => {
    expect(await bench.refusal(sameItemOften(30), { maxTotalTextBytes: 10_000 })).toBe('too_much_text');
  });

  test('a page too long to parse is dropped, not the course', async () => {
    const course = await bench.readZip({ ...sameItemOften(1), 'imsmanifest.xml': manifest(module('Uno', item('A', 'p'), item('B', 'q')), resource('p', 'webcontent', 'page.html') + resource('q', 'webcontent', 'long.html')), 'long.html': 'x'.repeat(5000) }, { maxTextBytes: 4000 });
    expect(lines(course.report)).toContain('dropped page "B" too_large');
  });
});
