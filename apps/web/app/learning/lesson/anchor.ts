/**
 * A place in a lesson's text: which block it is, and a hash of the block's words. The hash finds it again where a new version of
 * the lesson has put something before it.
 */
import type { Place } from '@milpa/learning/contract';

/** FNV-1a over the words alone: spaces and line breaks are the renderer's. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text.replace(/\s+/g, ' ').trim()) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return (hash >>> 0).toString(36);
}

export const placeAt = (texts: readonly string[], index: number): Place => ({ index, hash: hashOf(texts[index] ?? '') });

/** Where a place is now: the block with its words, of several the nearest to where it was. Null when its words are gone. */
export function findPlace(texts: readonly string[], { index, hash }: Place): number | null {
  const same = (at: number) => at >= 0 && at < texts.length && hashOf(texts[at]!) === hash;
  for (let distance = 0; distance <= Math.max(index, texts.length); distance++) {
    if (same(index - distance)) return index - distance;
    if (same(index + distance)) return index + distance;
  }
  return null;
}

/** Where to go on reading: at the place, or where it would be if its words are gone. Null in a lesson without text. */
export const findReading = (texts: readonly string[], place: Place): number | null =>
  findPlace(texts, place) ?? (texts.length > 0 ? Math.min(place.index, texts.length - 1) : null);

const whole = 'table, figure, video, audio';
const text = 'p, li, h2, h3, h4, h5, h6, pre, dt, dd, summary';

/** The blocks of a rendered lesson, in order: what a reader would call a paragraph. What stands in a table or a figure is one with it. */
export function blocksOf(prose: ParentNode): HTMLElement[] {
  return [...prose.querySelectorAll<HTMLElement>(`${text}, ${whole}`)]
    .filter((block) => !block.parentElement?.closest(whole) && (block.matches(whole) || !block.querySelector(`${text}, ${whole}`)));
}

export const textsOf = (blocks: readonly HTMLElement[]): string[] => blocks.map((block) => block.textContent);
