import { Badge, Card, LinkButton, Notice, PageHeader, Section } from '@milpa/ui';
import { Check, Minus } from 'lucide-react';
import { getUsage } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { nameIn } from '../../identity/words.ts';
import { Title } from '../../shell/title.tsx';
import { counted, roomOf, useAmounts, UsageBar, type Counted } from '../usage-bars.tsx';
import type { Route } from './+types/limits';

/** Where somebody makes room. */
const places = { members: '/admin/members', courses: '/teaching', storageBytes: '/teaching' } as const;

export async function loader({ context }: Route.LoaderArgs) {
  const { locale, viewer } = web(context);
  const { plan, ...usage } = await load(context, getUsage);
  const may = { members: 'member:read', courses: 'course:create', storageBytes: 'course:create' } as const;
  return { ...usage, plan: nameIn(locale, plan.name), contact: plan.contact, reachable: counted.filter((what) => viewer.permissions.includes(may[what])) };
}

type Data = Route.ComponentProps['loaderData'];

export default function Limits({ loaderData }: Route.ComponentProps) {
  const t = useT();
  const { plan, features } = loaderData;
  const tight = counted.filter((what) => roomOf(loaderData.usage[what], loaderData.limits[what]) !== 'plenty');
  return (
    <div className="max-w-4xl">
      <Title>{t('tenancy.admin.limits')}</Title>
      <PageHeader title={t('tenancy.admin.limits')} lead={t('tenancy.limits.plan', { plan })} actions={loaderData.contact && <AskForMore contact={loaderData.contact} primary={tight.length > 0} />} />
      {tight.length === 0
        ? <Notice tone="success">{t('tenancy.limits.room')}</Notice>
        : <div className="ui-stack ui-gap-s">{tight.map((what) => <TightNotice key={what} what={what} {...loaderData} />)}</div>}
      {!loaderData.contact && tight.length > 0 && <p className="mt-3 text-ink-soft">{t('tenancy.limits.askOperator')}</p>}
      <Section title={t('tenancy.limits.limits')}>
        <div className="grid gap-4 sm:grid-cols-2">
          {counted.map((what) => <LimitCard key={what} what={what} {...loaderData} />)}
          <RateCard {...loaderData} />
        </div>
      </Section>
      <Section title={t('tenancy.limits.features')} lead={t('tenancy.limits.featuresLead')}>
        <Card flush>
          <ul className="divide-y divide-line">
            {features.map(({ key, on, by }) => (
              <li key={key} className="flex items-start gap-3 px-4 py-3">
                {on ? <Check aria-hidden="true" className="mt-0.5 shrink-0 text-leaf-text" /> : <Minus aria-hidden="true" className="mt-0.5 shrink-0 text-ink-faint" />}
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{t('tenancy.feature', { feature: key })}</span>
                  <span className="block text-sm text-ink-soft">{t('tenancy.limits.feature', { state: on ? 'on' : 'off', by })}</span>
                </span>
                <Badge tone={on ? 'leaf' : 'neutral'}>{on ? t('tenancy.limits.on') : t('tenancy.limits.off')}</Badge>
              </li>
            ))}
          </ul>
        </Card>
      </Section>
    </div>
  );
}

function AskForMore({ contact, primary }: { contact: string; primary: boolean }) {
  const t = useT();
  return <LinkButton href={contact.includes('://') ? contact : `mailto:${contact}`} look={primary ? 'primary' : 'secondary'}>{t('tenancy.limits.ask')}</LinkButton>;
}

function TightNotice({ what, usage, limits, reachable }: Data & { what: Counted }) {
  const t = useT();
  const full = roomOf(usage[what], limits[what]) === 'full';
  return (
    <Notice tone={full ? 'danger' : 'warning'} title={t(`tenancy.limits.${full ? 'full' : 'near'}`, { what: t(`tenancy.usage.${what}`) })} actions={reachable.includes(what) && <LinkButton href={places[what]} size="small">{t(`tenancy.limits.make.${what}`)}</LinkButton>}>
      {t(`tenancy.limits.then.${what}`)}
    </Notice>
  );
}

/** How much of it is used, and what happens at its end. */
function LimitCard({ what, usage, limits, agreed }: Data & { what: Counted }) {
  const t = useT();
  const say = useAmounts();
  const format = useFormat();
  const left = limits[what] - usage[what];
  return (
    <Card className="ui-stack ui-gap-s">
      <h3 className="flex flex-wrap items-center gap-2 text-base font-medium">{t(`tenancy.usage.${what}`)}{agreed.includes(what) && <Badge tone="maize">{t('tenancy.limits.agreed')}</Badge>}</h3>
      <p><strong className="text-2xl font-semibold tabular-nums">{say[what](usage[what])}</strong> <span className="text-ink-soft">{t('tenancy.usage.of', { limit: say[what](limits[what]) })}</span></p>
      <UsageBar what={what} usage={usage} limits={limits} />
      <p className="text-sm text-ink-soft">{left >= 0 ? t('tenancy.limits.left', { left: say[what](left), share: format.percent(usage[what] / limits[what]) }) : t('tenancy.limits.over', { over: say[what](-left) })}</p>
      <p className="text-sm text-ink-soft">{t(`tenancy.limits.end.${what}`)}</p>
    </Card>
  );
}

function RateCard({ limits, agreed }: Data) {
  const t = useT();
  const format = useFormat();
  return (
    <Card className="ui-stack ui-gap-s">
      <h3 className="flex flex-wrap items-center gap-2 text-base font-medium">{t('tenancy.limits.rate')}{agreed.includes('apiPerMinute') && <Badge tone="maize">{t('tenancy.limits.agreed')}</Badge>}</h3>
      <p><strong className="text-2xl font-semibold tabular-nums">{format.number(limits.apiPerMinute)}</strong> <span className="text-ink-soft">{t('tenancy.limits.aMinute')}</span></p>
      <p className="text-sm text-ink-soft">{t('tenancy.limits.rateText')}</p>
    </Card>
  );
}
