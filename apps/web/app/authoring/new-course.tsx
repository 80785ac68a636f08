/** Begins a course: a title and a language are enough. */
import { data, Form, redirect } from 'react-router';
import { Breadcrumbs, LinkButton, Page, PageHeader, Stack, SubmitButton } from '@milpa/ui';
import { createCourse, listCategories } from '@milpa/catalog/contract';
import { load, submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { CourseFields } from './course-fields.tsx';
import { courseBasics, readCourseForm } from './course-form.ts';
import { languageChoices } from '../catalog/language.ts';
import { managePath } from '../catalog/paths.ts';
import { indented } from '../catalog/tree.ts';
import type { ScreenHandle } from '../page.tsx';
import type { Route } from './+types/new-course';

export const handle = { words: ['catalog'] } satisfies ScreenHandle;

const empty = { title: '', summary: '', level: 'all', categoryId: '', tags: '', price: '', descriptionHtml: '', posterId: '', posterAlt: '' };

export async function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant, locale } = web(context);
  if (!viewer.permissions.includes('course:create')) throw data(null, { status: 403 });
  const categories = await load(context, listCategories);
  const language = tenant?.locale ?? locale;
  return { choices: { categories: indented(categories.data), languages: languageChoices(locale, language), currency: tenant?.currency ?? '' }, values: { ...empty, language } };
}

export async function action({ context, request }: Route.ActionArgs) {
  const values = readCourseForm(await request.formData());
  const { problem, output } = await submit(context, createCourse, { body: courseBasics(values) });
  return problem ? data({ problem, values }, { status: problem.status }) : redirect(managePath(output.id), 303);
}

export default function NewCourse({ loaderData: { choices, values }, actionData }: Route.ComponentProps) {
  const t = useT();
  return (
    <Page narrow>
      <Title>{t('catalog.new.title')}</Title>
      <PageHeader before={<Breadcrumbs label={t('catalog.crumbs')} items={[{ href: '/teaching', label: t('authoring.teaching') }]} />} title={t('catalog.new.title')} lead={t('authoring.new.lead')} />
      <Form method="post">
        <Stack gap="large">
          <ProblemSummary problem={actionData?.problem} />
          <CourseFields {...choices} values={actionData?.values ?? values} problem={actionData?.problem} />
          <div className="ui-cluster"><SubmitButton>{t('authoring.new.submit')}</SubmitButton><LinkButton look="quiet" href="/teaching">{t('authoring.cancel')}</LinkButton></div>
        </Stack>
      </Form>
    </Page>
  );
}
