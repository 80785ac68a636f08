import { Notice, SubmitButton, TextLink } from '@milpa/ui';
import { requestPasswordReset } from '@milpa/identity/contract';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { TextField } from './fields.tsx';
import { accountFields, atField, readForm, refused, submitOpenly, type Answer } from './form.ts';
import { LookIntoMail } from './look-into-mail.tsx';
import type { Route } from './+types/forgot-password';

export function loader({ context }: Route.LoaderArgs) {
  return { mailHere: web(context).devMail };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const values = form.keep('email');
  const { problem } = await submitOpenly(context, requestPasswordReset, { body: { email: form.text('email') } });
  return problem ? refused(atField(problem, accountFields), values) : { done: form.has('resend') ? 'resent' : 'sent', values };
}

export default function ForgotPassword({ loaderData: { mailHere }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  if (answer?.done) {
    return (
      <LookIntoMail email={answer.values?.['email'] ?? ''} mailHere={mailHere} text={t('identity.forgot.sent')}>
        {answer.done === 'resent' && <Notice tone="success" live>{t('identity.mail.sentAgain')}</Notice>}
      </LookIntoMail>
    );
  }
  return (
    <AuthFrame title={t('identity.forgot.title')} lead={t('identity.forgot.lead')} after={<TextLink href="/sign-in">{t('identity.mail.backToSignIn')}</TextLink>}>
      <ProblemSummary problem={answer?.problem} />
      <form method="post" className="ui-stack">
        <TextField name="email" label={t('identity.field.email')} type="email" autoComplete="username" inputMode="email" dir="ltr" required answer={answer} />
        <SubmitButton wide size="large">{t('identity.forgot.go')}</SubmitButton>
      </form>
    </AuthFrame>
  );
}
