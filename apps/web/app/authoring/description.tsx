/** What the catalogue says about a course. Who saves second is told, and keeps what they wrote. */
import { data, Form, redirect } from 'react-router';
import { Notice, Page, Stack, SubmitButton } from '@milpa/ui';
import { getCourse, listCategories, updateCourse, type Course } from '@milpa/catalog/contract';
import { load, submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { Conflict, type Difference } from './conflict.tsx';
import { CourseFields, type CourseForm } from './course-fields.tsx';
import { courseBody, courseForm, readCourseForm } from './course-form.ts';
import { languageChoices } from '../catalog/language.ts';
import { ManageHeader } from './manage-header.tsx';
import { managePath } from '../catalog/paths.ts';
import { indented } from '../catalog/tree.ts';
import type { Route } from './+types/description';

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { tenant, locale } = web(context);
  const [course, categories] = await Promise.all([load(context, getCourse, { params }), load(context, listCategories)]);
  if (!course.abilities.update) throw data(null, { status: 403 });
  const { id, slug, title, status, language, version } = course;
  return {
    course: { id, slug, title, status, language },
    values: courseForm(course),
    version,
    choices: { categories: indented(categories.data), languages: languageChoices(locale, language), currency: course.price?.currency ?? tenant?.currency ?? '' },
    saved: new URL(request.url).searchParams.has('saved'),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const values = readCourseForm(form);
  const { problem } = await submit(context, updateCourse, { params, body: courseBody(values, String(form.get('currency'))), ifMatch: `"${form.get('version')}"` });
  if (!problem) return redirect(`${managePath(params.courseId)}/description?saved`, 303);
  const theirs = problem.code === 'kernel.version_conflict' ? await load(context, getCourse, { params }) : null;
  return data({ problem, values, theirs: theirs && latestOf(theirs) }, { status: problem.status });
}

const latestOf = (course: Course) => ({ version: course.version, form: courseForm(course) });

export default function Description({ loaderData: { course, values, version, choices, saved }, actionData }: Route.ComponentProps) {
  const t = useT();
  const theirs = actionData?.theirs;
  const differences = useDifferences(theirs?.form, actionData?.values);
  return (
    <Page narrow>
      <Title>{t('authoring.manage.title', { title: course.title })}</Title>
      <ManageHeader course={course} part="description" />
      <Form key={version} method="post" className="pt-6">
        <input type="hidden" name="version" value={theirs?.version ?? version} />
        <input type="hidden" name="currency" value={choices.currency} />
        <Stack gap="large">
          {saved && !actionData && <Notice tone="success" live>{t('authoring.saved')}</Notice>}
          {theirs ? <Conflict differences={differences} /> : <ProblemSummary problem={actionData?.problem} />}
          <CourseFields {...choices} values={actionData?.values ?? values} problem={actionData?.problem} full />
          <div><SubmitButton>{t('catalog.save')}</SubmitButton></div>
        </Stack>
      </Form>
    </Page>
  );
}

/** What somebody else wrote meanwhile, where it is not the same. */
function useDifferences(theirs: CourseForm | undefined, mine: CourseForm | undefined): Difference[] {
  const t = useT();
  if (!theirs || !mine) return [];
  const labels = { title: t('authoring.field.title'), summary: t('authoring.field.summary'), price: t('catalog.field.price'), tags: t('catalog.field.tags'), descriptionHtml: t('authoring.field.description') };
  return (Object.keys(labels) as (keyof typeof labels)[]).filter((name) => theirs[name] !== mine[name]).map((name) => ({ name, label: labels[name], theirs: theirs[name] }));
}
