import { LinkButton, SubmitButton, TextLink } from '@milpa/ui';
import { verifyEmail } from '@milpa/identity/contract';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { readForm, refused, submitOpenly, type Answer } from './form.ts';
import { nextOf, withNext } from './paths.ts';
import type { Route } from './+types/verify-email';

/** Mail scanners open links, so opening this page changes nothing: its button does. */
export function loader({ context }: Route.LoaderArgs) {
  const { url, viewer } = web(context);
  return { token: url.searchParams.get('token') ?? '', next: nextOf({ url }), signedIn: viewer.kind !== 'visitor' };
}

export async function action({ request, context }: Route.ActionArgs) {
  const token = (await readForm(request)).text('token');
  const { output, problem } = await submitOpenly(context, verifyEmail, { body: { token } });
  return problem ? refused(problem) : { done: 'confirmed', values: { email: output.email } };
}

export default function VerifyEmail({ loaderData: { token, next, signedIn }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  if (answer?.done) {
    return (
      <AuthFrame title={t('identity.verify.done')} lead={signedIn ? undefined : t('identity.verify.doneLead')}>
        <LinkButton href={signedIn ? next : withNext('/sign-in', next)} look="primary" size="large" wide>{signedIn ? t('identity.verify.goOn') : t('identity.signIn.enter')}</LinkButton>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('identity.verify.title')} lead={t('identity.verify.lead')} after={!signedIn && <TextLink href={withNext('/sign-in', next)}>{t('identity.mail.backToSignIn')}</TextLink>}>
      <ProblemSummary problem={answer?.problem} />
      <form method="post">
        <input type="hidden" name="token" value={token} />
        <SubmitButton wide size="large">{t('identity.verify.go')}</SubmitButton>
      </form>
    </AuthFrame>
  );
}
