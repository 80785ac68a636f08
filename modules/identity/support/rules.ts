/** Pure decisions about support. */
import type { SupportAccess } from './contract.ts';

/** A request that nobody answers is none any more. */
export const requestDays = 7;
/** All operators together may ask one organisation so often in 24 hours. */
export const requestsADay = 3;
/** Entering again is easy; a session that is forgotten should not be there for a week. */
export const sessionHours = 8;
/** From the operator's confirmation to the organisation's host is a redirect. */
export const codeSeconds = 60;

/** What it has come to: a request that was left unanswered has lapsed, whether that was written down or not. */
export const stateAt = ({ state, createdAt }: Pick<SupportAccess, 'state' | 'createdAt'>, now: Date): SupportAccess['state'] =>
  (state === 'requested' && Date.parse(createdAt) <= now.getTime() - requestDays * 24 * 60 * 60 * 1000 ? 'lapsed' : state);

/** Up to the very moment at which it expires. */
export const isAlive = ({ state, expiresAt, endedAt }: Pick<SupportAccess, 'state' | 'expiresAt' | 'endedAt'>, now: Date): boolean =>
  state === 'granted' && endedAt === null && expiresAt !== null && Date.parse(expiresAt) > now.getTime();

/** What is allowed goes no further than what was asked for: neither longer nor to changes. */
export const isWithin = (allowed: { level: string; hours: number }, asked: { level: string; hours: number }): boolean =>
  allowed.hours <= asked.hours && (allowed.level === 'read' || asked.level === 'change');

/** A session ends with its access, and after some hours anyway. */
export const sessionEnd = (accessExpiresAt: string, now: Date): Date =>
  new Date(Math.min(Date.parse(accessExpiresAt), now.getTime() + sessionHours * 60 * 60 * 1000));
