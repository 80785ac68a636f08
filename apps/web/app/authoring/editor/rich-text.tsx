/**
 * A field of rich text. Without scripts it is its HTML source; before the editor has come, the text can be read. The editor itself
 * is a chunk of its own, fetched when such a field is on the page.
 */
import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { Button, Notice, TextArea } from '@milpa/ui';
import { useT } from '../../i18n/index.ts';
import { Boundary } from './boundary.tsx';

const never = () => () => {};
/** What failed once would fail for ever: whoever tries again asks anew. */
const fetched = () => ({ Writer: lazy(() => import('./writer.tsx')) });
const first = fetched();

export interface RichTextProps {
  /** Of the form field that carries the HTML. */
  name: string;
  label: string;
  html: string;
  /** BCP 47: the language of the text, whatever the interface's is. */
  language: string;
  direction: 'ltr' | 'rtl';
  courseId: string;
  /** Lessons that links may lead to. */
  lessons?: { id: string; title: string }[];
  onChange?: (html: string) => void;
  /** Ids of what describes the field. */
  describedBy?: string | undefined;
}

export function RichText(props: RichTextProps) {
  const t = useT();
  const scripted = useSyncExternalStore(never, () => true, () => false);
  const [{ Writer }, setFetched] = useState(first);
  const [written, setWritten] = useState(props.html);
  const { name, label, language, direction, describedBy, onChange } = props;
  const source = (
    <TextArea
      name={name} defaultValue={written} rows={18} dir="ltr" spellCheck={false} className="font-mono text-sm" aria-label={t('authoring.source')} aria-describedby={describedBy}
      onChange={({ target }) => { setWritten(target.value); onChange?.(target.value); }}
    />
  );
  const readable = (
    <div className="relative rounded-(--round-m) border border-line bg-surface p-5 sm:p-8" aria-busy={scripted}>
      <div role="group" aria-label={label} lang={language} dir={direction} className="prose min-h-40" dangerouslySetInnerHTML={{ __html: written }} />
      {scripted && <p role="status" className="editor-coming">{t('authoring.editor.coming')}</p>}
    </div>
  );
  if (!scripted) return <>{readable}<noscript>{source}</noscript></>;
  return (
    <Boundary
      onAgain={() => setFetched(fetched)}
      fallback={(again) => (
        <>
          <Notice tone="warning" live title={t('authoring.editor.failed')} actions={<Button onClick={again}>{t('authoring.tryAgain')}</Button>}><p>{t('authoring.editor.failedText')}</p></Notice>
          {source}
        </>
      )}
    >
      <Suspense fallback={<>{readable}<input type="hidden" name={name} value={written} /></>}><Writer {...props} html={written} /></Suspense>
    </Boundary>
  );
}
