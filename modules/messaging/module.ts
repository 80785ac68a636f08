import { defineModule, route, routeOwned, type Module } from '@milpa/kernel';
import './tables.ts';
import * as broadcastContract from './broadcast/contract.ts';
import * as broadcast from './broadcast/broadcast.ts';
import { templates } from './broadcast/templates.ts';
import { mailCopyJob, type MailDependencies } from './mail/job.ts';
import * as reportContract from './report/contract.ts';
import * as report from './report/report.ts';
import { mergedBlocks, mergedBroadcasts, mergedMessages, mergedParticipants } from './thread/merge.ts';
import * as threadContract from './thread/contract.ts';
import * as thread from './thread/thread.ts';

const { ownCourse } = broadcast;
const inOwn = { actor: 'only threads that the actor is in' };

export const messagingModule = (dependencies: MailDependencies): Module => defineModule({
  name: 'messaging',
  memberData: {
    'messaging.block': { member_id: ['own', mergedBlocks('member_id', 'blocked_id')], blocked_id: ['mark', mergedBlocks('blocked_id', 'member_id')] },
    'messaging.report': { member_id: ['record', { unlessSame: ['thread_id'] }] },
    'messaging.participant': { member_id: ['record', mergedParticipants] },
    'messaging.message': { author_id: ['record', mergedMessages] },
    'messaging.broadcast': { author_id: ['record', mergedBroadcasts] },
  },
  feature: 'learning',
  permissions: ['message:read:own', 'message:write:own', 'message:broadcast', 'message:broadcast:own', 'message:moderate'],
  routes: [
    routeOwned(threadContract.listThreads, inOwn, ({ tx, actor, query }) => thread.inbox(tx, actor, query)),
    routeOwned(threadContract.countUnread, inOwn, ({ tx, actor }) => thread.unread(tx, actor)),
    routeOwned(threadContract.getThread, inOwn, ({ tx, actor, params }) => thread.get(tx, actor, params.threadId)),
    routeOwned(threadContract.readThread, inOwn, ({ tx, actor, params }) => thread.read(tx, actor, params.threadId)),
    routeOwned(threadContract.replyToThread, inOwn, ({ tx, actor, params, body }) => thread.reply(tx, actor, params.threadId, body.body)),
    routeOwned(threadContract.startThread, { actor: 'writes in the actor’s own name about a course that they take' }, ({ tx, actor, params, body }) => thread.start(tx, actor, params.courseId, body)),
    routeOwned(threadContract.setBlock, inOwn, ({ tx, actor, params, body }) => thread.block(tx, actor, params.threadId, body.blocked)),

    routeOwned(reportContract.reportThread, inOwn, ({ tx, actor, params, body }) => report.report(tx, actor, params.threadId, body.reason)),
    route(reportContract.listThreadReports, ({ tx, query }) => report.list(tx, query)),
    route(reportContract.settleThreadReport, ({ tx, params }) => report.settle(tx, params.threadId)),

    routeOwned(broadcastContract.sendBroadcast, ownCourse, ({ tx, resource, body }) => broadcast.send(tx, resource, body)),
    routeOwned(broadcastContract.listBroadcasts, ownCourse, ({ tx, resource, query }) => broadcast.list(tx, resource, query)),
    routeOwned(broadcastContract.previewAudience, ownCourse, ({ tx, resource, query }) => broadcast.preview(tx, resource, query)),
    routeOwned(broadcastContract.listMessageTemplates, { actor: 'the same texts for everybody' }, async () => ({ data: templates })),
  ],
  subscriptions: thread.threadHandlers(dependencies),
  jobs: [broadcast.deliverJob(dependencies), mailCopyJob(dependencies)],
});
