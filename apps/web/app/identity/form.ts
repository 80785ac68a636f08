/** What screens with forms share: reading what was typed, asking the API, and saying what it refused. */
import { data, type RouterContextProvider } from 'react-router';
import type { AnyEndpoint, CallInput, Output, ProblemDocument } from '@milpa/kernel/contract';
import { web } from '../context.ts';

/** What an action tells its screen. */
export interface Answer {
  problem?: ProblemDocument | undefined;
  /** What was typed, to show it again; never a password. */
  values?: Record<string, string>;
  /** What has just been done. */
  done?: string;
}

export interface FormText {
  /** Empty when the form has no such field. */
  text(name: string): string;
  /** Undefined when it was left empty. */
  optional(name: string): string | undefined;
  all(name: string): string[];
  has(name: string): boolean;
  /** These fields as they were typed. */
  keep(...names: string[]): Record<string, string>;
}

export const readForm = async (request: Request): Promise<FormText> => formOf(await request.formData());

export function formOf(form: FormData): FormText {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    text,
    optional: (name) => text(name).trim() || undefined,
    all: (name) => form.getAll(name).filter((value) => typeof value === 'string'),
    has: (name) => form.has(name),
    keep: (...names) => Object.fromEntries(names.map((name) => [name, text(name)])),
  };
}

/** The answer of an action that was refused, with the refusal's status. */
export function refused<A extends Answer = Answer>(problem: ProblemDocument, values: Record<string, string> = {}, more?: Omit<A, keyof Answer>) {
  return data<Answer & Partial<Omit<A, keyof Answer>>>({ problem, values, ...(more as Partial<Omit<A, keyof Answer>>) }, { status: problem.status });
}

/** Puts a refusal that is about one field beside that field: `places` names fields by the problem's code. */
export function atField(problem: ProblemDocument, places: Record<string, string>): ProblemDocument {
  const field = places[problem.code];
  if (!field) return problem;
  return { ...problem, fields: [{ path: `body.${field}`, code: problem.code, message: problem.detail ?? problem.title }] };
}

/** Where every refusal of a password and an address belongs. */
export const accountFields = {
  'identity.email_invalid': 'email',
  'identity.password_too_short': 'password',
  'identity.password_too_long': 'password',
  'identity.password_too_common': 'password',
} as const;
export const newPasswordFields = {
  'identity.password_too_short': 'newPassword',
  'identity.password_too_long': 'newPassword',
  'identity.password_too_common': 'newPassword',
} as const;
export const newEmailFields = { 'identity.email_invalid': 'newEmail' } as const;

type Input<E extends AnyEndpoint> = {} extends CallInput<E> ? [input?: CallInput<E>] : [input: CallInput<E>];

/**
 * Like `submit`, for people who are not signed in yet: to them a refusal with status 401 (a wrong password) is something
 * to say, not a reason to go and sign in.
 */
export async function submitOpenly<E extends AnyEndpoint>(
  context: Readonly<RouterContextProvider>, endpoint: E, ...input: Input<E>
): Promise<{ output: Output<E>; problem?: never } | { problem: ProblemDocument; output?: never }> {
  const { call, locale, requestId } = web(context);
  try {
    return { output: await call(endpoint, ...input) };
  } catch (error) {
    if (error instanceof Error && 'document' in error && typeof error.document === 'function') return { problem: error.document(locale, requestId) };
    throw error;
  }
}

/** The `If-Match` of the version that a form was filled from. */
export const versionTag = (version: string | number): string => `"${version}"`;
