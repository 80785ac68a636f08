import { redirect } from 'react-router';
import { Breadcrumbs, PageHeader } from '@milpa/ui';
import { createPlan, listBlueprints, listPlans } from '@milpa/tenancy/contract';
import { load, submit } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { atField, readForm, refused, type Answer } from '../../identity/form.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { keptPlan, PlanForm, planIn } from './plan-form.tsx';
import type { Route } from './+types/new-plan';

export async function loader({ context }: Route.LoaderArgs) {
  const [blueprints, plans] = await Promise.all([load(context, listBlueprints), load(context, listPlans)]);
  return {
    blueprints: blueprints.data.map(({ key, features }) => ({ key, features })),
    defaults: Object.fromEntries(plans.data.flatMap(({ key, defaultFor }) => defaultFor.map((blueprint) => [blueprint, key]))),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const { problem } = await submit(context, createPlan, { body: { key: form.text('key').trim().toLowerCase(), ...planIn(form) } });
  return problem ? refused(atField(problem, { 'tenancy.plan_taken': 'key' }), keptPlan(form)) : redirect('/operator/plans?created', 303);
}

/** Where a new plan begins: a small school has room. */
const blank = { key: '', name: {}, limits: { members: 500, courses: 50, storageBytes: 10 * 1024 ** 3, apiPerMinute: 600 }, features: {}, contact: null, version: 1 };

export default function NewPlan({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  return (
    <div className="max-w-4xl">
      <Title>{t('tenancy.plans.new')}</Title>
      <PageHeader before={<Breadcrumbs label={t('tenancy.wayBack')} items={[{ href: '/operator/plans', label: t('tenancy.operator.plans') }]} />} title={t('tenancy.plans.new')} lead={t('tenancy.plan.newLead')} />
      <div className="mb-5"><ProblemSummary problem={answer?.problem} /></div>
      <PlanForm {...loaderData} plan={blank} isNew answer={answer} />
    </div>
  );
}
