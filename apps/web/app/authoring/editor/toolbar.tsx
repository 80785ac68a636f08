/** The tools above the text. One stop for the Tab key: arrows move within, Escape goes back to the text. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { Editor } from '@tiptap/core';
import { Menu, MenuButton } from '@milpa/ui';
import { ArrowLeftRight, CircleHelp, Ellipsis, Link as LinkIcon, Plus, Redo2, Undo2 } from 'lucide-react';
import { useT } from '../../i18n/index.ts';
import { keysFor } from './keys.ts';
import { inserts, lines, lists, marksInReach, moreMarks, type DialogName, type Tool } from './tools.ts';
import { useEditorState } from './use-editor.ts';

export interface ToolbarProps { editor: Editor; open: (dialog: DialogName) => void }

const active = [...marksInReach, ...moreMarks, ...lines, ...lists, ...inserts].filter(({ isActive }) => isActive);

export function Toolbar({ editor, open }: ToolbarProps) {
  const t = useT();
  const bar = useRef<HTMLDivElement>(null);
  const on = useEditorState(editor, (now) => [...active.filter(({ isActive }) => isActive?.(now)).map(({ name }) => name), now.can().undo() && 'undo', now.can().redo() && 'redo', now.isActive('link') && 'link'].filter(Boolean).join(' ')).split(' ');
  useOneStop(bar, editor);
  const button = (tool: Tool) => (
    <ToolButton key={tool.name} label={t(`authoring.tool.${tool.name}`)} keys={tool.keys} pressed={on.includes(tool.name)} onClick={() => tool.run(editor, open)}><tool.icon aria-hidden="true" /></ToolButton>
  );
  const choice = (tool: Tool) => (
    <MenuButton key={tool.name} type="button" icon={<tool.icon aria-hidden="true" />} aria-pressed={tool.isActive ? on.includes(tool.name) : undefined} onMouseDown={stay} onClick={(event) => { close(event.currentTarget); tool.run(editor, open); }}>
      {t(`authoring.tool.${tool.name}`)}
    </MenuButton>
  );
  const line = lines.find(({ name }) => on.includes(name));
  return (
    <div ref={bar} role="toolbar" aria-label={t('authoring.toolbar')} aria-controls={editor.view.dom.id || undefined} className="editor-bar">
      <Menu align="start" className="editor-menu" trigger={<span className="editor-line">{t(`authoring.tool.${line?.name ?? 'paragraph'}`)}</span>} label={t('authoring.lineKind')}>{lines.map(choice)}</Menu>
      <Separator />
      {marksInReach.map(button)}
      <ToolButton label={t('authoring.tool.link')} keys="Mod-k" pressed={on.includes('link')} onClick={() => open('link')}><LinkIcon aria-hidden="true" /></ToolButton>
      <Menu align="start" className="editor-menu" trigger={<Ellipsis aria-hidden="true" />} label={t('authoring.moreMarks')}>{moreMarks.map(choice)}</Menu>
      <Separator />
      {lists.map(button)}
      <Menu align="start" className="editor-menu editor-insert" trigger={<><Plus aria-hidden="true" /><span>{t('authoring.insert')}</span></>}>{inserts.map(choice)}</Menu>
      <Separator />
      <Menu align="start" className="editor-menu" trigger={<ArrowLeftRight aria-hidden="true" />} label={t('authoring.direction')}>
        {(['auto', 'ltr', 'rtl'] as const).map((dir) => (
          <MenuButton key={dir} type="button" onMouseDown={stay} onClick={(event) => { close(event.currentTarget); setDirection(editor, dir); }}>{t(`authoring.direction.${dir}`)}</MenuButton>
        ))}
      </Menu>
      <ToolButton label={t('authoring.undo')} keys="Mod-z" disabled={!on.includes('undo')} onClick={() => editor.chain().focus().undo().run()}><Undo2 aria-hidden="true" className="ui-mirror" /></ToolButton>
      <ToolButton label={t('authoring.redo')} keys="Mod-Shift-z" disabled={!on.includes('redo')} onClick={() => editor.chain().focus().redo().run()}><Redo2 aria-hidden="true" className="ui-mirror" /></ToolButton>
      <ToolButton label={t('authoring.keys.title')} keys="Mod-/" onClick={() => open('keys')}><CircleHelp aria-hidden="true" /></ToolButton>
    </div>
  );
}

/** Text keeps its selection while a tool is pressed. */
const stay = (event: { preventDefault: () => void }) => event.preventDefault();
const close = (element: Element) => { const menu = element.closest('details'); if (menu) menu.open = false; };
const Separator = () => <span className="editor-separator" aria-hidden="true" />;

function setDirection(editor: Editor, dir: 'auto' | 'ltr' | 'rtl'): void {
  const value = dir === 'auto' ? null : dir;
  editor.chain().focus().updateAttributes('paragraph', { dir: value }).updateAttributes('heading', { dir: value }).run();
}

interface ToolButtonProps { label: string; keys?: string | undefined; pressed?: boolean; disabled?: boolean; onClick: () => void; children: ReactNode }
export function ToolButton({ label, keys, pressed, disabled, onClick, children }: ToolButtonProps) {
  return (
    <button
      type="button" className="editor-tool" aria-label={label} title={keys ? `${label} (${keysFor(keys)})` : label} aria-keyshortcuts={keys ? ariaKeys(keys) : undefined}
      aria-pressed={pressed} aria-disabled={disabled || undefined} onMouseDown={stay} onClick={disabled ? undefined : onClick}
    >{children}</button>
  );
}
const ariaKeys = (keys: string) => keys.replace('Mod', 'Control').replace(/-(?=.)/g, '+');

/** Arrow keys move among the tools; Tab leaves them. Alt+F10 comes here from the text. */
function useOneStop(bar: { current: HTMLElement | null }, editor: Editor) {
  useEffect(() => {
    const element = bar.current;
    if (!element) return;
    const stops = () => [...element.querySelectorAll<HTMLElement>('.editor-tool, summary')];
    const focus = (at: number) => { const all = stops(); const next = all[(at + all.length) % all.length]; for (const one of all) one.tabIndex = one === next ? 0 : -1; next?.focus(); };
    for (const [index, stop] of stops().entries()) stop.tabIndex = index === 0 ? 0 : -1;
    const onKey = (event: KeyboardEvent) => {
      const inMenu = (event.target as Element).closest('.ui-menu-panel');
      const at = stops().indexOf(event.target as HTMLElement);
      if (event.key === 'Escape' && !element.querySelector('details[open]')) editor.commands.focus();
      if (inMenu || at < 0) return;
      const forward = getComputedStyle(element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
      const to = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: -1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      focus(to);
    };
    const fromText = (event: KeyboardEvent) => { if (event.altKey && event.key === 'F10') { event.preventDefault(); focus(0); } };
    element.addEventListener('keydown', onKey);
    const text = editor.view.dom;
    text.addEventListener('keydown', fromText);
    return () => { element.removeEventListener('keydown', onKey); text.removeEventListener('keydown', fromText); };
  }, [bar, editor]);
}

