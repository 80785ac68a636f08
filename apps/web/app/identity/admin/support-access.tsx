/** Letting in who runs the installation: by whom, until when, for what. Nobody enters without it. */
import { redirect } from 'react-router';
import { Badge, Button, Card, DefinitionList, Fieldset, LinkButton, Notice, PageHeader, Radio, Section, SubmitButton, TextArea } from '@milpa/ui';
import { allowSupport, endSupport, grantSupport, listSupportAccesses, refuseSupport, type SupportAccess } from '@milpa/identity/contract';
import { ScrollText } from 'lucide-react';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { FormField } from '../fields.tsx';
import { readForm, refused, type Answer, type FormText } from '../form.ts';
import type { Route } from './+types/support-access';

const levels = ['read', 'change'] as const;
const spans = [1, 24, 168] as const;

export async function loader({ context }: Route.LoaderArgs) {
  const { data } = await load(context, listSupportAccesses);
  const { url, viewer } = web(context);
  const living = data.find(({ alive }) => alive) ?? null;
  const request = data.find(({ state }) => state === 'requested') ?? null;
  return { living, request, past: data.filter((access) => access !== living && access !== request), done: url.searchParams.get('done'), log: viewer.permissions.includes('audit:read') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const step = form.text('step');
  const { problem } = await perform(form);
  return problem ? refused(problem, form.keep('step', 'level', 'hours', 'note')) : redirect(`/admin/support-access?done=${step}`, 303);

  function perform({ text, optional }: FormText) {
    const params = { supportAccessId: text('id') };
    const terms = { level: levels.find((level) => level === text('level')) ?? 'read', hours: spans.find((hours) => String(hours) === text('hours')) ?? 1 };
    switch (step) {
      case 'end': return submit(context, endSupport, { params });
      case 'refuse': return submit(context, refuseSupport, { params });
      case 'allow': return submit(context, allowSupport, { params, body: terms });
      default: return submit(context, grantSupport, { body: { ...terms, note: optional('note') ?? null } });
    }
  }
}

const dones = ['grant', 'allow', 'refuse', 'end'] as const;

export default function SupportAccessScreen({ loaderData: { living, request, past, done, log }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const told = dones.find((one) => one === done);
  return (
    <div className="max-w-3xl">
      <Title>{t('identity.support.title')}</Title>
      <PageHeader
        title={t('identity.support.title')} lead={t('identity.support.lead')}
        actions={log && past.length + (living ? 1 : 0) > 0 && <LinkButton href="/admin/audit?actorKind=support" icon={<ScrollText aria-hidden="true" />}>{t('identity.support.log')}</LinkButton>}
      />
      <div className="ui-stack">
        <ProblemSummary problem={answer?.problem} />
        {told && !answer && <Notice tone="success" live>{t(`identity.support.done.${told}`)}</Notice>}
        {living && <Living access={living} />}
        {request && <Request request={request} />}
        {!living && !request && <Grant answer={answer} />}
      </div>
      {past.length > 0 && <Past accesses={past} />}
    </div>
  );
}

function Living({ access: { id, level, hours, operatorName, note, reason, expiresAt, decidedBy } }: { access: SupportAccess }) {
  const t = useT();
  const format = useFormat();
  const said = note ?? reason;
  return (
    <Card>
      <div className="ui-stack">
        <h2 className="flex flex-wrap items-center gap-3 text-xl font-semibold">{t('identity.support.open', { until: format.zoned(expiresAt!) })} <Badge tone={level === 'change' ? 'squash' : 'leaf'}>{t(`identity.support.level.${level}`)}</Badge></h2>
        <DefinitionList items={[
          { term: t('identity.support.who'), value: operatorName ? <bdi>{operatorName}</bdi> : t('identity.support.anyOperator') },
          ...(decidedBy ? [{ term: t('identity.support.by'), value: <><bdi>{decidedBy}</bdi>, {t('identity.support.span', { hours: String(hours) })}</> }] : []),
        ]} />
        {said && <blockquote dir="auto" className="border-s-4 border-line-strong ps-4 whitespace-pre-line">{said}</blockquote>}
        <form method="post">
          <input type="hidden" name="id" value={id} />
          <Button type="submit" look="danger" name="step" value="end">{t('identity.support.end')}</Button>
        </form>
      </div>
    </Card>
  );
}

function Request({ request: { id, operatorName, reason, level, hours, createdAt } }: { request: SupportAccess }) {
  const t = useT();
  const format = useFormat();
  return (
    <Card>
      <form method="post" className="ui-stack">
        <h2 className="text-xl font-semibold">{t('identity.support.asks', { name: operatorName ?? '' })}</h2>
        <p className="text-ink-soft">{t('identity.support.asked', { date: format.dateTime(createdAt) })}</p>
        <blockquote dir="auto" className="border-s-4 border-line-strong ps-4 whitespace-pre-line">{reason}</blockquote>
        <input type="hidden" name="id" value={id} />
        <Terms level={level} hours={hours} most={{ level, hours }} />
        <div className="ui-cluster">
          <Button type="submit" look="primary" name="step" value="allow">{t('identity.support.allow')}</Button>
          <Button type="submit" name="step" value="refuse">{t('identity.support.refuse')}</Button>
        </div>
      </form>
    </Card>
  );
}

function Grant({ answer }: { answer: Answer | undefined }) {
  const t = useT();
  const { level = 'read', hours = '24', note = '' } = answer?.values ?? {};
  return (
    <Card>
      <form method="post" className="ui-stack">
        <Terms level={level} hours={Number(hours)} />
        <FormField name="note" label={t('identity.support.note')} hint={t('identity.support.noteHint')} note={t('identity.support.optional')} answer={answer}><TextArea name="note" rows={3} maxLength={1000} dir="auto" defaultValue={note} /></FormField>
        <p className="text-ink-soft">{t('identity.support.never')}</p>
        <SubmitButton look="primary" name="step" value="grant" className="self-start">{t('identity.support.grant')}</SubmitButton>
      </form>
    </Card>
  );
}

/** For what and for how long; of a request, no more than was asked for. */
function Terms({ level, hours, most }: { level: string; hours: number; most?: { level: string; hours: number } }) {
  const t = useT();
  const offered = { levels: levels.filter((one) => !most || one === 'read' || most.level === 'change'), spans: spans.filter((one) => !most || one <= most.hours) };
  return (
    <>
      <Fieldset label={t('identity.support.what')}>
        {offered.levels.map((one) => <Radio key={one} card name="level" value={one} defaultChecked={one === level} label={t(`identity.support.level.${one}`)} hint={t(`identity.support.level.${one}Hint`)} />)}
      </Fieldset>
      <Fieldset label={t('identity.support.howLong')}>
        <div className="grid gap-3 sm:grid-cols-3">{offered.spans.map((one) => <Radio key={one} card name="hours" value={one} defaultChecked={one === hours} label={t('identity.support.span', { hours: String(one) })} />)}</div>
      </Fieldset>
    </>
  );
}

function Past({ accesses }: { accesses: SupportAccess[] }) {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={t('identity.support.past')}>
      <Card flush>
        <ul className="divide-y divide-line">
          {accesses.map(({ id, state, level, createdAt, operatorName, decidedBy, expiresAt, endedAt, endedBy }) => (
            <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3">
              <span className="min-w-0 flex-1 basis-64">
                {t('identity.support.pastLine', { state, operator: operatorName ?? t('identity.support.anyOperator'), by: decidedBy ?? '', known: decidedBy ? 'yes' : 'no' })}
                {state === 'granted' && <> · {t(`identity.support.level.${level}`)} · {endedBy ? t('identity.support.endedBy', { name: endedBy, date: format.dateTime(endedAt!) }) : t('identity.support.until', { date: format.dateTime(expiresAt!) })}</>}
              </span>
              <time dateTime={createdAt} className="text-sm whitespace-nowrap text-ink-soft">{format.dateTime(createdAt)}</time>
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}
