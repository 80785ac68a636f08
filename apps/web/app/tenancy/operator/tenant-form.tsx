import { Form } from 'react-router';
import { Fieldset, Radio, SubmitButton, Switch } from '@milpa/ui';
import type { OperatorTenant } from '@milpa/tenancy/contract';
import { useT } from '../../i18n/index.ts';
import { TextField } from '../../identity/fields.tsx';
import type { Answer } from '../../identity/form.ts';

/** Name, address, features and limits of an organisation; `storage` in GiB. */
export function TenantForm({ tenant, storage, answer }: { tenant: OperatorTenant; storage: number; answer: Answer | undefined }) {
  const t = useT();
  const { limits, features } = tenant;
  const numbers = [['members', limits.members], ['courses', limits.courses], ['storage', storage], ['apiPerMinute', limits.apiPerMinute]] as const;
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
          {(['open', 'invitation'] as const).map((mode) => <Radio key={mode} card name="signUp" value={mode} label={t(`tenancy.signUp.${mode}`)} hint={t(`tenancy.signUpHint.${mode}`)} defaultChecked={tenant.signUp === mode} />)}
        </div>
      </Fieldset>
      <Fieldset label={t('tenancy.tenant.limits')}>
        <div className="grid gap-4 sm:grid-cols-4">
          {numbers.map(([name, value]) => (
            <TextField key={name} name={name} label={t(`tenancy.limit.${name}`)} type="number" min={name === 'storage' ? 0.1 : 1} step={name === 'storage' ? 'any' : 1} dir="ltr" required defaultValue={value} answer={answer} />
          ))}
        </div>
      </Fieldset>
      <Fieldset label={t('tenancy.tenant.features')}>
        <div className="grid sm:grid-cols-2">
          {Object.entries(features).map(([feature, on]) => (
            <div key={feature}>
              <input type="hidden" name="knownFeatures" value={feature} />
              <Switch name="features" value={feature} label={t('tenancy.feature', { feature })} defaultChecked={on} />
            </div>
          ))}
        </div>
      </Fieldset>
      <SubmitButton className="self-start">{t('tenancy.save')}</SubmitButton>
    </Form>
  );
}
