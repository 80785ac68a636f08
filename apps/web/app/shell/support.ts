import { useRouteLoaderData } from 'react-router';
import type { loader } from '../root.tsx';

export interface Support {
  /** Whether the viewer is an operator whom the organisation let in, and none of its own people. */
  here: boolean;
  /** They were let in for reading: nothing on the page changes anything. */
  onlyReads: boolean;
}

/** What screens leave out for support, since the server refuses it to them. */
export function useSupport(): Support {
  const support = useRouteLoaderData<typeof loader>('root')?.support;
  return { here: Boolean(support), onlyReads: support?.mayChange === false };
}
