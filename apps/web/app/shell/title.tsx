import { useRouteLoaderData } from 'react-router';
import { useT } from '../i18n/index.ts';
import type { loader } from '../root.tsx';

/** The title of the document: the screen, then whose it is; and what it is about, for who keeps or shows a link to it. React puts both into the head. */
export function Title({ children, about }: { children: string; about?: string }) {
  const t = useT();
  const root = useRouteLoaderData<typeof loader>('root');
  const title = `${children} · ${root?.tenant?.name ?? t('shell.product')}`;
  return <><title>{title}</title>{import.meta.env.SSR && about && <meta name="description" content={about} />}</>;
}
