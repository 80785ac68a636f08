/** What `/` at the beginning of a line or after a space opens: the blocks whose names go with what is typed on. */
import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { Editor } from '@tiptap/core';
import { useT } from '../../i18n/index.ts';
import { keysFor } from './keys.ts';
import { offered, type DialogName, type Tool } from './tools.ts';
import { useEditorState } from './use-editor.ts';

/** `at` is where the slash stands; `words` what follows it, up to the cursor. */
function asked(editor: Editor): { at: number; words: string } | null {
  const { $from, empty } = editor.state.selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc');
  const match = /(?:^|\s)\/([^\s/][^/]{0,20}|)$/.exec(before);
  return match ? { at: $from.pos - match[1]!.length - 1, words: match[1]!.toLowerCase() } : null;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export function SlashMenu({ editor, open }: { editor: Editor; open: (dialog: DialogName) => void }) {
  const t = useT();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const question = useEditorState(editor, (now) => JSON.stringify(asked(now)));
  // Both belong to the question that they answer.
  const [dismissed, setDismissed] = useState('');
  const [choice, setChoice] = useState({ for: '', at: 0 });
  const chosen = choice.for === question ? choice.at : 0;
  const setChosen = (at: number) => setChoice({ for: question, at });
  const query = JSON.parse(question) as { at: number; words: string } | null;
  const named = offered.map((tool) => ({ tool, label: t(`authoring.tool.${tool.name}`) }));
  const words = plain(query?.words ?? '');
  const shown = query && dismissed !== String(query.at) ? named.filter(({ tool, label }) => plain(label).includes(words) || tool.name.toLowerCase().includes(words)) : [];
  const current = Math.min(chosen, shown.length - 1);

  const take = (tool: Tool) => {
    if (!query) return;
    editor.chain().focus().deleteRange({ from: query.at, to: editor.state.selection.from }).run();
    tool.run(editor, open);
  };

  // The text keeps the focus; keys are taken before it sees them, from the very drawing that shows the choice.
  useLayoutEffect(() => {
    const text = editor.view.dom;
    const isOpen = shown.length > 0;
    if (isOpen) {
      text.setAttribute('aria-controls', id);
      text.setAttribute('aria-activedescendant', `${id}-${current}`);
    } else for (const name of ['aria-controls', 'aria-activedescendant']) text.removeAttribute(name);
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'ArrowDown') setChosen((current + 1) % shown.length);
      else if (event.key === 'ArrowUp') setChosen((current - 1 + shown.length) % shown.length);
      else if (event.key === 'Enter' || event.key === 'Tab') take(shown[current]!.tool);
      else if (event.key === 'Escape') setDismissed(String(query?.at));
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    text.addEventListener('keydown', onKey, true);
    return () => text.removeEventListener('keydown', onKey, true);
  });

  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !query) return;
    const { left, right, bottom, top } = editor.view.coordsAtPos(query.at);
    const box = element.offsetParent?.getBoundingClientRect() ?? new DOMRect();
    const below = innerHeight - bottom > element.offsetHeight + 16 || top < element.offsetHeight + 16;
    element.style.top = `${(below ? bottom + 6 : top - element.offsetHeight - 6) - box.top}px`;
    const start = getComputedStyle(element).direction === 'rtl' ? right - element.offsetWidth : left;
    element.style.left = `${Math.max(8, Math.min(start, innerWidth - element.offsetWidth - 8)) - box.left}px`;
    element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  if (shown.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the same
    <ul ref={list} id={id} role="listbox" aria-label={t('authoring.insert')} className="editor-slash">
      {shown.map(({ tool, label }, index) => (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a listbox whose keys the text hears
        <li key={tool.name} id={`${id}-${index}`} role="option" aria-selected={index === current} onMouseDown={(event) => { event.preventDefault(); take(tool); }}>
          <tool.icon aria-hidden="true" /><span>{label}</span>{(tool.typed ?? tool.keys) && <kbd dir="ltr">{tool.typed ?? keysFor(tool.keys!)}</kbd>}
        </li>
      ))}
    </ul>
  );
}
