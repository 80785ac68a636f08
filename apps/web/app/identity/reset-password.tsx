import { LinkButton, SubmitButton, TextLink } from '@milpa/ui';
import { resetPassword } from '@milpa/identity/contract';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { PasswordField } from './fields.tsx';
import { atField, newPasswordFields, readForm, refused, submitOpenly, type Answer } from './form.ts';
import type { Route } from './+types/reset-password';

export function loader({ context }: Route.LoaderArgs) {
  return { token: web(context).url.searchParams.get('token') ?? '' };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const { problem } = await submitOpenly(context, resetPassword, { body: { token: form.text('token'), newPassword: form.text('newPassword') } });
  return problem ? refused(atField(problem, newPasswordFields)) : { done: 'set' };
}

export default function ResetPassword({ loaderData: { token }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  if (answer?.done) {
    return (
      <AuthFrame title={t('identity.reset.done')} lead={t('identity.reset.doneLead')}>
        <LinkButton href="/sign-in" look="primary" size="large" wide>{t('identity.signIn.enter')}</LinkButton>
      </AuthFrame>
    );
  }
  if (answer?.problem?.code === 'identity.link_invalid') {
    return (
      <AuthFrame title={t('identity.verify.over')} lead={t('identity.reset.overLead')} after={<TextLink href="/sign-in">{t('identity.mail.backToSignIn')}</TextLink>}>
        <LinkButton href="/forgot-password" look="primary" size="large" wide>{t('identity.reset.newMail')}</LinkButton>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('identity.reset.title')} lead={t('identity.reset.lead')} after={<TextLink href="/forgot-password">{t('identity.reset.newMail')}</TextLink>}>
      <ProblemSummary problem={answer?.problem} />
      <form method="post" className="ui-stack">
        <input type="hidden" name="token" value={token} />
        <PasswordField name="newPassword" label={t('identity.field.newPassword')} hint={t('identity.field.passwordHint')} autoComplete="new-password" required answer={answer} />
        <SubmitButton wide size="large">{t('identity.reset.go')}</SubmitButton>
      </form>
    </AuthFrame>
  );
}
