/** A role's editor, for new ones and for those that are there. */
import { Form, redirect, type RouterContextProvider } from 'react-router';
import { Breadcrumbs, Card, Checkbox, Fieldset, Notice, PageHeader, Radio, SubmitButton } from '@milpa/ui';
import { createRole, getRole, listPermissions, persona, updateRole, type Role } from '@milpa/identity/contract';
import { load, submit, web } from '../../context.ts';
import { locales } from '../../i18n/intl.ts';
import { useT } from '../../i18n/index.ts';
import { fieldError } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { TextField } from '../fields.tsx';
import { FormProblem } from '../form-problem.tsx';
import { readForm, refused, versionTag, type Answer, type FormText } from '../form.ts';
import { groupPermissions, keyFrom } from '../permissions.ts';
import { nameIn } from '../words.ts';
import type { Route } from './+types/role';

export async function loader({ context, params: { roleId } }: Route.LoaderArgs) {
  const { locale, url, viewer } = web(context);
  const [role, known] = await Promise.all([roleId ? load(context, getRole, { params: { roleId } }) : null, load(context, listPermissions)]);
  return {
    role, title: role && nameIn(locale, role.name), personas: persona.options, saved: url.searchParams.has('saved'),
    groups: groupPermissions([...new Set([...known.data, ...(role?.permissions ?? [])])]), mayUpdate: viewer.permissions.includes('role:update'),
  };
}

export async function action({ request, context, params: { roleId } }: Route.ActionArgs) {
  const form = await readForm(request);
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

export default function RoleEditor({ loaderData: { role, title, personas, groups, mayUpdate, saved }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const heading = title ?? t('identity.roles.new');
  const chosen = answer?.values?.['permissions']?.split(' ') ?? role?.permissions ?? [];
  const shown = answer?.values?.['persona'] ?? role?.persona ?? 'learner';
  const nameError = fieldError(answer?.problem, 'body.name');
  return (
    <>
      <Title>{heading}</Title>
      <PageHeader before={<Breadcrumbs label={t('identity.wayBack')} items={[{ href: '/admin/roles', label: t('identity.roles.title') }]} />} title={heading} />
      {saved && !answer && <div className="mb-6"><Notice tone="success" live>{t('identity.account.saved')}</Notice></div>}
      <Form method="post" key={role?.version ?? 0} className="ui-stack ui-gap-l">
        <FormProblem answer={answer} reload={t('identity.reload')} />
        <input type="hidden" name="version" value={role?.version ?? ''} />
        <fieldset disabled={!mayUpdate} className="ui-stack ui-gap-l">
          <Fieldset id="body.name" label={t('identity.role.name')} hint={t('identity.role.nameHint')} {...(nameError && { error: nameError })}>
            <div className="grid gap-4 md:grid-cols-3">
              {locales.map((one) => (
                <TextField key={one} name={`name.${one}`} label={t(`shell.language.${one}`)} lang={one} dir={one === 'ar' ? 'rtl' : 'ltr'} maxLength={80} defaultValue={role?.name[one]} answer={answer} />
              ))}
            </div>
          </Fieldset>
          <Fieldset id="body.persona" label={t('identity.role.persona')} hint={t('identity.role.personaHint')}>
            <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
              {personas.map((one) => <Radio key={one} card name="persona" value={one} label={t(`identity.persona.${one}`)} hint={t(`identity.personaHint.${one}`)} defaultChecked={one === shown} />)}
            </div>
          </Fieldset>
          <Fieldset id="body.permissions" label={t('identity.role.permissions')} hint={t('identity.role.permissionsHint')}>
            <div className="grid items-start gap-4 md:grid-cols-2">
              {groups.map(({ subject, permissions }) => (
                <Card key={subject}>
                  <h2 className="mb-2 text-base">{t('identity.permissionSubject', { subject })}</h2>
                  {permissions.map((permission) => (
                    <Checkbox key={permission} name="permissions" value={permission} label={t('identity.permission', { permission: permission.replaceAll(':', '_'), code: permission })} defaultChecked={chosen.includes(permission)} />
                  ))}
                </Card>
              ))}
            </div>
          </Fieldset>
        </fieldset>
        {mayUpdate && <SubmitButton className="self-start">{role ? t('identity.account.save') : t('identity.role.create')}</SubmitButton>}
      </Form>
    </>
  );
}
