import { Form } from 'react-router';
import { Button, Card, EmptyState, Field, LinkButton, PageHeader, Pagination, Select, TextInput } from '@milpa/ui';
import { Download, LifeBuoy, X } from 'lucide-react';
import { listAuditEntries } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { endOfDay, startOfDay } from '../../identity/dates.ts';
import { useSupport } from '../../shell/support.ts';
import { Title } from '../../shell/title.tsx';
import { actionKey, AuditList } from '../audit-list.tsx';
import { tenantActions } from '../audit-actions.ts';
import type { Route } from './+types/audit';

const outcomes = ['done', 'refused'] as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function loader({ context }: Route.LoaderArgs) {
  const { url, tenant } = web(context);
  const ask = (name: string) => url.searchParams.get(name)?.slice(0, 100) ?? '';
  const zone = tenant?.timeZone ?? 'UTC';
  const filter = {
    action: ask('action'), outcome: outcomes.find((one) => one === ask('outcome')) ?? '' as const, from: startOfDay(ask('from'), zone) ? ask('from') : '', to: endOfDay(ask('to'), zone) ? ask('to') : '',
    memberId: uuid.test(ask('memberId')) ? ask('memberId') : '', subjectId: ask('subjectId'), actorKind: ask('actorKind') === 'support' ? 'support' as const : '' as const,
  };
  const chosen = {
    action: filter.action || undefined, outcome: filter.outcome === '' ? undefined : filter.outcome, memberId: filter.memberId || undefined, subjectId: filter.subjectId || undefined, actorKind: filter.actorKind || undefined,
    from: startOfDay(filter.from, zone), to: endOfDay(filter.to, zone),
  };
  const { data, page } = await load(context, listAuditEntries, { query: { ...chosen, limit: 30, cursor: url.searchParams.get('cursor') ?? undefined } });
  return {
    filter, exported: new URLSearchParams(Object.entries(chosen).flatMap(([name, value]) => (value ? [[name, value]] : []))).toString(), next: page.next, later: url.searchParams.has('cursor'), now: web(context).now.toISOString(),
    lines: data.map(({ id, at, action, memberId, memberName, supportName, subjectId, subjectName, actorKind, outcome }) => ({
      id, at, action, memberId, who: memberName, support: supportName, subject: subjectId && subjectName ? { id: subjectId, name: subjectName } : null, system: actorKind === 'system', refused: outcome === 'refused',
    })),
  };
}

export default function Audit({ loaderData: { filter, exported, lines, next, later, now } }: Route.ComponentProps) {
  const t = useT();
  const support = useSupport();
  const href = (changes: Record<string, string>) => {
    const query = new URLSearchParams(Object.entries({ ...filter, ...changes }).filter(([, value]) => value !== ''));
    return `/admin/audit${query.size > 0 ? `?${query}` : ''}`;
  };
  const person = filter.memberId ? lines.find(({ memberId }) => memberId === filter.memberId)?.who : null;
  const anySupport = filter.actorKind === '' && lines.some(({ support }) => support !== null);
  const subject = filter.subjectId ? lines.find((line) => line.subject?.id === filter.subjectId)?.subject?.name : null;
  return (
    <>
      <Title>{t('tenancy.admin.audit')}</Title>
      <PageHeader title={t('tenancy.admin.audit')} lead={t('tenancy.audit.lead')} />
      <Filters key={href({})} filter={filter} />
      {filter.subjectId && (
        <p className="my-4"><LinkButton href={href({ subjectId: '' })} size="small" icon={<X aria-hidden="true" />}>{subject ? t('tenancy.audit.onlyAbout', { name: subject }) : t('tenancy.audit.onlyAboutOne')}</LinkButton></p>
      )}
      {filter.actorKind && <p className="my-4"><LinkButton href={href({ actorKind: '' })} size="small" icon={<X aria-hidden="true" />}>{t('tenancy.audit.onlySupport')}</LinkButton></p>}
      {anySupport && <p className="my-4"><LinkButton href={href({ actorKind: 'support' })} size="small" look="quiet" icon={<LifeBuoy aria-hidden="true" />}>{t('tenancy.audit.onlySupport')}</LinkButton></p>}
      {filter.memberId && (
        <p className="my-4"><LinkButton href={href({ memberId: '' })} size="small" icon={<X aria-hidden="true" />}>{person ? t('tenancy.audit.onlyBy', { name: person }) : t('tenancy.audit.onlyByOne')}</LinkButton></p>
      )}
      <div className="mt-5">
        {lines.length === 0
          ? <EmptyState illustration="search" title={t('tenancy.audit.none')} action={href({}) !== '/admin/audit' && <LinkButton href="/admin/audit">{t('tenancy.audit.showAll')}</LinkButton>} />
          : <AuditList now={now} lines={lines.map((line) => ({
            ...line, whoHref: line.memberId && !filter.memberId ? href({ memberId: line.memberId }) : undefined,
            about: line.subject ? { name: line.subject.name, href: href({ subjectId: line.subject.id }) } : undefined,
          }))} />}
      </div>
      {lines.length > 0 && !support.here && (
        <div className="mt-5 flex flex-wrap items-center gap-3">
          <span className="text-sm text-ink-soft">{t('tenancy.audit.export')}</span>
          {(['csv', 'jsonl'] as const).map((format) => (
            <LinkButton key={format} size="small" look="quiet" download href={`/api/v1/audit-entries/export?${new URLSearchParams(exported)}&format=${format}`} icon={<Download aria-hidden="true" />}>{t(`tenancy.audit.export.${format}`)}</LinkButton>
          ))}
        </div>
      )}
      <Pagination
        label={t('tenancy.pages')}
        previous={later ? { href: href({}), label: t('tenancy.firstPage') } : undefined}
        next={next ? { href: href({ cursor: next }), label: t('tenancy.nextPage') } : undefined}
      />
    </>
  );
}

function Filters({ filter }: { filter: Route.ComponentProps['loaderData']['filter'] }) {
  const t = useT();
  return (
    <Card tone="sunk">
      <Form className="flex flex-wrap items-end gap-3">
        {(['memberId', 'subjectId', 'actorKind'] as const).map((name) => filter[name] && <input key={name} type="hidden" name={name} value={filter[name]} />)}
        <Field label={t('tenancy.audit.what')} className="min-w-0 basis-full">
          <Select name="action" defaultValue={filter.action}>
            <option value="">{t('tenancy.audit.everything')}</option>
            {tenantActions.map((action) => <option key={action} value={action}>{t('tenancy.audit.action', { action: actionKey(action), code: action })}</option>)}
          </Select>
        </Field>
        <Field label={t('tenancy.audit.outcome')} className="min-w-0 flex-1 basis-36">
          <Select name="outcome" defaultValue={filter.outcome}>
            <option value="">{t('tenancy.audit.any')}</option>
            {outcomes.map((outcome) => <option key={outcome} value={outcome}>{t(`tenancy.audit.${outcome}`)}</option>)}
          </Select>
        </Field>
        <Field label={t('tenancy.audit.from')} className="min-w-0 flex-1 basis-36"><TextInput type="date" name="from" defaultValue={filter.from} /></Field>
        <Field label={t('tenancy.audit.to')} className="min-w-0 flex-1 basis-36"><TextInput type="date" name="to" defaultValue={filter.to} /></Field>
        <Button type="submit">{t('tenancy.audit.filter')}</Button>
      </Form>
    </Card>
  );
}
