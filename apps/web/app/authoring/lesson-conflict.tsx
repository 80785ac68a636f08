/** Somebody saved the lesson first. Both texts are there; the author looks and chooses, and neither is lost. */
import { useEffect, useRef, useState } from 'react';
import { Button, Notice } from '@milpa/ui';
import { useFormat, useT } from '../i18n/index.ts';
import type { Theirs } from './autosave.ts';
import { MarkedText } from './marked-text.tsx';
import { compareWords, wordsOf, type Piece } from './words.ts';

interface LessonConflictProps { theirs: Theirs<{ title: string; bodyHtml: string }>; mine: () => { title: string; bodyHtml: string }; me: string; language: string; onKeepMine: () => void; onTakeTheirs: () => void }

export function LessonConflict({ theirs, mine, me, language, onKeepMine, onTakeTheirs }: LessonConflictProps) {
  const t = useT();
  const format = useFormat();
  const [compared, setCompared] = useState<{ mine: Piece[]; theirs: Piece[] } | null>(null);
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), []);
  const when = format.time(theirs.at);
  const who = theirs.by === null ? t('authoring.conflict.somebody', { when }) : theirs.by === me ? t('authoring.conflict.you', { when }) : t('authoring.conflict.by', { name: theirs.by, when });
  const textOf = ({ title, bodyHtml }: { title: string; bodyHtml: string }) => `${title}\n${wordsOf(bodyHtml)}`;
  const compare = () => {
    const [ours, others] = [textOf(mine()), textOf(theirs.fields)];
    setCompared(compared ? null : { mine: compareWords(others, ours).filter(({ kind }) => kind !== 'removed'), theirs: compareWords(ours, others).filter(({ kind }) => kind !== 'removed') });
  };
  return (
    <div ref={notice} tabIndex={-1} className="flex flex-col gap-4">
      <Notice
        tone="warning" live title={who}
        actions={<><Button onClick={compare} aria-expanded={compared !== null}>{t('authoring.conflict.compare')}</Button><Button onClick={onKeepMine}>{t('authoring.conflict.keepMine')}</Button><Button onClick={onTakeTheirs}>{t('authoring.conflict.takeTheirs')}</Button></>}
      >
        <p>{t('authoring.conflict.nothingLost')}</p>
      </Notice>
      {compared && (
        <div className="grid gap-4 lg:grid-cols-2">
          <div><h2 className="mb-2 text-base font-semibold">{t('authoring.conflict.mine')}</h2><MarkedText language={language} pieces={compared.mine} /></div>
          <div><h2 className="mb-2 text-base font-semibold">{t('authoring.conflict.theirs')}</h2><MarkedText language={language} pieces={compared.theirs} /></div>
        </div>
      )}
    </div>
  );
}
