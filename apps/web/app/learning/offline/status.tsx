/** Whether there is a network, what waits, and what was refused. Nothing is said while all is as it should be. */
import { Badge, Button, LinkButton, Notice } from '@milpa/ui';
import { CloudOff } from 'lucide-react';
import { useT } from '../../i18n/index.ts';
import { countOf } from './queue.ts';
import type { Queue } from './use-queue.ts';

/** `back`: where signing in leads afterwards. */
export function SyncStatus({ queue, back, className = '' }: { queue: Queue; back: string; className?: string }) {
  const t = useT();
  const waiting = countOf(queue.all);
  const refused = queue.all.filter((one) => one.refused);
  const signIn = waiting > 0 && queue.verdict === 'signIn';
  // Quiet, it takes no room, but stands there, so that screen readers hear what comes.
  const quiet = queue.online && waiting === 0 && !queue.sent && !queue.full && refused.length === 0;
  return (
    <div className={quiet ? 'ui-hidden' : `ui-stack ${className}`} data-queue={waiting}>
      <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
        {!queue.online && <Badge tone="maize" icon={<CloudOff aria-hidden="true" />}>{t('learning.offline.badge')}</Badge>}
        {waiting > 0 && !signIn && <span>{t('learning.offline.waiting', { n: waiting })}</span>}
        {waiting === 0 && queue.sent && <span>{t('learning.offline.sent')}</span>}
        {waiting > 0 && queue.online && queue.verdict === 'later' && <Button size="small" look="quiet" onClick={() => void queue.send()}>{t('learning.offline.send')}</Button>}
      </p>
      {signIn && (
        <Notice tone="warning" title={t('learning.offline.signIn.title')} live actions={<LinkButton href={`/sign-in?next=${encodeURIComponent(back)}`}>{t('learning.offline.signIn.action')}</LinkButton>}>
          {t('learning.offline.signIn.text', { n: waiting })}
        </Notice>
      )}
      {queue.full && <Notice tone="warning" title={t('learning.offline.full.title')} live>{t('learning.offline.full.text')}</Notice>}
      {refused.map(({ key, lessonTitle, item, refused: problem }) => (
        <Notice key={key} tone="danger" title={t(`learning.offline.refused.${item.kind}`, { title: lessonTitle })} live actions={<Button size="small" onClick={() => void queue.dismiss(key)}>{t('learning.offline.dismiss')}</Button>}>
          {problem?.detail}
          {item.kind === 'note' && <blockquote className="mt-2 whitespace-pre-line" dir="auto">{item.note.text}</blockquote>}
        </Notice>
      ))}
    </div>
  );
}
