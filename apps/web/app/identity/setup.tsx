import { data, redirect } from 'react-router';
import { LinkButton, SubmitButton } from '@milpa/ui';
import { setUpOperator } from '@milpa/identity/contract';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { PasswordField, TextField } from './fields.tsx';
import { accountFields, atField, readForm, refused, submitOpenly, type Answer } from './form.ts';
import type { Route } from './+types/setup';

/** The first visit to a new installation; only on the operator's host. */
export function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant } = web(context);
  if (tenant) throw data(null, { status: 404 });
  if (viewer.kind === 'operator') throw redirect('/operator');
  return null;
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const { problem } = await submitOpenly(context, setUpOperator, {
    body: { code: form.text('code'), email: form.text('email'), name: form.text('name'), password: form.text('password'), locale: web(context).locale },
  });
  const places = { ...accountFields, 'identity.setup_code_invalid': 'code', 'identity.email_taken': 'email' };
  return problem ? refused(atField(problem, places), form.keep('code', 'email', 'name')) : { done: 'ready' };
}

export default function Setup({ actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  if (answer?.done) {
    return (
      <AuthFrame title={t('identity.setup.done')} lead={t('identity.setup.doneLead')}>
        <LinkButton href="/sign-in?next=/operator" look="primary" size="large" wide>{t('identity.signIn.enter')}</LinkButton>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('identity.setup.title')} lead={t('identity.setup.lead')}>
      <ProblemSummary problem={answer?.problem} />
      <form method="post" className="ui-stack">
        <TextField name="code" label={t('identity.setup.code')} hint={t('identity.setup.codeHint')} autoComplete="off" autoCapitalize="none" spellCheck={false} dir="ltr" required answer={answer} />
        <TextField name="name" label={t('identity.field.name')} autoComplete="name" dir="auto" required answer={answer} />
        <TextField name="email" label={t('identity.field.email')} type="email" autoComplete="username" dir="ltr" required answer={answer} />
        <PasswordField name="password" label={t('identity.field.password')} hint={t('identity.field.passwordHint')} autoComplete="new-password" required answer={answer} />
        <SubmitButton wide size="large">{t('identity.setup.go')}</SubmitButton>
      </form>
    </AuthFrame>
  );
}
