/** The editor in a page: made once for an element, and watched by what stands around it. */
import { Editor, Extension, getSchema } from '@tiptap/core';
import { Dropcursor, Gapcursor, Placeholder, TrailingNode, UndoRedo } from '@tiptap/extensions';
import { Plugin } from '@tiptap/pm/state';
import { goToNextCell, tableEditing } from '@tiptap/pm/tables';
import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { useLatest } from '../use-latest.ts';
import { cleanPaste } from './clean-paste.ts';
import { isFilm, linkAddress } from './films.ts';
import { readHtml } from './html.ts';
import { lessonSchema } from './schema.ts';
import type { DialogName } from './tools.ts';
import { nodeViews, type ViewWords } from './views.ts';

interface EditorSetup {
  html: string;
  label: string;
  placeholder: string;
  language: string;
  direction: 'ltr' | 'rtl';
  describedBy: string | undefined;
  words: ViewWords;
  onChange: (editor: Editor) => void;
  /** Pictures and other files that were pasted or dropped. */
  onFiles: (files: File[]) => void;
  onFilm: (address: string) => void;
  open: (dialog: DialogName) => void;
}

/** Keys, the clipboard and dropped files. */
const handling = (setup: RefObject<EditorSetup>) => Extension.create({
  name: 'handling',
  addKeyboardShortcuts() {
    return {
      'Mod-k': () => { setup.current.open('link'); return true; },
      'Mod-Alt-m': () => { setup.current.open('equation'); return true; },
      'Mod-/': () => { setup.current.open('keys'); return true; },
      Tab: () => goToNextCell(1)(this.editor.state, this.editor.view.dispatch),
      'Shift-Tab': () => goToNextCell(-1)(this.editor.state, this.editor.view.dispatch),
    };
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    const filesOf = (data: DataTransfer | null) => [...data?.files ?? []];
    const take = (event: ClipboardEvent | DragEvent, data: DataTransfer | null): boolean => {
      const files = filesOf(data);
      // Word puts a picture of the text beside the text.
      if (files.length === 0 || data?.types.includes('text/html')) return false;
      event.preventDefault();
      setup.current.onFiles(files);
      return true;
    };
    return [tableEditing(), new Plugin({
      props: {
        nodeViews: nodeViews(setup.current.words),
        transformPastedHTML: cleanPaste,
        handlePaste: (view, event) => {
          if (take(event, event.clipboardData)) return true;
          const text = event.clipboardData?.getData('text/plain').trim() ?? '';
          const address = /^(https?:\/\/|mailto:)\S+$/.test(text) ? linkAddress(text) : null;
          if (!address || view.state.selection.$from.parent.type.spec.code) return false;
          if (!view.state.selection.empty) return editor.commands.setMark('link', { href: address });
          editor.chain().insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href: address } }] }).unsetMark('link').run();
          if (isFilm(address)) setup.current.onFilm(address);
          return true;
        },
        handleDrop: (_view, event) => take(event, event.dataTransfer),
      },
    })];
  },
});

export function useEditor(setup: EditorSetup): { editor: Editor | null; place: RefObject<HTMLDivElement | null> } {
  const place = useRef<HTMLDivElement>(null);
  const current = useLatest(setup);
  const [editor, setEditor] = useState<Editor | null>(null);
  useEffect(() => {
    const { html, label, language, direction, placeholder } = current.current;
    const made = new Editor({
      element: place.current,
      injectCSS: false,
      // Not set afterwards: what was there at first is not an edit to undo.
      content: readHtml(html, getSchema(lessonSchema)).toJSON(),
      extensions: [...lessonSchema, UndoRedo, Gapcursor, Dropcursor.configure({ color: false, class: 'editor-drop' }), TrailingNode, Placeholder.configure({ placeholder }), handling(current)],
      editorProps: {
        attributes: { class: 'prose editor-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, lang: language, dir: direction, ...(current.current.describedBy && { 'aria-describedby': current.current.describedBy }) },
      },
      onCreate: ({ editor: created }) => setEditor(created),
      onUpdate: ({ editor: changed }) => current.current.onChange(changed),
    });
    return () => { made.destroy(); setEditor(null); };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps -- made once, with what stood there first
  }, []);
  return { editor, place };
}

/** Renders again when `read` gives something else: a string, since answers are compared. */
export function useEditorState(editor: Editor, read: (editor: Editor) => string): string {
  return useSyncExternalStore(
    (changed) => { editor.on('transaction', changed); return () => { editor.off('transaction', changed); }; },
    () => read(editor),
  );
}
