/**
 * Several processes that answer requests, beside the one that keeps the database, runs the jobs and looks after them: for when one core is not enough.
 * They share the port, the limits of requests and the numbers; all else they find in the database, as any two processes do.
 */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { JobHealth } from '@milpa/kernel/jobs';
import type { Logger } from 'pino';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';

type JobStatus = JobHealth['status'];
/** What a worker may ask of the first process. */
interface Answers { jobs: JobStatus; metrics: string }
type Question = keyof Answers;
type Message = { ask: Question; id: number } | { answerTo: number; answer: string };

const longestPauseMs = 10_000;

/** Starts `count` processes and resolves when all answer. One that ends is replaced. @throws Error when one does not get to answering. */
export async function startWorkers(count: number, log: Logger, jobs: () => JobStatus): Promise<{ stop(): Promise<void> }> {
  const registry = new AggregatorRegistry();
  new RateLimiterClusterMaster();
  let stopping = false;
  let pauseMs = 100;
  const begin = async (): Promise<void> => {
    const worker = cluster.fork();
    worker.on('message', (message: Message) => {
      if (!('ask' in message)) return;
      const answer = message.ask === 'jobs' ? Promise.resolve(jobs()) : registry.clusterMetrics();
      answer.then((text) => { if (worker.isConnected()) worker.send({ answerTo: message.id, answer: text } satisfies Message); }, (error: unknown) => { log.warn({ err: error }, 'the numbers of the workers could not be put together'); });
    });
    worker.once('exit', (code, signal) => {
      if (stopping) return;
      log.error({ worker: worker.id, code, signal }, 'a worker ended, and another takes its place');
      setTimeout(() => { if (!stopping) begin().catch(() => {}); }, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
    await answering(worker);
    pauseMs = 100;
  };
  const stop = async () => {
    stopping = true;
    await Promise.all(Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined && !worker.isDead()).map(async (worker) => {
      const ended = once(worker!, 'exit');
      worker!.process.kill('SIGTERM');
      await ended;
    }));
  };
  cluster.setupPrimary({ args: ['work'] });
  try {
    await Promise.all(Array.from({ length: count }, begin));
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

function answering(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('listening', () => { resolve(); });
    worker.once('exit', (code) => { reject(new Error(`A worker ended with ${code} before it could answer. The log says why.`)); });
  });
}

const patienceMs = 5000;
let asked = 0;

/** In a worker: asks the first process. @throws Error when it does not answer in time. */
function ask<Q extends Question>(question: Q): Promise<Answers[Q]> {
  const id = asked++;
  const { promise, resolve, reject } = Promise.withResolvers<Answers[Q]>();
  const timer = setTimeout(() => { reject(new Error(`The first process does not tell its ${question}.`)); }, patienceMs);
  const hear = (message: Message) => { if ('answerTo' in message && message.answerTo === id) resolve(message.answer as Answers[Q]); };
  process.on('message', hear);
  process.send!({ ask: question, id } satisfies Message);
  return promise.finally(() => {
    clearTimeout(timer);
    process.off('message', hear);
  });
}

/** What a worker tells of the whole server. */
export function wholeServer(registry: Registry): { jobs(): Promise<JobStatus>; metrics(): Promise<string> } {
  AggregatorRegistry.setRegistries(registry);
  // Only one that exists hears the first process ask for this one's numbers.
  new AggregatorRegistry();
  return { jobs: () => ask('jobs'), metrics: () => ask('metrics') };
}
