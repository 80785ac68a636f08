import { useRouteLoaderData } from 'react-router';
import type { loader } from '../../root.tsx';

/** The member whose pages these are; null for who is none. */
export const useMemberId = (): string | null => useRouteLoaderData<typeof loader>('root')?.viewer.memberId ?? null;
