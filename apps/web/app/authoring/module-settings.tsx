/** When a module opens, and what comes before it. */
import { data, Form, redirect } from 'react-router';
import { Breadcrumbs, Checkbox, Field, Fieldset, LinkButton, Page, PageHeader, Radio, Stack, SubmitButton, TextInput } from '@milpa/ui';
import { getCourse, getDraft, updateModule, type Release } from '@milpa/catalog/contract';
import { managePath } from '../catalog/paths.ts';
import { load, submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { dayEndingAt, startOfDay } from '../identity/dates.ts';
import type { ScreenHandle } from '../page.tsx';
import { fieldError, ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import type { Route } from './+types/module-settings';

export const handle = { words: ['catalog'] } satisfies ScreenHandle;

/** A module opens on a day of the organisation's own. */
export async function loader({ context, params: { courseId, moduleId } }: Route.LoaderArgs) {
  const timeZone = timeZoneOf(context);
  const [course, { modules }] = await Promise.all([load(context, getCourse, { params: { courseId } }), load(context, getDraft, { params: { courseId } })]);
  const module = modules.find(({ id }) => id === moduleId);
  if (!module) throw data(null, { status: 404 });
  return {
    course: { id: course.id, title: course.title, language: course.language },
    module: { id: module.id, title: module.title, release: module.release, prerequisiteIds: module.prerequisiteIds },
    day: module.release.kind === 'date' ? dayEndingAt(new Date(Date.parse(module.release.at) + 1).toISOString(), timeZone) : '',
    others: modules.filter(({ id }) => id !== moduleId).map(({ id, title }) => ({ id, title })),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const kind = form.get('release');
  const release: Release = kind === 'date' ? { kind, at: startOfDay(String(form.get('at')), timeZoneOf(context)) ?? String(form.get('at')) } : kind === 'weeks' ? { kind, afterEnrollment: Number(form.get('weeks')) } : { kind: 'always' };
  const { problem } = await submit(context, updateModule, { params, body: { title: String(form.get('title')), release, prerequisiteIds: form.getAll('prerequisite').map(String) } });
  return problem ? data({ problem }, { status: problem.status }) : redirect(`${managePath(params.courseId)}#part-${params.moduleId}`, 303);
}

const timeZoneOf = (context: Route.LoaderArgs['context']): string => web(context).tenant?.timeZone ?? 'UTC';

export default function ModuleSettings({ loaderData: { course, module, day, others }, actionData }: Route.ComponentProps) {
  const t = useT();
  const { release } = module;
  const problem = actionData?.problem;
  return (
    <Page narrow>
      <Title>{module.title}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('catalog.crumbs')} items={[{ href: '/teaching', label: t('authoring.teaching') }, { href: managePath(course.id), label: <bdi>{course.title}</bdi> }]} />}
        eyebrow={t('authoring.module.settings')} title={<bdi lang={course.language}>{module.title}</bdi>}
      />
      <Form method="post">
        <Stack gap="large">
          <ProblemSummary problem={problem} />
          <Field label={t('authoring.module.title')} id="body.title" error={fieldError(problem, 'body.title')} required><TextInput name="title" defaultValue={module.title} maxLength={200} dir="auto" /></Field>
          <Fieldset label={t('authoring.release')} hint={t('authoring.release.hint')} error={fieldError(problem, 'body.release')}>
            <Radio name="release" value="always" defaultChecked={release.kind === 'always'} label={t('authoring.release.always')} />
            <Radio name="release" value="date" defaultChecked={release.kind === 'date'} label={t('authoring.release.date')} />
            <Field label={t('authoring.release.day')} id="body.release.at" error={fieldError(problem, 'body.release.at')} className="ps-8"><TextInput type="date" name="at" defaultValue={day} className="max-w-52" /></Field>
            <Radio name="release" value="weeks" defaultChecked={release.kind === 'weeks'} label={t('authoring.release.weeks')} />
            <Field label={t('authoring.release.weekCount')} id="body.release.afterEnrollment" error={fieldError(problem, 'body.release.afterEnrollment')} className="ps-8"><TextInput type="number" name="weeks" min={1} max={104} defaultValue={release.kind === 'weeks' ? release.afterEnrollment : 1} className="max-w-32" /></Field>
          </Fieldset>
          {others.length > 0 && (
            <Fieldset label={t('authoring.prerequisites')} hint={t('authoring.prerequisites.hint')}>
              {others.map(({ id, title }) => <Checkbox key={id} name="prerequisite" value={id} defaultChecked={module.prerequisiteIds.includes(id)} label={<bdi lang={course.language}>{title}</bdi>} />)}
            </Fieldset>
          )}
          <div className="ui-cluster"><SubmitButton>{t('catalog.save')}</SubmitButton><LinkButton look="quiet" href={managePath(course.id)}>{t('authoring.cancel')}</LinkButton></div>
        </Stack>
      </Form>
    </Page>
  );
}
