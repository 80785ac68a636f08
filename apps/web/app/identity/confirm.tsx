/** "Is it you?": asked again before something sensitive. From here one goes on to where one was: a page, a form with what was typed, or a file. */
import { data, redirect, redirectDocument } from 'react-router';
import { LinkButton, SubmitButton, TextLink } from '@milpa/ui';
import { Download } from 'lucide-react';
import { confirmAccount, getConfirmation } from '@milpa/identity/contract';
import { load, submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { confirmPath } from '../shell/paths.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { PasswordField, TextField } from './fields.tsx';
import { atField, formOf, refused, type Answer, type FormText } from './form.ts';
import { GoOn, isInterrupted, KeptForm, keptFormIn, losesFields } from './kept-form.tsx';
import { PasskeyConfirm } from './passkey.tsx';
import { fileOf, nextOf } from './paths.ts';
import type { Route } from './+types/confirm';

export async function loader({ context }: Route.LoaderArgs) {
  const { url, now, viewer } = web(context);
  const [next, file] = [nextOf({ url }), fileOf({ url })];
  const { freshUntil, ...ways } = await load(context, getConfirmation);
  const isFresh = freshUntil > now.toISOString();
  // A form is on its way through here with the answer of the action.
  if (isFresh && !url.searchParams.has('form') && !(file && url.searchParams.has('done'))) throw file ? redirectDocument(file) : redirect(next);
  return { ...ways, next, file: isFresh ? file : null, email: viewer.email ?? '' };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { url } = web(context);
  const raw = await request.formData();
  const [next, file] = [nextOf({ url }), fileOf({ url })];
  const isOwn = raw.has('proof');
  const isForm = !isOwn && isInterrupted(raw, url);
  // What must not be kept is typed again, on its own page.
  if (isForm && losesFields(raw)) throw redirect(confirmPath(next), 303);
  const kept = keptFormIn(raw, url, isOwn);
  const keeping: Record<string, string> = kept === undefined ? {} : { kept };
  if (isForm) return data<Answer>({ done: 'interrupted', values: keeping }, { status: 403 });
  const form = formOf(raw);
  const { problem } = await submit(context, confirmAccount, { body: proofIn(form) });
  if (problem) return refused(atField(problem, { 'identity.password_wrong': 'password', 'identity.code_invalid': 'code' }), { ...keeping, ...form.keep('proof') });
  if (kept !== undefined) return { done: 'confirmed', values: keeping };
  throw redirect(file ? `${confirmPath(next, file)}&done` : next, 303);
}

function proofIn(form: FormText) {
  const by = form.text('proof');
  return by === 'passkey' ? { method: 'passkey' as const, response: keyIn(form.text('passkey')) }
    : by === 'code' ? { method: 'code' as const, code: form.text('code') } : { method: 'password' as const, password: form.text('password') };
}

/** What the browser wrote; anything else is refused by the endpoint. */
function keyIn(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export default function Confirm({ loaderData: { next, file, code, passkey, email }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const kept = answer?.values?.['kept'];
  if (answer?.done === 'confirmed' && kept !== undefined) return <GoOn kept={kept} next={next} same />;
  if (file) return <Saved file={file} next={next} />;
  const byCode = answer?.values?.['proof'] === 'code';
  return (
    <AuthFrame title={t('identity.confirm.title')} lead={t('identity.confirm.lead')} after={<TextLink href={next}>{t('identity.confirm.back')}</TextLink>}>
      <ProblemSummary problem={answer?.problem} />
      <form method="post" className="ui-stack">
        <KeptForm value={kept} />
        <input type="hidden" name="proof" value="password" />
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField name="password" label={t('identity.field.password')} autoComplete="current-password" required answer={answer} />
        <SubmitButton wide size="large">{t('identity.confirm.go')}</SubmitButton>
      </form>
      {passkey && <PasskeyConfirm options={passkey} kept={kept} />}
      {code && (
        <details open={byCode}>
          <summary className="ui-link w-fit cursor-pointer">{t('identity.confirm.byCode')}</summary>
          <form method="post" className="ui-stack mt-4">
            <KeptForm value={kept} />
            <input type="hidden" name="proof" value="code" />
            <TextField name="code" label={t('identity.security.code')} autoComplete="one-time-code" inputMode="numeric" dir="ltr" required answer={answer} />
            <SubmitButton wide look="secondary">{t('identity.confirm.go')}</SubmitButton>
          </form>
        </details>
      )}
    </AuthFrame>
  );
}

/** A file leaves no page behind, so there is one to save it from. */
function Saved({ file, next }: { file: string; next: string }) {
  const t = useT();
  return (
    <AuthFrame title={t('identity.confirm.done')} lead={t('identity.confirm.fileLead')}>
      <div className="ui-stack">
        <LinkButton href={file} look="primary" size="large" wide download icon={<Download aria-hidden="true" />}>{t('identity.confirm.save')}</LinkButton>
        <LinkButton href={next} look="quiet" wide>{t('identity.confirm.back')}</LinkButton>
      </div>
    </AuthFrame>
  );
}
