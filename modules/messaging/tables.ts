import type { Generated } from 'kysely';
import '@milpa/kernel';
import type { Audience } from './broadcast/contract.ts';

export interface BroadcastTable {
  tenantId: Generated<string>; id: Generated<string>; courseId: string; authorId: string; subject: string; body: string;
  audience: Audience; recipientIds: string[]; createdAt: string; sentAt: string | null;
}
export interface ThreadTable { tenantId: Generated<string>; id: Generated<string>; courseId: string; subject: string; broadcastId: string | null; createdAt: string }
export interface ParticipantTable {
  tenantId: Generated<string>; threadId: string; memberId: string; side: 'learner' | 'staff'; broadcastId: string | null;
  lastMessageAt: string; unread: Generated<number>; readAt: string | null; inInbox: boolean; awaitsReply: Generated<boolean>;
}
export interface MessageTable { tenantId: Generated<string>; id: Generated<string>; threadId: string; authorId: string; body: string; createdAt: string }
export interface BlockTable { tenantId: Generated<string>; memberId: string; blockedId: string; createdAt: string }
export interface ReportTable { tenantId: Generated<string>; threadId: string; memberId: string; reason: string; createdAt: string; settledAt: string | null }

declare module '@milpa/kernel' {
  interface Tables {
    'messaging.broadcast': BroadcastTable;
    'messaging.thread': ThreadTable;
    'messaging.participant': ParticipantTable;
    'messaging.message': MessageTable;
    'messaging.block': BlockTable;
    'messaging.report': ReportTable;
  }
}
