import { sanitizeHtml as sanitizeLesson } from '@milpa/catalog';
import { describe, expect, test } from 'vitest';
import { sanitizeHtml, type Resolve } from './html.ts';
import { resolveReference, type ReferenceTargets } from './references.ts';

const targets: ReferenceTargets = {
  locate: (path) => (path === 'a.png' ? path : undefined),
  locateEnding: () => undefined,
  lessonAt: () => undefined,
  lessonOf: () => undefined,
  fileOf: () => undefined,
  useFile: () => 'milpa-file:key',
  useInline: (url) => (url.startsWith('data:image/png;base64,') ? 'milpa-file:inline' : null),
};
const resolve: Resolve = (reference, use) => resolveReference(reference, 'page.html', use, targets);
const clean = (html: string) => sanitizeHtml(html, resolve).html;

describe('what can act is removed and noted', () => {
  test.each<[dirty: string, clean: string, noted: string]>([
    ['<p>a<script>alert(1)</script></p>', '<p>a</p>', 'script'],
    ['<p onclick="alert(1)">a</p>', '<p>a</p>', 'onclick'],
    ['<img src="a.png" alt="x" onerror=alert(1)>', '<img src="milpa-file:key" alt="x" loading="lazy" />', 'onerror'],
    ['<a href="javascript:alert(1)">a</a>', '<a>a</a>', 'javascript'],
    ['<a href=" java\nscript:alert(1)">a</a>', '<a>a</a>', 'javascript'],
    ['<a href="&#1;javascript&colon;alert(1)">a</a>', '<a>a</a>', 'javascript'],
    ['<a href="vbscript:x">a</a>', '<a>a</a>', 'vbscript'],
    ['<a href="data:text/html,<script>">a</a>', '<a>a</a>', 'data'],
    ['<a href="milpa-file:stolen">a</a>', '<a>a</a>', 'milpa-file'],
    ['<a href="milpa-lesson:9/9">a</a>', '<a>a</a>', 'milpa-lesson'],
    ['<form action="/x"><input name="p"><button>Go</button></form>', 'Go', 'form'],
    ['<svg onload="alert(1)"><text>x</text></svg><p>b</p>', '<p>b</p>', 'svg'],
    ['<math><mtext><img src=x onerror=alert(1)></mtext></math>', '', 'math'],
    ['<base href="https://evil.example/">', '', 'base'],
    ['<iframe srcdoc="<script>alert(1)</script>"></iframe>', '', 'iframe'],
    ['<template><script>x</script></template>', '', 'template'],
  ])('%s', (dirty, expected, noted) => {
    const { html, changes } = sanitizeHtml(dirty, resolve);
    expect(html).toBe(expected);
    expect([...changes.active]).toContain(noted);
  });
});

describe('what is not in the package becomes a link', () => {
  test.each([
    ['<iframe src="https://video.example/1" title="Film"></iframe>', '<a href="https://video.example/1" rel="noopener noreferrer">Film</a>'],
    ['<iframe src="//video.example/1"></iframe>', '<a href="https://video.example/1" rel="noopener noreferrer">//video.example/1</a>'],
    ['<img src="https://pixel.example/i.png" alt="Map">', '<a href="https://pixel.example/i.png" rel="noopener noreferrer">Map</a>'],
    ['<video src="https://video.example/f.mp4"></video>', '<a href="https://video.example/f.mp4" rel="noopener noreferrer">https://video.example/f.mp4</a>'],
    ['<object data="a.png"></object>', '<a href="milpa-file:key" rel="noopener noreferrer">a.png</a>'],
  ])('%s', (dirty, expected) => {
    const { html, changes } = sanitizeHtml(dirty, resolve);
    expect(html).toBe(expected);
    expect(changes.linked.size).toBe(1);
  });

  test('a frame onto a script is removed', () => {
    expect(clean('<iframe src="javascript:alert(1)"></iframe>')).toBe('');
  });
});

describe('what a lesson needs stays', () => {
  test.each([
    '<h2 id="content-a">A</h2>',
    '<table tabindex="0"><caption>T</caption><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
    '<p dir="rtl" lang="ar">مرحبا <bdi>123</bdi></p>',
    '<details><summary>S</summary><p>text</p></details>',
    '<pre dir="ltr" tabindex="0"><code dir="ltr">a &lt; b</code></pre>',
    '<figure><img src="milpa-file:key" alt="Sun" loading="lazy" /><figcaption>The sun</figcaption></figure>',
  ])('%s', (html) => {
    expect(clean(html.replace('content-', '').replace('milpa-file:key', 'a.png'))).toBe(html);
    // What catalogues accept from authors is the same.
    expect(sanitizeLesson(html)).toBe(html);
  });

  test('the direction and language of the whole page', () => {
    expect(clean('<html lang="ar" dir="rtl"><head><title>x</title></head><body><p>مرحبا</p></body></html>')).toBe('<div dir="rtl" lang="ar"><p>مرحبا</p></div>');
  });

  test('links within the page', () => {
    expect(clean('<a href="#b">b</a><a name="b">B</a>')).toBe('<a href="#content-b">b</a><a id="content-b">B</a>');
  });

  test('first-level headings step down, since the lesson has its own title', () => {
    expect(clean('<h1>A</h1><h2>B</h2>')).toBe('<h2>A</h2><h3>B</h3>');
  });

  test('a picture that stands in the page itself', () => {
    expect(clean('<img alt="" src="data:image/png;base64,AAAA">')).toContain('src="milpa-file:inline"');
  });
});

test('a picture without a description gets an empty one, and is noted', () => {
  const { html, changes } = sanitizeHtml('<img src="a.png">', resolve);
  expect(html).toContain('alt=""');
  expect(changes.imagesWithoutAlt).toBe(1);
});

test('style is removed and noted once; a code block’s language class is no loss', () => {
  expect(sanitizeHtml('<p style="color:red" class="x">a</p>', resolve)).toMatchObject({ html: '<p>a</p>', changes: { formatting: true } });
  expect(sanitizeHtml('<pre><code class="language-js">a</code></pre>', resolve).changes.formatting).toBe(false);
});

test('elements nested without end are cut, not followed', () => {
  expect(clean(`${'<div>'.repeat(20_000)}deep`)).toContain('deep');
});
