/** Requests of one address in a minute, where guessing or flooding would pay; far below what the API allows in general. */
import { takeAll, type RateLimiter, type RequestContext } from '@milpa/kernel';

/** A whole class signs in from behind one address at eight o'clock. */
const budgets = { signIn: 60, signUp: 30, mail: 30, secret: 30, invitation: 60, setup: 5 } as const;

export type Budget = (request: RequestContext, name: keyof typeof budgets) => Promise<void>;

/** @throws Problem `kernel.rate_limited` */
export const budgetsOver = (limiter: RateLimiter): Budget => async (request, name) => {
  await takeAll(limiter, [{ name: `identity.${name}`, key: request.address, limit: budgets[name] }]);
};
