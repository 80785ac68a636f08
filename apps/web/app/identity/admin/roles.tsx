import { Badge, Card, Grid, LinkButton, PageHeader, TextLink } from '@milpa/ui';
import { Plus } from 'lucide-react';
import { listRoles } from '@milpa/identity/contract';
import { load, web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import { nameIn } from '../words.ts';
import type { Route } from './+types/roles';

export async function loader({ context }: Route.LoaderArgs) {
  const { locale, viewer } = web(context);
  const { data } = await load(context, listRoles);
  return {
    mayUpdate: viewer.permissions.includes('role:update'),
    roles: data.map(({ id, name, persona, permissions, onSignUp }) => ({ id, name: nameIn(locale, name), persona, permissions: permissions.length, onSignUp })),
  };
}

export default function Roles({ loaderData: { roles, mayUpdate } }: Route.ComponentProps) {
  const t = useT();
  return (
    <>
      <Title>{t('identity.roles.title')}</Title>
      <PageHeader
        title={t('identity.roles.title')}
        lead={t('identity.roles.lead')}
        actions={mayUpdate && <LinkButton href="/admin/roles/new" look="primary" icon={<Plus aria-hidden="true" />}>{t('identity.roles.new')}</LinkButton>}
      />
      <Grid>
        {roles.map(({ id, name, persona, permissions, onSignUp }) => (
          <Card key={id} className="ui-stack ui-gap-s">
            <h2 className="text-lg"><TextLink href={`/admin/roles/${id}`}>{name}</TextLink></h2>
            <p className="text-ink-soft">{t(`identity.persona.${persona}`)}</p>
            <div className="mt-auto flex flex-wrap items-center gap-2 pt-2 text-sm text-ink-soft">
              <span>{t('identity.roles.permissions', { count: permissions })}</span>
              {onSignUp && <Badge tone="night">{t('identity.roles.onSignUp')}</Badge>}
            </div>
          </Card>
        ))}
      </Grid>
    </>
  );
}
