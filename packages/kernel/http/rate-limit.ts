/** Limits of requests in a minute per address, member and tenant, behind a port: in this process now, in Redis when there are several. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';

export interface RateLimiter {
  /** Takes one of `limit` requests in the current minute. */
  take(key: string, limit: number): Promise<RateVerdict>;
}
export interface RateVerdict { allowed: boolean; limit: number; remaining: number; resetSeconds: number }

export function memoryRateLimiter(): RateLimiter {
  const byLimit = new Map<number, RateLimiterMemory>();
  return {
    async take(key, limit) {
      let limiter = byLimit.get(limit);
      if (!limiter) byLimit.set(limit, limiter = new RateLimiterMemory({ points: limit, duration: 60 }));
      const outcome = await limiter.consume(key).then((ok) => ({ ok, allowed: true }), (refused: unknown) => {
        if (refused instanceof RateLimiterRes) return { ok: refused, allowed: false };
        throw refused;
      });
      return { allowed: outcome.allowed, limit, remaining: outcome.ok.remainingPoints, resetSeconds: Math.ceil(outcome.ok.msBeforeNext / 1000) };
    },
  };
}

/** Takes from each budget in turn. @returns headers of the tightest. @throws Problem `kernel.rate_limited` with `Retry-After`. */
export async function takeAll(limiter: RateLimiter, budgets: readonly { name: string; key: string; limit: number }[]): Promise<Record<string, string>> {
  let tightest: (RateVerdict & { name: string }) | undefined;
  for (const { name, key, limit } of budgets) {
    const verdict = { ...await limiter.take(`${name}:${key}`, limit), name };
    if (!tightest || !verdict.allowed || verdict.remaining < tightest.remaining) tightest = verdict;
    if (!verdict.allowed) break;
  }
  if (!tightest) return {};
  const { name, allowed, limit, remaining, resetSeconds } = tightest;
  const headers = { 'ratelimit-policy': `"${name}";q=${limit};w=60`, ratelimit: `"${name}";r=${remaining};t=${resetSeconds}` };
  if (!allowed) throw new Problem(problems.rate_limited, { params: { seconds: resetSeconds }, headers: { ...headers, 'retry-after': String(resetSeconds) } });
  return headers;
}
