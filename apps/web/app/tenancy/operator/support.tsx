/** An operator and one organisation: asking to be let in, and entering where that was allowed. */
import { redirect } from 'react-router';
import { Breadcrumbs, Button, Card, DefinitionList, Fieldset, LinkButton, Notice, PageHeader, Radio, SubmitButton, TextArea, TextLink } from '@milpa/ui';
import { approveSupport, getTenantSupport, requestSupport, type SupportAccess } from '@milpa/identity/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { FormField } from '../../identity/fields.tsx';
import { readForm, refused, type Answer } from '../../identity/form.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import type { Route } from './+types/support';

const levels = ['read', 'change'] as const;
const spans = [1, 24, 168] as const;

export async function loader({ context, params }: Route.LoaderArgs) {
  const { url } = web(context);
  const { door, ...support } = await load(context, getTenantSupport, { params });
  // The door remembers this browser and sends it back here, to confirm.
  if (support.access && support.twoFactor && !url.searchParams.has('challenge')) throw redirect(door);
  return { ...support, tenantId: params.tenantId, challenge: url.searchParams.get('challenge'), asked: url.searchParams.has('asked') };
}

/** `url`: the way in, for a minute. */
interface Entering extends Answer { url?: string }

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await readForm(request);
  const { text } = form;
  if (text('step') === 'enter') {
    const { output, problem } = await submit(context, approveSupport, { params, body: { challenge: text('challenge') } });
    return problem ? refused<Entering>(problem) : { url: output.url };
  }
  const { problem } = await submit(context, requestSupport, {
    params, body: { reason: text('reason'), level: levels.find((one) => one === text('level')) ?? 'read', hours: spans.find((one) => String(one) === text('hours')) ?? 1 },
  });
  return problem ? refused<Entering>(problem, form.keep('reason', 'level', 'hours')) : redirect(`/operator/tenants/${params.tenantId}/support?asked`, 303);
}

export default function OperatorSupport({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const { tenantId, tenantName, access, request, twoFactor, challenge, asked } = loaderData;
  const answer: Entering | undefined = actionData;
  return (
    <div className="max-w-3xl">
      <Title>{t('tenancy.support.title')}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('tenancy.wayBack')} items={[{ href: '/operator/tenants', label: t('tenancy.operator.tenants') }, { href: `/operator/tenants/${tenantId}`, label: <bdi>{tenantName}</bdi> }]} />}
        title={t('tenancy.support.title')} lead={t('tenancy.support.lead', { tenant: tenantName })}
      />
      <div className="ui-stack">
        <ProblemSummary problem={answer?.problem} />
        {asked && !answer && <Notice tone="success" live>{t('tenancy.support.sent')}</Notice>}
        {!twoFactor && <Notice tone="warning" title={t('tenancy.support.needsTwoFactor')} actions={<LinkButton href="/account/security" look="primary" size="small">{t('tenancy.support.setUp')}</LinkButton>}>{t('tenancy.support.needsTwoFactorText')}</Notice>}
        {answer?.url ? <OnTheWay url={answer.url} tenantName={tenantName} />
          : access ? <Door access={access} challenge={twoFactor ? challenge : null} />
            : request ? <Waiting request={request} /> : twoFactor && <Ask answer={answer} />}
      </div>
    </div>
  );
}

/**
 * To the organisation's host, by itself and without scripts; a redirect of the form would be stopped by the policy that keeps forms on their own site.
 */
function OnTheWay({ url, tenantName }: { url: string; tenantName: string }) {
  const t = useT();
  return (
    <Card>
      <meta httpEquiv="refresh" content={`0;url=${url}`} />
      <p role="status">{t('tenancy.support.opening', { tenant: tenantName })} <TextLink href={url}>{t('tenancy.support.goOn')}</TextLink></p>
    </Card>
  );
}

function Door({ access: { level, expiresAt, note, reason, decidedBy }, challenge }: { access: SupportAccess; challenge: string | null }) {
  const t = useT();
  const format = useFormat();
  const said = note ?? reason;
  return (
    <Card>
      <div className="ui-stack">
        <h2 className="text-xl font-semibold">{t(challenge ? 'tenancy.support.confirmTitle' : 'tenancy.support.open')}</h2>
        <DefinitionList items={[
          { term: t('tenancy.support.until'), value: format.zoned(expiresAt!) },
          { term: t('tenancy.support.what'), value: t(`tenancy.support.level.${level}`) },
          ...(decidedBy ? [{ term: t('tenancy.support.by'), value: <bdi>{decidedBy}</bdi> }] : []),
        ]} />
        {said && <blockquote dir="auto" className="border-s-4 border-line-strong ps-4 whitespace-pre-line">{said}</blockquote>}
        <p className="text-ink-soft">{t('tenancy.support.recorded')}</p>
        {challenge && (
          <form method="post">
            <input type="hidden" name="challenge" value={challenge} />
            <Button type="submit" look="primary" name="step" value="enter">{t('tenancy.support.confirm')}</Button>
          </form>
        )}
      </div>
    </Card>
  );
}

function Waiting({ request: { operatorName, createdAt, reason } }: { request: SupportAccess }) {
  const t = useT();
  const format = useFormat();
  return (
    <Notice title={t('tenancy.support.waiting', { name: operatorName ?? '', date: format.dateTime(createdAt) })}>
      <p dir="auto" className="whitespace-pre-line">{reason}</p>
    </Notice>
  );
}

function Ask({ answer }: { answer: Answer | undefined }) {
  const t = useT();
  const { reason = '', level = 'read', hours = '1' } = answer?.values ?? {};
  return (
    <Card>
      <form method="post" className="ui-stack">
        <p className="text-ink-soft">{t('tenancy.support.none')}</p>
        <FormField name="reason" label={t('tenancy.support.reason')} hint={t('tenancy.support.reasonHint')} required answer={answer}><TextArea name="reason" rows={3} maxLength={1000} dir="auto" defaultValue={reason} /></FormField>
        <Fieldset label={t('tenancy.support.what')}>
          {levels.map((one) => <Radio key={one} card name="level" value={one} defaultChecked={one === level} label={t(`tenancy.support.level.${one}`)} />)}
        </Fieldset>
        <Fieldset label={t('tenancy.support.howLong')}>
          <div className="grid gap-3 sm:grid-cols-3">{spans.map((one) => <Radio key={one} card name="hours" value={one} defaultChecked={String(one) === hours} label={t('tenancy.support.span', { hours: String(one) })} />)}</div>
        </Fieldset>
        <SubmitButton look="primary" name="step" value="ask" className="self-start">{t('tenancy.support.ask')}</SubmitButton>
      </form>
    </Card>
  );
}
