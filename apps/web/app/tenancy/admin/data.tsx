/** The organisation's data: to take along, or to end; each says before what it means. */
import { redirect } from 'react-router';
import { Button, Card, LinkButton, Notice, PageHeader, Progress, Section, SubmitButton } from '@milpa/ui';
import { cancelDeletion, getDeletion, listTenantExports, requestDeletion, requestTenantExport, type TenantDeletion, type TenantExport } from '@milpa/tenancy/contract';
import { Download } from 'lucide-react';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { TextField } from '../../identity/fields.tsx';
import { atField, readForm, refused, type Answer } from '../../identity/form.ts';
import { confirmPath } from '../../shell/paths.ts';
import { useLookingAgain } from '../../shell/look-again.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import type { Route } from './+types/data';

export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, url, viewer } = web(context);
  const [deletion, exports] = await Promise.all([
    viewer.permissions.includes('tenant:read') ? load(context, getDeletion) : null,
    viewer.permissions.includes('tenant:export') ? load(context, listTenantExports).then(({ data }) => data) : null,
  ]);
  return { name: tenant?.name ?? '', done: url.searchParams.get('done'), deletion, exports };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const step = form.text('step');
  const { problem } = step === 'export' ? await submit(context, requestTenantExport)
    : step === 'keep' ? await submit(context, cancelDeletion)
      : await submit(context, requestDeletion, { body: { name: form.text('name') } });
  return problem ? refused(atField(problem, { 'tenancy.name_mismatch': 'name' }), form.keep('step', 'name')) : redirect(`/admin/data?done=${step}`, 303);
}

export default function DataScreen({ loaderData: { name, done, deletion, exports }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const step = answer?.values?.['step'];
  return (
    <div className="max-w-3xl">
      <Title>{t('tenancy.admin.data')}</Title>
      <PageHeader title={t('tenancy.admin.data')} lead={t('tenancy.data.lead')} />
      {!answer && done === 'keep' && <Notice tone="success" live>{t('tenancy.deletion.kept')}</Notice>}
      {exports && <Exports exports={exports} answer={step === 'export' ? answer : undefined} />}
      {deletion && <Deletion name={name} deletion={deletion} answer={step === 'export' ? undefined : answer} />}
    </div>
  );
}

function Exports({ exports, answer }: { exports: TenantExport[]; answer: Answer | undefined }) {
  const t = useT();
  const isWaiting = exports.some(({ status }) => status === 'waiting');
  useLookingAgain(isWaiting);
  return (
    <Section title={t('tenancy.export.title')} lead={t('tenancy.export.lead')}>
      <ProblemSummary problem={answer?.problem} />
      {exports.length > 0 && <Card flush><ul className="divide-y divide-line">{exports.map((one) => <li key={one.id} className="ui-stack ui-gap-s p-4"><Export {...one} /></li>)}</ul></Card>}
      {!isWaiting && <form method="post" className="mt-4"><Button type="submit" look="primary" name="step" value="export">{t('tenancy.export.make')}</Button></form>}
    </Section>
  );
}

function Export({ id, requestedAt, status, progress, expiresAt, size }: TenantExport) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span>{t('tenancy.export.of', { date: format.dateTime(requestedAt) })}</span>
        {status === 'ready' && <LinkButton href={confirmPath('/admin/data', `/api/v1/tenant-exports/${id}/file`)} size="small" icon={<Download aria-hidden="true" />}>{t('tenancy.export.save', { size: format.bytes(size ?? 0) })}</LinkButton>}
        {status === 'waiting' && <LinkButton href="/admin/data" look="quiet" size="small">{t('tenancy.export.look')}</LinkButton>}
      </div>
      {status === 'waiting' && <Progress value={progress} label={t('tenancy.export.waiting')} text={format.percent(progress / 100)} />}
      <p className="text-sm text-ink-soft">
        {status === 'waiting' ? t('tenancy.export.waiting') : status === 'failed' ? t('tenancy.export.failed') : expiresAt && t('tenancy.export.until', { date: format.date(expiresAt) })}
      </p>
    </>
  );
}

function Deletion({ name, deletion: { dueAt, abilities }, answer }: { name: string; deletion: TenantDeletion; answer: Answer | undefined }) {
  const t = useT();
  const format = useFormat();
  if (!dueAt && !abilities.request) return null;
  return (
    <Section title={t('tenancy.deletion.title')} lead={dueAt ? undefined : t('tenancy.deletion.lead')}>
      <ProblemSummary problem={answer?.problem} />
      {dueAt
        ? (
          <Notice tone="warning" title={t('tenancy.deletion.on', { date: format.dateTime(dueAt) })} actions={abilities.cancel && <form method="post"><Button type="submit" name="step" value="keep" size="small">{t('tenancy.deletion.keep')}</Button></form>}>
            {t('tenancy.deletion.untilThen')}
          </Notice>
        )
        : (
          <Card>
            <form method="post" className="ui-stack">
              <ul className="ui-stack ui-gap-s list-disc ps-5 text-ink-soft">
                <li>{t('tenancy.deletion.goes')}</li>
                <li>{t('tenancy.deletion.grace')}</li>
                <li>{t('tenancy.deletion.accounts')}</li>
              </ul>
              <input type="hidden" name="step" value="delete" />
              <TextField name="name" label={t('tenancy.deletion.confirm', { name })} autoComplete="off" spellCheck={false} dir="auto" required answer={answer} />
              <SubmitButton look="danger" className="self-start">{t('tenancy.deletion.go')}</SubmitButton>
            </form>
          </Card>
        )}
    </Section>
  );
}
