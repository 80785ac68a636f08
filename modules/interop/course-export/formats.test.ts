import { sanitizeHtml } from '@milpa/catalog';
import fc from 'fast-check';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseXml, type XmlElement, childrenOf, find, textAt } from '../package/xml.ts';
import type { CoursePackage } from '../package/types.ts';
import { Workbench } from '../package/testing/workbench.ts';
import { cartridgeEntries } from './cartridge.ts';
import type { ExportedCourse } from './course.ts';
import { markdownEntries } from './markdown.ts';
import { toMarkdown } from './to-markdown.ts';

let bench: Workbench;
beforeAll(async () => { bench = await Workbench.open(); });
afterAll(() => bench.close());

const fileIds = ['0196a5c0-0000-7000-8000-000000000001', '0196a5c0-0000-7000-8000-000000000002', '0196a5c0-0000-7000-8000-000000000003'] as const;
const bytesOf = (id: string) => Buffer.from(`bytes of ${id}`);
const files: ExportedCourse['files'] = new Map(['leaf one.png', 'notes #1 (50%).md', 'دليل.pdf'].map((name, index) => [fileIds[index]!, { id: fileIds[index]!, name, open: async () => (async function* () { yield bytesOf(fileIds[index]!); })() }]));

let count = 0;
async function roundTrip(course: ExportedCourse, format: 'cc' | 'markdown'): Promise<CoursePackage> {
  const folder = join(bench.folder, `course-${count++}`);
  for await (const { name, content } of format === 'cc' ? cartridgeEntries(course) : markdownEntries(course)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    const chunks = [];
    if (typeof content === 'string' || content instanceof Uint8Array) chunks.push(Buffer.from(content));
    else for await (const chunk of content) chunks.push(chunk);
    await writeFile(join(folder, name), Buffer.concat(chunks));
  }
  return bench.read(folder);
}

/** As both sides can be compared: files by their bytes, spaces that do not show gone, addresses of headings set aside. */
const comparable = (html: string, fileOf: (key: string) => string) => sanitizeHtml(html).replace(/milpa-file:([0-9a-f-]+)/g, (_, key: string) => `file ${fileOf(key)}`).replace(/<(h[2-6]) id="[^"]*">/g, '<$1>')
  .split(/(<pre[\s\S]*?<\/pre>)/).map((part, index) => (index % 2 === 1 ? part : part.replace(/\s+/g, ' ').replace(/ ?(<\/?(?:p|h[2-6]|ul|ol|li|blockquote|hr|div|table|thead|tbody|tr|th|td|figure|figcaption)\b[^>]*>) ?/g, '$1').trim())).join('');

function left(course: ExportedCourse) {
  const filled = course.modules.filter(({ lessons }) => lessons.length > 0);
  const place = new Map(course.modules.map((module, index) => [index, filled.indexOf(module)]));
  const html = (text: string) => comparable(text.replace(/milpa-lesson:(\d+)\/(\d+)/g, (_, module: string, lesson: string) => `milpa-lesson:${place.get(Number(module))}/${lesson}`), (id) => bytesOf(id).toString());
  return {
    title: course.title, summary: course.summary, description: html(course.descriptionHtml), language: course.language, level: course.level, tags: course.tags, category: course.category,
    price: course.price, rules: { requiredShare: course.requiredShare, sequential: course.sequential },
    modules: filled.map(({ title, release = { kind: 'always' }, prerequisites = [], lessons }) => ({
      title, release, prerequisites: prerequisites.flatMap((at) => ((place.get(at) ?? -1) >= 0 ? place.get(at)! : [])),
      lessons: lessons.map(({ title: name, minutes, completion = 'mark', optional = false, html: text, attachments }) => ({ title: name, minutes, completion, optional, html: html(text), attachments: attachments.map((file) => [file.name, bytesOf(file.fileId).toString()]) })),
    })),
  };
}

async function arrived(read: CoursePackage) {
  const bytes = new Map(await Promise.all(read.files.map(async ({ key, path }) => [key, await readFile(path, 'utf8')] as const)));
  const names = new Map(read.files.map(({ key, name }) => [key, name]));
  const html = (text: string) => comparable(text, (key) => bytes.get(key) ?? 'lost');
  const { title, summary, descriptionHtml, language, level, tags, category, price, rules, modules } = read;
  return {
    title, summary, description: html(descriptionHtml), language, level, tags, category, price: price?.model === 'one_time' ? { amount: price.amount, currency: price.currency } : null, rules,
    modules: modules.map(({ title: name, release = { kind: 'always' }, prerequisites = [], lessons }) => ({
      title: name, release, prerequisites,
      lessons: lessons.map((lesson) => ({ title: lesson.title, minutes: lesson.minutes, completion: lesson.completion ?? 'mark', optional: lesson.optional ?? false, html: html(lesson.html), attachments: lesson.attachments.map((key) => [names.get(key), bytes.get(key)]) })),
    })),
  };
}

const word = fc.constantFrom('maíz', 'soil & water', 'a_b*c', '1. first', '# not a heading', 'الماء', '<tag>', '[x](y){z}', '::: note', '`code`', 'a | b', '{: .class}', '- dash', 'tail\\', '100%', '~~gone~~', '"quoted"', '---');
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((all) => escape(all.join(' ')));
const tex = fc.constantFrom('x^2', '\\frac{a}{b}', 'a_1 &lt; b_2', '\\{1\\}');
const inlineHtml = fc.oneof({ weight: 4, arbitrary: words }, words.map((text) => `<strong>${text}</strong>`), words.map((text) => `<em>${text}</em>`), words.map((text) => `<code dir="ltr">${text}</code>`),
  words.map((text) => `<a href="https://example.org/?a=1&amp;b=(2)">${text}</a>`), tex.map((text) => `<span data-kind="math" dir="ltr">${text}</span>`), fc.constant('<a href="milpa-lesson:0/0">the first</a>'),
  fc.constant(`<a href="milpa-file:${fileIds[2]}">a file</a>`), words.map((alt) => `<img src="milpa-file:${fileIds[0]}" alt="${alt}">`), fc.constant('<sub>2</sub>'), fc.constant('<br>'));
const line = fc.array(inlineHtml, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
const code = fc.constantFrom('if (a &lt; b) {\n\n  # comment\n}', '```\nfence', '  indented', 'one');
const block = fc.oneof(
  { weight: 3, arbitrary: line.map((text) => `<p>${text}</p>`) }, line.map((text) => `<h2>${text.replaceAll('<br>', ' ')}</h2>`), words.map((text) => `<h3 id="here">${text}</h3>`),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((items) => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`), fc.array(words, { minLength: 1, maxLength: 3 }).map((items) => `<ol>${items.map((item) => `<li>${item}</li>`).join('')}</ol>`),
  words.map((text) => `<ul><li>${text}<ul><li>inner</li></ul></li></ul>`), code.map((text) => `<pre><code data-language="js">${text}</code></pre>`), code.map((text) => `<pre><code>${text}</code></pre>`),
  line.map((text) => `<blockquote data-kind="tip"><p>${text}</p></blockquote>`), line.map((text) => `<blockquote><p>${text}</p><p>and more</p></blockquote>`),
  words.map((text) => `<table><caption>${text}</caption><thead><tr><th scope="col">${text}</th><th>b</th></tr></thead><tbody><tr><td colspan="2">${text}</td></tr></tbody></table>`),
  tex.map((text) => `<div data-kind="math">${text}</div>`), words.map((alt) => `<figure><img src="milpa-file:${fileIds[0]}" alt="${alt}"><figcaption>${alt}</figcaption></figure>`), fc.constant('<hr>'),
  fc.constant('<figure data-kind="embed"><a href="https://video.example/1">A film</a></figure>'), fc.constant(`<img src="milpa-file:${fileIds[0]}" alt="" role="presentation">`), words.map((text) => `<details><summary>${text}</summary><p>${text}</p></details>`),
);
const text = fc.array(block, { maxLength: 5 }).map((blocks) => sanitizeHtml(blocks.join('\n')));
const title = fc.constantFrom('Soil', 'ماء', 'A "title" & more: <b>', '# 1', 'README', 'yes', '2026-01-01', 'key: value', '- item', 'Ünï cödé', '{x}');
const attachments = fc.subarray([{ fileId: fileIds[1], name: 'notes #1 (50%).md' }, { fileId: fileIds[2], name: 'other name.pdf' }, { fileId: fileIds[2], name: 'دليل.pdf' }]);
const lesson = fc.record({ title, minutes: fc.option(fc.integer({ min: 1, max: 600 })), html: text, attachments, completion: fc.constantFrom('mark', 'open', 'end'), optional: fc.boolean() });
const release = fc.oneof(fc.constant({ kind: 'always' as const }), fc.constant({ kind: 'date' as const, at: '2026-12-01T00:00:00.000Z' }), fc.integer({ min: 1, max: 104 }).map((afterEnrollment) => ({ kind: 'weeks' as const, afterEnrollment })));
const module = fc.record({ title, release, lessons: fc.array(lesson, { maxLength: 3 }), prerequisites: fc.constant([] as number[]) });
const course: fc.Arbitrary<ExportedCourse> = fc.record({
  title, summary: fc.constantFrom('', 'Short: and "sweet".'), descriptionHtml: text.map((html) => html.replace(/ href="milpa-lesson:[^"]*"/g, '')), language: fc.constantFrom('en', 'es-MX', 'ar'), level: fc.constantFrom('beginner', 'all'),
  tags: fc.subarray(['water', 'a, b', 'ماء']), category: fc.constantFrom(null, 'farming'), price: fc.constantFrom(null, { amount: 1999, currency: 'MXN' }), requiredShare: fc.integer({ min: 1, max: 100 }), sequential: fc.boolean(),
  modules: fc.array(module, { minLength: 1, maxLength: 4 }).filter((modules) => modules[0]!.lessons.length > 0).map((modules) => modules.map((each, index) => ({ ...each, prerequisites: index > 1 ? [0, index - 1] : [] }))),
  files: fc.constant(files),
});

describe.each(['cc', 'markdown'] as const)('%s', (format) => {
  test('whatever a course holds comes back as it was', async () => {
    await fc.assert(fc.asyncProperty(course, async (one) => {
      const { summary, ...back } = await arrived(await roundTrip(one, format));
      const { summary: said, ...sent } = left(one);
      expect(back).toEqual(sent);
      // A course without a summary gets one from its description, as every import does.
      if (said !== '') expect(summary).toBe(said);
    }), { numRuns: 120 });
  }, 120_000);
});

test('Markdown is what people write, where Markdown has words for it', async () => {
  expect(toMarkdown(sanitizeHtml('<h2>Soil</h2><p>Sand, <strong>silt</strong> and <em>clay</em>. See <a href="https://example.org/a">this</a>.</p><ul><li>one</li><li>two</li></ul><pre><code data-language="js">a &lt; b</code></pre><blockquote><p>Said.</p></blockquote>')))
    .toBe('## Soil\n\nSand, **silt** and *clay*. See [this](<https://example.org/a>).\n\n- one\n- two\n\n```js\na < b\n```\n\n> Said.');
});

/** What the standard's schema and profile want of a manifest, as far as other systems rely on it. */
function manifestFaults(manifest: string, names: readonly string[]): string[] {
  const root = parseXml(manifest);
  const faults: string[] = [];
  const want = (holds: boolean, fault: string) => { if (!holds) faults.push(fault); };
  want(root.name === 'manifest' && manifest.includes('xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"'), 'namespace');
  want(textAt(root, 'metadata', 'schema') === 'IMS Common Cartridge' && textAt(root, 'metadata', 'schemaversion') === '1.3.0', 'schema');
  want(textAt(root, 'metadata', 'lom', 'general', 'title', 'string') !== '', 'title');
  want(childrenOf(root, 'metadata').length === 1 && ['metadata', 'organizations', 'resources'].every((name, index) => root.children[index]?.name === name), 'order of the parts');
  const organizations = childrenOf(find(root, 'organizations'), 'organization');
  want(organizations.length === 1 && organizations[0]!.attributes['structure'] === 'rooted-hierarchy', 'one rooted hierarchy');
  const items = childrenOf(organizations[0], 'item');
  want(items.length === 1 && find(items[0], 'title') === undefined, 'one root without a title');
  const resources = childrenOf(find(root, 'resources'), 'resource');
  const ids = new Set(resources.map(({ attributes }) => attributes['identifier']!));
  const seen: string[] = [root.attributes['identifier']!, ...ids];
  const walk = (item: XmlElement, depth: number): void => {
    seen.push(item.attributes['identifier']!);
    if (depth > 0) want(item.children[0]?.name === 'title' && textAt(item, 'title') !== '', `title of ${item.attributes['identifier']}`);
    const below = childrenOf(item, 'item');
    const ref = item.attributes['identifierref'];
    want(below.length > 0 ? ref === undefined : ref !== undefined && ids.has(ref), `reference of ${item.attributes['identifier']}`);
    for (const one of below) walk(one, depth + 1);
  };
  for (const item of items) walk(item, 0);
  want(new Set(seen).size === seen.length && seen.every((id) => /^[A-Za-z_][\w.-]*$/.test(id)), 'identifiers');
  const declared = resources.flatMap((resource) => childrenOf(resource, 'file').map(({ attributes }) => decodeURIComponent(attributes['href']!)));
  want(declared.toSorted().join('\n') === names.filter((name) => name !== 'imsmanifest.xml').toSorted().join('\n'), 'every file is declared once, and is there');
  for (const resource of resources) {
    const { type = '', href, identifier = '' } = resource.attributes;
    const own = childrenOf(resource, 'file').map(({ attributes }) => attributes['href']);
    want(['webcontent', 'imswl_xmlv1p3', 'associatedcontent/imscc_xmlv1p3/learning-application-resource'].includes(type), `type of ${identifier}`);
    want(type === 'imswl_xmlv1p3' ? href === undefined && own.length === 1 : own.includes(href!), `href of ${identifier}`);
    want(childrenOf(resource, 'dependency').every(({ attributes }) => ids.has(attributes['identifierref']!)), `dependencies of ${identifier}`);
  }
  return faults;
}

test('a cartridge is what the standard wants', async () => {
  await fc.assert(fc.asyncProperty(course, async (one) => {
    const entries = new Map<string, string>();
    for await (const { name, content } of cartridgeEntries(one)) entries.set(name, typeof content === 'string' ? content : '');
    expect(manifestFaults(entries.get('imsmanifest.xml')!, [...entries.keys()])).toEqual([]);
  }), { numRuns: 60 });
  expect(manifestFaults('<manifest><organizations/><resources><resource identifier="1" type="x"/></resources></manifest>', ['a'])).not.toEqual([]);
});

test('a lesson that is a link is a link elsewhere too, and equations stand as others read them', async () => {
  const one = { title: 'x', summary: '', descriptionHtml: '', language: 'en', level: 'all', tags: [], category: null, price: null, requiredShare: 100, sequential: false, files } as const;
  const entries = new Map<string, string>();
  const lessons = [{ title: 'Look', html: '<p><a href="https://example.org/" rel="noopener noreferrer">Look</a></p>' }, { title: 'Count', html: '<p><span data-kind="math" dir="ltr">x^2</span></p>' }]
    .map((each) => ({ ...each, minutes: null, attachments: [] }));
  for await (const { name, content } of cartridgeEntries({ ...one, tags: [], modules: [{ title: 'm', lessons }] })) entries.set(name, String(content));
  expect(entries.get('links/01-01.xml')).toContain('<url href="https://example.org/"/>');
  expect(entries.get('lessons/01-02.html')).toContain('>\\(x^2\\)</span>');
});
