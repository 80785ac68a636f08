import { describe, expect, test } from 'vitest';
import { plainText, readerHtml, sanitizeHtml } from './html.ts';

describe('what a lesson may not contain is taken out', () => {
  test.each([
    ['<p>a<script>alert(1)</script></p>', '<p>a</p>'],
    ['<p onclick="alert(1)" style="color:red" class="x">a</p>', '<p>a</p>'],
    ['<a href="javascript:alert(1)">a</a>', '<a rel="noopener noreferrer">a</a>'],
    ['<img src="https://pixel.example/i.png" alt="">', '<img alt="" loading="lazy" />'],
    ['<img src="data:image/svg+xml,x" alt="">', '<img alt="" loading="lazy" />'],
    ['<video src="//films.example/f.mp4" poster="https://films.example/p.png" autoplay></video>', '<video controls preload="metadata"></video>'],
    ['<svg onload="alert(1)"><text>x</text></svg><p>b</p>', '<p>b</p>'],
    ['<form action="/sign-out" method="post"><button>Go</button></form>', 'Go'],
    ['<iframe src="https://films.example"></iframe>', ''],
    ['<a target="_blank" href="https://example.org">a</a>', '<a href="https://example.org" rel="noopener noreferrer">a</a>'],
  ])('%s', (dirty, clean) => {
    expect(sanitizeHtml(dirty)).toBe(clean);
  });
});

test('content takes no id of the page around it, and its own links follow', () => {
  expect(sanitizeHtml('<h1 id="main">A</h1><a href="#main">up</a>')).toBe('<h2 id="content-main">A</h2><a href="#content-main">up</a>');
});

test.each([
  '<h2 id="a">A</h2><p><a href="#a">a</a> <a href="https://example.org/?a=1&amp;b=2">b</a></p>',
  '<table><thead><tr><th scope="col">A</th></tr></thead></table><pre><code>a &lt; b</code></pre>',
  '<blockquote data-kind="tip"><p>x</p></blockquote><details><summary>S</summary>x</details><img src="milpa-file:0" alt="x">',
])('cleaning what is clean changes nothing: %s', (html) => {
  const once = sanitizeHtml(html);
  expect(sanitizeHtml(once)).toBe(once);
});

describe('equations', () => {
  const read = (html: string) => readerHtml(sanitizeHtml(html), '00000000-0000-4000-8000-000000000000');
  test('become MathML where they are read, from left to right, in a line or by themselves', () => {
    expect(read('<p dir="rtl">Ohm: <span data-kind="math">V=IR</span></p>')).toMatch(/<span data-kind="math" dir="ltr"><math><semantics>.*<mi>V<\/mi>.*application\/x-tex">V=IR<\/annotation><\/semantics><\/math><\/span>/);
    expect(read('<div data-kind="math">a &lt; b</div>')).toMatch(/<div data-kind="math" dir="ltr"><math display="block".*<mo[^>]*>&lt;<\/mo>/);
  });
  test.each(['\\frac{1}', 'x^', '\\unknown', '\\href{javascript:alert(1)}{x}', '\\class{page}{x}', '\\style{color:red}{x}', '\\def\\a{\\a\\a}\\a', '\\includegraphics{https://pixel.example}', ''])('%s stays as it was written', (tex) => {
    expect(read(`<span data-kind="math">${tex}</span>`)).toBe(`<span data-kind="math" dir="ltr">${tex}</span>`);
  });
  test('bring nothing that acts, and no style of their own', () => {
    expect(read('<span data-kind="math">\\text{&lt;script&gt;alert(1)&lt;/script&gt;} \\begin{matrix}1&amp;2\\end{matrix} \\color{red}x</span>')).not.toMatch(/<script| style=/);
  });
});

test('the words of a lesson, block by block, with what its pictures say', () => {
  expect(plainText('<h2>Rain</h2><p>Ten &amp; more <b>litres</b>.<br>Often.</p><ul><li>a</li><li>b</li></ul><p><img src="milpa-file:0" alt="A tank"></p>')).toBe('Rain\nTen & more litres.\nOften.\na\nb\n[A tank]');
});
