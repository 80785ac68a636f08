/** The organisation's own addresses: which it has, how to bring one, and what is still missing; for people who never saw a DNS record. */
import { Form, redirect } from 'react-router';
import { Card, Notice, PageHeader, Section, SubmitButton, TextLink } from '@milpa/ui';
import { addOwnDomain, checkOwnDomain, listOwnDomains, removeOwnDomain, setPrimaryDomain } from '@milpa/tenancy/contract';
import { load, submit, web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { TextField } from '../../identity/fields.tsx';
import { atField, readForm, refused, type Answer } from '../../identity/form.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { DomainCard } from './domain-card.tsx';
import type { Route } from './+types/domains';

const exampleHost = 'learn.example.org';
const places = { 'tenancy.domain_invalid': 'host', 'tenancy.domain_taken': 'host', 'tenancy.domains_full': 'host' };
const deeds = ['added', 'checked', 'removed', 'primary'] as const;

export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, url, viewer, now } = web(context);
  const { data } = await load(context, listOwnDomains);
  // The installation is one label up from the organisation, wherever this page is open.
  const port = url.port && `:${url.port}`;
  const origin = (host: string) => `${url.protocol}//${host}${port}`;
  const primary = data.find((domain) => domain.primary)?.host ?? null;
  const alias = data[0]?.target.alias ?? (tenant && url.hostname.startsWith(`${tenant.slug}.`) ? url.hostname : null);
  return {
    domains: data.map((domain) => ({ ...domain, address: origin(domain.host) })), now: now.toISOString(), mayUpdate: viewer.permissions.includes('tenant:update') && viewer.support?.mayChange !== false,
    address: primary ?? alias, href: (primary ?? alias) === null ? null : origin((primary ?? alias)!), subdomain: primary === null ? null : alias,
    done: deeds.find((deed) => deed === url.searchParams.get('done')) ?? null, host: url.searchParams.get('host'),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const [step, host] = [form.text('step'), form.text('host').trim()];
  const params = { host };
  const { problem } = step === 'add' ? await submit(context, addOwnDomain, { body: { host } })
    : step === 'check' ? await submit(context, checkOwnDomain, { params })
      : step === 'remove' ? await submit(context, removeOwnDomain, { params })
        : await submit(context, setPrimaryDomain, { body: { host: host || null } });
  const done = { add: 'added', check: 'checked', remove: 'removed' }[step] ?? 'primary';
  return problem ? refused(step === 'add' ? atField(problem, places) : problem, form.keep('step', 'host')) : redirect(`/admin/domains?done=${done}&host=${encodeURIComponent(host)}`, 303);
}

export default function DomainsScreen({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const adding = answer?.values?.['step'] === 'add' ? answer : undefined;
  const { domains, now, mayUpdate, address, href, subdomain, done, host } = loaderData;
  return (
    <div className="max-w-3xl">
      <Title>{t('tenancy.admin.domains')}</Title>
      <PageHeader title={t('tenancy.admin.domains')} lead={t('tenancy.ownDomains.lead', { example: exampleHost })} />
      <div className="ui-stack">
        {answer && !adding && <ProblemSummary problem={answer.problem} />}
        {!answer && (done === 'removed' || done === 'primary') && <Notice tone="success" live>{t(`tenancy.ownDomains.said.${done}`)}</Notice>}
        {address && href && (
          <Card>
            <p className="text-sm text-ink-soft">{t('tenancy.ownDomains.found')}</p>
            <p className="mt-1 text-lg font-medium break-all"><TextLink href={href}><bdi dir="ltr">{address}</bdi></TextLink></p>
            {subdomain && (
              <>
                <p className="mt-2 text-sm text-ink-soft">{t('tenancy.ownDomains.others')}</p>
                {mayUpdate && <Form method="post" className="mt-3"><input type="hidden" name="step" value="primary" /><SubmitButton look="quiet" size="small" name="host" value="">{t('tenancy.ownDomains.useSubdomain', { host: subdomain })}</SubmitButton></Form>}
              </>
            )}
          </Card>
        )}
        {domains.map((domain) => <DomainCard key={domain.host} domain={domain} now={now} mayUpdate={mayUpdate} looked={!answer && host === domain.host && (done === 'checked' || done === 'added')} />)}
      </div>
      {mayUpdate && (
        <Section title={t(domains.length > 0 ? 'tenancy.ownDomains.another' : 'tenancy.ownDomains.first')} lead={t('tenancy.ownDomains.addLead')}>
          <Form method="post" key={domains.length} className="flex flex-wrap items-end gap-3">
            <input type="hidden" name="step" value="add" />
            <div className="min-w-0 flex-1 basis-64"><TextField name="host" label={t('tenancy.domains.host')} dir="ltr" autoCapitalize="none" autoComplete="off" spellCheck={false} placeholder={exampleHost} maxLength={253} required answer={adding} /></div>
            <SubmitButton look={domains.some(({ verifiedAt }) => verifiedAt === null) ? 'secondary' : 'primary'}>{t('tenancy.domains.add')}</SubmitButton>
          </Form>
        </Section>
      )}
    </div>
  );
}
