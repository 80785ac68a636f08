/** A role's editor, for new ones and for those that are there. */
import { useState } from 'react';
import { Form, redirect, type RouterContextProvider } from 'react-router';
import { Badge, Breadcrumbs, Card, Checkbox, Field, Fieldset, LinkButton, Notice, PageHeader, Radio, Section, Select, SubmitButton, TextInput, TextLink, VisuallyHidden } from '@milpa/ui';
import { compareRole, createRole, deleteRole, getRole, listPermissions, listRoles, persona, restoreRole, updateRole, type Role, type RoleDifference } from '@milpa/identity/contract';
import { load, submit, web } from '../../context.ts';
import { locales } from '../../i18n/intl.ts';
import { useT } from '../../i18n/index.ts';
import { fieldError } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { TextField, useScripted } from '../fields.tsx';
import { FormProblem } from '../form-problem.tsx';
import { readForm, refused, versionTag, type Answer, type FormText } from '../form.ts';
import { groupPermissions, keyFrom } from '../permissions.ts';
import { nameIn } from '../words.ts';
import type { Route } from './+types/role';

/** A new role may begin as the copy of another (`?from=`). */
export async function loader({ context, params: { roleId } }: Route.LoaderArgs) {
  const { locale, url, viewer } = web(context);
  const sourceId = roleId ?? url.searchParams.get('from');
  const [source, known, all, compared] = await Promise.all([
    sourceId ? load(context, getRole, { params: { roleId: sourceId } }) : null, load(context, listPermissions), roleId ? load(context, listRoles) : { data: [] },
    roleId ? load(context, compareRole, { params: { roleId } }).then(({ difference }) => difference) : null,
  ]);
  const mayUpdate = viewer.permissions.includes('role:update');
  return {
    roleId: roleId ?? null, role: source, title: roleId && source ? nameIn(locale, source.name) : null, personas: persona.options, saved: url.searchParams.has('saved'), restored: url.searchParams.has('restored'), mayUpdate,
    mayReadMembers: viewer.permissions.includes('member:read'), mayDelete: mayUpdate && source !== null && !source.onSignUp && source.key !== 'visitor',
    others: all.data.filter(({ id, key }) => id !== roleId && key !== 'visitor').map(({ id, name }) => ({ id, name: nameIn(locale, name) })),
    groups: groupPermissions([...new Set([...known.data, ...(source?.permissions ?? []), ...(compared?.removed ?? [])])]), compared,
  };
}

export async function action({ request, context, params: { roleId } }: Route.ActionArgs) {
  const form = await readForm(request);
  if (roleId && form.has('delete')) {
    const reassignTo = form.optional('reassignTo');
    const { problem } = await submit(context, deleteRole, { params: { roleId }, query: { ...(reassignTo && { reassignTo }) }, ifMatch: versionTag(form.text('version')) });
    return problem ? refused(problem, form.keep('delete', 'reassignTo')) : redirect('/admin/roles?deleted', 303);
  }
  if (roleId && form.has('restore')) {
    const { problem } = await submit(context, restoreRole, { params: { roleId }, ifMatch: versionTag(form.text('version')) });
    return problem ? refused(problem, form.keep('restore')) : redirect(`/admin/roles/${roleId}?restored`, 303);
  }
  const body = bodyOf(form);
  const { output, problem } = roleId
    ? await submit(context, updateRole, { params: { roleId }, body, ifMatch: versionTag(form.text('version')) })
    : await create(context, body);
  const values = { ...form.keep('name.en', 'name.es-MX', 'name.ar', 'persona'), permissions: body.permissions.join(' ') };
  return problem ? refused(problem, values) : redirect(`/admin/roles/${output.id}?saved`, 303);
}

type Body = Pick<Role, 'name' | 'persona' | 'permissions'>;

function bodyOf(form: FormText): Body {
  const name = Object.fromEntries(locales.flatMap((one) => (form.optional(`name.${one}`) ? [[one, form.text(`name.${one}`)]] : [])));
  return { name, persona: form.text('persona') as Role['persona'], permissions: form.all('permissions') };
}

/** People name roles; the key that programs use is made from the name. */
async function create(context: Readonly<RouterContextProvider>, body: Body) {
  const key = keyFrom(body.name.en ?? body.name['es-MX'] ?? '');
  const first = await submit(context, createRole, { body: { key, ...body } });
  if (first.problem?.code !== 'identity.role_key_taken') return first;
  return submit(context, createRole, { body: { key: `${key.slice(0, 30)}-${Date.now().toString(36)}`, ...body } });
}

type Data = Route.ComponentProps['loaderData'];

export default function RoleEditor({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const { roleId, role, title, mayUpdate, mayReadMembers, mayDelete, saved, restored, compared } = loaderData;
  const heading = title ?? t('identity.roles.new');
  const deleting = answer?.values?.['delete'] !== undefined;
  const restoring = answer?.values?.['restore'] !== undefined;
  return (
    <>
      <Title>{heading}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('identity.wayBack')} items={[{ href: '/admin/roles', label: t('identity.roles.title') }]} />} title={heading}
        lead={roleId && role && role.key !== 'visitor' ? <Holders role={role} link={mayReadMembers} /> : undefined}
        actions={roleId && mayUpdate && <LinkButton href={`/admin/roles/new?from=${roleId}`}>{t('identity.role.duplicate')}</LinkButton>}
      />
      {saved && !answer && <div className="mb-6"><Notice tone="success" live>{t('identity.account.saved')}</Notice></div>}
      {restored && !answer && <div className="mb-6"><Notice tone="success" live>{t('identity.role.restored')}</Notice></div>}
      <RoleForm key={`${roleId} ${role?.id} ${role?.version}`} {...loaderData} answer={deleting || restoring ? undefined : answer} />
      {roleId && role && compared && !compared.same && <Difference role={role} compared={compared} mayUpdate={mayUpdate} answer={restoring ? answer : undefined} />}
      {roleId && role && mayDelete && <DeleteRole {...loaderData} role={role} answer={deleting ? answer : undefined} />}
    </>
  );
}

function Holders({ role: { id, holders }, link }: { role: Role; link: boolean }) {
  const t = useT();
  const count = t('identity.roles.holders', { count: holders });
  return link && holders > 0 ? <TextLink href={`/admin/members?roleId=${id}`}>{t('identity.role.holders')}: {count}</TextLink> : count;
}

function RoleForm({ roleId, role, personas, groups, mayUpdate, compared, answer }: Data & { answer: Answer | undefined }) {
  const t = useT();
  const shown = answer?.values?.['persona'] ?? role?.persona ?? 'learner';
  const nameError = fieldError(answer?.problem, 'body.name');
  const named = (one: (typeof locales)[number]) => (roleId || !role?.name[one] ? role?.name[one] : `${role.name[one].slice(0, 76)} (2)`);
  return (
    <Form method="post" className="ui-stack ui-gap-l">
      <FormProblem answer={answer} reload={t('identity.reload')} />
      <input type="hidden" name="version" value={role?.version ?? ''} />
      <fieldset disabled={!mayUpdate} className="ui-stack ui-gap-l">
        <Fieldset id="body.name" label={t('identity.role.name')} hint={t('identity.role.nameHint')} {...(nameError && { error: nameError })}>
          <div className="grid gap-4 md:grid-cols-3">
            {locales.map((one) => (
              <TextField key={one} name={`name.${one}`} label={t(`shell.language.${one}`)} lang={one} dir={one === 'ar' ? 'rtl' : 'ltr'} maxLength={80} defaultValue={named(one)} answer={answer} />
            ))}
          </div>
        </Fieldset>
        <Fieldset id="body.persona" label={t('identity.role.persona')} hint={t('identity.role.personaHint')}>
          <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
            {personas.map((one) => <Radio key={one} card name="persona" value={one} label={t(`identity.persona.${one}`)} hint={t(`identity.personaHint.${one}`)} defaultChecked={one === shown} />)}
          </div>
        </Fieldset>
        <Permissions groups={groups} compared={compared} chosen={answer?.values?.['permissions']?.split(' ') ?? role?.permissions ?? []} />
      </fieldset>
      {mayUpdate && <SubmitButton className="self-start">{roleId ? t('identity.account.save') : t('identity.role.create')}</SubmitButton>}
    </Form>
  );
}

/** What is filtered away stays in the form, as chosen as it was. */
function Permissions({ groups, compared, chosen }: Pick<Data, 'groups' | 'compared'> & { chosen: readonly string[] }) {
  const t = useT();
  const scripted = useScripted();
  const [sought, setSought] = useState('');
  const named = groups.map(({ subject, permissions }) => {
    const title = t('identity.permissionSubject', { subject });
    return { subject, title, permissions: permissions.map((permission) => {
      const label = t('identity.permission', { permission: permission.replaceAll(':', '_'), code: permission });
      return { permission, label, hidden: !folded(`${title} ${label}`).includes(folded(sought.trim())) };
    }) };
  });
  return (
    <Fieldset id="body.permissions" label={t('identity.role.permissions')} hint={t('identity.role.permissionsHint')}>
      {scripted && (
        <label className="mb-4 block max-w-md"><VisuallyHidden>{t('identity.role.filter')}</VisuallyHidden>
          <TextInput
            type="search" value={sought} placeholder={t('identity.role.filter')} onChange={({ target }) => setSought(target.value)}
            onKeyDown={(event) => { if (event.key === 'Enter') event.preventDefault(); }}
          />
        </label>
      )}
      <p role="status" className="text-ink-soft empty:hidden">{named.every((group) => group.permissions.every(({ hidden }) => hidden)) ? t('identity.role.filterNone') : ''}</p>
      <div className="gap-4 md:columns-2">
        {named.map(({ subject, title, permissions }) => (
          <div key={subject} className="mb-4 break-inside-avoid" hidden={permissions.every(({ hidden }) => hidden)}>
            <Card>
              <h2 className="mb-2 text-base">{title}</h2>
              {permissions.map(({ permission, label, hidden }) => (
                <div key={permission} hidden={hidden}><Checkbox name="permissions" value={permission} label={<>{label}<Changed permission={permission} compared={compared} /></>} defaultChecked={chosen.includes(permission)} /></div>
              ))}
            </Card>
          </div>
        ))}
      </div>
    </Fieldset>
  );
}

/** Marks what is not as in the blueprint. */
function Changed({ permission, compared }: { permission: string; compared: RoleDifference | null }) {
  const t = useT();
  if (compared?.added.includes(permission)) return <> <Badge tone="leaf">{t('identity.role.addedHere')}</Badge></>;
  return compared?.removed.includes(permission) ? <> <Badge tone="clay">{t('identity.role.removedHere')}</Badge></> : null;
}

/** How the role differs from the blueprint, and what going back would change, for how many. */
function Difference({ role, compared, mayUpdate, answer }: { role: Role; compared: RoleDifference; mayUpdate: boolean; answer: Answer | undefined }) {
  const t = useT();
  const lists = [['identity.role.wouldGo', compared.added], ['identity.role.wouldCome', compared.removed]] as const;
  return (
    <Section title={t('identity.role.blueprint')} lead={t('identity.role.blueprintLead')}>
      <FormProblem answer={answer} reload={t('identity.reload')} />
      <Card>
        <div className="ui-stack">
          {lists.filter(([, permissions]) => permissions.length > 0).map(([title, permissions]) => (
            <div key={title}>
              <h3 className="text-base">{t(title, { n: permissions.length })}</h3>
              <ul className="mt-1 list-disc ps-5">
                {groupPermissions(permissions).map(({ subject, permissions: ofSubject }) => (
                  <li key={subject}><span className="text-ink-soft">{t('identity.permissionSubject', { subject })}:</span> {ofSubject.map((permission) => t('identity.permission', { permission: permission.replaceAll(':', '_'), code: permission })).join(' · ')}</li>
                ))}
              </ul>
            </div>
          ))}
          {role.persona !== compared.persona && <p>{t('identity.role.personaWouldBe', { persona: t(`identity.persona.${compared.persona}`) })}</p>}
          {mayUpdate && (
            <Form method="post" className="ui-stack ui-gap-s">
              <input type="hidden" name="version" value={role.version} />
              <p className="text-sm text-ink-soft">{t('identity.role.restoreMeans', { count: role.holders })}</p>
              <SubmitButton look="secondary" name="restore" value="yes" className="self-start">{t('identity.role.restore')}</SubmitButton>
            </Form>
          )}
        </div>
      </Card>
    </Section>
  );
}

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function DeleteRole({ role, others, answer }: Pick<Data, 'others'> & { role: Role; answer: Answer | undefined }) {
  const t = useT();
  const ask = role.holders > 0 || answer?.problem?.code === 'identity.role_held';
  return (
    <Section title={t('identity.role.delete')} lead={t('identity.role.deleteLead')}>
      <Form method="post" className="ui-stack">
        <FormProblem answer={answer} reload={t('identity.reload')} />
        <input type="hidden" name="version" value={role.version} />
        {ask && (
          <div className="w-full max-w-sm">
            <Field id="query.reassignTo" label={t('identity.role.instead')} required>
              <Select name="reassignTo" defaultValue={answer?.values?.['reassignTo'] ?? ''}>
                <option value="">{t('identity.role.choose')}</option>
                {others.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
              </Select>
            </Field>
          </div>
        )}
        <SubmitButton look="danger" name="delete" value="yes" className="self-start">{t('identity.role.deleteGo')}</SubmitButton>
      </Form>
    </Section>
  );
}
