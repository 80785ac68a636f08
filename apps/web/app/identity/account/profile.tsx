import { redirect } from 'react-router';
import { LinkButton, Notice, Section, Select, SubmitButton } from '@milpa/ui';
import { changeEmail, changePassword, getAccount, updateAccount, updateMembership } from '@milpa/identity/contract';
import type { Locale } from '@milpa/kernel/contract';
import { load, submit, web } from '../../context.ts';
import { locales } from '../../i18n/intl.ts';
import { useT } from '../../i18n/index.ts';
import { confirmPath } from '../../shell/paths.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { FormField, PasswordField, TextField } from '../fields.tsx';
import { atField, newEmailFields, newPasswordFields, readForm, refused, type Answer } from '../form.ts';
import type { Route } from './+types/profile';

export async function loader({ context }: Route.LoaderArgs) {
  const { name, email, locale, freshUntil } = await load(context, getAccount);
  const { url, devMail, now } = web(context);
  return { name, email, locale, isFresh: freshUntil > now.toISOString(), saved: url.searchParams.get('saved'), mailHere: devMail };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  if (form.has('newPassword')) {
    const { problem } = await submit(context, changePassword, { body: { newPassword: form.text('newPassword') } });
    return problem ? refused(atField(problem, newPasswordFields), { part: 'password' }) : redirect('/account?saved=password', 303);
  }
  if (form.has('newEmail')) {
    const values = { part: 'email', ...form.keep('newEmail') };
    const { problem } = await submit(context, changeEmail, { body: { newEmail: form.text('newEmail') } });
    return problem ? refused(atField(problem, newEmailFields), values) : { done: 'mailed', values };
  }
  const body = { name: form.text('name'), locale: form.text('locale') as Locale };
  const { viewer, setCookies, url } = web(context);
  const { problem } = await submit(context, updateAccount, { body });
  if (problem) return refused(problem, form.keep('name', 'locale'));
  if (viewer.kind === 'member') {
    const here = await submit(context, updateMembership, { body });
    if (here.problem) return refused(here.problem, form.keep('name', 'locale'));
  }
  // This browser speaks the chosen language from now on.
  setCookies.push(`locale=${body.locale}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${url.protocol === 'https:' ? '; Secure' : ''}`);
  return redirect('/account?saved=profile', 303);
}

export default function Profile({ loaderData: { name, email, locale, isFresh, saved, mailHere }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const part = answer?.values?.['part'];
  const ofPassword = part === 'password' ? answer : undefined;
  const ofEmail = part === 'email' ? answer : undefined;
  const ofProfile = part === undefined ? answer : undefined;
  return (
    <>
      {!answer && saved === 'profile' && <Notice tone="success" live>{t('identity.account.saved')}</Notice>}
      {!answer && saved === 'password' && <Notice tone="success" live>{t('identity.account.passwordSaved')}</Notice>}
      <Section title={t('identity.account.you')} lead={t('identity.account.youLead')}>
        <form method="post" className="ui-stack">
          <ProblemSummary problem={ofProfile?.problem} />
          <TextField name="name" label={t('identity.field.name')} autoComplete="name" dir="auto" required defaultValue={name} answer={ofProfile} />
          <FormField name="locale" label={t('identity.field.language')} hint={t('identity.account.languageHint')} answer={ofProfile}>
            <Select name="locale" defaultValue={ofProfile?.values?.['locale'] ?? locale}>
              {locales.map((one) => <option key={one} value={one} lang={one}>{t(`shell.language.${one}`)}</option>)}
            </Select>
          </FormField>
          <SubmitButton className="self-start">{t('identity.account.save')}</SubmitButton>
        </form>
      </Section>
      <Section title={t('identity.field.email')} lead={t('identity.account.emailNow', { email, address: (chunks) => <bdi key="address" className="font-medium wrap-anywhere text-ink">{chunks}</bdi> })}>
        {ofEmail?.done === 'mailed'
          ? (
            <Notice tone="success" title={t('identity.mail.title')} live actions={mailHere && <LinkButton href="/dev/mail" size="small" target="_blank">{t('identity.mail.readHere')}</LinkButton>}>
              {t('identity.account.emailMailed', { email: ofEmail.values?.['newEmail'] ?? '', address: (chunks) => <bdi key="address" className="font-medium wrap-anywhere">{chunks}</bdi> })}
            </Notice>
          )
          : (
            <form method="post" className="ui-stack">
              <ProblemSummary problem={ofEmail?.problem} />
              <TextField name="newEmail" label={t('identity.field.newEmail')} hint={t('identity.account.newEmailHint')} type="email" autoComplete="email" inputMode="email" dir="ltr" required answer={ofEmail} />
              <SubmitButton look="secondary" className="self-start">{t('identity.account.changeEmail')}</SubmitButton>
            </form>
          )}
      </Section>
      <Section title={t('identity.account.password')} lead={t('identity.account.passwordLead')}>
        {isFresh || ofPassword
          ? (
            <form method="post" className="ui-stack">
              <ProblemSummary problem={ofPassword?.problem} />
              <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
              <PasswordField name="newPassword" label={t('identity.field.newPassword')} hint={t('identity.field.passwordHint')} autoComplete="new-password" required answer={ofPassword} />
              <SubmitButton look="secondary" className="self-start">{t('identity.account.changePassword')}</SubmitButton>
            </form>
          )
          : <LinkButton href={confirmPath('/account')}>{t('identity.account.changePassword')}</LinkButton>}
      </Section>
    </>
  );
}
