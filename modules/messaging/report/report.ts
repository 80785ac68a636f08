import { memberNames } from '@milpa/identity';
import { decodeCursor, Problem, toPage, type Actor, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { problems } from '../problems.ts';
import { findThread, listMessages } from '../thread/queries.ts';
import { memberOf } from '../thread/thread.ts';
import type { listThreadReports } from './contract.ts';
import { listOpen, putReport, settle as settleRows } from './queries.ts';

/** @throws Problem `messaging.thread_not_found`. */
export async function report(tx: Tx, actor: Actor, threadId: string, reason: string): Promise<void> {
  if (!await findThread(tx, threadId, memberOf(actor))) throw new Problem(problems.thread_not_found);
  await putReport(tx, threadId, memberOf(actor), reason);
}

/** Moderators read of a thread what its participant has shown them: its latest messages. */
export async function list(tx: Tx, { limit, cursor }: Input<typeof listThreadReports>['query']): Promise<Output<typeof listThreadReports>> {
  const { data, page } = toPage(await listOpen(tx, limit + 1, decodeCursor(cursor, ['string', 'string'])), limit, (row) => [row.createdAt, row.threadId]);
  const threads = await Promise.all(data.map(async (row) => ({ row, messages: await listMessages(tx, row.threadId, 20) })));
  const names = await memberNames(tx, threads.flatMap(({ row, messages }) => [row.memberId, ...messages.map((message) => message.authorId)]));
  return {
    data: threads.map(({ row: { threadId, subject, memberId, reason, createdAt }, messages }) => ({
      threadId, subject, reporter: names.get(memberId) ?? '', reason, createdAt, messages: messages.map(({ authorId, ...message }) => ({ ...message, author: { id: authorId, name: names.get(authorId) ?? '' } })),
    })),
    page,
  };
}

/** @throws Problem `messaging.thread_not_found` where nothing was reported. */
export async function settle(tx: Tx, threadId: string): Promise<void> {
  if (!await settleRows(tx, threadId)) throw new Problem(problems.thread_not_found);
}
