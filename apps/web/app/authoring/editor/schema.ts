/**
 * What the editor knows: every element that a lesson may contain (`html.contract.ts`), so that whatever was written or imported elsewhere
 * comes out again. What has tools of its own is a node or mark of its own; the rest is kept as it is.
 */
import { Extension, Mark, markInputRule, Node, nodeInputRule, textblockTypeInputRule, wrappingInputRule, type AnyExtension, type Attributes } from '@tiptap/core';
import type { TagParseRule } from '@tiptap/pm/model';

/** Attributes that come and go unchanged. */
const kept = (...names: string[]): Attributes =>
  Object.fromEntries(names.map((name) => [name, { default: null, keepOnSplit: false, parseHTML: (element: HTMLElement) => element.getAttribute(name) }]));

/** An attribute that is worked out from the element, and is not written back by itself. */
const derived = (read: (element: HTMLElement) => unknown, initial: unknown = null) => ({ default: initial, rendered: false, keepOnSplit: false, parseHTML: read });

const childOf = (element: HTMLElement, tag: string): HTMLElement | undefined => [...element.children].find((child) => child.localName === tag) as HTMLElement | undefined;
const attributesOf = (element: Element): Record<string, string> => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));

// Text

const Doc = Node.create({ name: 'doc', topNode: true, content: 'block+' });
const Text = Node.create({ name: 'text', group: 'inline' });
const HardBreak = Node.create({
  name: 'hardBreak', group: 'inline', inline: true, selectable: false, linebreakReplacement: true,
  parseHTML: () => [{ tag: 'br' }], renderHTML: ({ HTMLAttributes }) => ['br', HTMLAttributes], renderText: () => '\n',
  addKeyboardShortcuts() {
    const insert = () => this.editor.commands.insertContent({ type: this.name });
    return { 'Shift-Enter': insert, 'Mod-Enter': insert };
  },
});
const WordBreak = Node.create({ name: 'wordBreak', group: 'inline', inline: true, parseHTML: () => [{ tag: 'wbr' }], renderHTML: () => ['wbr'] });
/** A place that links lead to, without words of its own. */
const Anchor = Node.create({
  name: 'anchor', group: 'inline', inline: true, atom: true, selectable: false,
  parseHTML: () => ['a', 'span'].map((tag): TagParseRule => ({ tag: `${tag}[id]`, priority: 80, getAttrs: (element) => (element.hasChildNodes() ? false : null) })),
  renderHTML: ({ HTMLAttributes }) => ['a', HTMLAttributes],
});
const Paragraph = Node.create({
  name: 'paragraph', priority: 1000, group: 'block', content: 'inline*',
  parseHTML: () => [{ tag: 'p' }], renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
  addKeyboardShortcuts() { return { 'Mod-Alt-0': () => this.editor.commands.setNode(this.name) }; },
});
export const headingLevels = [2, 3, 4, 5, 6] as const;
const Heading = Node.create({
  name: 'heading', group: 'block', content: 'inline*', defining: true,
  addAttributes: () => ({ level: { default: 2, rendered: false } }),
  parseHTML: () => [1, ...headingLevels].map((level) => ({ tag: `h${level}`, attrs: { level: Math.max(level, 2) } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs['level']}`, HTMLAttributes, 0],
  addInputRules() {
    return [2, 3, 4].map((level) => textblockTypeInputRule({ find: new RegExp(`^#{${level === 2 ? '1,2' : level}}\\s$`), type: this.type, getAttributes: { level } }));
  },
  addKeyboardShortcuts() {
    return Object.fromEntries([2, 3, 4].map((level) => [`Mod-Alt-${level}`, () => this.editor.commands.toggleNode(this.name, 'paragraph', { level })]));
  },
});
const CodeBlock = Node.create({
  name: 'codeBlock', group: 'block', content: '(text | hardBreak)*', marks: '_', code: true, defining: true,
  addAttributes: () => ({
    language: derived((element) => childOf(element, 'code')?.getAttribute('data-language') ?? null),
    /** Preformatted text that is no code, such as a poem. */
    plain: derived((element) => !childOf(element, 'code'), false),
  }),
  parseHTML: () => [{ tag: 'pre', preserveWhitespace: 'full' }],
  renderHTML: ({ node, HTMLAttributes }) => (node.attrs['plain']
    ? ['pre', HTMLAttributes, 0]
    : ['pre', HTMLAttributes, ['code', node.attrs['language'] ? { 'data-language': node.attrs['language'] } : {}, 0]]),
  addInputRules() { return [textblockTypeInputRule({ find: /^```([a-z+#-]*)\s$/, type: this.type, getAttributes: (match) => ({ language: match[1] || null }) })]; },
  addKeyboardShortcuts() {
    return {
      'Mod-Alt-c': () => this.editor.commands.toggleNode(this.name, 'paragraph'),
      // Twice at the end: on with the text below.
      Enter: () => {
        const { $from, empty } = this.editor.state.selection;
        if (!empty || $from.parent.type !== this.type || $from.parentOffset < $from.parent.nodeSize - 2 || !$from.parent.textContent.endsWith('\n')) return false;
        return this.editor.chain().command(({ tr }) => { tr.delete($from.pos - 1, $from.pos); return true; }).exitCode().run();
      },
      Tab: () => this.editor.isActive(this.name) && this.editor.commands.insertContent('  '),
    };
  },
});
const Divider = Node.create({
  name: 'divider', group: 'block',
  parseHTML: () => [{ tag: 'hr' }], renderHTML: ({ HTMLAttributes }) => ['hr', HTMLAttributes],
  addInputRules() { return [nodeInputRule({ find: /^(?:---|\*\*\*)\s$/, type: this.type })]; },
});

// What holds other blocks

export const calloutKinds = ['tip', 'note', 'warning'] as const;
const Blockquote = Node.create({
  name: 'blockquote', group: 'block', content: 'block+', defining: true,
  addAttributes: () => ({ kind: { default: null, parseHTML: (element: HTMLElement) => element.getAttribute('data-kind'), renderHTML: ({ kind }) => (kind ? { 'data-kind': kind } : {}) } }),
  parseHTML: () => [{ tag: 'blockquote' }], renderHTML: ({ HTMLAttributes }) => ['blockquote', HTMLAttributes, 0],
  addInputRules() { return [wrappingInputRule({ find: /^\s*>\s$/, type: this.type })]; },
  addKeyboardShortcuts() { return { 'Mod-Shift-b': () => this.editor.commands.toggleWrap(this.name) }; },
});
const wrappers = ['div', 'section', 'article', 'header', 'footer', 'aside', 'address'];
const Wrapper = Node.create({
  name: 'wrapper', group: 'block', content: 'block+',
  addAttributes: () => ({ tag: derived((element) => element.localName, 'div') }),
  parseHTML: () => wrappers.map((tag) => ({ tag, priority: 40 })),
  renderHTML: ({ node, HTMLAttributes }) => [node.attrs['tag'] as string, HTMLAttributes, 0],
});
const Details = Node.create({
  name: 'details', group: 'block', content: 'summary block+', defining: true, isolating: true,
  addAttributes: () => kept('open'),
  parseHTML: () => [{ tag: 'details' }], renderHTML: ({ HTMLAttributes }) => ['details', HTMLAttributes, 0],
  // Always open while it is written: a click into the summary is for its words.
  addNodeView: () => () => {
    const dom = document.createElement('div');
    dom.className = 'editor-details';
    return { dom, contentDOM: dom };
  },
});
const Summary = Node.create({
  name: 'summary', content: 'inline*', defining: true, parseHTML: () => [{ tag: 'summary' }],
  renderHTML: ({ HTMLAttributes }) => ['summary', HTMLAttributes, 0],
  addNodeView: () => () => {
    const dom = document.createElement('p');
    dom.className = 'editor-summary';
    return { dom, contentDOM: dom };
  },
  addKeyboardShortcuts() {
    return {
      Enter: () => {
        const { $from } = this.editor.state.selection;
        if ($from.parent.type !== this.type) return false;
        return this.editor.commands.setTextSelection($from.after() + 1);
      },
    };
  },
});

// Lists

const listKeys = { bulletList: 'Mod-Shift-8', orderedList: 'Mod-Shift-7' } as const;
const BulletList = Node.create({
  name: 'bulletList', group: 'block list', content: 'listItem+',
  parseHTML: () => [{ tag: 'ul' }], renderHTML: ({ HTMLAttributes }) => ['ul', HTMLAttributes, 0],
  addInputRules() { return [wrappingInputRule({ find: /^\s*([-+*•])\s$/, type: this.type })]; },
  addKeyboardShortcuts() { return { [listKeys.bulletList]: () => this.editor.commands.toggleList(this.name, 'listItem') }; },
});
const OrderedList = Node.create({
  name: 'orderedList', group: 'block list', content: 'listItem+',
  addAttributes: () => kept('start', 'reversed', 'type'),
  parseHTML: () => [{ tag: 'ol' }], renderHTML: ({ HTMLAttributes }) => ['ol', HTMLAttributes, 0],
  addInputRules() {
    return [wrappingInputRule({ find: /^([\d٠-٩]+)[.)]\s$/, type: this.type, getAttributes: ([, typed = '1']) => ({ start: startOf(typed) }) })];
  },
  addKeyboardShortcuts() { return { [listKeys.orderedList]: () => this.editor.commands.toggleList(this.name, 'listItem') }; },
});
/** The number that a list begins with; nothing for the first. */
function startOf(typed: string): string | null {
  const number = typed.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  return number === '1' ? null : number;
}
const ListItem = Node.create({
  name: 'listItem', content: 'block+', defining: true,
  addAttributes: () => kept('value'),
  parseHTML: () => [{ tag: 'li' }], renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      Tab: () => this.editor.commands.sinkListItem(this.name),
      'Shift-Tab': () => this.editor.commands.liftListItem(this.name),
    };
  },
});
const TermList = Node.create({ name: 'termList', group: 'block', content: '(term | termText | termGroup)+', parseHTML: () => [{ tag: 'dl' }], renderHTML: ({ HTMLAttributes }) => ['dl', HTMLAttributes, 0] });
const Term = Node.create({ name: 'term', content: 'inline*', parseHTML: () => [{ tag: 'dt' }], renderHTML: ({ HTMLAttributes }) => ['dt', HTMLAttributes, 0] });
const TermText = Node.create({ name: 'termText', content: 'block+', parseHTML: () => [{ tag: 'dd' }], renderHTML: ({ HTMLAttributes }) => ['dd', HTMLAttributes, 0] });
const TermGroup = Node.create({ name: 'termGroup', content: '(term | termText)+', parseHTML: () => [{ tag: 'div', context: 'termList/', priority: 60 }], renderHTML: ({ HTMLAttributes }) => ['div', HTMLAttributes, 0] });

// Tables

const Table = Node.create({
  name: 'table', group: 'block', content: 'tableRow+', isolating: true, extendNodeSchema: (extension) => (extension.name === 'table' ? { tableRole: 'table' } : {}),
  addAttributes: () => ({
    caption: derived((element) => childOf(element, 'caption')?.innerHTML ?? null),
    columns: derived((element) => childOf(element, 'colgroup')?.outerHTML ?? null),
  }),
  parseHTML: () => [{ tag: 'table' }, { tag: 'caption', ignore: true }, { tag: 'colgroup', ignore: true }],
  renderHTML: ({ node, HTMLAttributes }) => ['table', { ...HTMLAttributes, 'data-caption': node.attrs['caption'] || null, 'data-columns': node.attrs['columns'] }, ['tbody', 0]],
});
const TableRow = Node.create({
  name: 'tableRow', content: '(tableCell | tableHeader)*', extendNodeSchema: (extension) => (extension.name === 'tableRow' ? { tableRole: 'row' } : {}),
  addAttributes: () => ({ part: { default: null, parseHTML: (element: HTMLElement) => ({ thead: 'head', tfoot: 'foot' })[element.parentElement?.localName ?? ''] ?? null, renderHTML: ({ part }) => ({ 'data-part': part }) } }),
  parseHTML: () => [{ tag: 'tr' }], renderHTML: ({ HTMLAttributes }) => ['tr', HTMLAttributes, 0],
});
const span = (name: 'colspan' | 'rowspan') => ({
  default: 1, parseHTML: (element: HTMLElement) => Math.max(Number(element.getAttribute(name)) || 1, 1), renderHTML: (attributes: Record<string, unknown>) => (attributes[name] === 1 ? {} : { [name]: attributes[name] }),
});
/** `colwidth` is asked for by ProseMirror's tables; widths are not kept. */
const cellAttributes = { colspan: span('colspan'), rowspan: span('rowspan'), colwidth: { default: null, rendered: false } };
const TableCell = Node.create({
  name: 'tableCell', content: 'block+', isolating: true, extendNodeSchema: (extension) => (extension.name === 'tableCell' ? { tableRole: 'cell' } : {}),
  addAttributes: () => cellAttributes, parseHTML: () => [{ tag: 'td' }], renderHTML: ({ HTMLAttributes }) => ['td', HTMLAttributes, 0],
});
const TableHeader = Node.create({
  name: 'tableHeader', content: 'block+', isolating: true, extendNodeSchema: (extension) => (extension.name === 'tableHeader' ? { tableRole: 'header_cell' } : {}),
  addAttributes: () => ({ ...cellAttributes, ...kept('scope', 'abbr') }), parseHTML: () => [{ tag: 'th' }], renderHTML: ({ HTMLAttributes }) => ['th', HTMLAttributes, 0],
});

// Pictures, sound, films, equations

const pictureAttributes = kept('src', 'alt', 'width', 'height', 'role');
const Image = Node.create({
  name: 'image', group: 'inline', inline: true, draggable: true,
  addAttributes: () => pictureAttributes,
  parseHTML: () => [{ tag: 'img' }], renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
});
const pictureIn = (figure: HTMLElement): HTMLElement | undefined => {
  const parts = [...figure.children].filter(({ localName }) => localName !== 'figcaption');
  return parts.length === 1 && parts[0]!.localName === 'img' && [...figure.childNodes].every((node) => node.nodeType !== 3 || !node.textContent?.trim()) ? parts[0] as HTMLElement : undefined;
};
/** A picture with its caption. */
const Picture = Node.create({
  name: 'picture', group: 'block', content: 'inline*', draggable: true, isolating: true,
  addAttributes: () => ({
    ...Object.fromEntries(Object.keys(pictureAttributes).map((name) => [name, derived((figure) => pictureIn(figure)?.getAttribute(name) ?? null)])),
    titleOfPicture: derived((figure) => pictureIn(figure)?.getAttribute('title') ?? null),
  }),
  parseHTML: () => [{
    tag: 'figure', priority: 70, contentElement: (figure) => childOf(figure as HTMLElement, 'figcaption') ?? figure.ownerDocument!.createElement('figcaption'),
    getAttrs: (figure) => (pictureIn(figure) && [...figure.children].filter(({ localName }) => localName === 'figcaption').length < 2 ? null : false),
  }],
  renderHTML: ({ node, HTMLAttributes }) => {
    const { src, alt, width, height, role, titleOfPicture } = node.attrs;
    return ['figure', HTMLAttributes, ['img', { src, alt, width, height, role, title: titleOfPicture }], ['figcaption', 0]];
  },
});
const Figure = Node.create({ name: 'figure', group: 'block', content: '(block | caption)+', parseHTML: () => [{ tag: 'figure', priority: 45 }], renderHTML: ({ HTMLAttributes }) => ['figure', HTMLAttributes, 0] });
const Caption = Node.create({ name: 'caption', content: 'inline*', defining: true, parseHTML: () => [{ tag: 'figcaption' }], renderHTML: ({ HTMLAttributes }) => ['figcaption', HTMLAttributes, 0] });
/** Sound and film, with whatever they are made of. */
const Media = Node.create({
  name: 'media', group: 'inline', inline: true, atom: true, draggable: true,
  addAttributes: () => ({ tag: derived((element) => element.localName, 'video'), own: derived(attributesOf, {}), inner: derived((element) => element.innerHTML, '') }),
  parseHTML: () => [{ tag: 'audio' }, { tag: 'video' }],
  renderHTML: ({ node }) => {
    const element = document.createElement(node.attrs['tag'] as string);
    for (const [name, value] of Object.entries(node.attrs['own'] as Record<string, string>)) element.setAttribute(name, value);
    element.innerHTML = node.attrs['inner'] as string;
    return element;
  },
});
/** A film on another site, by its address; whether it is shown in place is up to the player. */
const Embed = Node.create({
  name: 'embed', group: 'block', atom: true, draggable: true,
  addAttributes: () => ({ href: derived((figure) => figure.querySelector('a')?.getAttribute('href') ?? null), words: derived((figure) => figure.textContent?.trim() ?? '', '') }),
  parseHTML: () => [{ tag: 'figure[data-kind="embed"]', priority: 90 }],
  renderHTML: ({ node, HTMLAttributes }) => ['figure', { ...HTMLAttributes, 'data-kind': 'embed' }, ['a', { href: node.attrs['href'] }, (node.attrs['words'] as string) || (node.attrs['href'] as string)]],
});
const equation = { tex: derived((element) => element.textContent?.trim() ?? '', '') };
const Equation = Node.create({
  name: 'equation', group: 'inline', inline: true, atom: true, addAttributes: () => equation,
  parseHTML: () => [{ tag: 'span[data-kind="math"]', priority: 90 }], renderHTML: ({ node, HTMLAttributes }) => ['span', { ...HTMLAttributes, 'data-kind': 'math' }, node.attrs['tex'] as string],
});
const EquationBlock = Node.create({
  name: 'equationBlock', group: 'block', atom: true, addAttributes: () => equation,
  parseHTML: () => [{ tag: 'div[data-kind="math"]', priority: 90 }], renderHTML: ({ node, HTMLAttributes }) => ['div', { ...HTMLAttributes, 'data-kind': 'math' }, node.attrs['tex'] as string],
});

// Marks, outermost first

const Link = Mark.create({
  name: 'link', inclusive: false, exitable: true, addAttributes: () => kept('href'),
  parseHTML: () => [{ tag: 'a' }], renderHTML: ({ HTMLAttributes }) => ['a', HTMLAttributes, 0],
});
interface MarkTools { also?: string[]; keys?: string; typed?: RegExp; attributes?: string[] }
/** A mark that is one element, with its shortcut and what may be typed for it. */
function mark(name: string, tag: string, { also = [], keys, typed, attributes = [] }: MarkTools = {}): AnyExtension {
  return Mark.create({
    name,
    // A term within a term keeps both.
    excludes: attributes.length > 0 || tag === 'span' ? '' : name,
    addAttributes: () => kept(...attributes),
    parseHTML: () => [tag, ...also].map((each): TagParseRule => (each === 'code' ? { tag: each, getAttrs: (element) => (element.parentElement?.localName === 'pre' ? false : null) } : { tag: each })),
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    ...(typed && { addInputRules() { return [markInputRule({ find: typed, type: this.type })]; } }),
    ...(keys && { addKeyboardShortcuts() { return { [keys]: () => this.editor.commands.toggleMark(this.name) }; } }),
  });
}
const marks = [
  Link,
  mark('span', 'span'), mark('bdo', 'bdo'), mark('bdi', 'bdi'), mark('ruby', 'ruby'), mark('rubyText', 'rt'), mark('rubyParenthesis', 'rp'),
  mark('inserted', 'ins'), mark('deleted', 'del'), mark('quotation', 'q'), mark('citation', 'cite'), mark('definition', 'dfn'), mark('abbreviation', 'abbr'), mark('time', 'time', { attributes: ['datetime'] }),
  mark('highlight', 'mark', { keys: 'Mod-Shift-h', typed: /(?:^|\s)(==([^=]+)==)$/ }), mark('small', 'small'),
  mark('bold', 'strong', { also: ['b'], keys: 'Mod-b', typed: /(?:^|\s)(\*\*([^*]+)\*\*)$/ }), mark('italic', 'em', { also: ['i'], keys: 'Mod-i', typed: /(?:^|\s)(_([^_]+)_)$/ }),
  mark('underline', 'u', { keys: 'Mod-u' }), mark('strike', 's', { keys: 'Mod-Shift-s', typed: /(?:^|\s)(~~([^~]+)~~)$/ }),
  mark('subscript', 'sub', { keys: 'Mod-,' }), mark('superscript', 'sup', { keys: 'Mod-.' }),
  mark('keyboard', 'kbd'), mark('sample', 'samp'), mark('variable', 'var'), mark('code', 'code', { keys: 'Mod-e', typed: /(?:^|\s)(`([^`]+)`)$/ }),
];

const nodes = [
  Doc, Text, Paragraph, Heading, Blockquote, Details, Summary, BulletList, OrderedList, ListItem, TermList, Term, TermText, TermGroup, CodeBlock, Divider, Table, TableRow, TableCell, TableHeader,
  Embed, Picture, Figure, Caption, EquationBlock, Wrapper, Image, Media, Equation, Anchor, HardBreak, WordBreak,
];

/** What any element may carry. The direction and language of a paragraph go on with the next one. */
const Everywhere = Extension.create({
  name: 'everywhere',
  addGlobalAttributes() {
    const types = [...nodes, ...marks].map(({ name }) => name).filter((name) => !['doc', 'text', 'media', 'wordBreak'].includes(name));
    return [{ types, attributes: { ...kept('id', 'title'), ...Object.fromEntries(['dir', 'lang'].map((name) => [name, { default: null, parseHTML: (element: HTMLElement) => element.getAttribute(name) }])) } }];
  },
});

export const lessonSchema: AnyExtension[] = [...nodes, ...marks, Everywhere];
