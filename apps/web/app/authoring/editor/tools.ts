/** What an author can do to the text: one list for the toolbar, the menu that `/` opens, and the list of keys. */
import type { Editor } from '@tiptap/core';
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, mergeCells, splitCell, toggleHeaderColumn, toggleHeaderRow } from '@tiptap/pm/tables';
import type { Command } from '@tiptap/pm/state';
import {
  Bold, ChevronRight, Code, Film, Heading2, Heading3, Heading4, Highlighter, ImagePlus, Info, Italic, Keyboard, Lightbulb, List, ListOrdered, Minus, Pilcrow, Quote, Sigma, SquareCode, Strikethrough, Subscript, Superscript,
  Table, TriangleAlert, Underline, type LucideIcon,
} from 'lucide-react';

export type DialogName = 'link' | 'picture' | 'equation' | 'embed' | 'caption' | 'keys';
export type ToolName =
  | 'bold' | 'italic' | 'underline' | 'strike' | 'highlight' | 'code' | 'keyboard' | 'subscript' | 'superscript' | 'paragraph' | 'heading2' | 'heading3' | 'heading4' | 'bulletList' | 'orderedList'
  | 'picture' | 'table' | 'equation' | 'tip' | 'note' | 'warning' | 'quote' | 'embed' | 'codeBlock' | 'details' | 'divider';
export interface Tool {
  name: ToolName;
  icon: LucideIcon;
  /** As TipTap names them: `Mod-b`. */
  keys?: string;
  /** What may be typed instead, at the beginning of a line. */
  typed?: string;
  run: (editor: Editor, open: (dialog: DialogName) => void) => void;
  isActive?: (editor: Editor) => boolean;
}

const toggles = (name: ToolName, icon: LucideIcon, keys?: string): Tool =>
  ({ name, icon, ...(keys && { keys }), run: (editor) => editor.chain().focus().toggleMark(name).run(), isActive: (editor) => editor.isActive(name) });

export const marksInReach: Tool[] = [toggles('bold', Bold, 'Mod-b'), toggles('italic', Italic, 'Mod-i')];
export const moreMarks: Tool[] = [
  toggles('underline', Underline, 'Mod-u'), toggles('strike', Strikethrough, 'Mod-Shift-s'), toggles('highlight', Highlighter, 'Mod-Shift-h'), toggles('code', Code, 'Mod-e'),
  toggles('keyboard', Keyboard), toggles('subscript', Subscript, 'Mod-,'), toggles('superscript', Superscript, 'Mod-.'),
];

const heading = (level: 2 | 3 | 4, icon: LucideIcon): Tool => ({
  name: `heading${level}`, icon, keys: `Mod-Alt-${level}`, typed: '#'.repeat(level),
  run: (editor) => editor.chain().focus().toggleNode('heading', 'paragraph', { level }).run(), isActive: (editor) => editor.isActive('heading', { level }),
});
export const lines: Tool[] = [
  { name: 'paragraph', icon: Pilcrow, keys: 'Mod-Alt-0', run: (editor) => editor.chain().focus().setNode('paragraph').run(), isActive: (editor) => editor.isActive('paragraph') },
  heading(2, Heading2), heading(3, Heading3), heading(4, Heading4),
];
export const lists: Tool[] = [
  { name: 'bulletList', icon: List, keys: 'Mod-Shift-8', typed: '-', run: (editor) => editor.chain().focus().toggleList('bulletList', 'listItem').run(), isActive: (editor) => editor.isActive('bulletList') },
  { name: 'orderedList', icon: ListOrdered, keys: 'Mod-Shift-7', typed: '1.', run: (editor) => editor.chain().focus().toggleList('orderedList', 'listItem').run(), isActive: (editor) => editor.isActive('orderedList') },
];

const callout = (kind: 'tip' | 'note' | 'warning', icon: LucideIcon): Tool => ({ name: kind, icon, run: (editor) => setCallout(editor, kind), isActive: (editor) => editor.isActive('blockquote', { kind }) });
/** Wraps the text in a callout, turns one into another, or takes it away. */
function setCallout(editor: Editor, kind: string | null): void {
  const chain = editor.chain().focus();
  if (editor.isActive('blockquote', { kind })) chain.lift('blockquote').run();
  else if (editor.isActive('blockquote')) chain.updateAttributes('blockquote', { kind }).run();
  else chain.wrapIn('blockquote', { kind }).run();
}

const cell = (type: string) => ({ type, content: [{ type: 'paragraph' }] });
const row = (type: string) => ({ type: 'tableRow', content: [cell(type), cell(type), cell(type)] });
function insertTable(editor: Editor): void {
  const { from } = editor.state.selection;
  editor.chain().focus().insertContent({ type: 'table', content: [row('tableHeader'), row('tableCell'), row('tableCell')] }).run();
  // On in the first cell.
  let first = -1;
  editor.state.doc.descendants((node, at) => { if (first < 0 && node.type.name === 'tableHeader' && at + node.nodeSize > from) first = at + 2; });
  if (first > 0) editor.commands.setTextSelection(first);
}

export const inserts: Tool[] = [
  { name: 'picture', icon: ImagePlus, run: (_, open) => open('picture') },
  { name: 'table', icon: Table, run: insertTable },
  { name: 'equation', icon: Sigma, keys: 'Mod-Alt-m', run: (_, open) => open('equation') },
  callout('tip', Lightbulb), callout('note', Info), callout('warning', TriangleAlert),
  { name: 'quote', icon: Quote, keys: 'Mod-Shift-b', typed: '>', run: (editor) => setCallout(editor, null), isActive: (editor) => editor.isActive('blockquote', { kind: null }) },
  { name: 'embed', icon: Film, run: (_, open) => open('embed') },
  { name: 'codeBlock', icon: SquareCode, keys: 'Mod-Alt-c', typed: '```', run: (editor) => editor.chain().focus().toggleNode('codeBlock', 'paragraph').run(), isActive: (editor) => editor.isActive('codeBlock') },
  {
    name: 'details', icon: ChevronRight,
    run: (editor) => {
      const { from } = editor.state.selection;
      editor.chain().focus().insertContent({ type: 'details', content: [{ type: 'summary' }, { type: 'paragraph' }] }).setTextSelection(from + 1).run();
    },
  },
  { name: 'divider', icon: Minus, typed: '---', run: (editor) => editor.chain().focus().insertContent({ type: 'divider' }).run() },
];

/** What `/` offers. */
export const offered: Tool[] = [...lines, ...lists, ...inserts];
/** Everything that keys reach. */
export const withKeys: Tool[] = [...marksInReach, ...moreMarks, ...lines, ...lists, ...inserts].filter(({ keys, typed }) => keys ?? typed);

const inTable = (command: Command) => (editor: Editor) => { command(editor.state, editor.view.dispatch, editor.view); editor.commands.focus(); };
export const tableTools = {
  rowBefore: inTable(addRowBefore), rowAfter: inTable(addRowAfter), columnBefore: inTable(addColumnBefore), columnAfter: inTable(addColumnAfter),
  headerRow: inTable(toggleHeaderRow), headerColumn: inTable(toggleHeaderColumn), mergeCells: inTable(mergeCells), splitCell: inTable(splitCell),
  removeRow: inTable(deleteRow), removeColumn: inTable(deleteColumn), removeTable: inTable(deleteTable),
} as const;
export type TableTool = keyof typeof tableTools;
