import { Window } from 'happy-dom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cleanPaste } from './clean-paste.ts';
import { isFilm, linkAddress } from './films.ts';

const window = new Window();
beforeAll(() => { Object.assign(globalThis, { document: window.document, DOMParser: window.DOMParser }); });
afterAll(async () => {
  for (const name of ['document', 'DOMParser']) Reflect.deleteProperty(globalThis, name);
  await window.happyDOM.close();
});

test.each([
  ['what Word says in styles is said by elements', '<p class="MsoNormal" style="margin:0"><span style="font-weight:bold">Soil</span><o:p></o:p></p><!--[if gte mso 9]><xml>x</xml><![endif]-->', '<p><strong>Soil</strong></p>'],
  ['lists of Word become lists', '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>one</p><p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>two</p>', '<ul><li>one</li><li>two</li></ul>'],
  ['the bold that Google wraps around everything goes', '<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr"><span style="font-style:italic">leaf</span></p></b>', '<p dir="ltr"><em>leaf</em></p>'],
  ['pictures of other sites do not come along, nor do scripts', '<p>a<img src="https://pixel.example/i.png"></p><script>x()</script>', '<p>a</p>'],
  ['what was copied here stays', '<p>x <span data-kind="math">a^2</span> <a href="milpa-lesson:1">b</a></p>', '<p>x <span data-kind="math">a^2</span> <a href="milpa-lesson:1">b</a></p>'],
])('%s', (_, pasted, clean) => {
  expect(cleanPaste(pasted)).toBe(clean);
});

test.each([
  ['example.org/page', 'https://example.org/page'], ['http://example.org', 'http://example.org'], ['ana@example.org', 'mailto:ana@example.org'], ['#part', '#part'],
  ['javascript:alert(1)', null], ['not an address', null], ['word', null], ['data:text/html,x', null],
])('as a link, %s is %s', (typed, address) => {
  expect(linkAddress(typed)).toBe(address);
});

test.each([
  ['https://www.youtube.com/watch?v=abc', true], ['https://youtu.be/abcdef', true], ['https://vimeo.com/12345', true], ['https://youtube.com.example.org/watch?v=abc', false], ['http://youtu.be/abcdef', false], ['https://example.org', false],
])('%s is a film: %s', (address, film) => {
  expect(isFilm(address)).toBe(film);
});
