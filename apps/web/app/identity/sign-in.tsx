import { data, redirect } from 'react-router';
import { Checkbox, Notice, SubmitButton, TextLink } from '@milpa/ui';
import { beginPasskeySignIn, resendVerification, signIn, signInWithPasskey } from '@milpa/identity/contract';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { PasswordField, TextField } from './fields.tsx';
import { accountFields, atField, formOf, refused, submitOpenly, type Answer } from './form.ts';
import { GoOn, isInterrupted, KeptForm, keptFormIn } from './kept-form.tsx';
import { PasskeySignIn } from './passkey.tsx';
import { afterSignIn, mayOpenAccount, nextOf, withNext } from './paths.ts';
import type { Route } from './+types/sign-in';

export async function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant, url, needsSetup, call } = web(context);
  const next = nextOf({ url });
  if (viewer.kind !== 'visitor') throw redirect(next);
  if (needsSetup) throw redirect('/setup');
  // Without them the page still takes passwords.
  const passkeys = await call(beginPasskeySignIn).catch(() => null);
  return { next, signUp: mayOpenAccount({ tenant }, next), passkeys };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { url } = web(context);
  const raw = await request.formData();
  const kept = keptFormIn(raw, url);
  const keeping: Record<string, string> = kept === undefined ? {} : { kept };
  if (isInterrupted(raw, url)) return data<Answer>({ done: 'interrupted', values: keeping }, { status: 401 });
  const form = formOf(raw);
  const email = form.text('email');
  const values = { ...form.keep('email'), ...keeping, remember: form.has('remember') ? 'on' : '' };
  if (form.has('resend')) {
    const { problem } = await submitOpenly(context, resendVerification, { body: { email } });
    return problem ? refused(atField(problem, accountFields), values) : { done: 'resent', values };
  }
  const next = nextOf({ url });
  const key = keyIn(form.text('passkey'));
  const { output, problem } = key
    ? await submitOpenly(context, signInWithPasskey, { body: { response: key, remember: form.text('remember') === 'on' } })
    : await submitOpenly(context, signIn, { body: { email, password: form.text('password'), remember: form.has('remember') } });
  if (problem) return refused(atField(problem, accountFields), values);
  if (output.status === 'two_factor_required') throw kept === undefined ? redirect(withNext('/sign-in/code', next), 303) : redirect(`${withNext('/sign-in/code', next)}${next === '/' ? '?' : '&'}form`, 307);
  if (kept !== undefined) return { done: 'signed_in', values };
  throw redirect(afterSignIn(web(context), next), 303);
}

/** What the browser wrote; anything else is refused by the endpoint. */
function keyIn(text: string) {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return {};
  }
}

export default function SignIn({ loaderData: { next, signUp, passkeys }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const kept = answer?.values?.['kept'];
  const unconfirmed = answer?.problem?.code === 'identity.email_unverified';
  if (answer?.done === 'signed_in' && kept !== undefined) return <GoOn kept={kept} next={next} />;
  return (
    <AuthFrame
      title={t('identity.signIn.title')}
      after={signUp && <>{t('identity.signIn.noAccount')} <TextLink href={withNext('/sign-up', next)}>{t('identity.signUp.title')}</TextLink></>}
    >
      {kept !== undefined && <Notice tone="warning" title={t('identity.kept.interrupted')}>{t('identity.kept.interruptedLead')}</Notice>}
      {answer?.done === 'resent' ? <Notice tone="success" live>{t('identity.mail.sentAgain')}</Notice> : <ProblemSummary problem={answer?.problem} />}
      <form method="post" className="ui-stack">
        <KeptForm value={kept} />
        <TextField name="email" label={t('identity.field.email')} type="email" autoComplete="username webauthn" inputMode="email" dir="ltr" required answer={answer} />
        <PasswordField name="password" label={t('identity.field.password')} autoComplete="current-password" required answer={answer} />
        <div className="ui-cluster ui-between">
          <Checkbox name="remember" label={t('identity.signIn.remember')} defaultChecked={(answer?.values?.['remember'] ?? 'on') === 'on'} />
          <TextLink href="/forgot-password">{t('identity.signIn.forgot')}</TextLink>
        </div>
        <SubmitButton wide size="large">{t('identity.signIn.enter')}</SubmitButton>
        {unconfirmed && <SubmitButton wide look="secondary" name="resend" value="yes" formNoValidate>{t('identity.mail.sendAgain')}</SubmitButton>}
      </form>
      <PasskeySignIn options={passkeys} kept={kept} />
    </AuthFrame>
  );
}
