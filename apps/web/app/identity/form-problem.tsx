import { useLocation } from 'react-router';
import { LinkButton, Notice } from '@milpa/ui';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import type { Answer } from './form.ts';

/** Above a form that two people may edit: when somebody else was first, what was typed stays, and the newest is a press away. */
export function FormProblem({ answer }: { answer: Answer | undefined }) {
  const t = useT();
  const { pathname } = useLocation();
  if (answer?.problem?.code !== 'kernel.version_conflict') return <ProblemSummary problem={answer?.problem} />;
  return (
    <Notice tone="warning" title={t('identity.conflict.title')} live actions={<LinkButton href={pathname} size="small">{t('identity.conflict.reload')}</LinkButton>}>
      {t('identity.conflict.text')}
    </Notice>
  );
}
