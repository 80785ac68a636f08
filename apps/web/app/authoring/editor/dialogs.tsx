/** The dialogs of the editor: each asks for what its thing needs, and nothing else. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button, Checkbox, Field, Select, TextArea, TextInput } from '@milpa/ui';
import { Dialog } from '@milpa/ui/dialog';
import { useT } from '../../i18n/index.ts';
import { Ask, type EditorDialogProps } from './ask.tsx';
import { isFilm, linkAddress } from './films.ts';
import { keysFor } from './keys.ts';
import { PictureDialog } from './picture-dialog.tsx';
import { withKeys } from './tools.ts';
import { selectedNode, setEquation, type EquationState } from './views.ts';

export function EditorDialog(props: EditorDialogProps) {
  switch (props.name) {
    case 'link': return <LinkDialog {...props} />;
    case 'picture': return <PictureDialog {...props} />;
    case 'equation': return <EquationDialog {...props} />;
    case 'embed': return <FilmDialog {...props} />;
    case 'caption': return <CaptionDialog {...props} />;
    case 'keys': return <KeysDialog {...props} />;
  }
}

function LinkDialog({ editor, lessons, onClose }: EditorDialogProps) {
  const t = useT();
  const before = (editor.getAttributes('link')['href'] as string | undefined) ?? '';
  const [to, setTo] = useState(before.startsWith('milpa-lesson:') ? before.slice('milpa-lesson:'.length) : '');
  const [address, setAddress] = useState(to ? '' : before);
  const [wrong, setWrong] = useState(false);
  const selected = editor.state.doc.textBetween(editor.state.selection.from, editor.state.selection.to);
  const [words, setWords] = useState('');
  const insert = () => {
    const href = to ? `milpa-lesson:${to}` : linkAddress(address);
    if (!href) return setWrong(true);
    const chain = editor.chain().focus();
    if (before) chain.extendMarkRange('link').setMark('link', { href }).run();
    else if (selected) chain.setMark('link', { href }).run();
    else chain.insertContent({ type: 'text', text: words.trim() || (to ? lessons.find(({ id }) => id === to)?.title : undefined) || address.trim(), marks: [{ type: 'link', attrs: { href } }] }).unsetMark('link').run();
    onClose();
  };
  return (
    <Ask title={t('authoring.link.title')} submit={t('authoring.link.submit')} onSubmit={insert} onClose={onClose}>
      {!selected && !before && <Field label={t('authoring.link.words')}><TextInput value={words} dir="auto" onChange={(event) => setWords(event.target.value)} /></Field>}
      <Field label={t('authoring.link.address')} error={wrong ? t('authoring.link.wrong') : undefined}>
        <TextInput value={address} dir="ltr" inputMode="url" disabled={to !== ''} onChange={(event) => { setAddress(event.target.value); setWrong(false); }} />
      </Field>
      {lessons.length > 0 && (
        <Field label={t('authoring.link.lesson')}>
          <Select value={to} onChange={(event) => { setTo(event.target.value); setWrong(false); }}>
            <option value="">{t('authoring.link.noLesson')}</option>
            {lessons.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
          </Select>
        </Field>
      )}
    </Ask>
  );
}

function EquationDialog({ editor, onClose }: EditorDialogProps) {
  const t = useT();
  const node = selectedNode(editor);
  const before = node?.type.name.startsWith('equation') ? node : null;
  const [tex, setTex] = useState((before?.attrs['tex'] as string | undefined) ?? '');
  const [apart, setApart] = useState(before ? before.type.name === 'equationBlock' : editor.state.selection.$from.parent.content.size === 0);
  const [state, setState] = useState<EquationState>('set');
  const preview = useRef<HTMLDivElement>(null);
  const show = useCallback(() => {
    if (preview.current) void setEquation(preview.current, tex, apart).then((now) => { if (now !== 'overtaken') setState(now); });
  }, [tex, apart]);
  useEffect(show, [show]);
  const insert = () => {
    if (!tex.trim()) return;
    editor.chain().focus().insertContent({ type: apart ? 'equationBlock' : 'equation', attrs: { tex: tex.trim() } }).run();
    onClose();
  };
  return (
    <Ask title={t('authoring.tool.equation')} submit={t(before ? 'authoring.change' : 'authoring.add')} onSubmit={insert} onClose={onClose} disabled={!tex.trim()}>
      <Field label={t('authoring.equation.tex')} hint={t('authoring.equation.hint', { example: '\\frac{a}{b}' })}>
        <TextArea value={tex} dir="ltr" rows={3} spellCheck={false} className="font-mono" onChange={(event) => setTex(event.target.value)} />
      </Field>
      <Checkbox label={t('authoring.equation.apart')} checked={apart} onChange={(event) => setApart(event.target.checked)} />
      <div>
        <p className="text-sm text-ink-soft">{t('authoring.equation.preview')}</p>
        <div ref={preview} dir="ltr" className="grid min-h-20 place-items-center overflow-x-auto rounded-(--round-m) bg-sunk p-4 text-xl" />
        <p role="status" className="mt-1 min-h-6 text-sm text-clay-text">{tex.trim() && state === 'wrong' ? t('authoring.equation.wrong') : state === 'unfetched' ? t('authoring.equation.unfetched') : ''}</p>
        {state === 'unfetched' && <Button size="small" onClick={show}>{t('authoring.tryAgain')}</Button>}
      </div>
    </Ask>
  );
}

function FilmDialog({ editor, onClose }: EditorDialogProps) {
  const t = useT();
  const node = selectedNode(editor);
  const before = node?.type.name === 'embed' ? node : null;
  const [address, setAddress] = useState((before?.attrs['href'] as string | undefined) ?? '');
  const [words, setWords] = useState((before?.attrs['words'] as string | undefined) ?? '');
  const [wrong, setWrong] = useState(false);
  const insert = () => {
    const href = linkAddress(address);
    if (!href || !isFilm(href)) return setWrong(true);
    editor.chain().focus().insertContent({ type: 'embed', attrs: { href, words: words.trim() } }).run();
    onClose();
  };
  return (
    <Ask title={t('authoring.tool.embed')} submit={t(before ? 'authoring.change' : 'authoring.add')} onSubmit={insert} onClose={onClose}>
      <Field label={t('authoring.embed.address')} hint={t('authoring.embed.hint')} error={wrong ? t('authoring.embed.wrong') : undefined}>
        <TextInput value={address} dir="ltr" inputMode="url" onChange={(event) => { setAddress(event.target.value); setWrong(false); }} />
      </Field>
      <Field label={t('authoring.embed.words')} hint={t('authoring.embed.wordsHint')}><TextInput value={words} dir="auto" onChange={(event) => setWords(event.target.value)} /></Field>
    </Ask>
  );
}

function CaptionDialog({ editor, onClose }: EditorDialogProps) {
  const t = useT();
  const [words, setWords] = useState(() => textOf((editor.getAttributes('table')['caption'] as string | null) ?? ''));
  const change = () => {
    editor.chain().focus().updateAttributes('table', { caption: htmlOf(words.trim()) || null }).run();
    onClose();
  };
  return (
    <Ask title={t('authoring.table.caption')} submit={t('authoring.change')} onSubmit={change} onClose={onClose}>
      <Field label={t('authoring.table.captionWords')} hint={t('authoring.table.captionHint')}><TextInput value={words} dir="auto" onChange={(event) => setWords(event.target.value)} /></Field>
    </Ask>
  );
}

function KeysDialog({ onClose }: EditorDialogProps) {
  const t = useT();
  const others = [['link', 'Mod-k'], ['undo', 'Mod-z'], ['redo', 'Mod-Shift-z'], ['menu', '/'], ['toolbar', 'Alt-F10'], ['list', 'Mod-/']] as const;
  return (
    <Dialog id="editor-keys" title={t('authoring.keys.title')} closeLabel={t('authoring.close')} open onClose={onClose}>
      <dl className="editor-keys">
        {others.map(([name, keys]) => <div key={name}><dt>{t(`authoring.keys.${name}`)}</dt><dd><kbd dir="ltr">{keysFor(keys)}</kbd></dd></div>)}
        {withKeys.map(({ name, keys, typed }) => (
          <div key={name}><dt>{t(`authoring.tool.${name}`)}</dt><dd>{keys && <kbd dir="ltr">{keysFor(keys)}</kbd>} {typed && <kbd dir="ltr">{typed}</kbd>}</dd></div>
        ))}
      </dl>
    </Dialog>
  );
}

const textOf = (html: string): string => new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '';
const htmlOf = (text: string): string => Object.assign(document.createElement('div'), { textContent: text }).innerHTML;
