import { Notice } from '@milpa/ui';
import { useEffect, useRef } from 'react';
import type { ProblemDocument } from '@milpa/kernel/contract';

/** Why something was refused that has no fields to correct. Takes the focus when it appears. */
export function Refused({ problem }: { problem: ProblemDocument }) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => { if (problem) notice.current?.focus(); }, [problem]);
  return <div ref={notice} tabIndex={-1}><Notice tone="danger" title={problem.title} live>{problem.detail}</Notice></div>;
}
