import { redirect } from 'react-router';
import { DefinitionList, LinkButton, SubmitButton, TextLink } from '@milpa/ui';
import { acceptAsNewcomer, acceptInvitation, getInvitation } from '@milpa/identity/contract';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { PasswordField, TextField } from './fields.tsx';
import { accountFields, atField, readForm, refused, submitOpenly, type Answer } from './form.ts';
import { withNext } from './paths.ts';
import { nameIn } from './words.ts';
import type { Route } from './+types/invitation';

export async function loader({ context }: Route.LoaderArgs) {
  const { viewer, locale, url } = web(context);
  const { email, name, tenant, roles, expiresAt, hasAccount } = await load(context, getInvitation, { params: { token: tokenOf(url) } });
  return {
    email, called: name ?? '', organisation: tenant.name, expiresAt, hasAccount, roles: roles.map(({ name }) => nameIn(locale, name)),
    here: url.pathname + url.search, signedInAs: viewer.kind === 'visitor' ? null : (viewer.email ?? viewer.name),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const params = { token: tokenOf(web(context).url) };
  if (form.has('password')) {
    const { problem } = await submitOpenly(context, acceptAsNewcomer, { params, body: { name: form.text('name'), password: form.text('password') } });
    return problem ? refused(atField(problem, accountFields), form.keep('name')) : redirect('/', 303);
  }
  const { problem } = await submit(context, acceptInvitation, { params });
  return problem ? refused(problem) : redirect('/', 303);
}

/** The mail's link carries it; one that was cut off is like an unknown one. */
const tokenOf = (url: URL) => url.searchParams.get('token')?.slice(0, 100) || 'none';

export default function Invitation({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: Answer | undefined = actionData;
  const { email, organisation, roles, expiresAt, hasAccount, here, signedInAs } = loaderData;
  return (
    <AuthFrame
      title={t('identity.invitation.title', { organisation })}
      lead={t('identity.invitation.lead')}
      after={signedInAs
        ? (
          <form method="post" action="/sign-out" className="ui-cluster ui-gap-s">
            <span>{t('identity.invitation.signedInAs', { who: signedInAs, name: (chunks) => <bdi key="name">{chunks}</bdi> })}</span>
            <button type="submit" className="ui-link">{t('identity.join.other')}</button>
          </form>
        )
        : !hasAccount && <>{t('identity.signUp.haveAccount')} <TextLink href={withNext('/sign-in', here)}>{t('identity.signIn.title')}</TextLink></>}
    >
      <ProblemSummary problem={answer?.problem} />
      <p className="text-ink-soft">{t('identity.invitation.for', { email, address: (chunks) => <bdi key="address" className="font-medium text-ink">{chunks}</bdi> })}</p>
      <DefinitionList items={[
        { term: t('identity.invitation.as'), value: format.list(roles) },
        { term: t('identity.invitation.until'), value: format.date(expiresAt) },
      ]} />
      {!signedInAs && !hasAccount && (
        <form method="post" className="ui-stack">
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <TextField name="name" label={t('identity.field.name')} hint={t('identity.field.nameHint')} autoComplete="name" dir="auto" required defaultValue={loaderData.called} answer={answer} />
          <PasswordField name="password" label={t('identity.invitation.password')} hint={t('identity.field.passwordHint')} autoComplete="new-password" required answer={answer} />
          <SubmitButton wide size="large">{t('identity.invitation.begin')}</SubmitButton>
        </form>
      )}
      {signedInAs
        ? <form method="post"><SubmitButton wide size="large">{t('identity.invitation.accept')}</SubmitButton></form>
        : hasAccount && <LinkButton href={withNext('/sign-in', here)} look="primary" size="large" wide>{t('identity.invitation.signIn')}</LinkButton>}
    </AuthFrame>
  );
}
