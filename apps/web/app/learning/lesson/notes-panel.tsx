/** The notes and bookmarks of a lesson, beside its text. */
import { Button, Field, IconButton, Select, TextArea } from '@milpa/ui';
import type { Note, NoteInput, Place } from '@milpa/learning/contract';
import { Bookmark, Pencil, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useT } from '../../i18n/index.ts';
import { blocksOf, findPlace, placeAt, textsOf } from './anchor.ts';
import { goTo, proseOf, readingNow } from './follow.ts';

/** What somebody is about to note: the passage that they have marked, or none. */
export interface Draft { place: Place | null; quote: string }

interface Props {
  lessonId: string;
  notes: readonly Note[];
  draft: Draft | null;
  onSave: (id: string, note: NoteInput) => void;
  onRemove: (id: string) => void;
}

export default function NotesPanel({ lessonId, notes, draft, onSave, onRemove }: Props) {
  const t = useT();
  const sorted = notes.toSorted((a, b) => (a.place?.index ?? -1) - (b.place?.index ?? -1) || a.createdAt.localeCompare(b.createdAt));
  return (
    <div className="flex flex-col gap-5">
      <NewNote key={draft ? `${draft.place?.index} ${draft.quote}` : ''} lessonId={lessonId} draft={draft} onSave={onSave} />
      {sorted.length === 0
        ? <p className="text-ink-soft">{t('learning.notes.none')}</p>
        : <ul className="flex flex-col gap-3">{sorted.map((note) => <li key={note.id}><OneNote note={note} onSave={onSave} onRemove={onRemove} /></li>)}</ul>}
    </div>
  );
}

/** The button that was pressed is gone: what came for it takes the focus. */
const focus = (field: HTMLTextAreaElement | null) => field?.focus();

/** The words of a paragraph that tell which it is. */
const beginning = (text: string) => { const words = text.replace(/\s+/g, ' ').trim(); return words.length > 60 ? `${words.slice(0, 58)}…` : words; };

function NewNote({ lessonId, draft, onSave }: Pick<Props, 'lessonId' | 'draft' | 'onSave'>) {
  const t = useT();
  const prose = proseOf();
  const [texts] = useState(() => (prose ? textsOf(blocksOf(prose)) : []));
  const [start] = useState(() => draft?.place?.index ?? (prose ? readingNow(prose)?.index : undefined));
  const [said, setSaid] = useState<'note' | 'bookmark' | 'empty' | null>(null);
  const save = (kind: Note['kind']) => (event: FormEvent<HTMLElement>) => {
    event.preventDefault();
    const form = event.currentTarget.closest('form')!;
    const fields = new FormData(form);
    const text = String(fields.get('text')).trim();
    if (kind === 'note' && text === '') return setSaid('empty');
    const at = String(fields.get('at'));
    const place = at === '' ? null : placeAt(texts, Number(at));
    const quote = draft && place?.index === draft.place?.index ? draft.quote : place ? beginning(texts[place.index] ?? '') : '';
    onSave(crypto.randomUUID(), { lessonId, kind, place, quote: quote.slice(0, 500), text: kind === 'note' ? text : '' });
    if (kind === 'note') form.reset();
    setSaid(kind);
  };
  return (
    <form onSubmit={save('note')} className="flex flex-col gap-3">
      {draft?.quote && <blockquote className="border-s-4 border-maize ps-3 text-sm text-ink-soft" dir="auto">{draft.quote}</blockquote>}
      <Field label={t('learning.notes.text')}><TextArea name="text" rows={3} maxLength={8000} dir="auto" /></Field>
      <Field label={t('learning.notes.place')}>
        <Select name="at" defaultValue={start ?? ''} dir="auto">
          <option value="">{t('learning.notes.wholeLesson')}</option>
          {texts.map((text, index) => <option key={index} value={index}>{beginning(text) || t('learning.notes.picture')}</option>)}
        </Select>
      </Field>
      <div className="ui-cluster">
        <Button type="submit">{t('learning.notes.save')}</Button>
        <Button look="quiet" icon={<Bookmark aria-hidden="true" />} onClick={save('bookmark')}>{t('learning.notes.bookmark')}</Button>
      </div>
      <p role="status" className="text-sm text-ink-soft empty:hidden">{said && t(`learning.notes.said.${said}`)}</p>
    </form>
  );
}

function OneNote({ note, onSave, onRemove }: { note: Note } & Pick<Props, 'onSave' | 'onRemove'>) {
  const t = useT();
  const [editing, setEditing] = useState(false);
  const { id, kind, lessonId, place, quote, text } = note;
  const prose = proseOf();
  const lost = place !== null && prose !== null && findPlace(textsOf(blocksOf(prose)), place) === null;
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const changed = String(new FormData(event.currentTarget).get('text')).trim();
    if (changed && lessonId) onSave(id, { lessonId, kind, place, quote, text: changed });
    setEditing(false);
  };
  return (
    <div className="rounded-m border border-line p-3">
      {quote && (place && !lost
        ? <button type="button" className="ui-link block text-start text-sm" dir="auto" onClick={() => goTo(place)}>{quote}</button>
        : <p className="text-sm text-ink-soft" dir="auto">{quote}</p>)}
      {lost && <p className="text-sm text-ink-soft">{t('learning.notes.changed')}</p>}
      {editing
        ? (
          <form onSubmit={save} className="mt-2 flex flex-col gap-2">
            <Field label={t('learning.notes.text')}><TextArea name="text" rows={3} maxLength={8000} defaultValue={text} dir="auto" ref={focus} /></Field>
            <div className="ui-cluster"><Button type="submit" size="small">{t('learning.notes.save')}</Button><Button size="small" look="quiet" onClick={() => setEditing(false)}>{t('learning.notes.cancel')}</Button></div>
          </form>
        )
        : (
          <div className="flex items-start gap-1">
            <p className="min-w-0 flex-1 whitespace-pre-line break-words py-2" dir="auto">{kind === 'bookmark' ? t('learning.notes.isBookmark') : text}</p>
            {kind === 'note' && lessonId && <IconButton label={t('learning.notes.edit')} onClick={() => setEditing(true)}><Pencil aria-hidden="true" /></IconButton>}
            <IconButton label={t('learning.notes.remove')} onClick={() => onRemove(id)}><Trash2 aria-hidden="true" /></IconButton>
          </div>
        )}
    </div>
  );
}
