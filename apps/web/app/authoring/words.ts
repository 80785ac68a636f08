/** What differs between two texts, word by word. */
export interface Piece { kind: 'same' | 'added' | 'removed'; text: string }

const most = 4000;

/** By the longest common subsequence of words; texts too long for that are told apart by what begins and ends alike. */
export function compareWords(before: string, after: string): Piece[] {
  const [a, b] = [split(before), split(after)];
  let start = 0;
  while (start < a.length && start < b.length && alike(a[start], b[start])) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && alike(a[a.length - 1 - end], b[b.length - 1 - end])) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const middle = left.length * right.length > most * most ? [...pieces('removed', left), ...pieces('added', right)] : between(left, right);
  return joined([...pieces('same', b.slice(0, start)), ...middle, ...pieces('same', b.slice(b.length - end))]);
}

const split = (text: string): string[] => text.match(/\n|[^\s]+[^\S\n]*/g) ?? [];
/** The space after a word is not part of it. */
const alike = (a = '', b = ''): boolean => a === b || (a.trimEnd() === b.trimEnd() && a.trimEnd() !== '');
const pieces = (kind: Piece['kind'], words: string[]): Piece[] => words.map((text) => ({ kind, text }));

function between(a: string[], b: string[]): Piece[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) {
    lengths[i * width + j] = alike(a[i], b[j]) ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  }
  const found: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (alike(a[i], b[j])) { found.push({ kind: 'same', text: b[j]! }); i++; j++; }
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) found.push({ kind: 'removed', text: a[i++]! });
    else found.push({ kind: 'added', text: b[j++]! });
  }
  return [...found, ...pieces('removed', a.slice(i)), ...pieces('added', b.slice(j))];
}

function joined(all: Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of all) {
    const last = result.at(-1);
    if (last?.kind === piece.kind) last.text += piece.text;
    else result.push({ ...piece });
  }
  return result;
}

/** The words of a piece of HTML, a line for each block. */
export function wordsOf(html: string): string {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  for (const image of body.querySelectorAll('img')) image.replaceWith(`[${image.alt}]`);
  for (const block of body.querySelectorAll('p, h2, h3, h4, h5, h6, li, tr, pre, figure, blockquote, summary, dt, dd, div, br, hr')) block.append('\n');
  return (body.textContent ?? '').replace(/[^\S\n]+/g, ' ').replace(/ ?\n[\n ]*/g, '\n').trim();
}
