/** Two people changed the same thing. What the second one wrote stays in the form; what the first saved is shown beside it. */
import { useEffect, useRef } from 'react';
import { Notice } from '@milpa/ui';
import { useT } from '../i18n/index.ts';

/** What the other person saved, where it differs from one's own. */
export interface Difference { name: string; label: string; theirs: string }

/** Takes the focus when it appears: the button that was pressed may be far below. */
export function Conflict({ differences }: { differences: Difference[] }) {
  const t = useT();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), []);
  return (
    <div ref={notice} tabIndex={-1} className="scroll-mt-24">
      <Notice tone="warning" live title={t('authoring.conflict.title')}>
        <p>{t('authoring.conflict.text')}</p>
        {differences.length > 0 && (
          <details className="mt-2">
            <summary className="inline-flex min-h-(--tap) items-center font-medium underline">{t('authoring.conflict.theirs')}</summary>
            <dl className="flex flex-col gap-3">
              {differences.map(({ name, label, theirs }) => (
                <div key={name}>
                  <dt className="text-sm text-ink-soft">{label}</dt>
                  <dd dir="auto" tabIndex={0} className="max-h-80 overflow-auto break-words whitespace-pre-wrap">{theirs || t('authoring.conflict.empty')}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </Notice>
    </div>
  );
}
