/** Many people at once: a list from a file, or pasted; and the lists that were read before. */
import { data, redirect } from 'react-router';
import { Badge, Breadcrumbs, Card, Field, FileInput, PageHeader, Pagination, Section, Select, SubmitButton, Table, TextArea, TextLink } from '@milpa/ui';
import { listBulkInvitations, listRoles, pasteBulkInvitation, uploadBulkInvitation } from '@milpa/identity/contract';
import type { Locale } from '@milpa/kernel/contract';
import { load, submit, web } from '../../context.ts';
import { locales } from '../../i18n/intl.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { readForm, refused } from '../form.ts';
import { nameIn } from '../words.ts';
import type { Route } from './+types/invite-many';

export async function loader({ context }: Route.LoaderArgs) {
  const { locale, tenant, url } = web(context);
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const [roles, lists] = await Promise.all([load(context, listRoles), load(context, listBulkInvitations, { query: { ...(cursor && { cursor }) } })]);
  return {
    roles: roles.data.filter(({ key }) => key !== 'visitor').map(({ id, name, onSignUp }) => ({ id, name: nameIn(locale, name), onSignUp })),
    language: tenant?.locale ?? locale, lists: lists.data.map(({ id, fileName, status, lineCount, createdAt }) => ({ id, fileName, status, lineCount, createdAt })), next: lists.page.next, later: cursor !== undefined,
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await readForm(request);
  const file = web(context).uploads.get('file');
  const [text, roleId, locale] = [form.text('text'), form.text('roleId'), form.text('locale') as Locale];
  const values = form.keep('text', 'roleId', 'locale');
  if ((!file || file.size === 0) && text.trim() === '') return data({ problem: undefined, values, empty: true }, { status: 422 });
  const { output, problem } = file && file.size > 0
    ? await submit(context, uploadBulkInvitation, { query: { name: file.name.slice(-200), roleId, locale }, body: file })
    : await submit(context, pasteBulkInvitation, { body: { text, roleId, locale } });
  return problem ? refused<{ problem?: never; empty?: boolean }>(problem, values) : redirect(`/admin/invitations/many/${output.id}`, 303);
}

const tones = { draft: 'maize', running: 'night', done: 'leaf' } as const;

export default function InviteMany({ loaderData: { roles, language, lists, next, later }, actionData: answer }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const chosen = answer?.values?.['roleId'] || roles.find(({ onSignUp }) => onSignUp)?.id;
  return (
    <>
      <Title>{t('identity.many.title')}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('identity.wayBack')} items={[{ href: '/admin/invitations', label: t('identity.invitations.title') }]} />}
        title={t('identity.many.title')} lead={t('identity.many.lead')}
      />
      <ProblemSummary problem={answer?.problem} />
      <form method="post" encType="multipart/form-data" className="ui-stack max-w-2xl">
        <Field label={t('identity.many.file')} hint={t('identity.many.fileHint')} error={answer && 'empty' in answer && answer.empty ? t('identity.many.nothing') : undefined}>
          <FileInput name="file" accept=".csv,.txt,text/csv,text/plain" />
        </Field>
        <Field label={t('identity.many.paste')} hint={t('identity.many.pasteHint')}><TextArea name="text" rows={6} dir="auto" defaultValue={answer?.values?.['text']} /></Field>
        <div className="flex flex-wrap gap-4">
          <div className="min-w-0 flex-1 basis-56">
            <Field label={t('identity.many.role')} hint={t('identity.many.roleHint')}>
              <Select name="roleId" defaultValue={chosen}>{roles.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>
            </Field>
          </div>
          <div className="min-w-0 flex-1 basis-56">
            <Field label={t('identity.invitations.language')} hint={t('identity.many.languageHint')}>
              <Select name="locale" defaultValue={answer?.values?.['locale'] || language}>{locales.map((one) => <option key={one} value={one}>{t(`shell.language.${one}`)}</option>)}</Select>
            </Field>
          </div>
        </div>
        <div><SubmitButton look="primary">{t('identity.many.look')}</SubmitButton></div>
        <p className="text-ink-soft">{t('identity.many.safe')}</p>
      </form>
      {(lists.length > 0 || later) && (
        <Section title={t('identity.many.before')} className="mt-8">
          <Card flush>
            <Table
              caption={t('identity.many.before')} rows={lists} rowKey={({ id }) => id}
              columns={[
                { key: 'file', header: t('identity.many.list'), primary: true, cell: ({ id, fileName }) => <TextLink href={`/admin/invitations/many/${id}`}><bdi className="wrap-anywhere">{fileName || t('identity.many.pasted')}</bdi></TextLink> },
                { key: 'status', header: t('identity.members.status'), cell: ({ status }) => <Badge tone={tones[status]}>{t(`identity.many.status.${status}`)}</Badge> },
                { key: 'lines', header: t('identity.many.lines'), align: 'end', cell: ({ lineCount }) => format.number(lineCount) },
                { key: 'when', header: t('identity.many.when'), align: 'end', cell: ({ createdAt }) => format.dateTime(createdAt) },
              ]}
            />
          </Card>
          <Pagination
            label={t('identity.pages')} previous={later ? { href: '/admin/invitations/many', label: t('identity.firstPage') } : undefined}
            next={next ? { href: `/admin/invitations/many?cursor=${encodeURIComponent(next)}`, label: t('identity.nextPage') } : undefined}
          />
        </Section>
      )}
    </>
  );
}
