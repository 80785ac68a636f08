import { Anchor, Notice, SubmitButton, LinkButton } from '@milpa/ui';
import { useT } from '../../i18n/index.ts';
import { useAmounts, type Counted } from '../usage-bars.tsx';

export interface Overrun { id: string; name: string; over: Counted[]; usage: Record<Counted, number>; limits: Record<Counted, number> }

/** Whom new limits would leave with more than they allow, and what that means; in the form that would save them. */
export function Overruns({ overruns, total, countedAt, back }: { overruns: readonly Overrun[]; total: number; countedAt?: string | undefined; back: string }) {
  const t = useT();
  const say = useAmounts();
  return (
    <div className="ui-stack">
      <Notice tone="warning" live title={t('tenancy.over.title', { count: total })}>
        <p>{t('tenancy.over.means')}</p>
        <ul className="my-3 list-disc ps-5">
          {overruns.map(({ id, name, over, usage, limits }) => (
            <li key={id}>
              <Anchor className="ui-link" href={`/operator/tenants/${id}`}><bdi>{name}</bdi></Anchor>
              {': '}{over.map((what) => t('tenancy.over.one', { what: t(`tenancy.usage.${what}`), used: say[what](usage[what]), limit: say[what](limits[what]) })).join(' · ')}
            </li>
          ))}
        </ul>
        {total > overruns.length && <p>{t('tenancy.over.more', { count: total - overruns.length })}</p>}
        {countedAt && <p className="text-sm">{t('tenancy.over.counted', { when: countedAt })}</p>}
      </Notice>
      <input type="hidden" name="confirmed" value="yes" />
      <div className="ui-cluster ui-gap-s">
        <SubmitButton>{t('tenancy.over.save')}</SubmitButton>
        <LinkButton href={back} look="quiet">{t('tenancy.over.leave')}</LinkButton>
      </div>
    </div>
  );
}
