/** How loaders and actions reach the request's context and the API. */
import { createContext, data, redirect, type RouterContextProvider } from 'react-router';
import type { AnyEndpoint, CallInput, Output, ProblemDocument } from '@milpa/kernel/contract';
import type { WebContext } from '../web-context.ts';
import type { PageSettings } from './page.tsx';
import { confirmPath, pagePath, signInPath } from './shell/paths.ts';

export const webContext = createContext<WebContext>();
export const pageSettings = createContext<PageSettings>();
/** Takes note of a failure that nobody foresaw. */
export const reporter = createContext<(error: unknown) => void>();

export const web = (context: Readonly<RouterContextProvider>): WebContext => context.get(webContext);

type Input<E extends AnyEndpoint> = {} extends CallInput<E> ? [input?: CallInput<E>] : [input: CallInput<E>];

/**
 * For loaders: the output of an endpoint. What it refuses becomes the error screen with the right status;
 * who is not signed in is sent to sign in and brought back, and who must confirm that it is them to that.
 */
export async function load<E extends AnyEndpoint>(context: Readonly<RouterContextProvider>, endpoint: E, ...input: Input<E>): Promise<Output<E>> {
  try {
    return await web(context).call(endpoint, ...input);
  } catch (error) {
    const problem = problemIn(context, error);
    throw data(problem, { status: problem.status });
  }
}

/**
 * For actions: the output of an endpoint, or the problem, to show beside the form. Who is not signed in any more, or must confirm that
 * it is them, is sent there with the form itself (307 keeps it), and goes on with what was typed.
 */
export async function submit<E extends AnyEndpoint>(
  context: Readonly<RouterContextProvider>, endpoint: E, ...input: Input<E>
): Promise<{ output: Output<E>; problem?: never } | { problem: ProblemDocument; output?: never }> {
  try {
    return { output: await web(context).call(endpoint, ...input) };
  } catch (error) {
    return { problem: problemIn(context, error, (path) => redirect(`${path}&form`, 307)) };
  }
}

function problemIn(context: Readonly<RouterContextProvider>, error: unknown, to: (path: string) => Response = redirect): ProblemDocument {
  const { locale, requestId, url } = web(context);
  if (!isProblem(error)) {
    context.get(reporter)(error);
    throw data({ requestId }, { status: 500 });
  }
  const problem = error.document(locale, requestId);
  if (problem.status === 401) throw to(signInPath(url));
  if (problem.code === 'kernel.confirmation_required') throw to(confirmPath(pagePath(url)));
  return problem;
}

/** The kernel's `Problem`, told by what it can do: the web's bundle does not share classes with the server. */
function isProblem(error: unknown): error is Error & { document(locale: string, requestId: string): ProblemDocument } {
  return error instanceof Error && 'document' in error && typeof error.document === 'function';
}

/** For loaders of what is one member's own: support is told so, before anything is asked for in vain and written to the log. */
export function membersOnly(context: Readonly<RouterContextProvider>): void {
  if (web(context).viewer.kind === 'support') throw data({ code: 'shell.members_only' }, { status: 403 });
}
