import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Illustration, type IllustrationName } from './illustrations.tsx';
import { IconButton } from './button.tsx';

export type NoticeTone = 'info' | 'success' | 'warning' | 'danger';

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert } as const;

export type NoticeProps = {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Announce it: for a notice that appears in answer to what the person did. */
  live?: boolean;
};

export function Notice({ tone = 'info', title, children, actions, live }: NoticeProps) {
  const Icon = ICONS[tone];
  const role = live ? (tone === 'danger' ? 'alert' : 'status') : undefined;
  return (
    <div className="ui-notice" data-tone={tone} role={role}>
      <Icon aria-hidden="true" />
      <div>
        {title && <p className="ui-notice-title">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="ui-cluster ui-notice-actions">{actions}</div>}
      </div>
    </div>
  );
}

export type EmptyStateProps = {
  illustration?: IllustrationName;
  title: ReactNode;
  children?: ReactNode;
  /** The one thing to do next. */
  action?: ReactNode;
  headingLevel?: 1 | 2 | 3;
};

/** Nothing here yet, nothing found, no permission, an error: what it is and what to do. */
export function EmptyState({ illustration = 'seedling', title, children, action, headingLevel = 2 }: EmptyStateProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div className="ui-empty">
      <Illustration name={illustration} />
      <Heading>{title}</Heading>
      {children && <div className="ui-empty-text">{children}</div>}
      {action && <div className="ui-cluster">{action}</div>}
    </div>
  );
}

export type SkeletonProps = { kind?: 'text' | 'title' | 'cover' | 'card' | 'avatar'; lines?: number };

/** The place of something that still loads. Say so once, in the region that holds it (aria-busy). */
export function Skeleton({ kind = 'text', lines = 1 }: SkeletonProps) {
  return <>{Array.from({ length: lines }, (_, i) => <span key={i} className="ui-skeleton" data-kind={kind} aria-hidden="true" />)}</>;
}

/** Where toasts appear; stands in the page from the start, so that screen readers hear what comes. */
export function ToastRegion({ label, children }: { label: string; children?: ReactNode }) {
  return <section className="ui-toasts" aria-label={label} aria-live="polite">{children}</section>;
}

export type ToastProps = { tone?: NoticeTone; children: ReactNode; action?: ReactNode } & (
  | { onDismiss: () => void; dismissLabel: string }
  | { onDismiss?: undefined; dismissLabel?: undefined }
);

export function Toast({ tone = 'success', children, action, onDismiss, dismissLabel }: ToastProps) {
  const Icon = ICONS[tone];
  return (
    <div className="ui-toast" data-tone={tone}>
      <Icon aria-hidden="true" />
      <div>{children}</div>
      {action}
      {onDismiss && <IconButton label={dismissLabel} onClick={onDismiss}><X aria-hidden="true" /></IconButton>}
    </div>
  );
}
