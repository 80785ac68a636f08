/** Addresses that the shell itself sends people to. */
import type { WebViewer } from '../../web-context.ts';

/** Sign-in, coming back to where the person wanted to go. */
export function signInPath(from: { pathname: string; search: string }): string {
  return `/sign-in?next=${encodeURIComponent(pagePath(from))}`;
}

/** Where one confirms who one is, on the way to a page, or to a file and then back to the page. */
export const confirmPath = (next: string, file?: string): string => `/confirm?next=${encodeURIComponent(next)}${file === undefined ? '' : `&file=${encodeURIComponent(file)}`}`;

/** The page that a request is for: the router asks for a page's data at `<page>.data?_routes=…`, and at `/_.data` for the root. */
export function pagePath({ pathname, search }: { pathname: string; search: string }): string {
  const query = new URLSearchParams(search);
  query.delete('_routes');
  const page = pathname.replace(/\/_\.data$/, '/').replace(/\.data$/, '');
  return query.size > 0 ? `${page}?${query}` : page;
}

/** Takes a POST; keeps language and theme. */
export const preferencesPath = '/preferences';

/** Takes a POST; ends the session. */
export const signOutPath = '/sign-out';

const personaHome: Record<string, string> = {
  learner: '/learning',
  guardian: '/learning',
  instructor: '/teaching',
  officer: '/admin',
  admin: '/admin',
};

/** Where the front door leads. */
export function homeOf({ kind, persona }: Pick<WebViewer, 'kind' | 'persona'>, onTenantHost: boolean): string {
  if (!onTenantHost) return kind === 'operator' ? '/operator' : '/sign-in';
  return ((kind === 'member' || kind === 'support') && persona && personaHome[persona]) || '/courses';
}

/** A path on this host that a form asked to return to; anything else becomes the front door. */
export function localPath(value: FormDataEntryValue | null): string {
  return typeof value === 'string' && /^\/(?![/\\])[^\u0000-\u001f]*$/.test(value) ? value : '/';
}
