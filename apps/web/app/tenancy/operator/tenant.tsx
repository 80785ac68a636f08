import { redirect } from 'react-router';
import { Anchor, Breadcrumbs, Card, DefinitionList, LinkButton, Notice, PageHeader, Section } from '@milpa/ui';
import { addDomain, closeTenant, getTenant, listDomains, listPlans, removeDomain, resumeTenant, suspendTenant, updateTenant, verifyDomain } from '@milpa/tenancy/contract';
import { LifeBuoy } from 'lucide-react';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { FormProblem } from '../../identity/form-problem.tsx';
import { atField, readForm, refused, versionTag, type Answer, type FormText } from '../../identity/form.ts';
import { nameIn } from '../../identity/words.ts';
import { Title } from '../../shell/title.tsx';
import { overLimits, UsageBars } from '../usage-bars.tsx';
import { DomainList } from './domain-list.tsx';
import { Overruns, type Overrun } from './overruns.tsx';
import { StatusBadge } from './status.tsx';
import { TenantDoor } from './tenant-door.tsx';
import { keptTenant, TenantForm, tenantIn } from './tenant-form.tsx';
import type { Route } from './+types/tenant';

export async function loader({ context, params }: Route.LoaderArgs) {
  const [tenant, domains, plans] = await Promise.all([load(context, getTenant, { params }), load(context, listDomains, { params }), load(context, listPlans)]);
  const { locale, url: { protocol, host, searchParams } } = web(context);
  return {
    tenant, domains: domains.data, address: `${protocol}//${tenant.slug}.${host}`,
    plan: nameIn(locale, tenant.onPlan.name), plans: plans.data.filter(({ key, retiredAt }) => retiredAt === null || key === tenant.plan).map(({ key, name, retiredAt }) => ({ key, name: nameIn(locale, name), retired: retiredAt !== null })),
    opened: searchParams.has('opened'), saved: searchParams.has('saved'),
  };
}

const places = {
  'tenancy.slug_taken': 'slug', 'tenancy.slug_reserved': 'slug', 'tenancy.slug_mismatch': 'confirmation', 'tenancy.domain_invalid': 'host', 'tenancy.domain_taken': 'host', 'tenancy.unknown_plan': 'plan',
};

interface TenantAnswer extends Answer { over?: Overrun }

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await readForm(request);
  const step = form.text('step');
  const kept = { ...form.keep('step', 'reason', 'host'), ...keptTenant(form) };
  const over = step === 'settings' && !form.has('confirmed') ? await overrun() : null;
  if (over) return { values: kept, over } satisfies TenantAnswer;
  const { problem } = await perform(step, form);
  return problem ? refused<TenantAnswer>(atField(problem, places), kept) : redirect(`/operator/tenants/${params.tenantId}?saved`, 303);

  function perform(what: string, { text }: FormText) {
    const host = text('host');
    switch (what) {
      case 'suspend': return submit(context, suspendTenant, { params, body: { reason: text('reason') } });
      case 'resume': return submit(context, resumeTenant, { params });
      case 'close': return submit(context, closeTenant, { params, body: { slug: text('confirmation').trim() } });
      case 'addDomain': return submit(context, addDomain, { params, body: { host } });
      case 'verifyDomain': return submit(context, verifyDomain, { params: { ...params, host } });
      case 'removeDomain': return submit(context, removeDomain, { params: { ...params, host } });
      default: return submit(context, updateTenant, { params, body: tenantIn(form), ifMatch: versionTag(text('version')) });
    }
  }

  /** What it would use beyond the limits that were typed, where one is lower than now; what makes no sense is refused on saving. */
  async function overrun(): Promise<Overrun | null> {
    const [{ id, name, usage, limits: before }, plans] = await Promise.all([load(context, getTenant, { params }), load(context, listPlans)]);
    const { plan, limits: typed } = tenantIn(form);
    const limits = { ...before, ...plans.data.find(({ key }) => key === plan)?.limits, ...Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== null)) };
    const over = overLimits(limits, usage).filter((what) => limits[what] < before[what]);
    return over.length > 0 ? { id, name, over, usage, limits } : null;
  }
}

export default function TenantScreen({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: TenantAnswer | undefined = actionData;
  const { tenant, domains, plan, plans, address, opened, saved } = loaderData;
  const step = answer?.values?.['step'] ?? '';
  const ofDomain = step.endsWith('Domain') ? answer : undefined;
  const ofDoor = ['suspend', 'resume', 'close'].includes(step) ? answer : undefined;
  const ofForm = ofDomain || ofDoor ? undefined : answer;
  return (
    <div className="max-w-4xl">
      <Title>{tenant.name}</Title>
      <PageHeader before={<Breadcrumbs label={t('tenancy.wayBack')} items={[{ href: '/operator/tenants', label: t('tenancy.operator.tenants') }]} />} title={<bdi>{tenant.name}</bdi>} actions={tenant.status === 'active' && <LinkButton href={`/operator/tenants/${tenant.id}/support`} icon={<LifeBuoy aria-hidden="true" />}>{t('tenancy.support.title')}</LinkButton>} lead={tenant.tagline && <bdi>{tenant.tagline}</bdi>} />
      <div className="ui-stack">
        {opened && !answer && <Notice tone="success" live>{t('tenancy.tenant.opened')}</Notice>}
        {saved && !answer && <Notice tone="success" live>{t('tenancy.saved')}</Notice>}
        {tenant.deletion && (tenant.deletion.erasedAt
          ? <Notice>{t('tenancy.deletion.erased', { date: format.date(tenant.deletion.erasedAt) })}</Notice>
          : <Notice tone="warning" title={t('tenancy.deletion.on', { date: format.dateTime(tenant.deletion.dueAt) })}>{t('tenancy.deletion.operator')}</Notice>)}
        {tenant.status === 'suspended' && <Notice tone="warning" title={t('tenancy.status.suspended')}>{tenant.statusReason}</Notice>}
      </div>
      <Card className="mt-5">
        <DefinitionList items={[
          { term: t('tenancy.field.status'), value: <StatusBadge status={tenant.status} /> },
          { term: t('tenancy.field.address'), value: <Anchor className="ui-link" dir="ltr" href={address}>{address.replace(/^https?:\/\//, '')}</Anchor> },
          { term: t('tenancy.field.blueprint'), value: t('tenancy.blueprint', { blueprint: tenant.blueprint }) },
          { term: t('tenancy.plan.column'), value: <Anchor className="ui-link" href={`/operator/plans/${tenant.plan}`}><bdi>{plan}</bdi></Anchor> },
          { term: t('tenancy.field.language'), value: t(`shell.language.${tenant.locale}`) },
          { term: t('tenancy.field.opened'), value: format.date(tenant.createdAt) },
        ]} />
      </Card>
      <Section title={t('tenancy.dashboard.usage')}><Card><UsageBars limits={tenant.limits} usage={tenant.usage} /></Card></Section>
      {tenant.abilities.update && (
        <Section title={t('tenancy.tenant.settings')}>
          <FormProblem answer={ofForm} reload={t('tenancy.reload')} />
          <TenantForm key={tenant.version} tenant={tenant} plans={plans} answer={ofForm}>
            {answer?.over && <Overruns overruns={[answer.over]} total={1} back={`/operator/tenants/${tenant.id}`} />}
          </TenantForm>
        </Section>
      )}
      <DomainList domains={domains} editable={tenant.abilities.update} answer={ofDomain} />
      <TenantDoor tenant={tenant} answer={ofDoor} />
    </div>
  );
}
