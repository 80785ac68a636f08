import { Button } from '@milpa/ui';
import { LifeBuoy } from 'lucide-react';
import { useFormat, useT } from '../i18n/index.ts';

/** Where an operator goes in and out. */
const supportPath = '/support';

/** On every page that an operator sees as support: that they are, until when, and the way out. */
export function SupportBanner({ name, until, mayChange }: { name: string; until: string; mayChange: boolean }) {
  const t = useT();
  const format = useFormat();
  return (
    <aside aria-label={t('shell.support.label')} className="border-b border-line-strong bg-maize-soft print:hidden">
      <div className="ui-page flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2">
        <p className="flex min-w-0 flex-1 basis-64 items-start gap-2">
          <LifeBuoy aria-hidden="true" className="mt-1 size-5 shrink-0 text-maize-text" />
          <span>{t('shell.support.here', { name, who: (chunks) => <bdi key="who" className="font-semibold">{chunks}</bdi> })} {t(mayChange ? 'shell.support.mayChange' : 'shell.support.mayRead', { until: format.zoned(until) })}</span>
        </p>
        <form method="post" action={supportPath}><Button type="submit" size="small">{t('shell.support.leave')}</Button></form>
      </div>
    </aside>
  );
}
