import { data, redirect } from 'react-router';
import { LinkButton, SubmitButton, TextLink } from '@milpa/ui';
import { joinTenant } from '@milpa/identity/contract';
import { submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { refused, type Answer } from './form.ts';
import { nextOf, withNext } from './paths.ts';
import type { Route } from './+types/join';

/** The organisation's door: members walk through, who is signed in may join, and the others sign in first. */
export function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant, url } = web(context);
  if (!tenant) throw data(null, { status: 404 });
  const next = nextOf({ url });
  if (viewer.kind === 'member') throw redirect(next);
  if (viewer.kind === 'visitor') throw redirect(withNext('/sign-in', next));
  return { organisation: tenant.name, tagline: tenant.tagline, name: viewer.name, closed: tenant.signUp !== 'open', next };
}

export async function action({ context }: Route.ActionArgs) {
  const { problem } = await submit(context, joinTenant);
  if (problem) return refused(problem);
  throw redirect(nextOf(web(context)), 303);
}

export default function Join({ loaderData: { organisation, tagline, name, closed, next }, actionData }: Route.ComponentProps) {
  const t = useT();
  const answer: Answer | undefined = actionData;
  const other = <form method="post" action="/sign-out"><button type="submit" className="ui-link">{t('identity.join.other')}</button></form>;
  const asWhom = name && <p className="text-ink-soft">{t('identity.join.as', { name, who: (chunks) => <bdi key="who" className="font-medium text-ink">{chunks}</bdi> })}</p>;
  if (closed) {
    return (
      <AuthFrame title={t('identity.signUp.byInvitation')} lead={t('identity.join.askWhom', { organisation })} after={other}>
        {asWhom}
        <LinkButton href={next === '/' ? '/courses' : next} look="primary" size="large" wide>{t('identity.join.look')}</LinkButton>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('identity.join.title', { organisation })} lead={tagline} after={other}>
      <ProblemSummary problem={answer?.problem} />
      {asWhom}
      <form method="post"><SubmitButton wide size="large">{t('identity.join.go')}</SubmitButton></form>
      <TextLink href="/courses">{t('identity.join.look')}</TextLink>
    </AuthFrame>
  );
}
