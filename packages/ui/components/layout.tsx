import { clsx } from 'clsx';
import type { HTMLAttributes, ReactNode } from 'react';

type Box = HTMLAttributes<HTMLDivElement> & { gap?: 'small' | 'medium' | 'large' };
const GAPS = { small: 'ui-gap-s', medium: undefined, large: 'ui-gap-l' } as const;

/** Things under each other. */
export function Stack({ gap = 'medium', className, ...props }: Box) {
  return <div className={clsx('ui-stack', GAPS[gap], className)} {...props} />;
}

/** Things beside each other that wrap; `between` pushes the first and last apart. */
export function Cluster({ gap = 'medium', between, className, ...props }: Box & { between?: boolean }) {
  return <div className={clsx('ui-cluster', GAPS[gap], between && 'ui-between', className)} {...props} />;
}

/** As many equal columns as fit. */
export function Grid({ cells = 'medium', className, ...props }: HTMLAttributes<HTMLDivElement> & { cells?: 'small' | 'medium' | 'large' }) {
  return <div className={clsx('ui-grid', className)} data-cells={cells} {...props} />;
}

/** The page's column: centred, with gutters; `narrow` for forms and reading. */
export function Page({ narrow, className, ...props }: HTMLAttributes<HTMLDivElement> & { narrow?: boolean }) {
  return <div className={clsx('ui-page', narrow && 'ui-page-narrow', className)} {...props} />;
}

export type PageHeaderProps = {
  title: ReactNode;
  lead?: ReactNode;
  /** A word above the title: what kind of thing this is. */
  eyebrow?: ReactNode;
  /** Breadcrumbs or another way back. */
  before?: ReactNode;
  actions?: ReactNode;
};

/** The head of a page: holds its one h1. */
export function PageHeader({ title, lead, eyebrow, before, actions }: PageHeaderProps) {
  return (
    <header className="ui-page-header">
      <div>
        {before}
        {eyebrow && <p className="ui-eyebrow">{eyebrow}</p>}
        <h1>{title}</h1>
        {lead && <p className="ui-lead">{lead}</p>}
      </div>
      {actions && <div className="ui-cluster">{actions}</div>}
    </header>
  );
}

export type SectionProps = { title: ReactNode; lead?: ReactNode; actions?: ReactNode; id?: string; children: ReactNode; className?: string };

/** A part of a page under an h2. */
export function Section({ title, lead, actions, id, children, className }: SectionProps) {
  return (
    <section className={clsx('ui-section', className)} id={id}>
      <div className="ui-section-head"><h2>{title}</h2>{actions}{lead && <p>{lead}</p>}</div>
      {children}
    </section>
  );
}
