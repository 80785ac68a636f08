/** One field of a form, wired to what was typed and to what was refused. */
import { Field, IconButton, TextInput } from '@milpa/ui';
import { Eye, EyeOff } from 'lucide-react';
import { useState, useSyncExternalStore, type ComponentProps, type ReactNode } from 'react';
import { useT } from '../i18n/index.ts';
import { fieldError } from '../shell/problem.tsx';
import type { Answer } from './form.ts';

export interface FormFieldProps {
  /** Its name in the form and in the endpoint's body. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  note?: ReactNode;
  required?: boolean;
  answer: Answer | undefined;
  children: ReactNode;
}

/** Label, hint, error and control; its id is the path by which problems name it. */
export function FormField({ name, answer, children, ...field }: FormFieldProps) {
  const error = fieldError(answer?.problem, `body.${name}`);
  return <Field id={`body.${name}`} {...(error !== undefined && { error })} {...field}>{children}</Field>;
}

type TextFieldProps = Omit<FormFieldProps, 'children'> & Omit<ComponentProps<'input'>, 'name' | 'children'>;

/** A line of text that keeps what was typed. */
export function TextField({ name, label, hint, note, required, answer, defaultValue, ...input }: TextFieldProps) {
  return (
    <FormField name={name} label={label} hint={hint} note={note} answer={answer} {...(required && { required })}>
      <TextInput name={name} defaultValue={answer?.values?.[name] ?? defaultValue} {...input} />
    </FormField>
  );
}

type PasswordFieldProps = Omit<FormFieldProps, 'children'> & { autoComplete: 'current-password' | 'new-password' };

/** A password, which may be looked at where scripts run. */
export function PasswordField({ name, autoComplete, ...field }: PasswordFieldProps) {
  const t = useT();
  const scripted = useScripted();
  const [shown, setShown] = useState(false);
  return (
    <FormField name={name} {...field}>
      <div className="relative">
        <TextInput name={name} type={shown ? 'text' : 'password'} autoComplete={autoComplete} className="pe-14" spellCheck={false} autoCapitalize="none" />
        {scripted && (
          <IconButton
            className="absolute inset-y-0 end-1 my-auto"
            label={shown ? t('identity.password.hide') : t('identity.password.show')}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
          </IconButton>
        )}
      </div>
    </FormField>
  );
}

const never = () => () => {};

/** Whether scripts have run: controls that need them appear only then. */
export function useScripted(): boolean {
  return useSyncExternalStore(never, () => true, () => false);
}
