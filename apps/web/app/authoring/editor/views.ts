/** How pictures, equations and films look while they are written. */
import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import type { NodeView, NodeViewConstructor } from '@tiptap/pm/view';
import { directionOfText } from './html.ts';

export interface ViewWords { picture: string; pictureWithoutText: string; decorative: string; caption: string; equation: string; film: string }

/** The last equation that each place was asked to show. */
const asked = new WeakMap<Element, symbol>();

/** wrong: it cannot be read as TeX · unfetched: what sets equations did not come · overtaken: another was asked for meanwhile */
export type EquationState = 'set' | 'wrong' | 'unfetched' | 'overtaken';

/**
 * Equations are set by Temml, as MathML; it comes when the first one does. Those who wait for it are not answered in the order in which they
 * asked: only what a place was asked last is shown in it. What did not come is fetched again by the next call.
 */
export async function setEquation(target: Element, tex: string, displayMode: boolean): Promise<EquationState> {
  const turn = Symbol(tex);
  asked.set(target, turn);
  const temml = await import('temml').then((loaded) => loaded.default, () => null);
  if (asked.get(target) !== turn) return 'overtaken';
  try {
    temml?.render(tex, target as HTMLElement, { displayMode, throwOnError: true });
    if (temml) return 'set';
  } catch { /* not TeX, or not yet: its source is shown instead */ }
  target.textContent = tex;
  return temml ? 'wrong' : 'unfetched';
}

const element = (tag: string, className: string): HTMLElement => Object.assign(document.createElement(tag), { className });

class PictureView implements NodeView {
  dom = element('figure', 'editor-picture');
  contentDOM = element('figcaption', 'editor-caption');
  #image = document.createElement('img');
  #state = element('span', 'editor-picture-text');
  #words: ViewWords;
  constructor(node: Node, words: ViewWords) {
    this.#words = words;
    this.#state.contentEditable = 'false';
    this.contentDOM.dataset['placeholder'] = words.caption;
    this.dom.append(this.#image, this.#state, this.contentDOM);
    this.#show(node);
  }
  update(node: Node): boolean {
    if (node.type.name !== 'picture') return false;
    this.#show(node);
    return true;
  }
  #show({ attrs: { src, alt, role }, childCount }: Node): void {
    if (this.#image.getAttribute('src') !== src) this.#image.src = (src as string | null) ?? '';
    this.#image.alt = (alt as string | null) ?? '';
    this.#state.textContent = alt ? (alt as string) : role === 'presentation' ? this.#words.decorative : this.#words.pictureWithoutText;
    this.#state.dataset['missing'] = String(!alt && role !== 'presentation');
    this.contentDOM.dataset['empty'] = String(childCount === 0);
  }
  ignoreMutation = (mutation: { target: globalThis.Node }) => !this.contentDOM.contains(mutation.target);
}

class EquationView implements NodeView {
  dom: HTMLElement;
  #display: boolean;
  #label: string;
  #again = () => {};
  constructor(node: Node, label: string) {
    this.#display = node.type.name === 'equationBlock';
    this.#label = label;
    this.dom = element(this.#display ? 'div' : 'span', 'editor-equation');
    this.dom.dir = 'ltr';
    this.#show(node);
  }
  update(node: Node): boolean {
    if ((node.type.name === 'equationBlock') !== this.#display || !node.type.name.startsWith('equation')) return false;
    this.#show(node);
    return true;
  }
  #show({ attrs: { tex } }: Node): void {
    removeEventListener('online', this.#again);
    this.dom.setAttribute('role', 'img');
    this.dom.setAttribute('aria-label', `${this.#label}: ${tex}`);
    this.#again = () => {
      removeEventListener('online', this.#again);
      void setEquation(this.dom, tex as string, this.#display).then((state) => {
        if (state === 'unfetched') addEventListener('online', this.#again);
        else if (state !== 'overtaken') this.dom.dataset['wrong'] = String(state === 'wrong');
      });
    };
    this.#again();
  }
  destroy(): void {
    removeEventListener('online', this.#again);
  }
  ignoreMutation = () => true;
}

class FilmView implements NodeView {
  dom = element('figure', 'editor-film');
  constructor({ attrs: { href, words } }: Node, label: string) {
    const name = element('strong', '');
    name.textContent = label;
    const address = element('bdi', '');
    address.textContent = words && words !== href ? `${words} (${href})` : (href as string);
    address.dir = 'auto';
    this.dom.append(name, address);
  }
}

/** Text finds its own direction while it is typed; what an author has set, stays. */
class TextView implements NodeView {
  dom: HTMLElement;
  contentDOM: HTMLElement;
  #tag: string;
  constructor(node: Node) {
    this.#tag = tagOf(node);
    this.dom = this.contentDOM = document.createElement(this.#tag);
    this.#show(node);
  }
  update(node: Node): boolean {
    if (tagOf(node) !== this.#tag) return false;
    this.#show(node);
    return true;
  }
  #show(node: Node): void {
    const set = node.attrs['dir'] as string | null;
    const dir = set && set !== 'auto' ? set : directionOfText(node.textContent);
    if (dir) this.dom.dir = dir;
    else this.dom.removeAttribute('dir');
    if (node.attrs['lang']) this.dom.lang = node.attrs['lang'] as string;
  }
  ignoreMutation = (mutation: { type: string }) => mutation.type === 'attributes';
}
const tagOf = (node: Node): string => (node.type.name === 'heading' ? `h${node.attrs['level']}` : 'p');

export function nodeViews(words: ViewWords): Record<string, NodeViewConstructor> {
  const equation: NodeViewConstructor = (node) => new EquationView(node, words.equation);
  const text: NodeViewConstructor = (node) => new TextView(node);
  return { picture: (node) => new PictureView(node, words), equation, equationBlock: equation, embed: (node) => new FilmView(node, words.film), paragraph: text, heading: text };
}

/** Which of the things with a dialog of their own is selected. */
export function selectedNode(editor: Editor): Node | null {
  const { selection } = editor.state;
  return 'node' in selection ? selection.node as Node : null;
}


