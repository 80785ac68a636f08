/** Follows a reader through a lesson: goes on where they were, and notices where they are and when they reach the end. */
import type { SyncItem } from '@milpa/learning/contract';
import { blocksOf, findReading, placeAt, textsOf } from './anchor.ts';

export type Reading = Extract<SyncItem, { kind: 'position' }>['reading'];

/** Reading begins below the bar. */
const barHeight = 76;
/** A place is kept once the reader has rested there. */
const restMs = 3000;

export const proseOf = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-prose]');

/** Where the reader is now: the first block that is not above the bar, and how much lies before it. Null in a lesson without text. */
export function readingNow(prose: HTMLElement): Reading | null {
  const blocks = blocksOf(prose);
  const index = Math.max(0, blocks.findIndex((block) => block.getBoundingClientRect().bottom > barHeight + 8));
  if (blocks.length === 0) return null;
  const { top, height } = prose.getBoundingClientRect();
  const share = top + height <= innerHeight ? 100 : Math.round((100 * Math.min(Math.max(barHeight - top, 0), height)) / Math.max(height, 1));
  return { ...placeAt(textsOf(blocks), index), share };
}

/** Leads to the place, and marks it for a moment. */
export function goTo(place: { index: number; hash: string }): void {
  const prose = proseOf();
  const blocks = prose ? blocksOf(prose) : [];
  const index = findReading(textsOf(blocks), place);
  const block = index === null ? undefined : blocks[index];
  if (!block) return;
  scrollTo({ top: block.getBoundingClientRect().top + scrollY - barHeight - 16, behavior: 'instant' });
  block.dataset['here'] = '';
  setTimeout(() => { block.dataset['here'] = 'leaving'; }, 1200);
  setTimeout(() => { delete block.dataset['here']; }, 4000);
}

/** Tells where the reader rests, and, as the page is left, where they were; and once that the end was reached. @returns how to stop. */
export function follow(prose: HTMLElement, { rests, leaves, ends }: { rests(reading: Reading): void; leaves(reading: Reading): void; ends(): void }): () => void {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (hear: (reading: Reading) => void) => {
    clearTimeout(timer);
    const reading = readingNow(prose);
    if (!reading || told === JSON.stringify(reading)) return;
    told = JSON.stringify(reading);
    hear(reading);
  };
  const onScroll = () => {
    clearTimeout(timer);
    timer = setTimeout(() => tell(rests), restMs);
  };
  const onLeave = () => { if (document.visibilityState === 'hidden') tell(leaves); };
  const onPageHide = () => tell(leaves);
  const end = document.createElement('span');
  prose.append(end);
  const observer = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    observer.disconnect();
    ends();
  });
  observer.observe(end);
  addEventListener('scroll', onScroll, { passive: true });
  document.addEventListener('visibilitychange', onLeave);
  addEventListener('pagehide', onPageHide);
  // That the lesson was opened is worth knowing at once.
  onScroll();
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    end.remove();
    removeEventListener('scroll', onScroll);
    document.removeEventListener('visibilitychange', onLeave);
    removeEventListener('pagehide', onPageHide);
  };
}
