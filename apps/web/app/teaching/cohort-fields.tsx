/** The fields of a group, as they are typed and as the API takes them. */
import { Checkbox, Field, TextInput } from '@milpa/ui';
import { endOfDay, startOfDay } from '../identity/dates.ts';
import { useT } from '../i18n/index.ts';
import { fieldError } from '../shell/problem.tsx';

/** What the form of a group says; days are the organisation's. */
export function cohortFields(form: FormData, timeZone: string) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    name: text('name'), startsAt: startOfDay(text('startsAt'), timeZone) ?? text('startsAt'), endsAt: text('endsAt') ? endOfDay(text('endsAt'), timeZone) ?? text('endsAt') : null,
    capacity: text('capacity') ? Number(text('capacity')) : null, selfEnrollment: form.has('selfEnrollment'),
  };
}

interface CohortFieldsProps { problem: Parameters<typeof fieldError>[0]; values?: { name: string; startsAt: string; endsAt: string; capacity: number | null; selfEnrollment: boolean } }

export function CohortFields({ problem, values }: CohortFieldsProps) {
  const t = useT();
  const error = (name: string) => { const message = fieldError(problem, `body.${name}`); return message === undefined ? {} : { error: message }; };
  return (
    <>
      <Field id="body.name" label={t('teaching.cohorts.name')} required {...error('name')}><TextInput name="name" defaultValue={values?.name} maxLength={120} required /></Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field id="body.startsAt" label={t('teaching.cohorts.firstDay')} required {...error('startsAt')}><TextInput type="date" name="startsAt" defaultValue={values?.startsAt} required /></Field>
        <Field id="body.endsAt" label={t('teaching.cohorts.lastDay')} note={t('teaching.optional')} {...error('endsAt')}><TextInput type="date" name="endsAt" defaultValue={values?.endsAt} /></Field>
        <Field id="body.capacity" label={t('teaching.cohorts.capacity')} note={t('teaching.optional')} {...error('capacity')}><TextInput type="number" name="capacity" min={1} max={100000} inputMode="numeric" defaultValue={values?.capacity ?? undefined} /></Field>
      </div>
      <Checkbox name="selfEnrollment" defaultChecked={values?.selfEnrollment} label={t('teaching.cohorts.self')} hint={t('teaching.cohorts.selfHint')} />
    </>
  );
}
