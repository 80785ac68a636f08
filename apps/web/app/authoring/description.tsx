/** What the catalogue says about a course, and how it is completed. Who saves second is told, and keeps what they wrote. */
import { data, Form, redirect } from 'react-router';
import { Checkbox, Field, Fieldset, Notice, Page, Section, Stack, SubmitButton, TextInput } from '@milpa/ui';
import { getCourse, getDraft, listCategories, listCourseFiles, listManagedCourses, updateCourse, updateCourseRules, type Course } from '@milpa/catalog/contract';
import { languageChoices } from '../catalog/language.ts';
import { managePath } from '../catalog/paths.ts';
import { indented } from '../catalog/tree.ts';
import { load, submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { fieldError, ProblemSummary } from '../shell/problem.tsx';
import { useSupport } from '../shell/support.ts';
import { Title } from '../shell/title.tsx';
import { Conflict, type Difference } from './conflict.tsx';
import { CourseFields, type CourseForm } from './course-fields.tsx';
import { courseBody, courseForm, readCourseForm } from './course-form.ts';
import { managed, ManageHeader } from './manage-header.tsx';
import type { Route } from './+types/description';

export const handle = { lesson: true, words: ['catalog'] } satisfies ScreenHandle;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { tenant, locale } = web(context);
  const [course, draft, categories, files, mine] = await Promise.all([
    load(context, getCourse, { params }), load(context, getDraft, { params }), load(context, listCategories), load(context, listCourseFiles, { params }), load(context, listManagedCourses, { query: { status: 'published', limit: 100 } }),
  ]);
  const { version, language } = course;
  return {
    course: managed(course, draft), values: courseForm(course), version,
    choices: { categories: indented(categories.data), languages: languageChoices(locale, language), currency: course.price?.currency ?? tenant?.currency ?? '' },
    pictures: files.data.filter(({ kind }) => kind === 'picture').map(({ fileId, name, address }) => ({ fileId, name, address })),
    rules: { version: draft.version, requiredShare: draft.requiredShare, sequential: draft.sequential, before: draft.prerequisiteCourses.map(({ id }) => id) },
    others: mine.data.filter(({ id }) => id !== course.id).map(({ id, title }) => ({ id, title })),
    saved: new URL(request.url).searchParams.has('saved'),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const here = `${managePath(params.courseId)}/description`;
  if (form.get('intent') === 'rules') {
    const body = { requiredShare: Number(form.get('requiredShare')), sequential: form.has('sequential'), prerequisiteCourseIds: form.getAll('before').map(String) };
    const { problem } = await submit(context, updateCourseRules, { params, body, ifMatch: `"${form.get('version')}"` });
    return problem ? data({ problem, rules: true, values: undefined, theirs: null }, { status: problem.status }) : redirect(`${here}?saved#rules`, 303);
  }
  const values = readCourseForm(form);
  const { problem } = await submit(context, updateCourse, { params, body: courseBody(values, String(form.get('currency'))), ifMatch: `"${form.get('version')}"` });
  if (!problem) return redirect(`${here}?saved`, 303);
  const theirs = problem.code === 'kernel.version_conflict' ? await load(context, getCourse, { params }) : null;
  return data({ problem, rules: false, values, theirs: theirs && latestOf(theirs) }, { status: problem.status });
}

const latestOf = (course: Course) => ({ version: course.version, form: courseForm(course) });

export default function Description({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const support = useSupport();
  const { course, values, version, choices, pictures, saved } = loaderData;
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
          <CourseFields {...choices} values={actionData?.values ?? values} problem={actionData?.problem} course={{ id: course.id, pictures }} />
          {!support.onlyReads && <div><SubmitButton>{t('catalog.save')}</SubmitButton></div>}
        </Stack>
      </Form>
      {!support.onlyReads && <Rules {...loaderData} problem={actionData?.rules ? actionData.problem : undefined} />}
    </Page>
  );
}

/** How the course is gone through, and what completes it. */
function Rules({ rules, others, problem }: Pick<Route.ComponentProps['loaderData'], 'rules' | 'others'> & { problem: NonNullable<Route.ComponentProps['actionData']>['problem'] | undefined }) {
  const t = useT();
  return (
    <Section title={t('authoring.rules.title')} id="rules">
      <Form key={rules.version} method="post">
        <input type="hidden" name="version" value={rules.version} />
        <Stack gap="large">
          <Field label={t('authoring.rules.share')} hint={t('authoring.rules.shareHint')} id="body.requiredShare" error={fieldError(problem, 'body.requiredShare')} required>
            <TextInput type="number" name="requiredShare" min={1} max={100} defaultValue={rules.requiredShare} className="max-w-32" />
          </Field>
          <Checkbox name="sequential" defaultChecked={rules.sequential} label={t('authoring.rules.sequential')} hint={t('authoring.rules.sequentialHint')} />
          {others.length > 0 && (
            <Fieldset label={t('authoring.rules.before')} hint={t('authoring.rules.beforeHint')}>
              {others.map(({ id, title }) => <Checkbox key={id} name="before" value={id} defaultChecked={rules.before.includes(id)} label={<bdi>{title}</bdi>} />)}
            </Fieldset>
          )}
          <div><SubmitButton look="secondary" name="intent" value="rules">{t('authoring.rules.save')}</SubmitButton></div>
        </Stack>
      </Form>
    </Section>
  );
}

/** What somebody else wrote meanwhile, where it is not the same. */
function useDifferences(theirs: CourseForm | undefined, mine: CourseForm | undefined): Difference[] {
  const t = useT();
  if (!theirs || !mine) return [];
  const labels = { title: t('authoring.field.title'), summary: t('authoring.field.summary'), price: t('catalog.field.price'), tags: t('catalog.field.tags'), descriptionHtml: t('authoring.field.description') };
  return (Object.keys(labels) as (keyof typeof labels)[]).filter((name) => theirs[name] !== mine[name]).map((name) => ({ name, label: labels[name], theirs: theirs[name] }));
}
