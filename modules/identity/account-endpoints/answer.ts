/** Between the kernel's requests and the account use cases, which know nothing of it. */
import { Problem, problems as kernelProblems, type RequestContext } from '@milpa/kernel';
import { AccountError } from '../account/errors.ts';
import type { Visit } from '../account/visit.ts';
import '../problems.ts';

/** @throws Problem `kernel.malformed_request` for a host that is none, as one with port 99999. */
export function visitOf(request: RequestContext): Visit {
  if (!URL.canParse(request.origin)) throw new Problem(kernelProblems.malformed_request);
  return { host: new URL(request.origin).host, cookie: request.cookieHeader || undefined, userAgent: request.userAgent || undefined, address: request.address, locale: request.locale };
}

/** Runs account use cases. @throws Problem with the code of their AccountError. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    const { retryAfter } = error;
    throw new Problem(error.code, retryAfter === undefined ? {} : { params: { minutes: Math.ceil(retryAfter / 60) }, headers: { 'retry-after': String(retryAfter) } });
  }
}
