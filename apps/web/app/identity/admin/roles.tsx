import { Badge, Card, Grid, LinkButton, Notice, PageHeader, TextLink } from '@milpa/ui';
import { Plus } from 'lucide-react';
import { listRoles } from '@milpa/identity/contract';
import { load, web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { nameIn } from '../words.ts';
import type { Route } from './+types/roles';

export async function loader({ context }: Route.LoaderArgs) {
  const { locale, url, viewer } = web(context);
  const { data } = await load(context, listRoles);
  return {
    deleted: url.searchParams.has('deleted'), mayUpdate: viewer.permissions.includes('role:update'),
    roles: data.map(({ id, name, persona, permissions, onSignUp, holders, key }) => ({ id, name: nameIn(locale, name), persona, permissions: permissions.length, onSignUp, holders: key === 'visitor' ? null : holders })),
  };
}

export default function Roles({ loaderData: { roles, mayUpdate, deleted } }: Route.ComponentProps) {
  const t = useT();
  return (
    <>
      <Title>{t('identity.roles.title')}</Title>
      <PageHeader
        title={t('identity.roles.title')}
        lead={t('identity.roles.lead')}
        actions={mayUpdate && <LinkButton href="/admin/roles/new" look="primary" icon={<Plus aria-hidden="true" />}>{t('identity.roles.new')}</LinkButton>}
      />
      {deleted && <div className="mb-6"><Notice tone="success" live>{t('identity.roles.deleted')}</Notice></div>}
      <Grid>
        {roles.map(({ id, name, persona, permissions, onSignUp, holders }) => (
          <Card key={id} className="ui-stack ui-gap-s">
            <h2 className="text-lg"><TextLink href={`/admin/roles/${id}`}>{name}</TextLink></h2>
            <p className="text-ink-soft">{t(`identity.persona.${persona}`)}</p>
            <div className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-2 pt-2 text-sm text-ink-soft">
              <span>{t('identity.roles.permissions', { count: permissions })}</span>
              {holders !== null && <span>{t('identity.roles.holders', { count: holders })}</span>}
              {onSignUp && <Badge tone="night">{t('identity.roles.onSignUp')}</Badge>}
            </div>
          </Card>
        ))}
      </Grid>
    </>
  );
}
