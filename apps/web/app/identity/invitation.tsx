import { redirect } from 'react-router';
import { DefinitionList, LinkButton, SubmitButton, TextLink } from '@milpa/ui';
import { acceptInvitation, getInvitation } from '@milpa/identity/contract';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { refused, type Answer } from './form.ts';
import { withNext } from './paths.ts';
import { nameIn } from './words.ts';
import type { Route } from './+types/invitation';

export async function loader({ context }: Route.LoaderArgs) {
  const { viewer, locale, url } = web(context);
  const { email, tenant, roles, expiresAt } = await load(context, getInvitation, { params: { token: tokenOf(url) } });
  return {
    email, organisation: tenant.name, expiresAt, roles: roles.map(({ name }) => nameIn(locale, name)),
    here: url.pathname + url.search, signedInAs: viewer.kind === 'visitor' ? null : (viewer.email ?? viewer.name),
  };
}

export async function action({ context }: Route.ActionArgs) {
  const { problem } = await submit(context, acceptInvitation, { params: { token: tokenOf(web(context).url) } });
  if (problem) return refused(problem);
  throw redirect('/', 303);
}

/** The mail's link carries it; one that was cut off is like an unknown one. */
const tokenOf = (url: URL) => url.searchParams.get('token')?.slice(0, 100) || 'none';

export default function Invitation({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: Answer | undefined = actionData;
  const { email, organisation, roles, expiresAt, here, signedInAs } = loaderData;
  return (
    <AuthFrame
      title={t('identity.invitation.title', { organisation })}
      lead={t('identity.invitation.lead')}
      after={signedInAs
        ? (
          <form method="post" action="/sign-out" className="ui-cluster ui-gap-s">
            <span>{t('identity.invitation.signedInAs', { who: signedInAs, name: (chunks) => <bdi key="name">{chunks}</bdi> })}</span>
            <button type="submit" className="ui-link">{t('identity.join.other')}</button>
          </form>
        )
        : <>{t('identity.signIn.noAccount')} <TextLink href={withNext('/sign-up', here)}>{t('identity.signUp.title')}</TextLink></>}
    >
      <ProblemSummary problem={answer?.problem} />
      <p className="text-ink-soft">{t('identity.invitation.for', { email, address: (chunks) => <bdi key="address" className="font-medium text-ink">{chunks}</bdi> })}</p>
      <DefinitionList items={[
        { term: t('identity.invitation.as'), value: format.list(roles) },
        { term: t('identity.invitation.until'), value: format.date(expiresAt) },
      ]} />
      {signedInAs
        ? <form method="post"><SubmitButton wide size="large">{t('identity.invitation.accept')}</SubmitButton></form>
        : <LinkButton href={withNext('/sign-in', here)} look="primary" size="large" wide>{t('identity.invitation.signIn')}</LinkButton>}
    </AuthFrame>
  );
}
