/** What is added to a lesson's rendered text in the browser: marks where somebody noted something, and films that come when they are asked for. */
import type { Note } from '@milpa/learning/contract';
import { blocksOf, findPlace, placeAt, textsOf } from './anchor.ts';
import { playerOf } from './embed.ts';
import type { Draft } from './notes-panel.tsx';

export function markPlaces(prose: HTMLElement, notes: readonly Note[]): void {
  const blocks = blocksOf(prose);
  const texts = textsOf(blocks);
  for (const block of blocks) for (const kind of ['note', 'bookmark'] as const) delete block.dataset[kind];
  for (const { kind, place } of notes) {
    const index = place && findPlace(texts, place);
    if (index !== null) blocks[index]!.dataset[kind] = '';
  }
}

/** The passage that is marked in the lesson now, and its block. Null where there is none, or it is elsewhere. */
export function selectionIn(prose: HTMLElement): Draft | null {
  const selection = getSelection();
  const quote = selection?.toString().trim() ?? '';
  if (!selection || selection.isCollapsed || quote.length < 2 || !prose.contains(selection.anchorNode) || !prose.contains(selection.focusNode)) return null;
  const blocks = blocksOf(prose);
  const { startContainer } = selection.getRangeAt(0);
  const index = blocks.findIndex((block) => block.contains(startContainer));
  return { place: index < 0 ? null : placeAt(textsOf(blocks), index), quote: quote.slice(0, 500) };
}

/** Nothing comes from another host before somebody asks for it; without scripts there is the link. */
export function loadEmbeds(prose: HTMLElement, words: { load: string; text: string }): () => void {
  const made: { box: HTMLElement; figure: HTMLElement }[] = [];
  for (const figure of prose.querySelectorAll<HTMLElement>('figure[data-kind="embed"]')) {
    const link = figure.querySelector('a');
    const address = link && playerOf(link.href);
    if (!link || !address) continue;
    const box = document.createElement('div');
    const [text, button] = [document.createElement('p'), document.createElement('button')];
    text.textContent = words.text.replace('{host}', new URL(link.href).hostname.replace(/^www\./, ''));
    button.type = 'button';
    button.className = 'ui-button';
    button.textContent = words.load;
    button.addEventListener('click', () => {
      const frame = Object.assign(document.createElement('iframe'), { src: address, title: link.textContent, allowFullscreen: true, referrerPolicy: 'strict-origin-when-cross-origin' });
      box.replaceWith(frame);
      frame.focus();
    });
    box.className = 'ui-embed';
    box.append(text, button);
    figure.prepend(box);
    made.push({ box, figure });
  }
  return () => { for (const { box } of made) box.remove(); };
}
