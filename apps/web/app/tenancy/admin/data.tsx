/** The organisation's data: to end it. Says before what it means. */
import { redirect } from 'react-router';
import { Button, Card, Notice, PageHeader, Section, SubmitButton } from '@milpa/ui';
import { cancelDeletion, getDeletion, requestDeletion, type TenantDeletion } from '@milpa/tenancy/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { TextField } from '../../identity/fields.tsx';
import { atField, readForm, refused, type Answer } from '../../identity/form.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import type { Route } from './+types/data';

export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, url } = web(context);
  return { name: tenant?.name ?? '', done: url.searchParams.get('done'), deletion: await load(context, getDeletion) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const step = form.text('step');
  const { problem } = step === 'keep' ? await submit(context, cancelDeletion) : await submit(context, requestDeletion, { body: { name: form.text('name') } });
  return problem ? refused(atField(problem, { 'tenancy.name_mismatch': 'name' }), form.keep('step', 'name')) : redirect(`/admin/data?done=${step}`, 303);
}

export default function DataScreen({ loaderData: { name, done, deletion }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const step = answer?.values?.['step'];
  return (
    <div className="max-w-3xl">
      <Title>{t('tenancy.admin.data')}</Title>
      <PageHeader title={t('tenancy.admin.data')} lead={t('tenancy.data.lead')} />
      {!answer && done === 'keep' && <Notice tone="success" live>{t('tenancy.deletion.kept')}</Notice>}
      <Deletion name={name} deletion={deletion} answer={step === 'delete' || step === 'keep' ? answer : undefined} />
    </div>
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
