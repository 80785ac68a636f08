import { useState } from 'react';
import { Form, redirect } from 'react-router';
import { Button, FileInput, Fieldset, Notice, PageHeader, Radio, Section, Select, SubmitButton } from '@milpa/ui';
import { deleteLogo, getSettings, putLogo, updateSettings } from '@milpa/tenancy/contract';
import type { Locale } from '@milpa/kernel/contract';
import { load, submit, web } from '../../context.ts';
import { locales } from '../../i18n/intl.ts';
import { useT } from '../../i18n/index.ts';
import { FormField, TextField } from '../../identity/fields.tsx';
import { FormProblem } from '../../identity/form-problem.tsx';
import { atField, readForm, refused, versionTag, type Answer, type FormText } from '../../identity/form.ts';
import { fieldError, ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { currencyChoices, timeZoneChoices } from '../choices.ts';
import { ColourField } from './colour-field.tsx';
import type { Route } from './+types/settings';

const logoPlaces = { 'tenancy.logo_kind': 'logo', 'tenancy.logo_too_large': 'logo' };

export async function loader({ context }: Route.LoaderArgs) {
  const { locale, tenant, url } = web(context);
  const settings = await load(context, getSettings);
  return { settings, logoUrl: tenant?.logoUrl ?? null, saved: url.searchParams.has('saved'), zones: timeZoneChoices(), currencies: currencyChoices(locale) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const step = form.text('step');
  if (step === 'logo') {
    const logo = web(context).uploads.get('logo');
    const { problem } = logo
      ? await submit(context, putLogo, { query: { name: logo.name }, body: logo })
      : await submit(context, deleteLogo);
    return problem ? refused(atField(problem, logoPlaces), { step }) : redirect('/admin/settings?saved', 303);
  }
  const body = bodyOf(form);
  const { problem } = await submit(context, updateSettings, { body, ifMatch: versionTag(form.text('version')) });
  const values = { ...form.keep('name', 'tagline', 'locale', 'timeZone', 'currency', 'signUp'), accent: body.accent ?? '' };
  return problem ? refused(problem, values) : redirect('/admin/settings?saved', 303);
}

function bodyOf(form: FormText) {
  return {
    name: form.text('name'), tagline: form.optional('tagline') ?? null, accent: form.has('houseColour') ? null : form.text('accent'),
    locale: form.text('locale') as Locale, timeZone: form.text('timeZone'), currency: form.text('currency'), signUp: form.text('signUp') as 'open' | 'invitation',
  };
}

type Data = Route.ComponentProps['loaderData'];

export default function SettingsScreen({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const ofLogo = answer?.values?.['step'] === 'logo' ? answer : undefined;
  const { settings, saved } = loaderData;
  return (
    <div className="max-w-3xl">
      <Title>{t('tenancy.admin.settings')}</Title>
      <PageHeader title={t('tenancy.admin.settings')} lead={t('tenancy.settings.lead')} />
      {saved && !answer && <Notice tone="success" live>{t('tenancy.saved')}</Notice>}
      <SettingsForm key={settings.version} {...loaderData} answer={ofLogo ? undefined : answer} />
      {settings.abilities.update && <div className="mt-12"><LogoForm {...loaderData} answer={ofLogo} /></div>}
    </div>
  );
}

function SettingsForm({ settings, logoUrl, zones, currencies, answer }: Data & { answer: Answer | undefined }) {
  const t = useT();
  const typed = (name: 'locale' | 'timeZone' | 'currency' | 'signUp') => answer?.values?.[name] ?? settings[name];
  const accent = answer?.values ? answer.values['accent'] || null : settings.accent;
  const [name, setName] = useState(answer?.values?.['name'] ?? settings.name);
  const [tagline, setTagline] = useState(answer?.values?.['tagline'] ?? settings.tagline ?? '');
  return (
    <Form method="post">
      <FormProblem answer={answer} reload={t('tenancy.reload')} />
      <input type="hidden" name="version" value={settings.version} />
      <fieldset disabled={!settings.abilities.update}>
        <Section title={t('tenancy.settings.look')}>
          <div className="ui-stack">
            <TextField name="name" label={t('tenancy.field.name')} dir="auto" maxLength={120} required defaultValue={settings.name} answer={answer} onChange={(event) => setName(event.target.value)} />
            <TextField name="tagline" label={t('tenancy.field.tagline')} hint={t('tenancy.field.taglineHint')} note={t('tenancy.optional')} dir="auto" maxLength={200} defaultValue={settings.tagline ?? ''} answer={answer} onChange={(event) => setTagline(event.target.value)} />
            <ColourField accent={accent} error={fieldError(answer?.problem, 'body.accent')} look={{ name, tagline, logo: logoUrl }} />
          </div>
        </Section>
        <Section title={t('tenancy.settings.place')}>
          <div className="grid gap-4 sm:grid-cols-3">
            <FormField name="locale" label={t('tenancy.field.language')} answer={answer}>
              <Select name="locale" defaultValue={typed('locale')}>{locales.map((one) => <option key={one} value={one}>{t(`shell.language.${one}`)}</option>)}</Select>
            </FormField>
            <FormField name="timeZone" label={t('tenancy.field.timeZone')} answer={answer}>
              <Select name="timeZone" defaultValue={typed('timeZone')}>{zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll('_', ' ')}</option>)}</Select>
            </FormField>
            <FormField name="currency" label={t('tenancy.field.currency')} answer={answer}>
              <Select name="currency" defaultValue={typed('currency')}>{currencies.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</Select>
            </FormField>
          </div>
        </Section>
        <Section title={t('tenancy.settings.door')}>
          <Fieldset id="body.signUp" label={t('tenancy.field.signUp')}>
            <div className="grid gap-2 sm:grid-cols-2">
              {(['open', 'invitation'] as const).map((mode) => <Radio key={mode} card name="signUp" value={mode} label={t(`tenancy.signUp.${mode}`)} hint={t(`tenancy.signUpHint.${mode}`)} defaultChecked={typed('signUp') === mode} />)}
            </div>
          </Fieldset>
        </Section>
      </fieldset>
      {settings.abilities.update && <SubmitButton className="mt-6">{t('tenancy.save')}</SubmitButton>}
    </Form>
  );
}

function LogoForm({ logoUrl, answer }: Data & { answer: Answer | undefined }) {
  const t = useT();
  return (
    <Section title={t('tenancy.settings.logo')} lead={t('tenancy.settings.logoLead')}>
      <ProblemSummary problem={answer?.problem} />
      {logoUrl && <img src={logoUrl} alt={t('tenancy.settings.logoNow')} className="mb-4 h-16 w-auto max-w-64 rounded-m border border-line bg-surface object-contain p-2" />}
      <Form method="post" encType="multipart/form-data" className="ui-stack">
        <input type="hidden" name="step" value="logo" />
        <FormField name="logo" label={t('tenancy.settings.logoFile')} hint={t('tenancy.settings.logoHint')} required answer={answer}>
          <FileInput name="logo" accept="image/png,image/jpeg,image/webp,image/svg+xml" />
        </FormField>
        <Button type="submit" className="self-start">{t('tenancy.settings.logoSend')}</Button>
      </Form>
      {logoUrl && (
        <Form method="post" className="mt-3">
          <Button type="submit" look="quiet" name="step" value="logo">{t('tenancy.settings.logoRemove')}</Button>
        </Form>
      )}
    </Section>
  );
}
