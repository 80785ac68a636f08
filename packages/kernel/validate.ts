import type { z } from 'zod';
import { Problem, type FieldProblem } from './problem.ts';
import { problems } from './problems.ts';

/** Zod's issues in the words of our field problems. */
function fieldProblem(issue: z.core.$ZodIssue, part: string): FieldProblem[] {
  const path = [part, ...issue.path].map(String).join('.');
  switch (issue.code) {
    case 'too_small': return [issue.origin === 'string'
      ? { path, code: Number(issue.minimum) <= 1 ? 'required' : 'too_short', params: { minimum: Number(issue.minimum) } }
      : { path, code: 'too_small', params: { minimum: Number(issue.minimum) } }];
    case 'too_big': return [{ path, code: issue.origin === 'string' ? 'too_long' : 'too_big', params: { maximum: Number(issue.maximum) } }];
    case 'invalid_type': return [{ path, code: issue.input === undefined ? 'required' : 'invalid' }];
    case 'invalid_value': return [{ path, code: 'not_an_option' }];
    case 'unrecognized_keys': return issue.keys.map((key) => ({ path: `${path}.${key}`, code: 'unknown' }));
    case 'custom': return [{ path, code: typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'invalid' }];
    default: return [{ path, code: 'invalid' }];
  }
}

/** The value as the schema has it. @throws Problem `kernel.validation_failed` that names every field which does not fit. */
export function validate<T>(schema: z.ZodType<T> | undefined, value: unknown, part: string): T {
  if (!schema) return undefined as T;
  const result = schema.safeParse(value ?? {}, { reportInput: true });
  if (result.success) return result.data;
  throw new Problem(problems.validation_failed, { fields: result.error.issues.flatMap((issue) => fieldProblem(issue, part)) });
}
