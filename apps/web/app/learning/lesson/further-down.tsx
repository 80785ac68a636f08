/** What stands below a lesson's text, and the panel that sets it: for browsers to fetch in one piece, after the lesson itself. */
import { useState, type FormEvent } from 'react';
import { Form } from 'react-router';
import { Button, Field, TextArea } from '@milpa/ui';
import { NotebookPen, Paperclip } from 'lucide-react';
import { useFormat, useT } from '../../i18n/index.ts';
import { fileKind } from '../file-kind.ts';
import type { LessonData } from './data.ts';
import type { Live } from './live.tsx';

export { ReadingPanel } from './reading-panel.tsx';

export function Attachments({ courseId, files }: { courseId: string; files: LessonData['attachments'] }) {
  const t = useT();
  const format = useFormat();
  return (
    <section aria-labelledby="files" className="ui-reading-column mt-10 border-t border-line pt-6">
      <h2 id="files" className="mb-3 text-lg">{t('learning.files')}</h2>
      <ul className="flex flex-col gap-2">
        {files.map((file) => (
          <li key={file.id}>
            <a
              href={`/api/v1/courses/${courseId}/files/${file.fileId}`}
              download={file.name}
              className="flex min-h-(--tap) items-center gap-3 rounded-(--round-m) border border-line bg-surface px-4 py-3 no-underline hover:shadow-lift"
            >
              <Paperclip aria-hidden="true" className="text-ink-faint" />
              <span className="flex min-w-0 flex-1 flex-col">
                <bdi className="break-words">{file.name}</bdi>
                <span className="text-sm text-ink-soft">{t(`learning.file.${fileKind(file.mediaType)}`)} · {format.bytes(file.size)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A note to the lesson as a whole: a plain form at its end. */
export function LessonNote({ id, lessonId, courseId, live }: { id: string; lessonId: string; courseId: string; live: Live | null }) {
  const t = useT();
  const [saved, setSaved] = useState(false);
  const save = (event: FormEvent<HTMLFormElement>) => {
    const text = String(new FormData(event.currentTarget).get('text')).trim();
    if (!live || !text) return;
    event.preventDefault();
    live.saveNote(crypto.randomUUID(), { lessonId, kind: 'note', place: null, quote: '', text });
    event.currentTarget.reset();
    setSaved(true);
  };
  return (
    <details className="ui-reading-column mt-10 border-t border-line pt-4">
      <summary className="flex min-h-(--tap) items-center gap-2 font-medium"><NotebookPen aria-hidden="true" className="text-ink-faint" />{t('learning.notes.forLesson')}</summary>
      <Form method="post" onSubmit={save} className="mt-2 flex flex-col items-start gap-3">
        <input type="hidden" name="intent" value="note" />
        <input type="hidden" name="noteId" value={id} />
        <input type="hidden" name="courseId" value={courseId} />
        <Field label={t('learning.notes.text')} className="w-full"><TextArea name="text" rows={3} maxLength={8000} required dir="auto" /></Field>
        <Button type="submit">{t('learning.notes.save')}</Button>
        <p role="status" className="text-sm text-ink-soft empty:hidden">{saved && t('learning.notes.said.note')}</p>
      </Form>
    </details>
  );
}
