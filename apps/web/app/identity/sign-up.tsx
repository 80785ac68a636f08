import { data, redirect } from 'react-router';
import { LinkButton, Notice, SubmitButton, TextLink } from '@milpa/ui';
import { resendVerification, signUp } from '@milpa/identity/contract';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { PasswordField, TextField } from './fields.tsx';
import { accountFields, atField, readForm, refused, submitOpenly, type Answer } from './form.ts';
import { LookIntoMail } from './look-into-mail.tsx';
import { mayOpenAccount, nextOf, withNext } from './paths.ts';
import type { Route } from './+types/sign-up';

export function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant, url, devMail } = web(context);
  const next = nextOf({ url });
  if (viewer.kind !== 'visitor') throw redirect(next);
  if (!tenant) throw data(null, { status: 404 });
  return { next, organisation: tenant.name, open: mayOpenAccount({ tenant }, next), mailHere: devMail };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const email = form.text('email');
  const values = form.keep('email', 'name');
  const next = nextOf(web(context));
  const { problem } = form.has('resend')
    ? await submitOpenly(context, resendVerification, { body: { email, next } })
    : await submitOpenly(context, signUp, { body: { email, name: form.text('name'), password: form.text('password'), next } });
  return problem ? refused(atField(problem, accountFields), values) : { done: form.has('resend') ? 'resent' : 'sent', values };
}

export default function SignUp({ loaderData: { next, organisation, open, mailHere }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  if (answer?.done) {
    return (
      <LookIntoMail email={answer.values?.['email'] ?? ''} mailHere={mailHere} text={t('identity.signUp.sent')}>
        {answer.done === 'resent' && <Notice tone="success" live>{t('identity.mail.sentAgain')}</Notice>}
      </LookIntoMail>
    );
  }
  if (!open) {
    return (
      <AuthFrame title={t('identity.signUp.byInvitation')} lead={t('identity.join.askWhom', { organisation })}>
        <LinkButton href={withNext('/sign-in', next)} look="primary" size="large" wide>{t('identity.signIn.title')}</LinkButton>
        <TextLink href="/courses">{t('identity.join.look')}</TextLink>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={t('identity.signUp.title')}
      lead={t('identity.signUp.lead', { organisation })}
      after={<>{t('identity.signUp.haveAccount')} <TextLink href={withNext('/sign-in', next)}>{t('identity.signIn.title')}</TextLink></>}
    >
      <ProblemSummary problem={answer?.problem} />
      <form method="post" className="ui-stack">
        <TextField name="name" label={t('identity.field.name')} hint={t('identity.field.nameHint')} autoComplete="name" dir="auto" required answer={answer} />
        <TextField name="email" label={t('identity.field.email')} type="email" autoComplete="username" inputMode="email" dir="ltr" required answer={answer} />
        <PasswordField name="password" label={t('identity.field.password')} hint={t('identity.field.passwordHint')} autoComplete="new-password" required answer={answer} />
        <SubmitButton wide size="large">{t('identity.signUp.go')}</SubmitButton>
      </form>
    </AuthFrame>
  );
}
