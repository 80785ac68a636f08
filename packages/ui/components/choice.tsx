import { clsx } from 'clsx';
import { useId, type ComponentProps, type ReactNode } from 'react';

export type ChoiceProps = Omit<ComponentProps<'input'>, 'type'> & {
  label: ReactNode;
  hint?: ReactNode;
  /** A bordered choice, for a few important ones. */
  card?: boolean;
};

function Choice({ label, hint, card, id, className, ...props }: ChoiceProps & { type: 'checkbox' | 'radio' }) {
  const generated = useId();
  const inputId = id ?? generated;
  return (
    <div className={clsx('ui-choice', className)} data-card={card || undefined}>
      <input id={inputId} aria-describedby={hint ? `${inputId}-hint` : undefined} {...props} />
      <label className="ui-choice-text" htmlFor={inputId}>{label}</label>
      {hint && <p className="ui-hint" id={`${inputId}-hint`}>{hint}</p>}
    </div>
  );
}

export function Checkbox(props: ChoiceProps) {
  return <Choice {...props} type="checkbox" />;
}

export function Radio(props: ChoiceProps) {
  return <Choice {...props} type="radio" />;
}

/** A checkbox tells its own state to screen readers, so the role needs no aria-checked. */
const SWITCH = { type: 'checkbox', role: 'switch' } as const;

/** A setting that is on or off; in a form it submits like a checkbox. */
export function Switch(props: ChoiceProps) {
  return <Choice {...props} {...SWITCH} />;
}
