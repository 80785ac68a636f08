/** Files beside a lesson. Each step is a form; with scripts, several are sent at once and tell how far they have come. */
import { useRef, useState, type DragEvent } from 'react';
import { useFetcher, useRevalidator } from 'react-router';
import { Button, FileInput, IconButton, Notice, Progress, TextInput, TextLink } from '@milpa/ui';
import type { Attachment } from '@milpa/catalog/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { ArrowDown, ArrowUp, Paperclip, Trash2 } from 'lucide-react';
import { useFormat, useT } from '../i18n/index.ts';
import { sendFile } from './editor/upload.ts';

interface Upload { key: number; name: string; share: number; failed: string | null }
let uploads = 0;

export function Attachments({ courseId, lessonId, files }: { courseId: string; lessonId: string; files: Attachment[] }) {
  const t = useT();
  const format = useFormat();
  const { revalidate } = useRevalidator();
  const [sending, setSending] = useState<Upload[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const unreachable = t('authoring.upload.unreachable');
  const change = (key: number, part: Partial<Upload>) => setSending((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const send = async (file: File) => {
    const key = ++uploads;
    setSending((all) => [...all, { key, name: file.name, share: 0, failed: null }]);
    try {
      const { fileId } = await sendFile(courseId, file, (share) => change(key, { share })).done;
      const answer = await fetch(`/api/v1/courses/${courseId}/lessons/${lessonId}/attachments`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ fileId, name: file.name }) });
      if (!answer.ok) throw await answer.json();
      setSending((all) => all.filter((one) => one.key !== key));
      void revalidate();
    } catch (refused) {
      change(key, { failed: (refused as ProblemDocument | null)?.detail ?? unreachable });
    }
  };
  const sendAll = (list: FileList | null) => { for (const file of list ?? []) void send(file); };
  const drop = (event: DragEvent) => { event.preventDefault(); sendAll(event.dataTransfer.files); };
  return (
    <div className="flex flex-col gap-4" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      {files.length === 0 && sending.length === 0 && <p className="text-ink-soft">{t('authoring.files.none')}</p>}
      {files.length > 0 && <ul className="flex flex-col divide-y divide-line">{files.map((file, at) => <AttachmentRow key={file.id} courseId={courseId} file={file} first={at === 0} last={at === files.length - 1} />)}</ul>}
      {sending.map(({ key, name, share, failed }) => (failed === null
        ? <Progress key={key} value={Math.round(share * 100)} max={100} label={name} text={format.percent(share)} />
        : <Notice key={key} tone="danger" live title={name}>{failed}</Notice>))}
      <form method="post" encType="multipart/form-data" className="flex flex-wrap items-end gap-3">
        <label className="ui-field min-w-0 flex-1 basis-60">
          <span className="ui-label">{t('authoring.files.add')}</span>
          <FileInput ref={input} name="file" multiple onChange={(event) => { sendAll(event.target.files); event.target.value = ''; }} />
        </label>
        <noscript><Button type="submit" name="intent" value="attach">{t('authoring.files.send')}</Button></noscript>
      </form>
    </div>
  );
}

function AttachmentRow({ courseId, file, first, last }: { courseId: string; file: Attachment; first: boolean; last: boolean }) {
  const t = useT();
  const format = useFormat();
  const fetcher = useFetcher();
  const [name, setName] = useState(file.name);
  return (
    <li className="py-2">
      <fetcher.Form method="post" className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <input type="hidden" name="attachmentId" value={file.id} />
        <Paperclip aria-hidden="true" className="flex-none text-ink-soft" />
        <TextInput
          name="name" value={name} dir="auto" maxLength={200} aria-label={t('authoring.files.name')} className="min-w-0 flex-1 basis-40" onChange={(event) => setName(event.target.value)}
          onBlur={() => { if (name.trim() && name !== file.name) void fetcher.submit({ intent: 'renameFile', attachmentId: file.id, name, inPlace: '1' }, { method: 'post' }); }}
        />
        <TextLink href={`/api/v1/courses/${courseId}/files/${file.fileId}`} target="_blank" className="inline-flex min-h-(--tap) items-center text-sm">{t('authoring.files.open')} <bdi className="ms-1 text-ink-soft">{format.bytes(file.size)}</bdi></TextLink>
        <input type="hidden" name="inPlace" value="1" />
        <noscript><Button type="submit" size="small" name="intent" value="renameFile">{t('authoring.rename')}</Button></noscript>
        <IconButton type="submit" name="intent" value="fileUp" disabled={first} label={t('authoring.move.up', { title: file.name })} className="disabled:opacity-30"><ArrowUp aria-hidden="true" /></IconButton>
        <IconButton type="submit" name="intent" value="fileDown" disabled={last} label={t('authoring.move.down', { title: file.name })} className="disabled:opacity-30"><ArrowDown aria-hidden="true" /></IconButton>
        <IconButton type="submit" name="intent" value="removeFile" label={t('authoring.files.remove', { name: file.name })}><Trash2 aria-hidden="true" /></IconButton>
      </fetcher.Form>
    </li>
  );
}
