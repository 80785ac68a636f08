import type { ReactNode } from 'react';
import { BrandLink, type Brand } from './app-shell.tsx';
import { Cover } from './cover.tsx';
import { SkipLink } from './link.tsx';

export type AuthShellProps = {
  skipLabel: string;
  brand: Brand;
  title: ReactNode;
  lead?: ReactNode;
  /** Under the form: another way in, help. */
  after?: ReactNode;
  /** Language and theme switches. */
  footer?: ReactNode;
  /** What the picture is drawn from: the tenant's id. */
  coverSeed: string;
  children: ReactNode;
};

/** Signing in, signing up, recovering: a form beside a field. */
export function AuthShell({ skipLabel, brand, title, lead, after, footer, coverSeed, children }: AuthShellProps) {
  return (
    <div className="ui-auth">
      <SkipLink>{skipLabel}</SkipLink>
      <div className="ui-auth-art"><Cover seed={coverSeed} motif="field" /></div>
      <div className="ui-auth-side">
        <header><BrandLink {...brand} /></header>
        <main id="main" tabIndex={-1} className="ui-auth-main">
          <h1>{title}</h1>
          {lead && <p className="ui-lead">{lead}</p>}
          {children}
          {after && <div className="ui-auth-after">{after}</div>}
        </main>
        {footer && <footer className="ui-cluster ui-between">{footer}</footer>}
      </div>
    </div>
  );
}
