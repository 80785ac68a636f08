import { data, redirect } from 'react-router';
import { DefinitionList, LinkButton, SubmitButton, TextLink } from '@milpa/ui';
import { getMembershipOffer, joinTenant } from '@milpa/identity/contract';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { refused, type Answer } from './form.ts';
import { nextOf, withNext } from './paths.ts';
import { nameIn } from './words.ts';
import type { Route } from './+types/join';

/** The organisation's door: members walk through, who is signed in may join, and the others sign in first. */
export async function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant, url, locale } = web(context);
  if (!tenant) throw data(null, { status: 404 });
  const next = nextOf({ url });
  if (viewer.kind === 'member') throw redirect(next);
  if (viewer.kind === 'visitor') throw redirect(withNext('/sign-in', next));
  const { invitation, open } = await load(context, getMembershipOffer);
  return {
    organisation: tenant.name, tagline: tenant.tagline, name: viewer.name, closed: !open && !invitation, next,
    invitedAs: invitation && invitation.roles.map(({ name }) => nameIn(locale, name)),
  };
}

export async function action({ context }: Route.ActionArgs) {
  const { problem } = await submit(context, joinTenant);
  if (problem) return refused(problem);
  throw redirect(nextOf(web(context)), 303);
}

export default function Join({ loaderData: { organisation, tagline, name, closed, next, invitedAs }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
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
    <AuthFrame title={invitedAs ? t('identity.invitation.title', { organisation }) : t('identity.join.title', { organisation })} lead={invitedAs ? t('identity.invitation.lead') : tagline} after={other}>
      <ProblemSummary problem={answer?.problem} />
      {asWhom}
      {invitedAs && <DefinitionList items={[{ term: t('identity.invitation.as'), value: format.list(invitedAs) }]} />}
      <form method="post"><SubmitButton wide size="large">{invitedAs ? t('identity.invitation.accept') : t('identity.join.go')}</SubmitButton></form>
      <TextLink href="/courses">{t('identity.join.look')}</TextLink>
    </AuthFrame>
  );
}
