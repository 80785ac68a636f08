/** What an action's refusal looks like in a form. */
import { FormErrorSummary } from '@milpa/ui';
import { useEffect, type ReactNode } from 'react';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { Refused } from './refused.tsx';

/** Above the form: what to correct, each a link to its field (whose id is the field's path); or why it was refused. Takes the focus when it appears. */
export function ProblemSummary({ problem }: { problem: ProblemDocument | undefined }) {
  if (!problem) return null;
  if (!problem.fields?.length) return <Refused problem={problem} />;
  const summary = <FormErrorSummary title={problem.title} errors={problem.fields.map(({ path, message }) => ({ fieldId: path, message }))} />;
  return problem.fields.length === 1 ? <OnlyError problem={problem}>{summary}</OnlyError> : summary;
}

/** One error is said once: at its field, which takes the focus. The summary shows only where the form has no such field. */
function OnlyError({ problem, children }: { problem: ProblemDocument; children: ReactNode }) {
  useEffect(() => { document.getElementById(problem.fields?.[0]?.path ?? '')?.focus(); }, [problem]);
  return <div className="ui-only-error">{children}</div>;
}

/** For `<Field error={…}>`: what is wrong with one field. */
export function fieldError(problem: ProblemDocument | undefined, path: string): string | undefined {
  return problem?.fields?.find((field) => field.path === path)?.message;
}
