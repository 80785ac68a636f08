/** What can be done with the very thing that the cursor is in: a table, a picture, a link, an equation, a piece of code. */
import type { ReactNode } from 'react';
import type { Editor } from '@tiptap/core';
import { Button, Menu, MenuButton, TextInput } from '@milpa/ui';
import { Ellipsis } from 'lucide-react';
import { useT } from '../../i18n/index.ts';
import { tableTools, type DialogName, type TableTool } from './tools.ts';
import { useEditorState } from './use-editor.ts';
import { selectedNode } from './views.ts';

interface ContextBarProps { editor: Editor; open: (dialog: DialogName) => void; film: string | null; onFilm: () => void; onNoFilm: () => void }

const adding: TableTool[] = ['rowAfter', 'columnAfter'];
const more: TableTool[] = ['rowBefore', 'columnBefore', 'headerRow', 'headerColumn', 'mergeCells', 'splitCell', 'removeRow', 'removeColumn', 'removeTable'];

function where(editor: Editor): string {
  const node = selectedNode(editor)?.type.name;
  if (node === 'picture' || node === 'image' || editor.isActive('picture')) return 'picture';
  if (node === 'equation' || node === 'equationBlock') return 'equation';
  if (node === 'embed') return 'embed';
  if (editor.isActive('link')) return `link ${editor.getAttributes('link')['href'] ?? ''}`;
  if (editor.isActive('codeBlock')) return `codeBlock ${editor.getAttributes('codeBlock')['language'] ?? ''}`;
  return editor.isActive('table') ? 'table' : '';
}

export function ContextBar({ editor, open, film, onFilm, onNoFilm }: ContextBarProps) {
  const t = useT();
  const [place = '', detail = ''] = useEditorState(editor, where).split(' ');
  const act = (label: string, onClick: () => void): ReactNode => <Button key={label} size="small" look="quiet" onMouseDown={(event) => event.preventDefault()} onClick={onClick}>{label}</Button>;
  const remove = () => editor.chain().focus().deleteSelection().run();
  if (film) return <div className="editor-context" role="status"><span>{t('authoring.film.offer')}</span>{act(t('authoring.film.show'), onFilm)}{act(t('authoring.film.keepLink'), onNoFilm)}</div>;
  switch (place) {
    case 'picture': return <div className="editor-context">{act(t('authoring.picture.edit'), () => open('picture'))}{act(t('authoring.remove'), () => (selectedNode(editor) ? remove() : editor.chain().focus().deleteNode('picture').run()))}</div>;
    case 'equation': return <div className="editor-context">{act(t('authoring.equation.edit'), () => open('equation'))}{act(t('authoring.remove'), remove)}</div>;
    case 'embed': return <div className="editor-context">{act(t('authoring.embed.edit'), () => open('embed'))}{act(t('authoring.remove'), remove)}</div>;
    case 'link': return (
      <div className="editor-context">
        <bdi dir="ltr" className="min-w-0 truncate">{detail.startsWith('milpa-lesson:') ? t('authoring.link.toLesson') : detail}</bdi>
        {act(t('authoring.link.edit'), () => open('link'))}
        {act(t('authoring.link.remove'), () => editor.chain().focus().extendMarkRange('link').unsetMark('link').run())}
      </div>
    );
    case 'codeBlock': return (
      <div className="editor-context">
        <label className="flex items-center gap-2">{t('authoring.codeLanguage')}
          <TextInput key="language" defaultValue={detail} dir="ltr" list="code-languages" className="max-w-40" onChange={(event) => editor.commands.updateAttributes('codeBlock', { language: event.target.value.trim().toLowerCase() || null, plain: false })} />
        </label>
        <datalist id="code-languages">{['bash', 'css', 'html', 'java', 'javascript', 'json', 'php', 'python', 'r', 'sql', 'typescript'].map((language) => <option key={language} value={language}>{language}</option>)}</datalist>
      </div>
    );
    case 'table': return (
      <div className="editor-context">
        {adding.map((name) => act(t(`authoring.table.${name as 'rowAfter'}`), () => tableTools[name](editor)))}
        {act(t('authoring.table.caption'), () => open('caption'))}
        <Menu align="start" label={t('authoring.table.more')} trigger={<Ellipsis aria-hidden="true" />}>
          {more.map((name) => <MenuButton key={name} type="button" onMouseDown={(event) => event.preventDefault()} onClick={(event) => { event.currentTarget.closest('details')!.open = false; tableTools[name](editor); }}>{t(`authoring.table.${name as 'rowAfter'}`)}</MenuButton>)}
        </Menu>
      </div>
    );
    default: return null;
  }
}
