/** One's own data: to take along, to leave an organisation, to delete the account; each says before what it means. */
import { redirect } from 'react-router';
import { Button, Card, Checkbox, LinkButton, Notice, Section, SubmitButton } from '@milpa/ui';
import { deleteAccount, getAccountDeletion, getDeparture, keepAccount, leaveTenant, listDataExports, requestDataExport, stay } from '@milpa/identity/contract';
import { Download } from 'lucide-react';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { confirmPath } from '../../shell/paths.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { readForm, refused, type Answer } from '../form.ts';
import type { Route } from './+types/data';

export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, viewer, url } = web(context);
  const account = await load(context, getAccountDeletion);
  const done = url.searchParams.get('done');
  if (viewer.kind !== 'member') return { account, done, member: null };
  const [{ data: exports }, { dueAt }] = await Promise.all([load(context, listDataExports), load(context, getDeparture)]);
  return { account, done, member: { organisation: tenant?.name ?? '', exports, dueAt } };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const step = form.text('step');
  const { problem } = step === 'export' ? await submit(context, requestDataExport)
    : step === 'leave' ? await submit(context, leaveTenant)
      : step === 'stay' ? await submit(context, stay)
        : step === 'keep' ? await submit(context, keepAccount)
          : await submit(context, deleteAccount);
  return problem ? refused(problem, { step }) : redirect(`/account/data?done=${step}`, 303);
}

export default function Data({ loaderData: { account, member, done }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const of = (...steps: string[]) => (steps.includes(answer?.values?.['step'] ?? '') ? answer : undefined);
  return (
    <>
      {!answer && done === 'export' && <Notice tone="success" live>{t('identity.data.asked')}</Notice>}
      {!answer && (done === 'stay' || done === 'keep') && <Notice tone="success" live>{t('identity.data.kept')}</Notice>}
      {member && <Archive member={member} answer={of('export')} />}
      {member && <Leave member={member} answer={of('leave', 'stay')} />}
      <Delete account={account} answer={of('delete', 'keep')} />
    </>
  );
}

type Loaded = Route.ComponentProps['loaderData'];
type Part<K extends 'member' | 'account'> = { [P in K]: NonNullable<Loaded[P]> } & { answer: Answer | undefined };

function Archive({ member: { organisation, exports }, answer }: Part<'member'>) {
  const t = useT();
  const format = useFormat();
  const waiting = exports.some(({ readyAt }) => readyAt === null);
  return (
    <Section title={t('identity.data.archive')} lead={t('identity.data.archiveLead', { organisation })}>
      <ProblemSummary problem={answer?.problem} />
      {exports.length > 0 && (
        <Card flush>
          <ul className="divide-y divide-line">
            {exports.map(({ id, requestedAt, expiresAt }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-3 p-4">
                <span>{t('identity.data.of', { date: format.dateTime(requestedAt) })}</span>
                {expiresAt
                  ? (
                    <span className="ui-cluster">
                      <span className="text-sm text-ink-soft">{t('identity.data.until', { date: format.date(expiresAt) })}</span>
                      <LinkButton href={confirmPath('/account/data', `/api/v1/membership/data-exports/${id}/file`)} size="small" icon={<Download aria-hidden="true" />}>{t('identity.data.save')}</LinkButton>
                    </span>
                  )
                  : <span className="text-ink-soft">{t('identity.data.waiting')}</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {!waiting && <form method="post"><Button type="submit" name="step" value="export">{t('identity.data.make')}</Button></form>}
    </Section>
  );
}

function Leave({ member: { organisation, dueAt }, answer }: Part<'member'>) {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={t('identity.data.leave', { organisation })} lead={t('identity.data.leaveLead')}>
      <ProblemSummary problem={answer?.problem} />
      {dueAt
        ? (
          <Notice tone="warning" title={t('identity.data.leavingOn', { date: format.dateTime(dueAt) })} actions={<form method="post"><Button type="submit" name="step" value="stay" size="small">{t('identity.data.stay')}</Button></form>}>
            {t('identity.data.untilThen')}
          </Notice>
        )
        : (
          <form method="post" className="ui-stack">
            <What />
            <input type="hidden" name="step" value="leave" />
            <Checkbox name="sure" label={t('identity.data.sure')} required />
            <SubmitButton look="danger" className="self-start">{t('identity.data.leaveGo')}</SubmitButton>
          </form>
        )}
    </Section>
  );
}

/** What goes and what stays, said plainly before. */
function What() {
  const t = useT();
  return (
    <ul className="ui-stack ui-gap-s list-disc ps-5 text-ink-soft">
      <li>{t('identity.data.goes')}</li>
      <li>{t('identity.data.stays')}</li>
      <li>{t('identity.data.week')}</li>
    </ul>
  );
}

function Delete({ account: { dueAt, organisations }, answer }: Part<'account'>) {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={t('identity.data.delete')} lead={organisations.length > 0 ? t('identity.data.deleteLead', { organisations: format.list(organisations) }) : t('identity.data.deleteAlone')}>
      {dueAt
        ? (
          <Notice tone="warning" title={t('identity.data.deletedOn', { date: format.dateTime(dueAt) })} actions={<form method="post"><Button type="submit" name="step" value="keep" size="small">{t('identity.data.keep')}</Button></form>}>
            {t('identity.data.untilThen')}
          </Notice>
        )
        : (
          <form method="post" className="ui-stack max-w-md">
            <ProblemSummary problem={answer?.problem} />
            <input type="hidden" name="step" value="delete" />
            <Checkbox name="sure" label={t('identity.data.sureDelete')} required />
            <SubmitButton look="danger" className="self-start">{t('identity.data.deleteGo')}</SubmitButton>
          </form>
        )}
    </Section>
  );
}
