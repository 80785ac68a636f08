import { Form, redirect } from 'react-router';
import { Breadcrumbs, Fieldset, PageHeader, Radio, Select, SubmitButton } from '@milpa/ui';
import { createTenant, listBlueprints, listPlans } from '@milpa/tenancy/contract';
import type { Locale } from '@milpa/kernel/contract';
import { load, submit, web } from '../../context.ts';
import { locales } from '../../i18n/intl.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { FormField, TextField } from '../../identity/fields.tsx';
import { atField, readForm, refused, type Answer } from '../../identity/form.ts';
import { nameIn } from '../../identity/words.ts';
import { fieldError, ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import type { Route } from './+types/new-tenant';

export async function loader({ context }: Route.LoaderArgs) {
  const { locale: reading, url } = web(context);
  const [blueprints, plans] = await Promise.all([load(context, listBlueprints), load(context, listPlans)]);
  return { blueprints: blueprints.data, host: url.host, plans: plans.data.filter(({ retiredAt }) => retiredAt === null).map(({ key, name, defaultFor }) => ({ key, name: nameIn(reading, name), defaultFor })) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const locale = form.optional('locale') as Locale | undefined;
  const firstAdminEmail = form.optional('firstAdminEmail');
  const plan = form.optional('plan');
  const { output, problem } = await submit(context, createTenant, {
    body: { slug: form.text('slug').trim().toLowerCase(), name: form.text('name'), blueprint: form.text('blueprint'), ...(plan && { plan }), ...(locale && { locale }), ...(firstAdminEmail && { firstAdminEmail }) },
  });
  const places = { 'tenancy.slug_taken': 'slug', 'tenancy.slug_reserved': 'slug', 'tenancy.unknown_blueprint': 'blueprint', 'tenancy.unknown_plan': 'plan' };
  return problem
    ? refused(atField(problem, places), form.keep('slug', 'name', 'blueprint', 'plan', 'locale', 'firstAdminEmail'))
    : redirect(`/operator/tenants/${output.id}?opened`, 303);
}

export default function NewTenant({ loaderData: { blueprints, plans, host }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: Answer | undefined = actionData;
  const blueprintError = fieldError(answer?.problem, 'body.blueprint');
  return (
    <div className="max-w-4xl">
      <Title>{t('tenancy.tenants.new')}</Title>
      <PageHeader before={<Breadcrumbs label={t('tenancy.wayBack')} items={[{ href: '/operator/tenants', label: t('tenancy.operator.tenants') }]} />} title={t('tenancy.tenants.new')} lead={t('tenancy.new.lead')} />
      <Form method="post" className="ui-stack ui-gap-l">
        <ProblemSummary problem={answer?.problem} />
        <Fieldset id="body.blueprint" label={t('tenancy.new.blueprint')} hint={t('tenancy.new.blueprintHint')} {...(blueprintError && { error: blueprintError })}>
          <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {blueprints.map(({ key, description, locale, currency, accent }, at) => (
              <Radio
                key={key} card name="blueprint" value={key} required
                label={<span className="flex items-center gap-2 font-medium"><Swatch colour={accent} />{t('tenancy.blueprint', { blueprint: key })}</span>}
                hint={<>{description} <span className="mt-1 block">{t(`shell.language.${locale}`)}, {currency}</span></>}
                defaultChecked={answer?.values ? answer.values['blueprint'] === key : at === 0}
              />
            ))}
          </div>
        </Fieldset>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField name="name" label={t('tenancy.field.name')} hint={t('tenancy.new.nameHint')} dir="auto" maxLength={120} required answer={answer} />
          <TextField name="slug" label={t('tenancy.field.slug')} hint={t('tenancy.new.slugHint', { host })} dir="ltr" autoCapitalize="none" spellCheck={false} maxLength={63} required answer={answer} />
          <TextField name="firstAdminEmail" label={t('tenancy.new.admin')} hint={t('tenancy.new.adminHint')} note={t('tenancy.optional')} type="email" autoComplete="off" dir="ltr" answer={answer} />
          <FormField name="plan" label={t('tenancy.plan.column')} hint={t('tenancy.new.planHint')} answer={answer}>
            <Select name="plan" defaultValue={answer?.values?.['plan'] ?? ''}>
              <option value="">{t('tenancy.new.planOfKind')}</option>
              {plans.map(({ key, name, defaultFor }) => <option key={key} value={key}>{defaultFor.length > 0 ? t('tenancy.new.planOption', { name, kinds: format.list(defaultFor.map((blueprint) => t('tenancy.blueprint', { blueprint }))) }) : name}</option>)}
            </Select>
          </FormField>
          <FormField name="locale" label={t('tenancy.field.language')} hint={t('tenancy.new.languageHint')} answer={answer}>
            <Select name="locale" defaultValue={answer?.values?.['locale'] ?? ''}>
              <option value="">{t('tenancy.new.asBlueprint')}</option>
              {locales.map((one) => <option key={one} value={one}>{t(`shell.language.${one}`)}</option>)}
            </Select>
          </FormField>
        </div>
        <SubmitButton size="large" className="self-start">{t('tenancy.new.go')}</SubmitButton>
      </Form>
    </div>
  );
}

function Swatch({ colour }: { colour: string }) {
  return <svg viewBox="0 0 16 16" className="size-4 shrink-0" aria-hidden="true"><circle cx="8" cy="8" r="8" fill={colour} /></svg>;
}
