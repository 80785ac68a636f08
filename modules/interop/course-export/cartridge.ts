/**
 * Writes a Common Cartridge 1.3: pages, files and links that every learning platform reads. What the standard has no words for (how a
 * lesson is completed, when a module opens …) stands in `milpa/course.json`, which others pass by and we read again.
 */
import type { ArchiveEntry } from '@milpa/kernel/zip';
import { metadataPath, pageBegin, pageEnd, type MilpaMetadata } from '../package/milpa.ts';
import { escapeHtml } from '../package/text.ts';
import { FilePlaces, filledModules, numbered, relativeHref, withPackageAddresses, type ExportedCourse, type ExportedLesson } from './course.ts';

const rightToLeft = /^(ar|fa|he|ur)\b/;
/** What we write around the files of a lesson for readers elsewhere; not part of the lesson. */
const filesHeading: Record<string, string> = { en: 'Files', es: 'Archivos', ar: 'الملفات' };

/** A lesson that is nothing but a link is one in a cartridge too. */
const onlyLink = /^<p><a href="(https?:\/\/[^"]+)"[^>]*>([^<]*)<\/a><\/p>$/;

interface Page { lesson: ExportedLesson; id: string; path: string; url: string | null; files: string[] }

export async function* cartridgeEntries(course: ExportedCourse): AsyncGenerator<ArchiveEntry> {
  const modules = filledModules(course.modules);
  const places = new FilePlaces(course.files);
  const pages = modules.map(({ lessons }, module) => lessons.map((lesson, at): Page => {
    const name = `${numbered(module, modules.length)}-${numbered(at, lessons.length)}`;
    const link = lesson.attachments.length === 0 ? onlyLink.exec(lesson.html) : null;
    const url = link && link[2] === escapeHtml(lesson.title) ? unescaped(link[1]!) : null;
    return { lesson, id: `l-${name}`, path: url === null ? `lessons/${name}.html` : `links/${name}.xml`, url, files: [] };
  }));
  const lessonPath = (module: number, lesson: number) => pages[module]?.[lesson]?.path;
  const metadata: MilpaMetadata = {
    milpa: 1, requiredShare: course.requiredShare, sequential: course.sequential, level: course.level, category: course.category, price: course.price, summary: course.summary,
    description: withPackageAddresses(course.descriptionHtml, '', places, lessonPath),
    modules: [],
  };
  for (const [index, { title, release, prerequisites = [] }] of modules.entries()) {
    const lessons = [];
    for (const page of pages[index]!) {
      const { minutes, completion = 'mark', optional = false } = page.lesson;
      const attachments = page.lesson.attachments.flatMap(({ fileId, name }) => places.pathOf(fileId, name) ?? []);
      if (page.url === null) yield { name: page.path, content: pageHtml(page, course.language, attachments, places, lessonPath) };
      else yield { name: page.path, content: webLink(page.lesson.title, page.url) };
      lessons.push({ path: page.path, title: page.lesson.title, minutes, completion, optional, attachments, ...(page.url === null ? {} : { html: page.lesson.html }) });
    }
    metadata.modules.push({ title, release: release ?? { kind: 'always' }, prerequisites, lessons });
  }
  yield { name: metadataPath, content: `${JSON.stringify(metadata, null, 2)}\n` };
  yield* places.entries();
  yield { name: 'imsmanifest.xml', content: manifestXml(course, modules.map(({ title }, index) => ({ title, pages: pages[index]! })), places) };
}

function pageHtml(page: Page, language: string, attachments: readonly string[], places: FilePlaces, lessonPath: (module: number, lesson: number) => string | undefined): string {
  const body = forMathReaders(withPackageAddresses(page.lesson.html, page.path, places, lessonPath));
  page.files = [...new Set([...attachments, ...places.paths.filter((path) => body.includes(`"${relativeHref(page.path, path)}"`))])];
  const listed = attachments.map((path) => `<li><a href="${relativeHref(page.path, path)}">${escapeHtml(path.slice(path.lastIndexOf('/') + 1))}</a></li>`);
  const files = listed.length === 0 ? '' : `\n<h2>${filesHeading[language.slice(0, 2)] ?? filesHeading['en']}</h2>\n<ul>${listed.join('')}</ul>`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}" dir="${rightToLeft.test(language) ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><title>${escapeHtml(page.lesson.title)}</title></head>
<body>
${pageBegin}
${body}
${pageEnd}${files}
</body>
</html>
`;
}

/** TeX between the marks by which MathJax and its like know it. */
const forMathReaders = (html: string): string => html.replace(/(<(span|div)[^>]* data-kind="math"[^>]*>)([^<]*)(<\/\2>)/g,
  (_, opening: string, tag: string, tex: string, closing: string) => (tag === 'div' ? `${opening}\\[${tex}\\]${closing}` : `${opening}\\(${tex}\\)${closing}`));

const unescaped = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const webLink = (title: string, url: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3 http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_imswl_v1p3.xsd">
  <title>${escapeHtml(title)}</title>
  <url href="${escapeHtml(url)}"/>
</webLink>
`;

/** Characters that XML 1.0 has no way to write are left out. */
const xml = (text: string): string => escapeHtml(text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, ''));
const href = (path: string): string => xml(path.split('/').map(encodeURIComponent).join('/'));

function manifestXml(course: ExportedCourse, modules: readonly { title: string; pages: readonly Page[] }[], places: FilePlaces): string {
  const language = xml(course.language);
  const string = (text: string) => `<lomimscc:string language="${language}">${xml(text)}</lomimscc:string>`;
  const fileIds = new Map(places.paths.map((path, index) => [path, `f-${index + 1}`]));
  const items = modules.map(({ title, pages }, index) => `
        <item identifier="m-${index + 1}">
          <title>${xml(title)}</title>${pages.map(({ id, lesson }) => `
          <item identifier="i-${id}" identifierref="${id}"><title>${xml(lesson.title)}</title></item>`).join('')}
        </item>`).join('');
  const resources = [
    ...modules.flatMap(({ pages }) => pages).map(({ id, path, url, files }) => (url === null
      ? `<resource identifier="${id}" type="webcontent" href="${href(path)}"><file href="${href(path)}"/>${files.map((file) => `<dependency identifierref="${fileIds.get(file)}"/>`).join('')}</resource>`
      : `<resource identifier="${id}" type="imswl_xmlv1p3"><file href="${href(path)}"/></resource>`)),
    ...[...fileIds].map(([path, id]) => `<resource identifier="${id}" type="webcontent" href="${href(path)}"><file href="${href(path)}"/></resource>`),
    `<resource identifier="milpa" type="associatedcontent/imscc_xmlv1p3/learning-application-resource" href="${metadataPath}"><file href="${metadataPath}"/></resource>`,
  ];
  const tags = course.tags.map((tag) => `<lomimscc:keyword>${string(tag)}</lomimscc:keyword>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="milpa-course" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1 http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_imscp_v1p2_v1p0.xsd http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest http://www.imsglobal.org/profile/cc/ccv1p3/LOM/ccv1p3_lommanifest_v1p0.xsd">
  <metadata>
    <schema>IMS Common Cartridge</schema>
    <schemaversion>1.3.0</schemaversion>
    <lomimscc:lom>
      <lomimscc:general>
        <lomimscc:title>${string(course.title)}</lomimscc:title>
        <lomimscc:language>${language}</lomimscc:language>
        <lomimscc:description>${string(course.summary)}</lomimscc:description>
        ${tags}
      </lomimscc:general>
    </lomimscc:lom>
  </metadata>
  <organizations>
    <organization identifier="organization" structure="rooted-hierarchy">
      <item identifier="root">${items}
      </item>
    </organization>
  </organizations>
  <resources>
    ${resources.join('\n    ')}
  </resources>
</manifest>
`;
}
