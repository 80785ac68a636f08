/** The smallest whole screen: what a loader gives, said in the reader's language. Copy it to begin a new one. */
import { data } from 'react-router';
import { DefinitionList, Page, PageHeader } from '@milpa/ui';
import { web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { Title } from './title.tsx';
import type { Route } from './+types/about';

export function loader({ context }: Route.LoaderArgs) {
  const { tenant } = web(context);
  if (!tenant) throw data(null, { status: 404 });
  return { name: tenant.name, tagline: tenant.tagline, timeZone: tenant.timeZone };
}

export default function About({ loaderData: { name, tagline, timeZone } }: Route.ComponentProps) {
  const t = useT();
  return (
    <Page>
      <Title>{t('shell.about.title', { name })}</Title>
      <PageHeader title={t('shell.about.title', { name })} lead={tagline} />
      <DefinitionList items={[{ term: t('shell.about.timeZone'), value: <bdi>{timeZone}</bdi> }]} />
    </Page>
  );
}
