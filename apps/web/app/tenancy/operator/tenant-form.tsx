import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { Badge, Fieldset, Radio, Select, SubmitButton } from '@milpa/ui';
import type { getTenant } from '@milpa/tenancy/contract';
import type { Output } from '@milpa/kernel/contract';
import { useT } from '../../i18n/index.ts';
import { FormField, TextField } from '../../identity/fields.tsx';
import type { Answer, FormText } from '../../identity/form.ts';
import { LimitFields, limitFields, limitsIn } from './limit-fields.tsx';

export type Tenant = Output<typeof getTenant>;
export interface PlanChoice { key: string; name: string; retired: boolean }

/** What was typed, as the API takes it: what is left to the plan is null. */
export function tenantIn(form: FormText) {
  return {
    name: form.text('name'), slug: form.text('slug').trim().toLowerCase(), signUp: form.text('signUp') as 'open' | 'invitation', plan: form.text('plan'), limits: limitsIn(form),
    features: Object.fromEntries(form.all('knownFeatures').map((feature) => [feature, { on: true, off: false }[form.text(`features.${feature}`)] ?? null])),
  };
}
export const keptTenant = (form: FormText): Record<string, string> =>
  form.keep('name', 'slug', 'signUp', 'plan', ...limitFields, ...form.all('knownFeatures').map((feature) => `features.${feature}`));

/** Name, address and plan of an organisation, and what is agreed with it beside the plan. */
export function TenantForm({ tenant, plans, answer, children }: { tenant: Tenant; plans: PlanChoice[]; answer: Answer | undefined; children?: ReactNode }) {
  const t = useT();
  const { features, limitOverrides, featureOverrides, onPlan } = tenant;
  return (
    <Form method="post" className="ui-stack ui-gap-l">
      <input type="hidden" name="step" value="settings" />
      <input type="hidden" name="version" value={tenant.version} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="name" label={t('tenancy.field.name')} dir="auto" maxLength={120} required defaultValue={tenant.name} answer={answer} />
        <TextField name="slug" label={t('tenancy.field.slug')} dir="ltr" autoCapitalize="none" spellCheck={false} maxLength={63} required defaultValue={tenant.slug} answer={answer} />
      </div>
      <Fieldset label={t('tenancy.field.signUp')}>
        <div className="grid gap-2 sm:grid-cols-2">
          {(['open', 'invitation'] as const).map((mode) => <Radio key={mode} card name="signUp" value={mode} label={t(`tenancy.signUp.${mode}`)} hint={t(`tenancy.signUpHint.${mode}`)} defaultChecked={(answer?.values?.['signUp'] ?? tenant.signUp) === mode} />)}
        </div>
      </Fieldset>
      <FormField name="plan" label={t('tenancy.plan.column')} hint={t('tenancy.tenant.planHint')} answer={answer}>
        <Select name="plan" defaultValue={answer?.values?.['plan'] ?? tenant.plan}>
          {plans.map(({ key, name, retired }) => <option key={key} value={key}>{retired ? t('tenancy.plan.retiredOption', { name }) : name}</option>)}
        </Select>
      </FormField>
      <Fieldset label={t('tenancy.tenant.limits')} hint={t('tenancy.tenant.limitsHint')}><LimitFields values={limitOverrides} fallback={onPlan.limits} answer={answer} /></Fieldset>
      <Fieldset label={t('tenancy.tenant.features')} hint={t('tenancy.tenant.featuresHint')}>
        <div className="grid items-end gap-4 sm:grid-cols-2">
          {Object.keys(features).map((feature) => {
            const agreed = featureOverrides[feature];
            const name = `features.${feature}`;
            return (
              <FormField key={feature} name={name} answer={answer} label={<span className="inline-flex flex-wrap items-center gap-2">{t('tenancy.feature', { feature })}{agreed !== undefined && <Badge tone="maize">{t('tenancy.agreed')}</Badge>}</span>}>
                <input type="hidden" name="knownFeatures" value={feature} />
                <Select name={name} defaultValue={answer?.values?.[name] ?? { true: 'on', false: 'off' }[String(agreed)] ?? ''}>
                  <option value="">{onPlan.features[feature] ? t('tenancy.tenant.byPlanOn') : t('tenancy.tenant.byPlanOff')}</option>
                  <option value="on">{t('tenancy.tenant.agreedOn')}</option>
                  <option value="off">{t('tenancy.tenant.agreedOff')}</option>
                </Select>
              </FormField>
            );
          })}
        </div>
      </Fieldset>
      {children ?? <SubmitButton className="self-start">{t('tenancy.save')}</SubmitButton>}
    </Form>
  );
}
