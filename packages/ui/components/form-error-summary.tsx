import { CircleAlert } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';

export type FormErrorSummaryProps = {
  title: ReactNode;
  /** Each links to the control with this id; without a fieldId it is only said. */
  errors: ReadonlyArray<{ fieldId?: string; message: ReactNode }>;
};

/** What is wrong in a form, on top of it; takes the focus when it appears. Nothing when there are no errors. */
export function FormErrorSummary({ title, errors }: FormErrorSummaryProps) {
  const summary = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useEffect(() => { if (errors.length > 0) summary.current?.focus(); }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div ref={summary} className="ui-notice" data-tone="danger" role="alert" tabIndex={-1} aria-labelledby={titleId}>
      <CircleAlert aria-hidden="true" />
      <div>
        <p className="ui-notice-title" id={titleId}>{title}</p>
        <ul className="ui-notice-list">
          {errors.map((error, i) => <li key={error.fieldId ?? i}>{error.fieldId ? <a className="ui-link" href={`#${error.fieldId}`}>{error.message}</a> : error.message}</li>)}
        </ul>
      </div>
    </div>
  );
}
