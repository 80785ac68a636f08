import { Form, redirect } from 'react-router';
import { Avatar, Breadcrumbs, Card, Checkbox, DefinitionList, Fieldset, Notice, PageHeader, Section, SubmitButton, TextArea, TextInput } from '@milpa/ui';
import { getMember, listRoles, updateMember } from '@milpa/identity/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { dayEndingAt, endOfDay } from '../dates.ts';
import { FormField } from '../fields.tsx';
import { FormProblem } from '../form-problem.tsx';
import { readForm, refused, versionTag, type Answer, type FormText } from '../form.ts';
import { nameIn } from '../words.ts';
import { MemberStatusBadge } from './members.tsx';
import type { Route } from './+types/member';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { locale, tenant, url, viewer } = web(context);
  const mayReadRoles = viewer.permissions.includes('role:read');
  const [member, known] = await Promise.all([load(context, getMember, { params }), mayReadRoles ? load(context, listRoles) : null]);
  const { roles: held, ...person } = member;
  const offered = known?.data ?? held.map(({ roleId, ...role }) => ({ id: roleId, ...role }));
  const zone = tenant?.timeZone ?? 'UTC';
  return {
    person, may: { update: member.abilities.update && mayReadRoles, suspend: member.abilities.update },
    saved: url.searchParams.has('saved'),
    // Visitors are nobody's members: theirs is not a role to hold.
    roles: offered.filter(({ key }) => key !== 'visitor').map(({ id, name, persona }) => {
      const term = held.find(({ roleId }) => roleId === id);
      return { id, name: nameIn(locale, name), persona, held: term !== undefined, until: term?.expiresAt ? dayEndingAt(term.expiresAt, zone) : '', over: term ? !term.inForce : false };
    }),
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

export default function Member({ loaderData: { person, may, saved, roles }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: Answer | undefined = actionData;
  return (
    <>
      <Title>{person.name}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('identity.wayBack')} items={[{ href: '/admin/members', label: t('identity.members.title') }]} />}
        title={<span className="inline-flex items-center gap-4"><Avatar name={person.name} size="large" /><bdi>{person.name}</bdi></span>}
        lead={<bdi className="break-all">{person.email}</bdi>}
      />
      {saved && !answer && <Notice tone="success" live>{t('identity.account.saved')}</Notice>}
      <FormProblem answer={answer} reload={t('identity.reload')} />
      <Card className="my-5">
        <DefinitionList items={[
          { term: t('identity.members.status'), value: <MemberStatusBadge status={person.status} /> },
          ...(person.suspension?.at ? [{ term: t('identity.member.suspendedSince'), value: format.date(person.suspension.at) }] : []),
          ...(person.suspension?.reason ? [{ term: t('identity.member.reason'), value: <bdi className="whitespace-pre-line">{person.suspension.reason}</bdi> }] : []),
          { term: t('identity.members.joined'), value: format.date(person.joinedAt) },
          { term: t('identity.field.language'), value: t(`shell.language.${person.locale}`) },
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
