/** Writing to the learners of a course, and what was written before: who has it, who has read it. */
import { data, redirect } from 'react-router';
import { Anchor, Badge, Card, EmptyState, Field, Fieldset, Notice, Page, Pagination, Radio, Section, Select, SubmitButton, TextArea, TextInput } from '@milpa/ui';
import { listCohorts } from '@milpa/learning/contract';
import { listBroadcasts, listMessageTemplates, previewAudience, sendBroadcast } from '@milpa/messaging/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { load, membersOnly, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { fieldError, ProblemSummary } from '../shell/problem.tsx';
import { taughtCourse } from './course.ts';
import { TeachHeader } from './header.tsx';
import { writePath } from './paths.ts';
import type { Route } from './+types/write';

const audiences = ['all', 'stalled', 'cohort', 'chosen'] as const;
const stalledAfter = 14;

export async function loader({ context, params: { courseId } }: Route.LoaderArgs) {
  membersOnly(context);
  const { url, locale } = web(context);
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const [course, sent, templates, reach, cohorts] = await Promise.all([
    taughtCourse(context, courseId), load(context, listBroadcasts, { params: { courseId }, query: { ...(cursor && { cursor }) } }), load(context, listMessageTemplates),
    load(context, previewAudience, { params: { courseId } }), load(context, listCohorts, { params: { courseId } }),
  ]);
  const rank = (language: string) => 2 * Number(language.split('-')[0] === course.language.split('-')[0]) + Number(language === locale);
  const chosen = url.searchParams.getAll('enrollment').slice(0, 500);
  const cohortId = url.searchParams.get('cohort') ?? '';
  const asked = audiences.find((one) => one === url.searchParams.get('to'));
  const template = templates.data.find((one) => `${one.key}.${one.locale}` === url.searchParams.get('template'));
  return {
    course, sent: sent.data, next: sent.page.next, later: cursor !== undefined, reach, chosen, cohortId,
    to: asked ?? (chosen.length > 0 ? 'chosen' : cohortId ? 'cohort' : 'all'), template: template ?? null, wasSent: url.searchParams.has('sent'),
    // Of the course's language first, since that is what its learners read; then the writer's.
    templates: templates.data.map(({ key, locale: language }) => ({ key, language })).toSorted((a, b) => rank(b.language) - rank(a.language) || a.language.localeCompare(b.language)),
    cohorts: cohorts.data.map(({ id, name }) => ({ id, name })),
  };
}

type Answer = { problem: ProblemDocument; subject: string; body: string };

export async function action({ context, params: { courseId }, request }: Route.ActionArgs) {
  const form = await request.formData();
  const [subject, body, to, cohortId] = ['subject', 'body', 'to', 'cohortId'].map((name) => String(form.get(name) ?? '')) as [string, string, string, string];
  const audience = to === 'stalled' ? { kind: 'stalled' as const, days: stalledAfter } : to === 'cohort' ? { kind: 'cohort' as const, cohortId }
    : to === 'chosen' ? { kind: 'chosen' as const, enrollmentIds: form.getAll('enrollment').map(String) } : { kind: 'all' as const };
  const { problem } = await submit(context, sendBroadcast, { params: { courseId }, body: { subject, body, audience } });
  return problem ? data<Answer>({ problem, subject, body }, { status: problem.status }) : redirect(`${writePath(courseId)}?sent`, 303);
}

export default function Write({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const { course, sent, next, later, reach, chosen, cohortId, cohorts, to, template, templates, wasSent } = loaderData;
  const answer: Answer | undefined = actionData;
  const nobody = reach.all === 0;
  const beginWith = ({ key, language }: Template) =>
    `${writePath(course.id)}?${new URLSearchParams([...chosen.map((id) => ['enrollment', id]), ['to', key === 'miss_you' && to === 'all' ? 'stalled' : to], ['cohort', cohortId], ['template', `${key}.${language}`]])}`;
  return (
    <Page>
      <TeachHeader course={course} part="write" lead={t('teaching.write.lead')} />
      {wasSent && <Notice tone="success" live>{t('teaching.write.sent')}</Notice>}
      <ProblemSummary problem={answer?.problem} />
      {nobody ? <EmptyState title={t('teaching.learners.empty')}><p>{t('teaching.learners.emptyText')}</p></EmptyState> : (
        <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
          <nav aria-label={t('teaching.write.templates')} className="lg:order-last">
            <h2 className="mb-1 text-lg">{t('teaching.write.templates')}</h2>
            <Templates templates={templates.filter(({ language }) => language === templates[0]?.language)} href={beginWith} />
            <details>
              <summary className="ui-link inline-flex min-h-(--tap) items-center">{t('teaching.write.otherLanguages')}</summary>
              <Templates templates={templates.filter(({ language }) => language !== templates[0]?.language)} href={beginWith} named />
            </details>
          </nav>
          <form method="post" className="ui-stack">
            {chosen.map((id) => <input key={id} type="hidden" name="enrollment" value={id} />)}
            <Fieldset label={t('teaching.write.to')}>
              {chosen.length > 0 && <Radio name="to" value="chosen" defaultChecked={to === 'chosen'} label={t('teaching.write.chosen', { n: chosen.length })} />}
              <Radio name="to" value="all" defaultChecked={to === 'all'} label={t('teaching.write.all', { n: reach.all })} />
              <Radio name="to" value="stalled" defaultChecked={to === 'stalled'} disabled={reach.stalled === 0} label={t('teaching.write.stalled', { n: reach.stalled })} />
              {cohorts.length > 0 && <Radio name="to" value="cohort" defaultChecked={to === 'cohort'} label={t('teaching.write.cohort')} />}
            </Fieldset>
            {cohorts.length > 0 && <Field label={t('teaching.cohort')}><Select name="cohortId" defaultValue={cohortId}>{cohorts.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select></Field>}
            <Field id="body.subject" label={t('teaching.write.subject')} required error={fieldError(answer?.problem, 'body.subject')}><TextInput name="subject" key={`s${template?.key}${template?.locale}`} defaultValue={answer?.subject ?? template?.subject} maxLength={150} dir="auto" required /></Field>
            <Field id="body.body" label={t('teaching.write.body')} hint={t('teaching.write.blanks')} required error={fieldError(answer?.problem, 'body.body')}><TextArea name="body" key={`b${template?.key}${template?.locale}`} rows={10} defaultValue={answer?.body ?? template?.body} maxLength={5000} dir="auto" required /></Field>
            <div><SubmitButton look="primary">{t('teaching.write.send')}</SubmitButton></div>
          </form>
        </div>
      )}
      {(sent.length > 0 || later) && (
        <Section title={t('teaching.write.before')} className="mt-8">
          <ul className="flex flex-col gap-3">{sent.map((one) => <li key={one.id}><Sent one={one} /></li>)}</ul>
          <Pagination label={t('teaching.pages')} previous={later ? { href: writePath(course.id), label: t('teaching.firstPage') } : undefined} next={next ? { href: `${writePath(course.id)}?cursor=${encodeURIComponent(next)}`, label: t('teaching.nextPage') } : undefined} />
        </Section>
      )}
    </Page>
  );
}

type Template = Route.ComponentProps['loaderData']['templates'][number];

/** `named` says of which language each is. */
function Templates({ templates, href, named }: { templates: Template[]; href: (template: Template) => string; named?: boolean }) {
  const t = useT();
  return (
    <ul className="flex flex-wrap gap-x-5 lg:flex-col">
      {templates.map((template) => (
        <li key={`${template.key}.${template.language}`}>
          <Anchor className="ui-link inline-flex min-h-(--tap) items-center gap-2" href={href(template)}>
            {t(`teaching.template.${template.key}`)}{named && <Badge>{t(`shell.language.${template.language}`)}</Badge>}
          </Anchor>
        </li>
      ))}
    </ul>
  );
}

function Sent({ one }: { one: Route.ComponentProps['loaderData']['sent'][number] }) {
  const t = useT();
  const format = useFormat();
  return (
    <Card>
      <details>
        <summary className="flex min-h-(--tap) cursor-pointer flex-wrap items-center justify-between gap-x-4"><bdi className="font-medium">{one.subject}</bdi><span className="text-sm text-ink-soft">{format.dateTime(one.createdAt)}</span></summary>
        <p className="mt-2 whitespace-pre-line" dir="auto">{one.body}</p>
      </details>
      <p className="mt-1 flex flex-wrap gap-x-4 text-sm text-ink-soft tabular-nums">
        <span>{t(`teaching.audience.${one.audience}`)}</span>
        {one.sentAt === null ? <span>{t('teaching.write.onItsWay', { done: one.delivered, all: one.recipients })}</span> : <span>{t('teaching.write.delivered', { n: one.delivered })}</span>}
        <span>{t('teaching.write.read', { n: one.read })}</span><span>{t('teaching.write.answered', { n: one.answered })}</span>
      </p>
    </Card>
  );
}
