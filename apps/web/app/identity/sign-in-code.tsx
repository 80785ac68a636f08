import { data, redirect } from 'react-router';
import { Checkbox, Radio, SubmitButton, Fieldset, TextLink } from '@milpa/ui';
import { answerTwoFactor } from '@milpa/identity/contract';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { TextField } from './fields.tsx';
import { atField, formOf, refused, submitOpenly, type Answer } from './form.ts';
import { GoOn, KeptForm, keptFormIn } from './kept-form.tsx';
import { afterSignIn, nextOf, withNext } from './paths.ts';
import type { Route } from './+types/sign-in-code';

export function loader({ context }: Route.LoaderArgs) {
  const { viewer, url } = web(context);
  const next = nextOf({ url });
  if (viewer.kind !== 'visitor') throw redirect(next);
  return { next };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { url } = web(context);
  const raw = await request.formData();
  const form = formOf(raw);
  const kept = keptFormIn(raw, url);
  const keeping: Record<string, string> = kept === undefined ? {} : { kept };
  // The form that was interrupted has just come along from the page before.
  if (!form.has('code')) return data<Answer>({ done: 'interrupted', values: keeping }, { status: 401 });
  const method = form.text('method') === 'backup_code' ? 'backup_code' : 'totp';
  const { problem } = await submitOpenly(context, answerTwoFactor, { body: { method, code: form.text('code'), trustDevice: form.has('trustDevice') } });
  if (problem) return refused(atField(problem, { 'identity.code_invalid': 'code' }), { ...keeping, method, trustDevice: form.text('trustDevice') });
  if (kept !== undefined) return { done: 'signed_in', values: keeping };
  throw redirect(afterSignIn(web(context), nextOf(web(context))), 303);
}

export default function SignInCode({ loaderData: { next }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const kept = answer?.values?.['kept'];
  if (answer?.done === 'signed_in' && kept !== undefined) return <GoOn kept={kept} next={next} />;
  const backup = answer?.values?.['method'] === 'backup_code';
  return (
    <AuthFrame
      title={t('identity.code.title')}
      lead={t('identity.code.lead')}
      after={<TextLink href={withNext('/sign-in', next)}>{t('identity.code.startAgain')}</TextLink>}
    >
      <ProblemSummary problem={answer?.problem} />
      <form method="post" className="ui-stack">
        <KeptForm value={kept} />
        <TextField name="code" label={t('identity.field.code')} autoComplete="one-time-code" inputMode="text" autoCapitalize="none" spellCheck={false} dir="ltr" required answer={answer} />
        <Fieldset label={t('identity.code.kind')}>
          <Radio name="method" value="totp" label={t('identity.code.totp')} defaultChecked={!backup} />
          <Radio name="method" value="backup_code" label={t('identity.code.backup')} defaultChecked={backup} />
        </Fieldset>
        <Checkbox name="trustDevice" label={t('identity.code.trust')} hint={t('identity.code.trustHint')} defaultChecked={answer?.values?.['trustDevice'] === 'on'} />
        <SubmitButton wide size="large">{t('identity.code.go')}</SubmitButton>
      </form>
    </AuthFrame>
  );
}
