import { Badge, Card, TextLink } from '@milpa/ui';
import { useFormat, useT } from '../i18n/index.ts';

export interface AuditLine {
  id: string;
  at: string;
  action: string;
  who: string | null;
  /** Where support did it: the operator's name of that time. */
  support?: string | null;
  /** Where to read more of the same person. */
  whoHref?: string | undefined;
  /** What it was about, by its present name, and where there is more of it. */
  about?: { name: string; href: string } | undefined;
  system?: boolean;
  refused?: boolean;
}

/** An operation's id as message parameters have it. */
export const actionKey = (action: string) => action.replaceAll('.', '_');

/** Who did what, and when, in sentences. */
export function AuditList({ lines, now }: { lines: readonly AuditLine[]; now: string }) {
  const t = useT();
  const format = useFormat();
  return (
    <Card flush>
      <ol className="divide-y divide-line">
        {lines.map(({ id, at, action, who, support, whoHref, about, system, refused }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3">
            <span className="min-w-0 flex-1 basis-64">
              {t('tenancy.audit.sentence', {
                name: support != null ? t('tenancy.audit.support', { name: support }) : who ?? (system ? t('tenancy.audit.system') : t('tenancy.audit.someone')),
                what: t('tenancy.audit.action', { action: actionKey(action === 'kernel.readAsSupport' && !about ? 'kernel.readSomething' : action), code: action }),
                who: (chunks) => (whoHref ? <TextLink key="who" href={whoHref}><bdi>{chunks}</bdi></TextLink> : <bdi key="who" className="font-medium">{chunks}</bdi>),
              })}
              {about && <>{' · '}<TextLink href={about.href}><bdi>{about.name}</bdi></TextLink></>}
              {refused && <> <Badge tone="clay">{t('tenancy.audit.refused')}</Badge></>}
            </span>
            <time dateTime={at} title={format.dateTime(at, 'long')} className="text-sm whitespace-nowrap text-ink-soft">{format.relative(at, now)}</time>
          </li>
        ))}
      </ol>
    </Card>
  );
}
