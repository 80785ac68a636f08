/**
 * How much the server takes on at a time. Past that, who comes is told at once to come again: in a queue that grows, everybody
 * waits until nobody is there any more to read the answer.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';

export interface Pressure {
  /** Requests that are being worked on now. */
  pending(): number;
  /** Resolves when half of the places are free, for work that can wait; at the latest after `longestMs`. */
  eased(): Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest { isPending: boolean }
  interface FastifyContextConfig { /** Answered however much there is to do. */ always?: boolean }
}

/** Work that can wait does, but not for ever: a server that is always busy must get to it as well. */
const longestMs = 10_000;

/** A sender of a file keeps us waiting, not working: it takes no place. */
const bringsFile = ({ headers }: FastifyRequest) => Number(headers['content-length'] ?? 0) > 100_000 || headers['transfer-encoding'] !== undefined;

/** Refuses requests to our own routes while `limit` of them are pending. A response that is being sent is not: its reader may be slow. */
export function limitPressure(app: FastifyInstance, limit: number): Pressure {
  let pending = 0;
  const waiting = new Set<() => void>();
  app.decorateRequest('isPending', false);

  const leave = (request: FastifyRequest) => {
    if (!request.isPending) return;
    request.isPending = false;
    pending -= 1;
    if (pending * 2 <= limit) for (const resolve of waiting) resolve();
  };

  app.addHook('onRequest', async (request) => {
    const { operation, always = false } = request.routeOptions.config;
    if (operation === undefined || always || bringsFile(request)) return;
    // The seconds differ, so that those who are refused together do not come back together.
    if (pending >= limit) throw new Problem(problems.overloaded, { headers: { 'retry-after': String(1 + Math.floor(Math.random() * 3)) } });
    request.isPending = true;
    pending += 1;
  });
  app.addHook('onSend', async (request) => leave(request));
  app.addHook('onRequestAbort', async (request) => leave(request));
  app.addHook('onResponse', async (request) => leave(request));

  return {
    pending: () => pending,
    async eased() {
      if (pending * 2 <= limit) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, longestMs);
      waiting.add(resolve);
      await promise;
      waiting.delete(resolve);
      clearTimeout(timer);
    },
  };
}
