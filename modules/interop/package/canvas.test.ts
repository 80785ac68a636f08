import { afterEach, beforeEach, expect, test } from 'vitest';
import { manifest, resource } from './testing/cartridge.ts';
import { lines, Workbench } from './testing/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.open();
});
afterEach(() => bench.close());

const moduleItem = (id: string, type: string, title: string, rest: string) =>
  `<item identifier="${id}"><content_type>${type}</content_type><workflow_state>active</workflow_state><title>${title}</title>${rest}</item>`;

function canvasExport(page: string): Record<string, string> {
  return {
    'imsmanifest.xml': manifest('', [
      resource('gpage', 'webcontent', 'wiki_content/bienvenida.html'),
      resource('gother', 'webcontent', 'wiki_content/otra.html'),
      resource('gfile', 'webcontent', 'web_resources/Mis archivos/sol y luna.png'),
      '<resource identifier="gtask" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="gtask/ensayo.html"><file href="gtask/ensayo.html"/><file href="gtask/assignment_settings.xml"/></resource>',
    ].join('')),
    'course_settings/canvas_export.txt': 'Q: What did the panda say?',
    'course_settings/course_settings.xml': '<course><title>Astronomía</title><locale>es</locale></course>',
    'course_settings/syllabus.html': '<html><body><p>Programa del curso</p></body></html>',
    'course_settings/rubrics.xml': '<rubrics/>',
    'course_settings/module_meta.xml': `<modules><module identifier="m1"><title>Cielo</title><items>${[
      moduleItem('i1', 'WikiPage', 'Bienvenida', '<identifierref>gpage</identifierref>'),
      moduleItem('i2', 'ExternalUrl', 'Observatorio', '<url>https://example.org/cielo</url>'),
      moduleItem('i3', 'ContextModuleSubHeader', 'Práctica', ''),
      moduleItem('i4', 'Assignment', 'Ensayo', '<identifierref>gtask</identifierref>').replace('active', 'unpublished'),
    ].join('')}</items></module></modules>`,
    'wiki_content/bienvenida.html': page,
    'wiki_content/otra.html': '<html><head><title>Otra página</title></head><body><p>Otra</p></body></html>',
    'web_resources/Mis archivos/sol y luna.png': 'png',
    'gtask/ensayo.html': '<p>Escribe.</p>',
    'gtask/assignment_settings.xml': '<assignment/>',
  };
}

test('modules, links, syllabus and settings come from course_settings', async () => {
  const course = await bench.readZip(canvasExport('<p>Hola</p>'));
  expect(course).toMatchObject({ format: 'canvas', title: 'Astronomía', language: 'es', descriptionHtml: '<p>Programa del curso</p>' });
  expect(course.modules.map(({ title, lessons }) => [title, lessons.map((lesson) => lesson.title)])).toEqual([
    ['Cielo', ['Bienvenida', 'Observatorio', 'Ensayo']],
    ['El maíz', ['Otra página']],
  ]);
  expect(lines(course.report).sort()).toEqual([
    'changed assignment "Ensayo" assignment_kept_as_text',
    'changed assignment "Ensayo" was_unpublished',
    'changed page "Otra página" page_outside_modules',
    'changed syllabus "syllabus.html" syllabus_became_description',
    'dropped file "gtask/assignment_settings.xml" not_referenced',
    'dropped file "web_resources/Mis archivos/sol y luna.png" not_referenced',
    'dropped heading "Práctica" heading_without_content',
    'dropped settings "canvas_export.txt" settings_not_supported',
    'dropped settings "rubrics.xml" settings_not_supported',
    'kept manifest "imsmanifest.xml" read_as_structure',
    'kept page "Bienvenida" page_kept',
    'kept settings "course_settings.xml" read_as_structure',
    'kept settings "module_meta.xml" read_as_structure',
    'kept web_link "Observatorio" link_kept',
  ]);
});

test.each([
  ['$IMS-CC-FILEBASE$/Mis%20archivos/sol%20y%20luna.png?canvas_download=1', 'milpa-file:'],
  ['%24IMS-CC-FILEBASE%24/Mis%20archivos/sol%20y%20luna.png', 'milpa-file:'],
  ['$CANVAS_COURSE_REFERENCE$/file_contents/course%20files/Mis%20archivos/sol%20y%20luna.png', 'milpa-file:'],
  ['$CANVAS_COURSE_REFERENCE$/files/gfile/download', 'milpa-file:'],
  ['$WIKI_REFERENCE$/pages/otra', 'milpa-lesson:1/0'],
  ['$CANVAS_OBJECT_REFERENCE$/pages/gother', 'milpa-lesson:1/0'],
  ['$CANVAS_OBJECT_REFERENCE$/assignments/gtask', 'milpa-lesson:0/2'],
  ['$CANVAS_COURSE_REFERENCE$/modules/items/i4', 'milpa-lesson:0/2'],
])('%s leads to %s', async (reference, target) => {
  const course = await bench.readZip(canvasExport(`<a href="${reference}">x</a>`));
  expect(course.modules[0]?.lessons[0]?.html).toContain(`<a href="${target}`);
});
