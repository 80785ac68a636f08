/** What an action's refusal looks like in a form. */
import { FormErrorSummary, Notice } from '@milpa/ui';
import type { ProblemDocument } from '@milpa/kernel/contract';

/** Above the form: what to correct, each a link to its field (whose id is the field's path); or why it was refused. */
export function ProblemSummary({ problem }: { problem: ProblemDocument | undefined }) {
  if (!problem) return null;
  if (!problem.fields?.length) return <Notice tone="danger" title={problem.title} live>{problem.detail}</Notice>;
  return <FormErrorSummary title={problem.title} errors={problem.fields.map(({ path, message }) => ({ fieldId: path, message }))} />;
}

/** For `<Field error={…}>`: what is wrong with one field. */
export function fieldError(problem: ProblemDocument | undefined, path: string): string | undefined {
  return problem?.fields?.find((field) => field.path === path)?.message;
}
