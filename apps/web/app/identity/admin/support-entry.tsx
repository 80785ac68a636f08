/** The organisation's door for support: marks the browser and sends it to where an operator confirms; takes the code that comes back; lets out. */
import { data, redirect } from 'react-router';
import { LinkButton } from '@milpa/ui';
import { enterSupport, leaveSupport, prepareSupport } from '@milpa/identity/contract';
import { load, submit, web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { AuthFrame } from '../auth-frame.tsx';
import type { Route } from './+types/support-entry';

export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, url, viewer, installationOrigin } = web(context);
  if (!tenant) throw data(null, { status: 404 });
  const code = url.searchParams.get('code');
  if (code) {
    await load(context, enterSupport, { body: { code } });
    // The code is no longer in the address by the time that anything is shown.
    throw redirect('/admin', 303);
  }
  if (viewer.kind === 'support') throw redirect('/admin');
  if (!url.searchParams.has('left')) throw redirect((await load(context, prepareSupport)).url);
  return { back: `${installationOrigin}/operator/tenants/${tenant.id}` };
}

export async function action({ context }: Route.ActionArgs) {
  await submit(context, leaveSupport);
  return redirect('/support?left', 303);
}

export default function SupportEntry({ loaderData: { back } }: Route.ComponentProps) {
  const t = useT();
  return (
    <AuthFrame title={t('identity.support.left')} lead={t('identity.support.leftText')}>
      <LinkButton href={back} look="primary">{t('identity.support.back')}</LinkButton>
      <LinkButton href="/support" look="quiet">{t('identity.support.again')}</LinkButton>
    </AuthFrame>
  );
}
