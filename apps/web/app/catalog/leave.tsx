/** Asks once more before somebody leaves a course. */
import { data, Form, redirect } from 'react-router';
import { LinkButton, Page, PageHeader, Stack, SubmitButton } from '@milpa/ui';
import { getCourse } from '@milpa/catalog/contract';
import { getMyEnrollment, leave } from '@milpa/learning/contract';
import { load, submit } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { coursePath } from './paths.ts';
import type { Route } from './+types/leave';

export async function loader({ context, params }: Route.LoaderArgs) {
  const course = await load(context, getCourse, { params: { courseId: params.course } });
  const enrollment = await load(context, getMyEnrollment, { params: { courseId: course.id } });
  return { slug: course.slug, title: course.title, done: enrollment.completedLessons, enrollmentId: enrollment.id };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const { problem } = await submit(context, leave, { params: { enrollmentId: String(form.get('enrollmentId')) } });
  return problem ? data({ problem }, { status: problem.status }) : redirect(`${coursePath(params.course)}?hint=left`, 303);
}

export default function Leave({ loaderData: { slug, title, done, enrollmentId }, actionData }: Route.ComponentProps) {
  const t = useT();
  return (
    <Page narrow>
      <Title>{t('catalog.leave.title', { title })}</Title>
      <PageHeader title={t('catalog.leave.title', { title })} lead={t('catalog.leave.text', { n: done })} />
      <Stack>
        <ProblemSummary problem={actionData?.problem} />
        <Form method="post" className="ui-cluster">
          <input type="hidden" name="enrollmentId" value={enrollmentId} />
          <SubmitButton look="danger">{t('catalog.leave.submit')}</SubmitButton>
          <LinkButton href={coursePath(slug)}>{t('catalog.leave.stay')}</LinkButton>
        </Form>
      </Stack>
    </Page>
  );
}
