/** A text with what was taken out and what was put in: by line, by sign and in words, not by colour alone. */
import { VisuallyHidden } from '@milpa/ui';
import { useT } from '../i18n/index.ts';
import type { Piece } from './words.ts';

export function MarkedText({ pieces, language }: { pieces: Piece[]; language: string }) {
  const t = useT();
  return (
    <div lang={language} dir="auto" tabIndex={0} role="group" aria-label={t('authoring.compare.text')} className="max-h-[28rem] overflow-auto rounded-(--round-m) border border-line bg-surface p-4 leading-relaxed break-words whitespace-pre-wrap">
      {pieces.map(({ kind, text }, index) => {
        if (kind === 'same') return <span key={index}>{text}</span>;
        const Tag = kind === 'added' ? 'ins' : 'del';
        return (
          <Tag key={index} className={kind === 'added' ? 'rounded-sm bg-leaf-soft text-leaf-text underline decoration-2' : 'rounded-sm bg-clay-soft text-clay-text line-through'}>
            <VisuallyHidden>{t(kind === 'added' ? 'authoring.compare.added' : 'authoring.compare.removed')} </VisuallyHidden>{text}
          </Tag>
        );
      })}
    </div>
  );
}
