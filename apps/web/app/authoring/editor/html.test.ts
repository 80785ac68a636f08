/** Whatever a lesson may contain goes through the editor and comes out again. */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { getSchema } from '@tiptap/core';
import { Window } from 'happy-dom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lessonHtml } from '@milpa/catalog/contract';
import { Workbench } from '../../../../../modules/interop/package/testing/workbench.ts';
import { readHtml, writeHtml } from './html.ts';
import { lessonSchema } from './schema.ts';

const schema = getSchema(lessonSchema);
const through = (html: string, base: 'ltr' | 'rtl' = 'ltr') => writeHtml(readHtml(html, schema), schema, base);

const window = new Window();
beforeAll(() => { Object.assign(globalThis, { document: window.document, window }); });
afterAll(async () => {
  Reflect.deleteProperty(globalThis, 'document');
  Reflect.deleteProperty(globalThis, 'window');
  await window.happyDOM.close();
});

describe('comes out as it went in', () => {
  test.each([
    '<h2>Soil</h2><p>A <strong>handful</strong> of <em>soil</em>.</p>',
    '<p><a href="milpa-lesson:0198">before</a> and <a title="There" href="https://example.org/">there</a></p>',
    '<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul><ol start="3" reversed="" type="a"><li value="9">x</li></ol>',
    '<ul><li><p>one</p><p>and more</p></li></ul>',
    '<dl><dt>clay</dt><dd>fine</dd><div><dt>sand</dt><dd><p>coarse</p><p>light</p></dd></div></dl>',
    '<figure><img src="/f/1" alt="A field" width="640" height="400"><figcaption>Maize, <em>beans</em></figcaption></figure>',
    '<figure><img src="/f/1" alt="" role="presentation"></figure>',
    '<p>before <img src="/f/2" alt="dot"> after</p>',
    '<figure><table><tbody><tr><td>1</td></tr></tbody></table><figcaption>A table in a figure</figcaption></figure>',
    '<figure data-kind="embed"><a href="https://www.youtube.com/watch?v=x">A film</a></figure>',
    '<p><video src="/f/3" controls="" poster="/f/4"><track src="/f/5" kind="captions" srclang="en" label="English" default="">Cannot <a href="/f/3">play</a></video></p>',
    '<p><audio controls=""><source src="/f/6" type="audio/ogg"></audio></p>',
    '<table><caption>Rain by <em>month</em></caption><colgroup><col span="2"></colgroup><thead><tr><th scope="col">A</th><th scope="col" abbr="b">B</th></tr></thead><tbody><tr><th scope="row">r</th><td colspan="2">1</td></tr><tr><td rowspan="2"></td><td><ul><li>x</li></ul></td></tr></tbody><tfoot><tr><td>sum</td><td>3</td></tr></tfoot></table>',
    '<pre><code data-language="python">if x &lt; 2:\n    go()</code></pre><pre>a poem\n  <em>set</em> in</pre>',
    '<p>so <span data-kind="math">\\frac{a}{b} &lt; 1</span> holds</p><div data-kind="math">E = mc^2</div>',
    '<blockquote data-kind="tip"><p>Water early.</p></blockquote><blockquote><p>They said <q>no</q>.</p></blockquote>',
    '<details open=""><summary>More</summary><p>hidden</p></details>',
    '<section id="content-a" lang="es"><header><h3>Uno</h3></header><div><p>dos</p></div></section><hr>',
    '<p id="content-x" title="T" dir="rtl" lang="ar">نص <bdi>x</bdi> <bdo dir="ltr">abc</bdo></p>',
    '<p>H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd> <samp>out</samp> <var>n</var> <code>f()</code> <mark>m</mark> <small>s</small> <u>u</u> <s>s</s> <del>d</del> <ins>i</ins> <cite>c</cite> <dfn>d</dfn> <abbr title="World">W</abbr> <time datetime="2026-01-01">day</time></p>',
    '<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> long<wbr>word<br>next</p>',
    '<p><a id="content-here"></a>named place</p>',
    '<p lang="en">a <span lang="fr">mot <span dir="rtl">in</span></span></p>',
  ])('%s', (html) => {
    expect(through(html)).toBe(html);
  });
});

test.each([
  ['one paragraph of an item or a cell needs no element', '<ul><li><p>a</p></li></ul>', '<ul><li>a</li></ul>'],
  ['a row of heads is the table’s head', '<table><tr><th>a</th></tr><tr><td>1</td></tr></table>', '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'],
  ['what is empty at the end goes', '<p>a</p><p></p><p></p>', '<p>a</p>'],
  ['nothing is nothing', '', ''],
  ['the first heading of a page is the page’s own', '<h1>a</h1>', '<h2>a</h2>'],
])('%s', (_, html, expected) => {
  expect(through(html)).toBe(expected);
});

test('a paragraph that runs against the lesson finds its own way, and one that no longer does says nothing', () => {
  expect(through('<p>Read: سلام</p><p>سلام, friend</p><ul><li>أهلًا</li></ul>')).toBe('<p>Read: سلام</p><p dir="auto">سلام, friend</p><ul><li dir="auto">أهلًا</li></ul>');
  expect(through('<p dir="auto">plain</p>')).toBe('<p>plain</p>');
  expect(through('<p>سلام</p><p>hello</p><p dir="ltr">سلام</p>', 'rtl')).toBe('<p>سلام</p><p dir="auto">hello</p><p dir="ltr">سلام</p>');
});

test('every element that a lesson may contain is one that the editor knows', () => {
  const parents: Record<string, (inner: string) => string> = {
    li: (x) => `<ul>${x}</ul>`, dt: (x) => `<dl>${x}</dl>`, dd: (x) => `<dl>${x}</dl>`, summary: (x) => `<details>${x}<p>y</p></details>`, figcaption: (x) => `<figure><p>y</p>${x}</figure>`,
    caption: (x) => `<table>${x}<tbody><tr><td>y</td></tr></tbody></table>`, thead: (x) => `<table>${x}</table>`, tbody: (x) => `<table>${x}</table>`, tfoot: (x) => `<table><tbody><tr><td>y</td></tr></tbody>${x}</table>`,
    tr: (x) => `<table><tbody>${x}</tbody></table>`, td: (x) => `<table><tbody><tr>${x}</tr></tbody></table>`, th: (x) => `<table><tbody><tr>${x}<td>y</td></tr></tbody></table>`,
    col: (x) => `<table><colgroup>${x}</colgroup><tbody><tr><td>y</td></tr></tbody></table>`, colgroup: (x) => `<table>${x}<tbody><tr><td>y</td></tr></tbody></table>`,
    source: (x) => `<p><video>${x}</video></p>`, track: (x) => `<p><video>${x}</video></p>`,
  };
  const inner: Record<string, string> = {
    thead: '<tr><th>x</th></tr>', tbody: '<tr><td>x</td></tr>', tfoot: '<tr><td>x</td></tr>', tr: '<td>x</td>', table: '<tbody><tr><td>x</td></tr></tbody>', dl: '<dt>x</dt>', ul: '<li>x</li>', ol: '<li>x</li>', figure: '<p>x</p>',
    details: '<summary>x</summary>', colgroup: '<col>',
  };
  const empty = new Set(['hr', 'br', 'wbr', 'img', 'source', 'track', 'col', 'audio', 'video']);
  const lost = lessonHtml.allowedTags.filter((tag) => {
    const element = `<${tag}>${empty.has(tag) ? '' : `${inner[tag] ?? 'x'}</${tag}>`}`;
    const html = (parents[tag] ?? ((x: string) => x))(element);
    return !new RegExp(`<${{ b: 'strong', i: 'em' }[tag] ?? tag}[ >]`).test(through(html));
  });
  expect(lost).toEqual([]);
});

const root = join(import.meta.dirname, '../../../../..');
const shared = join(root, '../shared/packages');
const packages = existsSync(shared) ? globSync(['common-cartridge/*1.1.imscc', 'common-cartridge/intro_python.imscc', 'markdown/*.zip'], { cwd: shared }) : [];
const sources = [
  ...globSync('blueprints/*/courses/*', { cwd: root }).map((path) => ({ name: path, path: join(root, path) })),
  ...packages.map((path) => ({ name: path, path: join(shared, path) })),
];

const unseen = (html: string) => html.replace(/> +| +(?=<)/g, (space) => space.trim());

/** What must not be lost, in order: words, and what stands between them. */
function inventory(html: string): Record<string, string[]> {
  const body = document.createElement('div');
  body.innerHTML = html;
  const all = (selector: string, of: (element: Element) => string | null = () => '') => [...body.querySelectorAll(selector)].map((element) => `${element.localName} ${of(element) ?? ''}`.trim());
  return {
    words: (body.textContent ?? '').split(/\s+/).filter(Boolean).join(' ').replaceAll(' ', '').split(/(?<=\.)/),
    links: all('a[href]', (link) => link.getAttribute('href')), ids: all('[id]', ({ id }) => id), media: all('img, source, audio, video, track', (media) => `${media.getAttribute('src')} ${media.getAttribute('alt')}`),
    blocks: all('h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, table, caption, tr, th, td, pre, blockquote, details, summary, figure, figcaption, hr, section, aside'),
    languages: all('[lang]', (element) => element.getAttribute('lang')), kinds: all('[data-kind]', (element) => element.getAttribute('data-kind')),
    // What is within what may change: the words that are in each may not.
    inline: ['code', 'kbd', 'sub', 'sup', 'u', 's', 'mark', 'abbr', 'small', 'q', 'cite'].map((tag) => `${tag} ${[...body.querySelectorAll(tag)].map((element) => element.textContent).join('').replace(/\s/g, '')}`),
    breaks: all('br'),
  };
}

describe.each(sources)('the lessons of $name', ({ path }) => {
  let lessons: { title: string; html: string }[];
  beforeAll(async () => {
    const bench = await Workbench.open();
    lessons = (await bench.read(path)).modules.flatMap((module) => module.lessons);
    await bench.close();
  });

  test('lose nothing, and come out the same the second time', () => {
    expect(lessons.length).toBeGreaterThan(0);
    for (const { title, html } of lessons) {
      const once = through(html);
      expect(inventory(once), title).toEqual(inventory(html));
      // A space that begins or ends a block is not seen, and may go.
      expect(unseen(through(once)), title).toBe(unseen(once));
    }
  }, 120_000);
});
