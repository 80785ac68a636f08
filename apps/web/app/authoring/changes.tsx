/** What changed between two versions of a course, lesson by lesson. */
import { Badge } from '@milpa/ui';
import type { PartChange, VersionChanges } from '@milpa/catalog/contract';
import { useT } from '../i18n/index.ts';
import { MarkedText } from './marked-text.tsx';

const tones = { added: 'leaf', removed: 'clay', moved: 'night', renamed: 'maize', changed: 'maize' } as const;

export function Changes({ changes: { rules, modules, lessons }, language }: { changes: VersionChanges; language: string }) {
  const t = useT();
  const marks = (kinds: PartChange[]) => kinds.map((kind) => <Badge key={kind} tone={tones[kind]}>{t(`authoring.change.${kind}`)}</Badge>);
  if (rules.length + modules.length + lessons.length === 0) return <p className="text-ink-soft">{t('authoring.changes.none')}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {rules.map((rule) => <li key={rule} className="rounded-(--round-m) bg-sunk px-4 py-3">{t(`authoring.change.${rule}`)}</li>)}
      {modules.map(({ id, title, before, changes }) => (
        <li key={id} className="rounded-(--round-m) bg-sunk px-4 py-3"><Name title={title} before={before} language={language} /> {marks(changes)}</li>
      ))}
      {lessons.map(({ id, title, before, moduleTitle, changes, text }) => (
        <li key={id} className="rounded-(--round-m) bg-sunk px-4 py-3">
          <div className="flex flex-wrap items-center gap-2"><Name title={title} before={before} language={language} />{marks(changes)}<bdi className="text-sm text-ink-soft">{moduleTitle}</bdi></div>
          {text && (
            <details className="mt-1">
              <summary className="inline-flex min-h-(--tap) items-center text-accent-text underline">{t('authoring.changes.show')}</summary>
              <MarkedText pieces={text} language={language} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function Name({ title, before, language }: { title: string; before: string | null; language: string }) {
  return <span className="font-medium">{before && <><del className="text-ink-soft"><bdi lang={language}>{before}</bdi></del> </>}<bdi lang={language}>{title}</bdi></span>;
}
