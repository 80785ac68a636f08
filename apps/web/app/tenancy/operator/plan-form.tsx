import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { Checkbox, Fieldset, SubmitButton, Switch } from '@milpa/ui';
import type { Locale } from '@milpa/kernel/contract';
import type { Plan } from '@milpa/tenancy/contract';
import { locales } from '../../i18n/intl.ts';
import { useT } from '../../i18n/index.ts';
import { TextField } from '../../identity/fields.tsx';
import type { Answer, FormText } from '../../identity/form.ts';
import { fieldError } from '../../shell/problem.tsx';
import { LimitFields, limitFields, limitsIn, type Limits } from './limit-fields.tsx';

export interface PlanChoices {
  blueprints: { key: string; features: string[] }[];
  /** Key of the plan on which the organisations of a blueprint start now. */
  defaults: Record<string, string>;
}
type Values = Pick<Plan, 'key' | 'name' | 'limits' | 'features' | 'contact' | 'version'>;

const direction = { en: 'ltr', 'es-MX': 'ltr', ar: 'rtl' } as const;

/** What was typed, as the API takes it; numbers that are missing are its to refuse. */
export function planIn(form: FormText) {
  const included = form.all('features');
  return {
    name: Object.fromEntries(locales.flatMap((one) => { const text = form.optional(`name.${one}`); return text ? [[one, text]] : []; })) as Partial<Record<Locale, string>>,
    limits: limitsIn(form) as Limits, contact: form.optional('contact') ?? null, defaultFor: form.all('defaultFor'),
    features: Object.fromEntries(form.all('knownFeatures').map((feature) => [feature, included.includes(feature)])),
  };
}

/** What was typed, to show it again. */
export const keptPlan = (form: FormText): Record<string, string> => ({
  ...form.keep('key', 'contact', ...locales.map((one) => `name.${one}`), ...limitFields), features: form.all('features').join(' '), defaultFor: form.all('defaultFor').join(' '),
});

export function PlanForm({ plan, isNew, blueprints, defaults, answer, children }: PlanChoices & { plan: Values; isNew?: boolean; answer: Answer | undefined; children?: ReactNode }) {
  const t = useT();
  const features = [...new Set(blueprints.flatMap((blueprint) => blueprint.features))];
  const chosen = (name: 'features' | 'defaultFor', value: string, before: boolean) => answer?.values?.[name]?.split(' ').includes(value) ?? before;
  const nameError = fieldError(answer?.problem, 'body.name');
  return (
    <Form method="post" className="ui-stack ui-gap-l">
      {!isNew && <input type="hidden" name="version" value={plan.version} />}
      <Fieldset id="body.name" label={t('tenancy.plan.name')} hint={t('tenancy.plan.nameHint')} {...(nameError && { error: nameError })}>
        <div className="grid gap-4 sm:grid-cols-3">
          {locales.map((one) => <TextField key={one} name={`name.${one}`} label={t(`shell.language.${one}`)} lang={one} dir={direction[one]} maxLength={60} defaultValue={plan.name[one] ?? ''} answer={answer} />)}
        </div>
      </Fieldset>
      {isNew && <TextField name="key" label={t('tenancy.plan.key')} hint={t('tenancy.plan.keyHint')} dir="ltr" autoCapitalize="none" spellCheck={false} maxLength={40} required defaultValue="" answer={answer} />}
      <Fieldset label={t('tenancy.tenant.limits')} hint={t('tenancy.plan.limitsHint')}><LimitFields values={plan.limits} answer={answer} /></Fieldset>
      <Fieldset label={t('tenancy.plan.features')} hint={t('tenancy.plan.featuresHint')}>
        <div className="grid sm:grid-cols-2">
          {features.map((feature) => (
            <div key={feature}>
              <input type="hidden" name="knownFeatures" value={feature} />
              <Switch name="features" value={feature} label={t('tenancy.feature', { feature })} defaultChecked={chosen('features', feature, plan.features[feature] !== false)} />
            </div>
          ))}
        </div>
      </Fieldset>
      <Fieldset label={t('tenancy.plan.defaultFor')} hint={t('tenancy.plan.defaultForHint')}>
        <div className="grid sm:grid-cols-2">
          {blueprints.map(({ key }) => (
            <Checkbox
              key={key} name="defaultFor" value={key} label={t('tenancy.blueprint', { blueprint: key })} disabled={defaults[key] === plan.key && !isNew}
              defaultChecked={chosen('defaultFor', key, false) || (defaults[key] === plan.key && !isNew)}
            />
          ))}
        </div>
      </Fieldset>
      <TextField name="contact" label={t('tenancy.plan.contact')} hint={t('tenancy.plan.contactHint')} note={t('tenancy.optional')} dir="ltr" maxLength={300} spellCheck={false} autoCapitalize="none" defaultValue={plan.contact ?? ''} answer={answer} />
      {children ?? <SubmitButton className="self-start">{isNew ? t('tenancy.plan.create') : t('tenancy.save')}</SubmitButton>}
    </Form>
  );
}
