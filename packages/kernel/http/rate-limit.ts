/** Limits of requests in a minute per address, member and tenant, behind a port: in this process, in the first of several, or in Redis when there are several machines. */
import { RateLimiterCluster, RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';

export interface RateLimiter {
  /** Takes one of `limit` requests in the current minute. */
  take(key: string, limit: number): Promise<RateVerdict>;
}
export interface RateVerdict { allowed: boolean; limit: number; remaining: number; resetSeconds: number }

export const memoryRateLimiter = (): RateLimiter => limiterOf((points) => new RateLimiterMemory({ points, duration: 60 }));

/** For one of several processes that one has forked: the first one counts, with the library's `RateLimiterClusterMaster`. */
export const sharedRateLimiter = (): RateLimiter => limiterOf((points) => new RateLimiterCluster({ points, duration: 60, keyPrefix: `of-${points}`, timeoutMs: 5000 }));

function limiterOf(make: (limit: number) => RateLimiterAbstract): RateLimiter {
  const byLimit = new Map<number, RateLimiterAbstract>();
  return {
    async take(key, limit) {
      let limiter = byLimit.get(limit);
      if (!limiter) byLimit.set(limit, limiter = make(limit));
      const outcome = await limiter.consume(key).then((ok) => ({ ok, allowed: true }), (refused: unknown) => {
        if (refused instanceof RateLimiterRes) return { ok: refused, allowed: false };
        throw refused;
      });
      return { allowed: outcome.allowed, limit, remaining: outcome.ok.remainingPoints, resetSeconds: Math.ceil(outcome.ok.msBeforeNext / 1000) };
    },
  };
}

export interface Budget { name: string; key: string; limit: number }
export type Taken = RateVerdict & { name: string };

/** Takes from each budget in turn. @returns what is left of each. @throws Problem `kernel.rate_limited` with `Retry-After`. */
export async function takeAll(limiter: RateLimiter, budgets: readonly Budget[]): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const { name, key, limit } of budgets) {
    const verdict = { ...await limiter.take(`${name}:${key}`, limit), name };
    if (!verdict.allowed) {
      const { resetSeconds } = verdict;
      throw new Problem(problems.rate_limited, { params: { seconds: resetSeconds }, headers: { ...limitHeaders([verdict]), 'retry-after': String(resetSeconds) } });
    }
    taken.push(verdict);
  }
  return taken;
}

/** Headers that tell of the tightest. */
export function limitHeaders(taken: readonly Taken[]): Record<string, string> {
  const tightest = taken.reduce<Taken | undefined>((least, verdict) => (least && least.remaining <= verdict.remaining ? least : verdict), undefined);
  if (!tightest) return {};
  const { name, limit, remaining, resetSeconds } = tightest;
  return { 'ratelimit-policy': `"${name}";q=${limit};w=60`, ratelimit: `"${name}";r=${remaining};t=${resetSeconds}` };
}
