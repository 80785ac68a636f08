/** Whether the installation is well, and what to do where it is not. */
import { Anchor, Badge, Card, Notice, PageHeader, Section } from '@milpa/ui';
import { getInstallationHealth, listSchedules, type InstallationHealth } from '@milpa/tenancy/contract';
import { CircleCheck, Eye, Wrench } from 'lucide-react';
import { load, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { readable } from '../../i18n/units.ts';
import { usePage } from '../../page.tsx';
import { useLookingAgain } from '../../shell/look-again.ts';
import { Title } from '../../shell/title.tsx';
import { Schedules } from './schedules.tsx';
import type { Route } from './+types/health';

const everyMs = 10_000;

export async function loader({ context }: Route.LoaderArgs) {
  const [health, schedules] = await Promise.all([load(context, getInstallationHealth), load(context, listSchedules)]);
  return { health, schedules: schedules.data, now: web(context).now.toISOString() };
}

type Finding = InstallationHealth['findings'][number];

const looks = {
  well: { tone: 'leaf', notice: 'success', Icon: CircleCheck }, look: { tone: 'maize', notice: 'warning', Icon: Eye }, mend: { tone: 'clay', notice: 'danger', Icon: Wrench },
} as const;

export default function Health({ loaderData: { health: { at, verdict, findings }, schedules, now } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  useLookingAgain(true, everyMs);
  const count = findings.filter((finding) => finding.verdict === verdict).length;
  return (
    <>
      <Title>{t('tenancy.operator.health')}</Title>
      <PageHeader title={t('tenancy.operator.health')} lead={t('tenancy.health.lead', { time: format.time(at) })} />
      <Notice tone={looks[verdict].notice} live>{verdict === 'well' ? t('tenancy.health.overall.well') : t(`tenancy.health.overall.${verdict}`, { count })}</Notice>
      <Card flush className="mt-5">
        <ul className="divide-y divide-line">
          {findings.map((finding) => <li key={finding.check} className="p-4"><Check {...finding} /></li>)}
        </ul>
      </Card>
      <Section title={t('tenancy.health.schedules.title')}><Schedules schedules={schedules} now={now} /></Section>
    </>
  );
}

function Check({ check, verdict, values }: Finding) {
  const t = useT();
  const { locale } = usePage();
  const { tone, Icon } = looks[verdict];
  // Each check brings the facts that its message names: a test says them all.
  const facts = readable(locale, values) as never;
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-5 gap-y-1 sm:grid-cols-[11rem_1fr_auto]">
      <h2 className="text-base font-semibold">{t(`tenancy.health.${check}.name`)}</h2>
      <div className="order-last col-span-2 sm:order-none sm:col-span-1">
        <p>{t(`tenancy.health.${check}`, facts)}</p>
        {verdict !== 'well' && <p className="mt-1 text-sm text-ink-soft"><Advice check={check} /></p>}
      </div>
      <div><Badge tone={tone} icon={<Icon aria-hidden="true" className="size-4" />}>{t(`tenancy.health.verdict.${verdict}`)}</Badge></div>
    </div>
  );
}

/** What to do about it. Of these nothing but facts is ever told. */
const factsOnly = ['database', 'storage', 'server'] as const;
type Judged = Exclude<Finding['check'], (typeof factsOnly)[number]>;
const isJudged = (check: Finding['check']): check is Judged => !(factsOnly as readonly string[]).includes(check);

function Advice({ check }: { check: Finding['check'] }) {
  const t = useT();
  if (!isJudged(check)) return null;
  return (
    <>
      {t(`tenancy.health.${check}.mend`)}{' '}
      {(check === 'parked' || check === 'events' || check === 'queue') && <Anchor className="ui-link" href={`/operator/jobs${check === 'queue' ? '?view=running' : ''}`}>{t('tenancy.health.seeJobs')}</Anchor>}
      {check === 'domains' && <Anchor className="ui-link" href="/operator/tenants">{t('tenancy.health.seeTenants')}</Anchor>}
    </>
  );
}
