import { Form, redirect } from 'react-router';
import { Badge, Breadcrumbs, Button, Card, Notice, PageHeader, Section } from '@milpa/ui';
import { getPlan, listBlueprints, listPlanOverruns, listPlans, offerPlan, retirePlan, updatePlan } from '@milpa/tenancy/contract';
import { load, submit, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { FormProblem } from '../../identity/form-problem.tsx';
import { readForm, refused, versionTag, type Answer } from '../../identity/form.ts';
import { nameIn } from '../../identity/words.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { Title } from '../../shell/title.tsx';
import { counted } from '../usage-bars.tsx';
import { Overruns, type Overrun } from './overruns.tsx';
import { keptPlan, PlanForm, planIn } from './plan-form.tsx';
import type { Route } from './+types/plan';

export async function loader({ context, params }: Route.LoaderArgs) {
  const [plan, blueprints, plans] = await Promise.all([load(context, getPlan, { params }), load(context, listBlueprints), load(context, listPlans)]);
  return {
    plan, title: nameIn(web(context).locale, plan.name), saved: web(context).url.searchParams.has('saved'),
    blueprints: blueprints.data.map(({ key, features }) => ({ key, features })),
    defaults: Object.fromEntries(plans.data.flatMap(({ key, defaultFor }) => defaultFor.map((blueprint) => [blueprint, key]))),
  };
}

interface PlanAnswer extends Answer { overruns?: { total: number; data: (Overrun & { countedAt: string })[] } }

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await readForm(request);
  const step = form.text('step');
  if (step === 'retire' || step === 'offer') {
    const { problem } = await submit(context, step === 'retire' ? retirePlan : offerPlan, { params });
    return problem ? refused<PlanAnswer>(problem, { step }) : redirect(`/operator/plans?${step === 'retire' ? 'retired' : 'offered'}`, 303);
  }
  const body = planIn(form);
  if (!form.has('confirmed')) {
    const overruns = await overrunsOf(body.limits);
    if (overruns && overruns.total > 0) return { values: keptPlan(form), overruns } satisfies PlanAnswer;
  }
  const { problem } = await submit(context, updatePlan, { params, body, ifMatch: versionTag(form.text('version')) });
  return problem ? refused<PlanAnswer>(problem, keptPlan(form)) : redirect(`/operator/plans/${params.planKey}?saved`, 303);

  /** Whom a limit that was lowered would leave with too much; what makes no sense is refused on saving. */
  async function overrunsOf(limits: typeof body.limits) {
    const before = await load(context, getPlan, { params });
    if (!counted.some((what) => limits[what] < before.limits[what])) return null;
    const { members, courses, storageBytes } = limits;
    return (await submit(context, listPlanOverruns, { params, query: { members, courses, storageBytes } })).output ?? null;
  }
}

export default function PlanScreen({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: PlanAnswer | undefined = actionData;
  const { plan, title, saved, blueprints, defaults } = loaderData;
  const ofState = answer?.values?.['step'] ? answer : undefined;
  const ofForm = ofState ? undefined : answer;
  const back = `/operator/plans/${plan.key}`;
  const oldest = answer?.overruns?.data.map(({ countedAt }) => countedAt).toSorted()[0];
  return (
    <div className="max-w-4xl">
      <Title>{title}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('tenancy.wayBack')} items={[{ href: '/operator/plans', label: t('tenancy.operator.plans') }]} />}
        title={<span className="inline-flex flex-wrap items-center gap-3"><bdi>{title}</bdi>{plan.retiredAt && <Badge>{t('tenancy.plan.retired')}</Badge>}</span>}
        lead={t('tenancy.plan.on', { count: plan.tenants })}
      />
      <div className="ui-stack">
        {saved && !answer && <Notice tone="success" live>{t('tenancy.saved')}</Notice>}
        <FormProblem answer={ofForm} reload={t('tenancy.reload')} />
      </div>
      <div className="mt-5">
        <PlanForm key={plan.version} plan={plan} blueprints={blueprints} defaults={defaults} answer={ofForm}>
          {answer?.overruns && <Overruns overruns={answer.overruns.data} total={answer.overruns.total} countedAt={oldest && format.dateTime(oldest)} back={back} />}
        </PlanForm>
      </div>
      <Section title={plan.retiredAt ? t('tenancy.plan.offerTitle') : t('tenancy.plan.retireTitle')}>
        <div className="mb-4"><ProblemSummary problem={ofState?.problem} /></div>
        <Card>
          <Form method="post" className="ui-stack">
            <p>{plan.retiredAt ? t('tenancy.plan.offerText') : t('tenancy.plan.retireText')}</p>
            <Button type="submit" name="step" value={plan.retiredAt ? 'offer' : 'retire'} className="self-start">{plan.retiredAt ? t('tenancy.plan.offer') : t('tenancy.plan.retire')}</Button>
          </Form>
        </Card>
      </Section>
    </div>
  );
}
