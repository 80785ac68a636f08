/** The editor with all that stands around it: tools, menus, dialogs. Loaded apart: see `rich-text.tsx`. */
import { useCallback, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Editor } from '@tiptap/core';
import { useT } from '../../i18n/index.ts';
import { ContextBar } from './context-bar.tsx';
import { EditorDialog } from './dialogs.tsx';
import { writeHtml } from './html.ts';
import type { RichTextProps } from './rich-text.tsx';
import { SlashMenu } from './slash-menu.tsx';
import { Toolbar } from './toolbar.tsx';
import type { DialogName } from './tools.ts';
import { useEditor } from './use-editor.ts';
import './editor.css';

export default function Writer({ name, label, html, language, direction, courseId, lessons = [], onChange, describedBy }: RichTextProps) {
  const t = useT();
  const hintId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [files, setFiles] = useState<File[]>([]);
  const [film, setFilm] = useState<string | null>(null);
  const open = useCallback((which: DialogName) => setDialog(which), []);
  const { editor, place } = useEditor({
    html, label, language, direction, open,
    describedBy: [hintId, describedBy].filter(Boolean).join(' '),
    placeholder: t('authoring.placeholder'),
    words: {
      picture: t('authoring.tool.picture'), pictureWithoutText: t('authoring.picture.missing'), decorative: t('authoring.picture.decorative'), caption: t('authoring.picture.caption'),
      equation: t('authoring.tool.equation'), film: t('authoring.tool.embed'),
    },
    onChange(changed) {
      const written = writeHtml(changed.state.doc, changed.schema, direction);
      if (field.current) field.current.value = written;
      onChange?.(written);
    },
    onFiles(dropped) { setFiles(dropped); setDialog('picture'); },
    onFilm: setFilm,
  });
  const close = () => { setDialog(null); setFiles([]); editor?.commands.focus(); };
  return (
    <div className="editor" dir="auto">
      <input ref={field} type="hidden" name={name} defaultValue={html} />
      <p id={hintId} hidden>{t('authoring.help')}</p>
      {editor && (
        <div className="editor-tools" dir={document.documentElement.dir}>
          <Toolbar editor={editor} open={open} />
          <ContextBar editor={editor} open={open} film={film} onFilm={() => { showFilm(editor, film!); setFilm(null); }} onNoFilm={() => setFilm(null)} />
        </div>
      )}
      <div ref={place} className="editor-place" />
      {editor && <SlashMenu editor={editor} open={open} />}
      {/* What a dialog sends is its own: the form around the editor hears nothing of it. */}
      {editor && dialog && <div onSubmit={(event) => event.stopPropagation()}>{createPortal(<EditorDialog key={dialog} name={dialog} editor={editor} courseId={courseId} lessons={lessons} files={files} onClose={close} />, document.body)}</div>}
    </div>
  );
}

/** The link that was just pasted becomes a film of its own. */
function showFilm(editor: Editor, href: string): void {
  let range: { from: number; to: number } | undefined;
  editor.state.doc.descendants((node, at) => {
    if (node.marks.some(({ type, attrs }) => type.name === 'link' && attrs['href'] === href)) range = { from: at, to: at + node.nodeSize };
  });
  if (!range) return;
  const $from = editor.state.doc.resolve(range.from);
  const alone = $from.parent.childCount === 1;
  editor.chain().focus().insertContentAt(alone ? { from: $from.before(), to: $from.after() } : range, { type: 'embed', attrs: { href } }).run();
}
