/** Where people go after they have signed in. */
import type { WebContext } from '../../web-context.ts';
import { localPath } from '../shell/paths.ts';

/** The page that was asked for, as it stands in the address of this one. */
export function nextOf({ url }: Pick<WebContext, 'url'>): string {
  return localPath(url.searchParams.get('next'));
}

/** The file that was asked for, of this site's API alone. */
export function fileOf({ url }: Pick<WebContext, 'url'>): string | null {
  const file = localPath(url.searchParams.get('file'));
  return file.startsWith('/api/v1/') ? file : null;
}

/** The same page with the way onward kept. */
export function withNext(path: string, next: string): string {
  return next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`;
}

/** Where somebody new begins: with the courses, unless they were on their way to something. */
export const firstPage = (next: string): string => (next === '/' ? '/courses' : next);

/** Whether somebody new may make an account here: where sign-up is open, and on the way to an invitation. */
export function mayOpenAccount({ tenant }: Pick<WebContext, 'tenant'>, next: string): boolean {
  return tenant !== null && (tenant.signUp === 'open' || isInvitation(next));
}

const isInvitation = (path: string) => path.startsWith('/invitation?');

/** Within an organisation the way leads through its door, where who is not a member yet may join; an invitation opens its own. */
export function afterSignIn({ tenant }: Pick<WebContext, 'tenant'>, next: string): string {
  return tenant && !isInvitation(next) ? withNext('/join', next) : next;
}
