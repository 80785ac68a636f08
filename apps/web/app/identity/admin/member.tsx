import { Form, redirect } from 'react-router';
import { Avatar, Breadcrumbs, Card, Checkbox, DefinitionList, Fieldset, LinkButton, Notice, PageHeader, Section, SubmitButton, TextArea, TextInput, TextLink } from '@milpa/ui';
import { Mail, Merge } from 'lucide-react';
import { listManagedCourses } from '@milpa/catalog/contract';
import { getMember, listRoles, updateMember } from '@milpa/identity/contract';
import { listMemberEnrollments } from '@milpa/learning/contract';
import { listAuditEntries } from '@milpa/tenancy/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { AuditList } from '../../tenancy/audit-list.tsx';
import { dayEndingAt, endOfDay } from '../dates.ts';
import { FormField } from '../fields.tsx';
import { FormProblem } from '../form-problem.tsx';
import { readForm, refused, versionTag, type Answer, type FormText } from '../form.ts';
import { nameIn } from '../words.ts';
import { LearnsTable, TeachesTable } from './member-courses.tsx';
import { MemberStatusBadge } from './members.tsx';
import type { Route } from './+types/member';

/** Of what somebody does, the page shows the latest; the rest is where it belongs. */
const shown = 8;

/** Each part comes by its own endpoint, for who may see it. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const { locale, tenant, url, viewer, now } = web(context);
  const may = (permission: string) => viewer.permissions.includes(permission);
  const hasCourses = tenant?.features['learning'] === true;
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const [member, known, learns, teaches, log] = await Promise.all([
    load(context, getMember, { params }), may('role:read') ? load(context, listRoles) : null,
    hasCourses && may('enrollment:read') ? load(context, listMemberEnrollments, { params, query: { limit: shown, ...(cursor && { cursor }) } }) : null,
    may('course:update') ? load(context, listManagedCourses, { query: { ownerMemberId: params.memberId, limit: shown } }) : null,
    may('audit:read') ? load(context, listAuditEntries, { query: { subjectId: params.memberId, limit: shown } }) : null,
  ]);
  const { roles: held, lastSeenAt, ...person } = member;
  const offered = known?.data ?? held.map(({ roleId, ...role }) => ({ id: roleId, ...role }));
  const zone = tenant?.timeZone ?? 'UTC';
  return {
    person, now: now.toISOString(),
    // Reading leaves no entry in the log: a lesson that was opened counts as well.
    seenAt: [lastSeenAt, ...(learns?.data ?? []).map((one) => one.lastOpenedAt)].filter((at) => at !== null).toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null,
    may: { update: member.abilities.update && may('role:read'), suspend: member.abilities.update, merge: member.abilities.merge, write: may('message:broadcast'), seeLog: may('audit:read') },
    saved: url.searchParams.has('saved'), merged: url.searchParams.has('merged'),
    // Visitors are nobody's members: theirs is not a role to hold.
    roles: offered.filter(({ key }) => key !== 'visitor').map(({ id, name, persona }) => {
      const term = held.find(({ roleId }) => roleId === id);
      return { id, name: nameIn(locale, name), persona, held: term !== undefined, until: term?.expiresAt ? dayEndingAt(term.expiresAt, zone) : '', over: term ? !term.inForce : false };
    }),
    learns: learns && { rows: learns.data, next: learns.page.next, later: cursor !== undefined },
    teaches: teaches && { rows: teaches.data.map(({ id, title, status }) => ({ id, title, status })), more: teaches.page.next !== null },
    log: log?.data.map(({ id, at, action, memberId, memberName, supportName, actorKind, outcome }) => ({ id, at, action, who: memberName, support: supportName, whoHref: memberId && memberName && memberId !== params.memberId ? `/admin/members/${memberId}` : undefined, system: actorKind === 'system', refused: outcome === 'refused' })) ?? null,
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await readForm(request);
  const status = form.text('status');
  const reason = form.optional('reason');
  const body = status === 'active' ? { status } as const : status === 'suspended' ? { status, ...(reason && { reason }) } as const : { roles: rolesIn(form, web(context).tenant?.timeZone ?? 'UTC') };
  const { problem } = await submit(context, updateMember, { params, body, ifMatch: versionTag(form.text('version')) });
  return problem ? refused(problem, form.keep('reason')) : redirect(`/admin/members/${params.memberId}?saved`, 303);
}

function rolesIn(form: FormText, zone: string) {
  return form.all('role').map((roleId) => ({ roleId, expiresAt: endOfDay(form.text(`until-${roleId}`), zone) ?? null }));
}

export default function Member({ loaderData: { person, now, seenAt, may, saved, merged, roles, learns, teaches, log }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: Answer | undefined = actionData;
  if (person.mergedInto) return <Became name={person.name} now={person.mergedInto} />;
  return (
    <>
      <Title>{person.name}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('identity.wayBack')} items={[{ href: '/admin/members', label: t('identity.members.title') }]} />}
        title={<span className="inline-flex items-center gap-4"><Avatar name={person.name} size="large" /><bdi>{person.name}</bdi></span>}
        lead={<bdi className="break-all">{person.email}</bdi>}
        actions={(
          <>
            <LinkButton href={`mailto:${person.email}`} icon={<Mail aria-hidden="true" />}>{t('identity.member.mail')}</LinkButton>
            {may.merge && <LinkButton href={`/admin/members/${person.id}/merge`} icon={<Merge aria-hidden="true" />}>{t('identity.merge.open')}</LinkButton>}
          </>
        )}
      />
      {merged && !answer && <Notice tone="success" live>{t('identity.merge.done')}</Notice>}
      {saved && !answer && <Notice tone="success" live>{t('identity.account.saved')}</Notice>}
      <FormProblem answer={answer} reload={t('identity.reload')} />
      <Card className="my-5">
        <DefinitionList items={[
          { term: t('identity.members.status'), value: <MemberStatusBadge status={person.status} /> },
          ...(person.suspension?.at ? [{ term: t('identity.member.suspendedSince'), value: format.date(person.suspension.at) }] : []),
          ...(person.suspension?.reason ? [{ term: t('identity.member.reason'), value: <bdi className="whitespace-pre-line">{person.suspension.reason}</bdi> }] : []),
          { term: t('identity.members.joined'), value: format.date(person.joinedAt) },
          { term: t('identity.member.seen'), value: seenAt ? <time dateTime={seenAt} title={format.dateTime(seenAt, 'long')}>{format.relative(seenAt, now)}</time> : t('identity.member.neverSeen') },
          { term: t('identity.field.language'), value: t(`shell.language.${person.locale}`) },
          ...(person.apps > 0 ? [{ term: t('identity.member.apps'), value: format.number(person.apps) }] : []),
          ...(person.mergedFrom.length > 0 ? [{ term: t('identity.merge.from'), value: format.list(person.mergedFrom.map(({ name, at }) => t('identity.merge.fromOne', { name, date: format.date(at) }))) }] : []),
        ]} />
      </Card>
      <Section title={t('identity.member.roles')} lead={t('identity.member.rolesLead')}>
        <Form method="post" key={person.version} className="ui-stack">
          <input type="hidden" name="version" value={person.version} />
          <Fieldset label={<span className="ui-hidden">{t('identity.member.roles')}</span>} id="body.roles">
            <Card flush>
              <ul className="divide-y divide-line">
                {roles.map((role) => (
                  <li key={role.id} className="group flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2">
                    <Checkbox
                      name="role" value={role.id} defaultChecked={role.held} disabled={!may.update} className="min-w-0 flex-1 basis-56"
                      label={role.name} hint={role.over ? t('identity.member.over') : t(`identity.personaHint.${role.persona}`)}
                    />
                    <label className="hidden items-center gap-2 text-sm text-ink-soft group-has-checked:flex">
                      {t('identity.member.until')}
                      <TextInput type="date" name={`until-${role.id}`} defaultValue={role.until} disabled={!may.update} className="w-44" />
                    </label>
                  </li>
                ))}
              </ul>
            </Card>
          </Fieldset>
          {may.update && <SubmitButton className="self-start">{t('identity.member.saveRoles')}</SubmitButton>}
        </Form>
      </Section>
      {learns && <Section title={t('identity.member.learns')}><LearnsTable {...learns} base={`/admin/members/${person.id}`} now={now} mayWrite={may.write} /></Section>}
      {teaches && (teaches.rows.length > 0) && <Section title={t('identity.member.teaches')}><TeachesTable {...teaches} /></Section>}
      {log && (
        <Section title={t('identity.member.log')} actions={<TextLink href={`/admin/audit?memberId=${person.id}`}>{t('identity.member.logBy')}</TextLink>}>
          {log.length === 0 ? <p className="text-ink-soft">{t('identity.member.noLog')}</p> : <AuditList lines={log} now={now} />}
          {log.length === shown && <p className="mt-3"><TextLink href={`/admin/audit?subjectId=${person.id}`}>{t('identity.member.wholeLog')}</TextLink></p>}
        </Section>
      )}
      {may.suspend && (
        <Section title={person.status === 'active' ? t('identity.member.suspend') : t('identity.member.resume')} lead={person.status === 'active' ? t('identity.member.suspendLead') : t('identity.member.resumeLead')}>
          <Form method="post" className="ui-stack items-start">
            <input type="hidden" name="version" value={person.version} />
            {person.status === 'active' && (
              <FormField name="reason" label={t('identity.member.reason')} hint={t('identity.member.reasonHint')} answer={answer}>
                <TextArea name="reason" rows={2} maxLength={500} defaultValue={answer?.values?.['reason']} />
              </FormField>
            )}
            {person.status === 'active'
              ? <SubmitButton look="danger" name="status" value="suspended">{t('identity.member.suspend')}</SubmitButton>
              : <SubmitButton look="secondary" name="status" value="active">{t('identity.member.resume')}</SubmitButton>}
          </Form>
        </Section>
      )}
    </>
  );
}

/** What a log or an old link may still lead to. */
function Became({ name, now }: { name: string; now: { id: string; name: string } }) {
  const t = useT();
  return (
    <>
      <Title>{name}</Title>
      <PageHeader before={<Breadcrumbs label={t('identity.wayBack')} items={[{ href: '/admin/members', label: t('identity.members.title') }]} />} title={<bdi>{name}</bdi>} />
      <Notice title={t('identity.merge.became', { name: now.name })} actions={<LinkButton href={`/admin/members/${now.id}`} look="primary">{t('identity.merge.becameSee')}</LinkButton>}>{t('identity.merge.becameText')}</Notice>
    </>
  );
}
