/** Requests of one address, or of one member, in a minute, where guessing or flooding would pay; far below what the API allows in general. */
import { takeAll, type RateLimiter, type RequestContext } from '@milpa/kernel';

/** A whole school signs in from behind one address at eight o'clock; who guesses is stopped by the lock-out, long before. */
const budgets = { signIn: 240, signUp: 30, mail: 30, secret: 30, invitation: 60, invite: 30, setup: 5, dataExport: 3, support: 20 } as const;

export type Budget = (request: RequestContext, name: keyof typeof budgets, who?: string) => Promise<void>;

/** `who` draws on the budget, the request's address unless told. @throws Problem `kernel.rate_limited` */
export const budgetsOver = (limiter: RateLimiter): Budget => async (request, name, who = request.address) => {
  await takeAll(limiter, [{ name: `identity.${name}`, key: who, limit: budgets[name] }]);
};
