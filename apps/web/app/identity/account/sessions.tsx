import { Form, redirect } from 'react-router';
import { Badge, Button, Card, Notice, Section, SubmitButton } from '@milpa/ui';
import { Laptop, Smartphone } from 'lucide-react';
import { listSessions, revokeOtherSessions, revokeSession } from '@milpa/identity/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { readForm, refused, type Answer } from '../form.ts';
import type { Route } from './+types/sessions';

export async function loader({ context }: Route.LoaderArgs) {
  const { data } = await load(context, listSessions);
  return { sessions: data, now: web(context).now.toISOString(), ended: web(context).url.searchParams.has('ended') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const sessionId = (await readForm(request)).text('sessionId');
  const { problem } = sessionId
    ? await submit(context, revokeSession, { params: { sessionId } })
    : await submit(context, revokeOtherSessions);
  return problem ? refused(problem) : redirect('/account/sessions?ended', 303);
}

export default function Sessions({ loaderData: { sessions, now, ended }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <Section
      title={t('identity.sessions.title')}
      lead={t('identity.sessions.lead')}
      actions={others > 0 && <Form method="post"><SubmitButton look="secondary">{t('identity.sessions.endOthers')}</SubmitButton></Form>}
    >
      {ended && !answer && <Notice tone="success" live>{t('identity.sessions.ended')}</Notice>}
      <ProblemSummary problem={answer?.problem} />
      <Card flush>
        <ul className="divide-y divide-line">
          {sessions.map((session) => <li key={session.id} className="p-4"><Device session={session} now={now} /></li>)}
        </ul>
      </Card>
    </Section>
  );
}

type Session = Route.ComponentProps['loaderData']['sessions'][number];
const phones = /ios|android|iphone|ipad/i;

function Device({ session: { id, device, lastUsedAt, createdAt, address, host, current }, now }: { session: Session; now: string }) {
  const t = useT();
  const format = useFormat();
  const { browser, system } = device;
  const Icon = phones.test(system ?? '') ? Smartphone : Laptop;
  const name = browser && system ? t('identity.sessions.device', { browser, system }) : (browser ?? system ?? t('identity.sessions.unknown'));
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Icon aria-hidden="true" className="shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-2 font-medium"><bdi>{name}</bdi>{current && <Badge tone="leaf">{t('identity.sessions.here')}</Badge>}</p>
        <p className="text-sm text-ink-soft">
          {current ? t('identity.sessions.since', { date: format.date(createdAt) }) : t('identity.sessions.used', { when: format.relative(lastUsedAt, now) })}
          {' · '}<bdi dir="ltr" className="wrap-anywhere">{host}</bdi>
          {address && <> · <bdi>{address}</bdi></>}
        </p>
      </div>
      {!current && (
        <Form method="post">
          <Button type="submit" name="sessionId" value={id} size="small" aria-label={t('identity.sessions.endOne', { name })}>{t('identity.sessions.end')}</Button>
        </Form>
      )}
    </div>
  );
}
