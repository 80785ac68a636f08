/** Writing to who teaches a course. */
import { data, redirect } from 'react-router';
import { Breadcrumbs, Field, Page, PageHeader, SubmitButton, TextArea, TextInput } from '@milpa/ui';
import { startThread } from '@milpa/messaging/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { Send } from 'lucide-react';
import { courseToRead } from '../catalog/course-to-read.ts';
import { coursePath } from '../catalog/paths.ts';
import { submit } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { fieldError, ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import type { Route } from './+types/new';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { id, slug, title, language } = await courseToRead(context, params.courseId);
  return { course: { id, slug, title, language } };
}

type Answer = { problem: ProblemDocument; subject: string; body: string };

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const [subject, body] = [String(form.get('subject')), String(form.get('body'))];
  const { id } = await courseToRead(context, params.courseId);
  const { output, problem } = await submit(context, startThread, { params: { courseId: id }, body: { subject, body } });
  return problem ? data<Answer>({ problem, subject, body }, { status: problem.status }) : redirect(`/messages/${output.id}`, 303);
}

export default function New({ loaderData: { course }, actionData }: Route.ComponentProps) {
  const t = useT();
  return (
    <Page narrow>
      <Title>{t('messaging.new')}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('messaging.crumbs')} items={[{ href: coursePath(course.slug), label: <bdi lang={course.language}>{course.title}</bdi> }]} />}
        title={t('messaging.new')} lead={t('messaging.new.lead')}
      />
      <ProblemSummary problem={actionData?.problem} />
      <form method="post" className="ui-stack">
        <Field id="body.subject" label={t('messaging.subject')} required error={fieldError(actionData?.problem, 'body.subject')}><TextInput name="subject" maxLength={150} dir="auto" defaultValue={actionData?.subject} required /></Field>
        <Field id="body.body" label={t('messaging.message')} required error={fieldError(actionData?.problem, 'body.body')}><TextArea name="body" rows={8} maxLength={5000} dir="auto" defaultValue={actionData?.body} required /></Field>
        <div><SubmitButton look="primary" icon={<Send aria-hidden="true" className="ui-mirror" />}>{t('messaging.send')}</SubmitButton></div>
      </form>
    </Page>
  );
}
