import type { Reply } from './module.ts';
import { Problem } from './problem.ts';
import { problems } from './problems.ts';

/** The version that `If-Match` names. @throws Problem `kernel.version_conflict` when it is none. */
export function versionOf(ifMatch: string | null): number {
  const version = /^(?:W\/)?"(\d+)"$/.exec(ifMatch ?? '')?.[1];
  if (version === undefined) throw new Problem(problems.version_conflict);
  return Number(version);
}

/** Sends the version along as the ETag that a later `If-Match` names. */
export function withVersion<T extends { version: number }>(reply: Reply, thing: T): T {
  reply.headers['etag'] = `"${thing.version}"`;
  return thing;
}
