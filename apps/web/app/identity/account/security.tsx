import { Form, redirect } from 'react-router';
import { Badge, LinkButton, Notice, Section, SubmitButton } from '@milpa/ui';
import { addPasskey, beginPasskey, beginTwoFactor, confirmTwoFactor, createBackupCodes, disableTwoFactor, getAccount, listPasskeys, removePasskey, renamePasskey } from '@milpa/identity/contract';
import { load, submit, web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { TextField } from '../fields.tsx';
import { atField, readForm, refused, type Answer, type FormText } from '../form.ts';
import { BackupCodes } from './backup-codes.tsx';
import { Passkeys, type KeyAnswer } from './passkeys.tsx';
import type { Route } from './+types/security';

/** What is shown once and never again. */
interface SecurityAnswer extends KeyAnswer { secret?: { otpauthUri: string; qrSvg: string }; backupCodes?: string[] }

const places = { 'identity.code_invalid': 'code' };

export async function loader({ context }: Route.LoaderArgs) {
  const [{ twoFactor }, { data: passkeys }] = await Promise.all([load(context, getAccount), load(context, listPasskeys)]);
  const { url } = web(context);
  return { twoFactor, passkeys, host: url.hostname, changed: url.searchParams.get('changed') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const step = form.text('step');
  if (step.startsWith('passkey-')) return passkeyStep(context, step, form);
  if (step === 'begin') {
    const { output, problem } = await submit(context, beginTwoFactor);
    return problem ? refused(problem, { step }) : { secret: { otpauthUri: output.otpauthUri, qrSvg: output.qrSvg }, backupCodes: output.backupCodes };
  }
  if (step === 'confirm') {
    const { problem } = await submit(context, confirmTwoFactor, { body: { code: form.text('code') } });
    return problem ? refused<SecurityAnswer>(atField(problem, places), { step }, shownIn(form.text('shown'))) : redirect('/account/security?changed=on', 303);
  }
  if (step === 'codes') {
    const { output, problem } = await submit(context, createBackupCodes);
    return problem ? refused(problem, { step }) : { backupCodes: output.backupCodes };
  }
  const { problem } = await submit(context, disableTwoFactor);
  return problem ? refused(problem, { step: 'disable' }) : redirect('/account/security?changed=off', 303);
}

async function passkeyStep(context: Route.ActionArgs['context'], step: string, form: FormText) {
  const params = { passkeyId: form.text('passkeyId') };
  if (step === 'passkey-begin') {
    const { output, problem } = await submit(context, beginPasskey);
    return problem ? refused(problem, { step }) : { options: output } satisfies KeyAnswer;
  }
  if (step === 'passkey-add') {
    const { problem } = await submit(context, addPasskey, { body: { response: parsed(form.text('response')) } });
    return problem ? refused(problem, { step }) : { done: 'added' };
  }
  const { problem } = step === 'passkey-rename' ? await submit(context, renamePasskey, { params, body: { name: form.text('name') } }) : await submit(context, removePasskey, { params });
  return problem ? refused(problem, { step: 'passkeys' }) : redirect('/account/security', 303);
}

/** What the browser wrote; anything else is refused by the endpoint. */
function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** What the set-up shows comes back with each code, so that a wrong one takes nothing away. It is only ever shown to who sent it. */
function shownIn(text: string): Pick<SecurityAnswer, 'secret' | 'backupCodes'> {
  try {
    const { secret, backupCodes } = JSON.parse(text) as { secret: { otpauthUri: string; qrSvg: string }; backupCodes: string[] };
    const fits = [secret.otpauthUri, secret.qrSvg, ...backupCodes].every((part) => typeof part === 'string') && secret.otpauthUri.startsWith('otpauth://');
    return fits ? { secret: { otpauthUri: secret.otpauthUri, qrSvg: secret.qrSvg }, backupCodes } : {};
  } catch {
    return {};
  }
}

export default function Security({ loaderData: { twoFactor, passkeys, host, changed }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: SecurityAnswer | undefined = actionData;
  const step = answer?.values?.['step'];
  const of = (name: string) => (step === name ? answer : undefined);
  const confirming = !twoFactor && (answer?.secret !== undefined || of('confirm') !== undefined);
  return (
    <>
      {!answer && changed === 'on' && <Notice tone="success" live>{t('identity.security.nowOn')}</Notice>}
      {!answer && changed === 'off' && <Notice tone="warning" live>{t('identity.security.nowOff')}</Notice>}
      <Passkeys passkeys={passkeys} host={host} answer={step?.startsWith('passkey') ? answer : undefined} options={answer?.options} />
      <Section
        title={t('identity.security.title')}
        lead={t('identity.security.lead')}
        actions={<Badge tone={twoFactor ? 'leaf' : 'neutral'}>{twoFactor ? t('identity.security.on') : t('identity.security.off')}</Badge>}
      >
        {confirming && <Confirm answer={answer} failed={of('confirm')} />}
        {!confirming && !twoFactor && <Step step="begin" label={t('identity.security.begin')} primary answer={of('begin')} />}
      </Section>
      {twoFactor && (
        <>
          <Section title={t('identity.codes.title')} lead={t('identity.codes.lead')}>
            {answer?.backupCodes ? <BackupCodes codes={answer.backupCodes} /> : <Step step="codes" label={t('identity.codes.new')} answer={of('codes')} />}
          </Section>
          <Section title={t('identity.security.disable')} lead={t('identity.security.disableLead')}>
            <Step step="disable" label={t('identity.security.disable')} danger answer={of('disable')} />
          </Section>
        </>
      )}
    </>
  );
}

interface StepProps { step: string; label: string; primary?: boolean; danger?: boolean; answer: Answer | undefined }

function Step({ step, label, primary, danger, answer }: StepProps) {
  const look = danger ? 'danger' : primary ? 'primary' : 'secondary';
  return (
    <Form method="post" className="ui-stack max-w-md">
      <ProblemSummary problem={answer?.problem} />
      <input type="hidden" name="step" value={step} />
      <SubmitButton look={look} className="self-start">{label}</SubmitButton>
    </Form>
  );
}

/** Scan, keep the codes, confirm; after a wrong code everything is still there. */
function Confirm({ answer, failed }: { answer: SecurityAnswer | undefined; failed: Answer | undefined }) {
  const t = useT();
  return (
    <div className="ui-stack ui-gap-l">
      <ProblemSummary problem={failed?.problem} />
      {answer?.secret && (
        <div className="flex flex-wrap items-center gap-6">
          <img className="size-48 shrink-0 rounded-m bg-white p-3" src={`data:image/svg+xml,${encodeURIComponent(answer.secret.qrSvg)}`} alt={t('identity.security.qr')} />
          <div className="min-w-0 flex-1 basis-60">
            <h3>{t('identity.security.scan')}</h3>
            <p className="text-ink-soft">{t('identity.security.scanLead')}</p>
            <p className="mt-2"><a className="ui-link" href={answer.secret.otpauthUri}>{t('identity.security.sameDevice')}</a></p>
            <p className="mt-2 text-sm text-ink-soft">{t('identity.security.typeIt')} <code dir="ltr" className="font-mono break-all text-ink">{secretIn(answer.secret.otpauthUri)}</code></p>
          </div>
        </div>
      )}
      {answer?.backupCodes && <div className="ui-stack"><h3>{t('identity.codes.keep')}</h3><BackupCodes codes={answer.backupCodes} /></div>}
      <Form method="post" className="ui-stack max-w-md">
        <input type="hidden" name="step" value="confirm" />
        {answer?.secret && <input type="hidden" name="shown" value={JSON.stringify({ secret: answer.secret, backupCodes: answer.backupCodes ?? [] })} />}
        <TextField name="code" label={t('identity.security.code')} hint={t('identity.security.codeHint')} autoComplete="one-time-code" inputMode="numeric" dir="ltr" required answer={failed} />
        <div className="ui-cluster">
          <SubmitButton>{t('identity.security.confirm')}</SubmitButton>
          <LinkButton href="/account/security" look="quiet">{t('identity.security.startAgain')}</LinkButton>
        </div>
      </Form>
    </div>
  );
}

/** The secret in groups of four, for those who type it. */
function secretIn(otpauthUri: string): string {
  return (/[?&]secret=([^&]+)/.exec(otpauthUri)?.[1] ?? '').replace(/(.{4})(?=.)/g, '$1 ');
}
