/** A picture with what it shows, said at once: whoever cannot see it reads that. */
import { useEffect, useRef, useState } from 'react';
import { Button, Checkbox, Field, FileInput, Notice, Progress, TextArea } from '@milpa/ui';
import type { CourseFile } from '@milpa/catalog/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { useFormat, useT } from '../../i18n/index.ts';
import { Ask, type EditorDialogProps } from './ask.tsx';
import { sendFile, type Sending } from './upload.ts';
import { selectedNode } from './views.ts';

type Chosen = { src: string };

export function PictureDialog({ editor, courseId, files, onClose }: EditorDialogProps) {
  const t = useT();
  const format = useFormat();
  const node = selectedNode(editor);
  const attributes = node && (node.type.name === 'picture' || node.type.name === 'image') ? node.attrs : editor.isActive('picture') ? editor.getAttributes('picture') : null;
  const [picture, setPicture] = useState<Chosen | null>(attributes ? { src: String(attributes['src']) } : null);
  const [alt, setAlt] = useState((attributes?.['alt'] as string | null) ?? '');
  const [decorative, setDecorative] = useState(attributes?.['role'] === 'presentation');
  const [asked, setAsked] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<ProblemDocument | 'unreachable' | 'noPicture' | null>(null);
  const [library, setLibrary] = useState<CourseFile[] | null>(null);
  const sending = useRef<Sending | null>(null);

  const send = (file: File | undefined) => {
    if (!file) return;
    if (!file.type.startsWith('image/')) return setProblem('noPicture');
    setProblem(null);
    setShare(0);
    sending.current = sendFile(courseId, file, setShare);
    sending.current.done.then(
      ({ address }) => { setPicture({ src: address }); setShare(null); },
      (refused: ProblemDocument | null) => { setProblem(refused ?? 'unreachable'); setShare(null); },
    );
  };
  useEffect(() => {
    send(files[0]);
    return () => sending.current?.cancel();
    // oxlint-disable-next-line react/exhaustive-deps -- what was dropped is sent once
  }, []);

  const insert = () => {
    setAsked(true);
    if (!picture || (!decorative && !alt.trim())) return;
    const attrs = { src: picture.src, alt: decorative ? '' : alt.trim(), role: decorative ? 'presentation' : null };
    if (attributes) editor.chain().focus().updateAttributes(node?.type.name ?? 'picture', attrs).run();
    else editor.chain().focus().insertContent({ type: 'picture', attrs }).run();
    onClose();
  };
  const openLibrary = () => void fetch(`/api/v1/courses/${courseId}/files`).then(async (answer) => setLibrary(answer.ok ? ((await answer.json()) as { data: CourseFile[] }).data.filter(({ kind }) => kind === 'picture') : []), () => setLibrary([]));
  return (
    <Ask title={t('authoring.tool.picture')} submit={t(attributes ? 'authoring.change' : 'authoring.add')} onSubmit={insert} onClose={onClose} disabled={!picture}>
      {problem && <Notice tone="danger" live title={typeof problem === 'string' ? undefined : problem.title}>{problem === 'unreachable' ? t('authoring.upload.unreachable') : problem === 'noPicture' ? t('authoring.picture.noPicture') : problem.detail}</Notice>}
      {picture
        ? <div className="grid place-items-center rounded-(--round-m) bg-sunk p-3"><img src={picture.src} alt={alt} className="max-h-56 max-w-full rounded-(--round-s) object-contain" /></div>
        : share !== null
          ? <Progress value={Math.round(share * 100)} max={100} label={t('authoring.upload.progress')} text={format.percent(share)} />
          : <Field label={t('authoring.picture.choose')} hint={t('authoring.picture.chooseHint')}><FileInput accept="image/*" onChange={(event) => send(event.target.files?.[0])} /></Field>}
      {!picture && share === null && (library === null
        ? <Button look="quiet" onClick={openLibrary}>{t('authoring.picture.library')}</Button>
        : library.length === 0
          ? <p className="text-ink-soft">{t('authoring.picture.libraryEmpty')}</p>
          : (
            <ul className="grid grid-cols-3 gap-2 sm:grid-cols-4" aria-label={t('authoring.picture.library')}>
              {library.map((file) => (
                <li key={file.fileId}><button type="button" className="editor-thumb" onClick={() => setPicture({ src: file.address })}><img src={file.address} alt={file.name} loading="lazy" /></button></li>
              ))}
            </ul>
          ))}
      <Field label={t('authoring.picture.alt')} hint={t('authoring.picture.altHint')} error={asked && !decorative && !alt.trim() ? t('authoring.picture.altMissing') : undefined}>
        <TextArea value={alt} rows={2} dir="auto" maxLength={500} disabled={decorative} onChange={(event) => setAlt(event.target.value)} />
      </Field>
      <Checkbox label={t('authoring.picture.decorative')} hint={t('authoring.picture.decorativeHint')} checked={decorative} onChange={(event) => setDecorative(event.target.checked)} />
    </Ask>
  );
}
