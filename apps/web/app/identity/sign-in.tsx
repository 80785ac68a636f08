import { redirect } from 'react-router';
import { Checkbox, Notice, SubmitButton, TextLink } from '@milpa/ui';
import { resendVerification, signIn } from '@milpa/identity/contract';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { PasswordField, TextField } from './fields.tsx';
import { accountFields, atField, readForm, refused, submitOpenly, type Answer } from './form.ts';
import { afterSignIn, mayOpenAccount, nextOf, withNext } from './paths.ts';
import type { Route } from './+types/sign-in';

export function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant, url, needsSetup } = web(context);
  const next = nextOf({ url });
  if (viewer.kind !== 'visitor') throw redirect(next);
  if (needsSetup) throw redirect('/setup');
  return { next, signUp: mayOpenAccount({ tenant }, next) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const email = form.text('email');
  const values = { ...form.keep('email'), remember: form.has('remember') ? 'on' : '' };
  if (form.has('resend')) {
    const { problem } = await submitOpenly(context, resendVerification, { body: { email } });
    return problem ? refused(atField(problem, accountFields), values) : { done: 'resent', values };
  }
  const next = nextOf(web(context));
  const { output, problem } = await submitOpenly(context, signIn, { body: { email, password: form.text('password'), remember: form.has('remember') } });
  if (problem) return refused(atField(problem, accountFields), values);
  throw redirect(output.status === 'signed_in' ? afterSignIn(web(context), next) : withNext('/sign-in/code', next), 303);
}

export default function SignIn({ loaderData: { next, signUp }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const unconfirmed = answer?.problem?.code === 'identity.email_unverified';
  return (
    <AuthFrame
      title={t('identity.signIn.title')}
      after={signUp && <>{t('identity.signIn.noAccount')} <TextLink href={withNext('/sign-up', next)}>{t('identity.signUp.title')}</TextLink></>}
    >
      {answer?.done === 'resent' ? <Notice tone="success" live>{t('identity.mail.sentAgain')}</Notice> : <ProblemSummary problem={answer?.problem} />}
      <form method="post" className="ui-stack">
        <TextField name="email" label={t('identity.field.email')} type="email" autoComplete="username" inputMode="email" dir="ltr" required answer={answer} />
        <PasswordField name="password" label={t('identity.field.password')} autoComplete="current-password" required answer={answer} />
        <div className="ui-cluster ui-between">
          <Checkbox name="remember" label={t('identity.signIn.remember')} defaultChecked={(answer?.values?.['remember'] ?? 'on') === 'on'} />
          <TextLink href="/forgot-password">{t('identity.signIn.forgot')}</TextLink>
        </div>
        <SubmitButton wide size="large">{t('identity.signIn.enter')}</SubmitButton>
        {unconfirmed && <SubmitButton wide look="secondary" name="resend" value="yes" formNoValidate>{t('identity.mail.sendAgain')}</SubmitButton>}
      </form>
    </AuthFrame>
  );
}
