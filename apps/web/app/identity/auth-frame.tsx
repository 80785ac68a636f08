import { AuthShell } from '@milpa/ui';
import type { ReactNode } from 'react';
import { useRouteLoaderData } from 'react-router';
import { useT } from '../i18n/index.ts';
import type { loader } from '../root.tsx';
import { Preferences } from '../shell/frame.tsx';
import { Title } from '../shell/title.tsx';

/** The frame of signing in, signing up and recovering, with the organisation's name and field. */
export function AuthFrame({ title, lead, after, children }: { title: string; lead?: ReactNode; after?: ReactNode; children?: ReactNode }) {
  const t = useT();
  const tenant = useRouteLoaderData<typeof loader>('root')?.tenant;
  return (
    <AuthShell
      skipLabel={t('shell.skipToContent')}
      brand={{ href: '/', name: tenant?.name ?? t('shell.product'), ...(tenant?.logoUrl && { logo: tenant.logoUrl }) }}
      title={title}
      lead={lead}
      after={after}
      footer={<Preferences />}
      coverSeed={tenant?.id ?? 'milpa'}
    >
      <Title>{title}</Title>
      {children}
    </AuthShell>
  );
}
