import { redirect } from 'react-router';
import { Anchor, Breadcrumbs, Card, DefinitionList, Notice, PageHeader, Section } from '@milpa/ui';
import { addDomain, closeTenant, getTenant, listDomains, removeDomain, resumeTenant, suspendTenant, updateTenant, verifyDomain } from '@milpa/tenancy/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { FormProblem } from '../../identity/form-problem.tsx';
import { atField, readForm, refused, versionTag, type Answer, type FormText } from '../../identity/form.ts';
import { Title } from '../../shell/title.tsx';
import { UsageBars } from '../usage-bars.tsx';
import { DomainList } from './domain-list.tsx';
import { StatusBadge } from './status.tsx';
import { TenantDoor } from './tenant-door.tsx';
import { TenantForm } from './tenant-form.tsx';
import type { Route } from './+types/tenant';

const gibibyte = 1024 ** 3;

export async function loader({ context, params }: Route.LoaderArgs) {
  const [tenant, domains] = await Promise.all([load(context, getTenant, { params }), load(context, listDomains, { params })]);
  const { protocol, host, searchParams } = web(context).url;
  return {
    tenant, domains: domains.data, address: `${protocol}//${tenant.slug}.${host}`,
    storage: tenant.limits.storageBytes / gibibyte, opened: searchParams.has('opened'), saved: searchParams.has('saved'),
  };
}

const places = {
  'tenancy.slug_taken': 'slug', 'tenancy.slug_reserved': 'slug', 'tenancy.slug_mismatch': 'confirmation', 'tenancy.domain_invalid': 'host', 'tenancy.domain_taken': 'host',
};

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await readForm(request);
  const step = form.text('step');
  const { problem } = await perform(step, form);
  const kept = form.keep('step', 'name', 'slug', 'reason', 'host', 'courses', 'members', 'storage', 'apiPerMinute');
  return problem ? refused(atField(problem, places), kept) : redirect(`/operator/tenants/${params.tenantId}?saved`, 303);

  function perform(what: string, { text }: FormText) {
    const host = text('host');
    switch (what) {
      case 'suspend': return submit(context, suspendTenant, { params, body: { reason: text('reason') } });
      case 'resume': return submit(context, resumeTenant, { params });
      case 'close': return submit(context, closeTenant, { params, body: { slug: text('confirmation').trim() } });
      case 'addDomain': return submit(context, addDomain, { params, body: { host } });
      case 'verifyDomain': return submit(context, verifyDomain, { params: { ...params, host } });
      case 'removeDomain': return submit(context, removeDomain, { params: { ...params, host } });
      default: return submit(context, updateTenant, { params, body: settingsOf(form), ifMatch: versionTag(text('version')) });
    }
  }
}

function settingsOf(form: FormText) {
  const on = form.all('features');
  return {
    name: form.text('name'), slug: form.text('slug').trim().toLowerCase(), signUp: form.text('signUp') as 'open' | 'invitation',
    features: Object.fromEntries(form.all('knownFeatures').map((feature) => [feature, on.includes(feature)])),
    limits: {
      courses: Number(form.text('courses')), members: Number(form.text('members')), apiPerMinute: Number(form.text('apiPerMinute')),
      storageBytes: Math.round(Number(form.text('storage')) * gibibyte),
    },
  };
}

export default function TenantScreen({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: Answer | undefined = actionData;
  const { tenant, domains, address, opened, saved } = loaderData;
  const step = answer?.values?.['step'] ?? '';
  const ofDomain = step.endsWith('Domain') ? answer : undefined;
  const ofDoor = ['suspend', 'resume', 'close'].includes(step) ? answer : undefined;
  const ofForm = ofDomain || ofDoor ? undefined : answer;
  return (
    <div className="max-w-4xl">
      <Title>{tenant.name}</Title>
      <PageHeader before={<Breadcrumbs label={t('tenancy.wayBack')} items={[{ href: '/operator/tenants', label: t('tenancy.operator.tenants') }]} />} title={<bdi>{tenant.name}</bdi>} lead={tenant.tagline && <bdi>{tenant.tagline}</bdi>} />
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
          { term: t('tenancy.field.language'), value: t(`shell.language.${tenant.locale}`) },
          { term: t('tenancy.field.opened'), value: format.date(tenant.createdAt) },
        ]} />
      </Card>
      <Section title={t('tenancy.dashboard.usage')}><Card><UsageBars limits={tenant.limits} usage={tenant.usage} /></Card></Section>
      {tenant.abilities.update && (
        <Section title={t('tenancy.tenant.settings')}>
          <FormProblem answer={ofForm} reload={t('tenancy.reload')} />
          <TenantForm key={tenant.version} tenant={tenant} storage={loaderData.storage} answer={ofForm} />
        </Section>
      )}
      <DomainList domains={domains} editable={tenant.abilities.update} answer={ofDomain} />
      <TenantDoor tenant={tenant} answer={ofDoor} />
    </div>
  );
}
