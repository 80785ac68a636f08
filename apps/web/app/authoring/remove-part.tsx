/** Asks once more before a module or a lesson is removed. */
import { data, Form, redirect } from 'react-router';
import { LinkButton, Page, PageHeader, Stack, SubmitButton } from '@milpa/ui';
import { getCourse, getOutline, removeLesson, removeModule } from '@milpa/catalog/contract';
import { load, submit } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { managePath } from '../catalog/paths.ts';
import type { Route } from './+types/remove-part';

export async function loader({ context, params: { courseId, partId } }: Route.LoaderArgs) {
  const [course, { modules }] = await Promise.all([load(context, getCourse, { params: { courseId } }), load(context, getOutline, { params: { courseId } })]);
  if (!course.abilities.update) throw data(null, { status: 403 });
  const module = modules.find(({ id }) => id === partId);
  if (module) return { kind: 'module' as const, courseId: course.id, title: module.title, lessons: module.lessons.length };
  const lesson = modules.flatMap(({ lessons }) => lessons).find(({ id }) => id === partId);
  if (!lesson) throw data(null, { status: 404 });
  return { kind: 'lesson' as const, courseId: course.id, title: lesson.title, lessons: 1 };
}

export async function action({ context, params: { courseId, partId }, request }: Route.ActionArgs) {
  const module = (await request.formData()).get('kind') === 'module';
  const { problem } = module
    ? await submit(context, removeModule, { params: { courseId, moduleId: partId } })
    : await submit(context, removeLesson, { params: { courseId, lessonId: partId } });
  return problem ? data({ problem }, { status: problem.status }) : redirect(managePath(courseId), 303);
}

export default function RemovePart({ loaderData: { kind, courseId, title, lessons }, actionData }: Route.ComponentProps) {
  const t = useT();
  const heading = t('authoring.remove.title', { title });
  return (
    <Page narrow>
      <Title>{heading}</Title>
      <PageHeader title={heading} lead={kind === 'module' ? t('authoring.remove.module', { n: lessons }) : t('authoring.remove.lesson')} />
      <Stack>
        <ProblemSummary problem={actionData?.problem} />
        <Form method="post" className="ui-cluster">
          <SubmitButton look="danger" name="kind" value={kind}>{t('authoring.remove.submit')}</SubmitButton>
          <LinkButton href={managePath(courseId)}>{t('authoring.remove.keep')}</LinkButton>
        </Form>
      </Stack>
    </Page>
  );
}
