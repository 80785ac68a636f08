import { redirect } from 'react-router';
import { LinkButton, SubmitButton, TextLink } from '@milpa/ui';
import { resendVerification, verifyEmail } from '@milpa/identity/contract';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { TextField } from './fields.tsx';
import { accountFields, atField, readForm, refused, submitOpenly, type Answer } from './form.ts';
import { LookIntoMail } from './look-into-mail.tsx';
import { firstPage, nextOf, withNext } from './paths.ts';
import type { Route } from './+types/verify-email';

/** Mail scanners open links, so opening this page changes nothing: its button does. */
export function loader({ context }: Route.LoaderArgs) {
  const { url, viewer, devMail } = web(context);
  return { mailHere: devMail, token: url.searchParams.get('token') ?? '', next: nextOf({ url }), signedIn: viewer.kind !== 'visitor' };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const next = nextOf(web(context));
  if (form.has('resend')) {
    const { problem } = await submitOpenly(context, resendVerification, { body: { email: form.text('email'), next } });
    return problem ? refused(atField(problem, accountFields), { part: 'over', ...form.keep('email') }) : { done: 'resent', values: form.keep('email') };
  }
  const { output, problem } = await submitOpenly(context, verifyEmail, { body: { token: form.text('token') } });
  if (problem) return refused(problem, problem.code === 'identity.link_invalid' ? { part: 'over' } : {});
  if (output.signedIn) throw redirect(firstPage(next), 303);
  return { done: 'confirmed', values: { email: output.email } };
}

export default function VerifyEmail({ loaderData: { token, next, signedIn, mailHere }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  if (answer?.done === 'resent') return <LookIntoMail email={answer.values?.['email'] ?? ''} mailHere={mailHere} text={t('identity.signUp.sent')} />;
  if (answer?.values?.['part'] === 'over') return <Over answer={answer} next={next} signedIn={signedIn} />;
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

/** The link was used, or is too old: both ways on from here. */
function Over({ answer, next, signedIn }: { answer: Answer; next: string; signedIn: boolean }) {
  const t = useT();
  const onward = signedIn ? next : withNext('/sign-in', next);
  return (
    <AuthFrame title={t('identity.verify.over')} lead={t('identity.verify.overLead')}>
      <LinkButton href={onward} look="primary" size="large" wide>{signedIn ? t('identity.verify.goOn') : t('identity.signIn.enter')}</LinkButton>
      {!signedIn && (
        <form method="post" className="ui-stack">
          {answer.problem?.code !== 'identity.link_invalid' && <ProblemSummary problem={answer.problem} />}
          <TextField name="email" label={t('identity.field.email')} hint={t('identity.verify.overHint')} type="email" autoComplete="username" inputMode="email" dir="ltr" required answer={answer} />
          <SubmitButton look="secondary" wide name="resend" value="yes">{t('identity.mail.sendAgain')}</SubmitButton>
        </form>
      )}
    </AuthFrame>
  );
}
