import { useLocation } from 'react-router';
import { LinkButton, Notice } from '@milpa/ui';
import { ProblemSummary } from '../shell/problem.tsx';
import type { Answer } from './form.ts';

/**
 * Above a form that two people may edit: when somebody else was first, what was typed stays, and the newest is a press
 * away, on a button labelled `reload`.
 */
export function FormProblem({ answer, reload }: { answer: Answer | undefined; reload: string }) {
  const { pathname } = useLocation();
  if (answer?.problem?.code !== 'kernel.version_conflict') return <ProblemSummary problem={answer?.problem} />;
  const { title, detail } = answer.problem;
  return <Notice tone="warning" title={title} live actions={<LinkButton href={pathname} size="small">{reload}</LinkButton>}>{detail}</Notice>;
}
