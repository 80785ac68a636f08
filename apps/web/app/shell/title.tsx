import { useRouteLoaderData } from 'react-router';
import { useT } from '../i18n/index.ts';
import type { loader } from '../root.tsx';

/** The title of the document: the screen, then whose it is. React puts it into the head. */
export function Title({ children }: { children: string }) {
  const t = useT();
  const root = useRouteLoaderData<typeof loader>('root');
  return <title>{`${children} · ${root?.tenant?.name ?? t('shell.product')}`}</title>;
}
