import { Form, redirect } from 'react-router';
import { Badge, Button, Card, Checkbox, EmptyState, Fieldset, LinkButton, Notice, PageHeader, Pagination, Section, Select, SubmitButton, Table } from '@milpa/ui';
import { Users } from 'lucide-react';
import { createInvitation, listInvitations, listRoles, revokeInvitation } from '@milpa/identity/contract';
import type { Locale } from '@milpa/kernel/contract';
import { load, submit, web } from '../../context.ts';
import { locales } from '../../i18n/intl.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { fieldError, ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { FormField, TextField } from '../fields.tsx';
import { readForm, refused, type Answer } from '../form.ts';
import { nameIn } from '../words.ts';
import type { Route } from './+types/invitations';

export async function loader({ context }: Route.LoaderArgs) {
  const { locale, tenant, url, viewer } = web(context);
  const may = { invite: viewer.permissions.includes('invitation:create') && viewer.permissions.includes('role:read') };
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const [{ data, page }, roles] = await Promise.all([
    load(context, listInvitations, { query: { limit: 30, ...(cursor && { cursor }) } }),
    may.invite ? load(context, listRoles) : { data: [] },
  ]);
  return {
    may, now: Date.now(), done: url.searchParams.get('done'), next: page.next, later: cursor !== undefined, language: tenant?.locale ?? locale,
    roles: roles.data.filter(({ key }) => key !== 'visitor').map(({ id, name, persona, onSignUp }) => ({ id, name: nameIn(locale, name), persona, onSignUp })),
    invitations: data.map((invitation) => ({
      ...invitation, state: invitation.status === 'pending' && invitation.expired ? 'expired' as const : invitation.status,
      roles: invitation.roles.map(({ id, name }) => ({ id, name: nameIn(locale, name) })),
    })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const revoke = form.text('revoke');
  if (revoke) {
    const { problem } = await submit(context, revokeInvitation, { params: { invitationId: revoke } });
    return problem ? refused(problem) : redirect('/admin/invitations?done=revoked', 303);
  }
  const roleIds = form.all('roleIds');
  const { problem } = await submit(context, createInvitation, { body: { email: form.text('email').trim(), roleIds, locale: form.text('locale') as Locale } });
  return problem ? refused(problem, { ...form.keep('email', 'locale'), roleIds: roleIds.join(' ') }) : redirect('/admin/invitations?done=sent', 303);
}

type Data = Route.ComponentProps['loaderData'];
const tones = { pending: 'maize', expired: 'clay', accepted: 'leaf', revoked: 'neutral' } as const;

export default function Invitations({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const { may, done, invitations, next, later } = loaderData;
  return (
    <>
      <Title>{t('identity.invitations.title')}</Title>
      <PageHeader title={t('identity.invitations.title')} lead={t('identity.invitations.lead')} actions={may.invite && <LinkButton href="/admin/invitations/many" icon={<Users aria-hidden="true" />}>{t('identity.many.title')}</LinkButton>} />
      <div className="mb-4 empty:hidden">
        {!answer && done === 'sent' && <Notice tone="success" live>{t('identity.invitations.sent')}</Notice>}
        {!answer && done === 'revoked' && <Notice tone="success" live>{t('identity.invitations.revoked')}</Notice>}
      </div>
      {may.invite && <InviteForm key={loaderData.now} {...loaderData} answer={answer} />}
      <Section title={t('identity.invitations.all')}>
        {invitations.length === 0
          ? <EmptyState title={t('identity.invitations.none')}><p>{t('identity.invitations.noneText')}</p></EmptyState>
          : <Card flush><InvitationTable {...loaderData} /></Card>}
        <Pagination
          label={t('identity.pages')}
          previous={later ? { href: '/admin/invitations', label: t('identity.firstPage') } : undefined}
          next={next ? { href: `/admin/invitations?cursor=${encodeURIComponent(next)}`, label: t('identity.nextPage') } : undefined}
        />
      </Section>
    </>
  );
}

function InviteForm({ roles, language, answer }: Data & { answer: Answer | undefined }) {
  const t = useT();
  const chosen = answer?.values?.['roleIds']?.split(' ') ?? roles.filter(({ onSignUp }) => onSignUp).map(({ id }) => id);
  const rolesError = fieldError(answer?.problem, 'body.roleIds');
  return (
    <Card>
      <Form method="post" className="ui-stack">
        <ProblemSummary problem={answer?.problem} />
        <div className="flex flex-wrap gap-4">
          <div className="min-w-0 flex-1 basis-64"><TextField name="email" label={t('identity.field.email')} type="email" autoComplete="off" dir="ltr" required answer={answer} /></div>
          <div className="basis-48">
            <FormField name="locale" label={t('identity.invitations.language')} answer={answer}>
              <Select name="locale" defaultValue={answer?.values?.['locale'] ?? language}>
                {locales.map((one) => <option key={one} value={one}>{t(`shell.language.${one}`)}</option>)}
              </Select>
            </FormField>
          </div>
        </div>
        <Fieldset id="body.roleIds" label={t('identity.invitations.as')} {...(rolesError && { error: rolesError })}>
          <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
            {roles.map(({ id, name, persona }) => (
              <Checkbox key={id} card name="roleIds" value={id} label={name} hint={t(`identity.personaHint.${persona}`)} defaultChecked={chosen.includes(id)} />
            ))}
          </div>
        </Fieldset>
        <SubmitButton className="self-start">{t('identity.invitations.send')}</SubmitButton>
      </Form>
    </Card>
  );
}

function InvitationTable({ invitations, may }: Data) {
  const t = useT();
  const format = useFormat();
  return (
    <Table
      caption={t('identity.invitations.all')}
      rows={invitations}
      rowKey={({ id }) => id}
      columns={[
        { key: 'email', header: t('identity.field.email'), primary: true, cell: ({ email }) => <bdi className="break-all">{email}</bdi> },
        { key: 'roles', header: t('identity.member.roles'), cell: ({ roles }) => format.list(roles.map(({ name }) => name)) },
        { key: 'state', header: t('identity.members.status'), cell: ({ state }) => <Badge tone={tones[state]}>{t(`identity.invitationState.${state}`)}</Badge> },
        { key: 'until', header: t('identity.invitation.until'), cell: ({ expiresAt, status }) => (status === 'pending' ? format.date(expiresAt) : '–') },
        ...(may.invite ? [{ key: 'actions', header: t('identity.actions'), actions: true, cell: (invitation: Data['invitations'][number]) => <RowActions invitation={invitation} /> }] : []),
      ]}
    />
  );
}

/** Inviting the same address again sends a new mail. */
function RowActions({ invitation: { id, email, roles, locale, status } }: { invitation: Data['invitations'][number] }) {
  const t = useT();
  if (status === 'accepted') return null;
  return (
    <div className="flex flex-wrap gap-2 md:justify-end">
      <Form method="post">
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="locale" value={locale} />
        {roles.map((role) => <input key={role.id} type="hidden" name="roleIds" value={role.id} />)}
        <Button type="submit" size="small" aria-label={t('identity.invitations.renewFor', { email })}>{t('identity.invitations.renew')}</Button>
      </Form>
      {status === 'pending' && (
        <Form method="post">
          <Button type="submit" size="small" look="quiet" name="revoke" value={id} aria-label={t('identity.invitations.revokeFor', { email })}>{t('identity.invitations.revoke')}</Button>
        </Form>
      )}
    </div>
  );
}
