/** What must hold of every answer, whatever was asked. */
import { locales, fileContent, problemSchema, type AnyEndpoint, type Locale } from '../../packages/kernel/contract.ts';
import { problemCodes, problemText } from '../../packages/kernel/index.ts';
import type { Answer } from '../../packages/testkit/index.ts';
import type { Case } from './requests.ts';

/** Words of the database and of stack traces: nothing that a reader can act on. */
const insides = /\n\s+at |node:internal|\/node_modules\/|\.ts:\d+:\d+|\bsyntax error at\b|\bviolates\b|\bduplicate key\b|\brelation "|\bcolumn "|\b(select|insert|update|delete)\b.+\b(from|into|set)\b.+\b(kernel|catalog|identity|learning|media|tenancy|interop)\b\.|\bSQLSTATE\b|\bECONN|\bENOENT\b|\bZodError\b/is;
const known = new Set(problemCodes());
/** Fills every gap of a text. */
const anything = new Proxy({}, { get: () => 1, has: () => true });
/** What any endpoint may answer: the kernel's own refusals, and that of a token. */
const everywhere = /^(kernel\..*|identity\.token_invalid)$/;

/** What is wrong with an answer; empty when nothing is. */
export function faultsOf(endpoint: AnyEndpoint, request: Case, answer: Answer, locale: Locale, secrets: readonly string[]): string[] {
  const { status, text, headers } = answer;
  const faults: string[] = [];
  if (status >= 500) faults.push('it broke');
  for (const secret of secrets) if (text.includes(secret) && !JSON.stringify([request.path, request.raw]).includes(secret)) faults.push(`it shows another organisation’s ${secret}`);
  const asAsked = request.method === endpoint.method;
  if (status < 400) return asAsked ? [...faults, ...breaksPromise(endpoint, answer)] : faults;
  if (insides.test(text)) faults.push('it tells of its insides');
  if (request.method === 'HEAD' || status === 416) return faults;
  if (!headers['content-type']?.startsWith('application/problem+json')) return [...faults, `it is no problem document but ${headers['content-type']}`];
  const problem = problemSchema.safeParse(answer.body);
  if (!problem.success) return [...faults, 'its problem document lacks something'];
  const { code, title, status: told, detail } = problem.data;
  if (!known.has(code)) faults.push(`its code ${code} is registered nowhere`);
  if (told !== status) faults.push(`it says ${told}`);
  if (!detail) faults.push('it does not say what to do');
  if (asAsked && !everywhere.test(code) && !endpoint.errors?.includes(code)) faults.push(`its code ${code} is not declared`);
  if (!('accept-language' in request.headers) && !('cookie' in request.headers) && title !== problemText(code, locale, anything).title) {
    faults.push(`its title is not in ${locale} but in ${locales.find((other) => problemText(code, other, anything).title === title) ?? 'none'}: ${title}`);
  }
  return faults;
}

/** Whether a success is what the endpoint declares. */
function breaksPromise(endpoint: AnyEndpoint, { status, body, text }: Answer): string[] {
  if (endpoint.response === fileContent) return [200, 206, 304].includes(status) ? [] : [`it is ${status}`];
  if (status !== endpoint.status) return [`it is ${status}, not ${endpoint.status}`];
  if (status === 204) return text === '' ? [] : ['it has a body'];
  const outcome = endpoint.response.safeParse(body);
  return outcome.success ? [] : [`its body is not what it declares: ${outcome.error.issues.map((issue: { path: PropertyKey[]; message: string }) => `${issue.path.join('.')} ${issue.message}`).slice(0, 3).join('; ')}`];
}
