import { Link } from 'react-router';
import type { LinkProps } from '@milpa/ui';

/** The design system's links, made the router's: addresses within the app change the page without loading a document. */
export function RouterLink({ href, ...props }: LinkProps) {
  const within = href.startsWith('/') && !href.startsWith('/api/') && props.download === undefined && props.target === undefined;
  return within ? <Link to={href} prefetch="intent" discover="none" {...props} /> : <a href={href} {...props} />;
}
