/** A form that its sender was no longer signed in for, or must confirm for who they are: it is kept meanwhile, and goes on from there. */
import { LinkButton, SubmitButton } from '@milpa/ui';
import { useEffect, useRef } from 'react';
import { useT } from '../i18n/index.ts';
import { AuthFrame } from './auth-frame.tsx';

const field = 'keptForm';
/** What nobody writes into a page. */
const secret = /password|code|token|^passkey$/i;
const mostBytes = 900_000;

/** The form that came along, from wherever, or that this page was keeping; undefined when there is none. `isOwn`: it is this page's, whatever it keeps. */
export function keptFormIn(form: FormData, url: URL, isOwn = false): string | undefined {
  const kept = form.get(field);
  if (typeof kept === 'string') return kept;
  if (isOwn || !url.searchParams.has('form')) return undefined;
  const typed = JSON.stringify([...form].filter(([name, value]) => typeof value === 'string' && !secret.test(name)));
  return typed.length > mostBytes ? undefined : typed;
}

/** Whether a post is the form that was interrupted, not this page's own. */
export const isInterrupted = (form: FormData, url: URL): boolean => url.searchParams.has('form') && !form.has(field);

/** Whether a form has something that is not kept. */
export const losesFields = (form: FormData): boolean => [...form].some(([name, value]) => typeof value !== 'string' || secret.test(name));

export const KeptForm = ({ value }: { value: string | undefined }) => (value === undefined ? null : <input type="hidden" name={field} value={value} />);

function entriesOf(kept: string): [string, string][] {
  try {
    const entries: unknown = JSON.parse(kept);
    return Array.isArray(entries) ? entries.filter((entry): entry is [string, string] => Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'string')) : [];
  } catch {
    return [];
  }
}

/** The form goes on. After signing in by a press, since it may be somebody else who signed in; the same person's by itself where scripts run. */
export function GoOn({ kept, next, same = false }: { kept: string; next: string; same?: boolean }) {
  const t = useT();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (same) form.current?.requestSubmit();
  }, [same]);
  return (
    <AuthFrame title={same ? t('identity.confirm.done') : t('identity.kept.title')} lead={same ? t('identity.confirm.formLead') : t('identity.kept.lead')}>
      <form method="post" action={next} ref={form} className="ui-stack">
        {entriesOf(kept).map(([name, value], index) => <input key={index} type="hidden" name={name} value={value} />)}
        <SubmitButton wide size="large">{t('identity.kept.go')}</SubmitButton>
        <LinkButton href={next} look="quiet" wide>{t('identity.kept.leave')}</LinkButton>
      </form>
    </AuthFrame>
  );
}
