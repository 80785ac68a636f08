import { clsx } from 'clsx';
import { ChevronDown, CircleAlert } from 'lucide-react';
import { createContext, useContext, useId, type ComponentProps, type ReactNode } from 'react';

type FieldWiring = { id?: string; describedBy?: string; invalid?: boolean; required?: boolean };

const FieldContext = createContext<FieldWiring>({});

/** The ids that join a control to its label, hint and error. For controls of the application's own. */
export function useFieldWiring() {
  const { id, describedBy, invalid, required } = useContext(FieldContext);
  return { id, required, 'aria-describedby': describedBy, 'aria-invalid': invalid || undefined } as const;
}

export type FieldProps = {
  label: ReactNode;
  /** The control's id; FormErrorSummary links to it. Made up when absent. */
  id?: string;
  hint?: ReactNode;
  error?: ReactNode;
  /** Small text beside the label, such as the word for "optional". */
  note?: ReactNode;
  required?: boolean;
  className?: string;
  children: ReactNode;
};

/** A label, a hint, an error and one control, wired to each other. */
export function Field({ label, id, hint, error, note, required, className, children }: FieldProps) {
  const generated = useId();
  const controlId = id ?? generated;
  const describedBy = [hint && `${controlId}-hint`, error && `${controlId}-error`].filter(Boolean).join(' ');
  const wiring = { id: controlId, invalid: Boolean(error), ...(describedBy && { describedBy }), ...(required && { required }) };
  return (
    <div className={clsx('ui-field', className)}>
      <label className="ui-label" htmlFor={controlId}>{label}{note && <span className="ui-label-note"> {note}</span>}</label>
      {hint && <p className="ui-hint" id={`${controlId}-hint`}>{hint}</p>}
      <FieldContext value={wiring}>{children}</FieldContext>
      {error && <ErrorText id={`${controlId}-error`}>{error}</ErrorText>}
    </div>
  );
}

export type FieldsetProps = Omit<FieldProps, 'required'>;

/** A group of choices under one question. Its Radio and Checkbox children carry their own labels. */
export function Fieldset({ label, id, hint, error, note, className, children }: FieldsetProps) {
  const generated = useId();
  const groupId = id ?? generated;
  const describedBy = [hint && `${groupId}-hint`, error && `${groupId}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset className={clsx('ui-field', className)} id={groupId} tabIndex={-1} aria-describedby={describedBy}>
      <legend className="ui-label">{label}{note && <span className="ui-label-note"> {note}</span>}</legend>
      {hint && <p className="ui-hint" id={`${groupId}-hint`}>{hint}</p>}
      {children}
      {error && <ErrorText id={`${groupId}-error`}>{error}</ErrorText>}
    </fieldset>
  );
}

function ErrorText({ id, children }: { id: string; children: ReactNode }) {
  return <p className="ui-error" id={id}><CircleAlert aria-hidden="true" /><span>{children}</span></p>;
}

export function TextInput({ className, ...props }: ComponentProps<'input'>) {
  return <input type="text" {...useFieldWiring()} className={clsx('ui-input', className)} {...props} />;
}

export function TextArea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea {...useFieldWiring()} className={clsx('ui-input', className)} {...props} />;
}

/** The device's own select; children are option elements. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return (
    <div className="ui-select">
      <select {...useFieldWiring()} className={clsx('ui-input', className)} {...props} />
      <ChevronDown aria-hidden="true" />
    </div>
  );
}

/** The device's own file input, dressed as a place to drop files; drops work without JavaScript. */
export function FileInput({ className, ...props }: Omit<ComponentProps<'input'>, 'type'>) {
  return <input type="file" {...useFieldWiring()} className={clsx('ui-file', className)} {...props} />;
}
