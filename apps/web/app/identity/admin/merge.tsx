/** Two members who are one person: find the other one, choose who stays, see what becomes of what, and confirm. */
import { redirect } from 'react-router';
import { Anchor, Avatar, Badge, Breadcrumbs, Button, Card, EmptyState, LinkButton, Notice, PageHeader, Section, SubmitButton, Table, TextInput, VisuallyHidden, type Tone } from '@milpa/ui';
import { ArrowLeftRight } from 'lucide-react';
import { getMember, listMembers, mergeMembers, previewMerge } from '@milpa/identity/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { TextField } from '../fields.tsx';
import { FormProblem } from '../form-problem.tsx';
import { atField, readForm, refused, type Answer } from '../form.ts';
import type { Route } from './+types/merge';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What has words of its own where it comes along; the rest is counted together. */
const named = ['learning.enrollment', 'learning.note', 'learning.review', 'messaging.message', 'messaging.participant', 'messaging.broadcast', 'catalog.course', 'identity.member_role', 'interop.course_import', 'interop.course_export'] as const;
const tones = { moves: 'leaf', stays: 'neutral', goes: 'clay' } as const satisfies Record<string, Tone>;

export async function loader({ context, params }: Route.LoaderArgs) {
  const { url } = web(context);
  const other = url.searchParams.get('with') ?? '';
  if (!uuid.test(other)) {
    const q = url.searchParams.get('q')?.slice(0, 200).trim() ?? '';
    const member = await load(context, getMember, { params });
    // Whoever is there twice mostly has the same name.
    const { data } = await load(context, listMembers, { query: { q: q || member.name.split(/\s+/)[0]!, limit: 20 } });
    return { member: { id: member.id, name: member.name, email: member.email }, q, found: data.filter(({ id }) => id !== member.id).map(({ id, name, email, joinedAt }) => ({ id, name, email, joinedAt })), preview: null };
  }
  const preview = await load(context, previewMerge, { params, query: { fromMemberId: other } });
  const hasWords = ({ what, fate }: { what: string; fate: string }) => fate === 'moves' && named.some((one) => one === what);
  const rows = preview.things.filter(hasWords) as { what: (typeof named)[number]; fate: keyof typeof tones; count: number; clashes: number }[];
  const rest = preview.things.filter((thing) => !hasWords(thing));
  const others = (['moves', 'stays', 'goes'] as const).map((fate) => ({ what: `other_${fate}` as const, fate, count: rest.filter((one) => one.fate === fate).reduce((sum, { count }) => sum + count, 0), clashes: 0 })).filter(({ count }) => count > 0);
  const person = ({ id, name, email, status, joinedAt }: typeof preview.into) => ({ id, name, email, status, joinedAt });
  return { member: person(preview.into), q: '', found: [], preview: { from: person(preview.from), things: [...rows, ...others] } };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await readForm(request);
  const { problem } = await submit(context, mergeMembers, { params, body: { fromMemberId: form.text('from'), name: form.text('name').trim() || '-' } });
  return problem ? refused(atField(problem, { 'identity.merge_name': 'name' }), form.keep('name')) : redirect(`/admin/members/${params.memberId}?merged`, 303);
}

export default function Merge({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const { member, preview } = loaderData;
  return (
    <>
      <Title>{t('identity.merge.title')}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('identity.wayBack')} items={[{ href: '/admin/members', label: t('identity.members.title') }, { href: `/admin/members/${member.id}`, label: <bdi>{member.name}</bdi> }]} />}
        title={t('identity.merge.title')} lead={t('identity.merge.lead')}
      />
      {preview ? <Decide member={member} preview={preview} answer={actionData} /> : <Find {...loaderData} />}
    </>
  );
}

type Data = Route.ComponentProps['loaderData'];

function Find({ member, q, found }: Pick<Data, 'member' | 'q' | 'found'>) {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={t('identity.merge.who', { name: member.name })}>
      <form role="search" className="mb-5 flex flex-wrap items-end gap-3">
        <label className="min-w-0 flex-1 basis-56"><VisuallyHidden>{t('identity.members.search')}</VisuallyHidden><TextInput type="search" name="q" defaultValue={q} placeholder={t('identity.members.search')} /></label>
        <Button type="submit">{t('identity.members.find')}</Button>
      </form>
      {found.length === 0
        ? <EmptyState illustration="search" title={t('identity.members.none')}><p>{t('identity.members.noneText')}</p></EmptyState>
        : (
          <Card flush>
            <Table
              caption={t('identity.members.title')} rows={found} rowKey={({ id }) => id}
              columns={[
                { key: 'name', header: t('identity.field.name'), primary: true, cell: ({ id, name, email }) => <span className="flex items-center gap-3"><Avatar name={name} /><span className="min-w-0"><Anchor className="ui-link block" href={`/admin/members/${member.id}/merge?with=${id}`}><bdi>{name}</bdi></Anchor><bdi className="block text-sm font-normal break-all text-ink-soft">{email}</bdi></span></span> },
                { key: 'joined', header: t('identity.members.joined'), cell: ({ joinedAt }) => format.date(joinedAt) },
              ]}
            />
          </Card>
        )}
    </Section>
  );
}

function Decide({ member, preview: { from, things }, answer }: { member: Data['member']; preview: NonNullable<Data['preview']>; answer: Answer | undefined }) {
  const t = useT();
  const format = useFormat();
  const swap = `/admin/members/${from.id}/merge?with=${member.id}`;
  return (
    <div className="ui-stack">
      <div className="grid items-stretch gap-4 sm:grid-cols-2">
        <Person label={t('identity.merge.stays')} tone="leaf" person={member} text={t('identity.merge.staysText')} />
        <Person label={t('identity.merge.goes')} tone="clay" person={from} text={t('identity.merge.goesText')} />
      </div>
      <div><LinkButton href={swap} size="small" icon={<ArrowLeftRight aria-hidden="true" />}>{t('identity.merge.swap')}</LinkButton></div>
      <Section title={t('identity.merge.things')}>
        {things.length === 0 ? <p>{t('identity.merge.nothing')}</p> : (
          <Card flush>
            <Table
              caption={t('identity.merge.things')} rows={things} rowKey={({ what }) => what}
              columns={[
                { key: 'what', header: t('identity.merge.what'), primary: true, cell: ({ what }) => t(`identity.merge.what.${what.replace('.', '_') as 'other_moves'}`) },
                { key: 'count', header: t('identity.merge.count'), align: 'end', cell: ({ count }) => format.number(count) },
                { key: 'fate', header: t('identity.merge.fate'), cell: ({ what, fate, clashes }) => (
                  <div>
                    <Badge tone={tones[fate]}>{t(`identity.merge.fate.${fate}`)}</Badge>
                    {clashes > 0 && <span className="block text-sm text-ink-soft">{t(`identity.merge.both.${(what === 'learning.enrollment' ? 'enrollment' : what === 'identity.member_role' ? 'role' : what === 'messaging.participant' ? 'thread' : 'other')}`, { n: clashes })}</span>}
                  </div>
                ) },
              ]}
            />
          </Card>
        )}
      </Section>
      <Notice tone="warning" title={t('identity.merge.forever')}>
        <FormProblem answer={answer} reload={t('identity.reload')} />
        <form method="post" className="ui-stack mt-2 items-start">
          <input type="hidden" name="from" value={from.id} />
          <TextField name="name" label={t('identity.merge.type', { name: from.name, who: (chunks) => <bdi key="who" className="font-medium">{chunks}</bdi> })} autoComplete="off" required answer={answer} />
          <SubmitButton look="danger">{t('identity.merge.do')}</SubmitButton>
        </form>
      </Notice>
    </div>
  );
}

function Person({ label, tone, person, text }: { label: string; tone: Tone; person: Data['member']; text: string }) {
  return (
    <Card>
      <Badge tone={tone}>{label}</Badge>
      <p className="mt-3 flex items-center gap-3"><Avatar name={person.name} /><span className="min-w-0"><bdi className="block font-medium">{person.name}</bdi><bdi className="block text-sm break-all text-ink-soft">{person.email}</bdi></span></p>
      <p className="mt-3 text-sm text-ink-soft">{text}</p>
    </Card>
  );
}
