import type { Generated } from 'kysely';
import type { Locale } from '@milpa/kernel/contract';
import '@milpa/kernel';

export type Persona = 'learner' | 'instructor' | 'guardian' | 'officer' | 'admin';
export type RoleName = { [L in Locale]?: string | undefined };
export type MemberStatus = 'active' | 'suspended';
export type InvitationStatus = 'pending' | 'accepted' | 'revoked';

export interface RoleTable {
  tenantId: Generated<string>; id: Generated<string>; key: string; name: RoleName; persona: Persona; permissions: Generated<string[]>;
  onSignUp: Generated<boolean>; version: Generated<number>; createdAt: Generated<string>; updatedAt: Generated<string>;
}
export interface MemberTable {
  tenantId: Generated<string>; id: Generated<string>; accountId: string; name: string; email: string; locale: Locale; status: Generated<MemberStatus>;
  search: string; theme: Generated<'light' | 'dark' | null>; timeZone: Generated<string | null>; pictureFileId: Generated<string | null>; mutedNotices: Generated<string[]>; leftAt: Generated<string | null>; eraseAgainAt: Generated<string | null>; mergedInto: Generated<string | null>; suspensionReason: Generated<string | null>; suspendedAt: Generated<string | null>;
  version: Generated<number>; joinedAt: Generated<string>; updatedAt: Generated<string>;
}
export interface MemberRoleTable { tenantId: Generated<string>; memberId: string; roleId: string; startsAt: Generated<string>; expiresAt: string | null }
export interface InvitationTable {
  tenantId: Generated<string>; id: Generated<string>; email: string; roleIds: string[]; locale: Locale; tokenHash: string; mailing: Generated<number>; mailedAt: Generated<string[]>;
  status: Generated<InvitationStatus>; invitedBy: string | null; acceptedBy: string | null; expiresAt: string; name: string | null; rolesExpireAt: string | null; createdAt: Generated<string>; updatedAt: Generated<string>;
}
export interface BulkInvitationTable {
  tenantId: Generated<string>; id: Generated<string>; fileName: string; status: Generated<'draft' | 'running' | 'done'>; roleId: string; locale: Locale;
  memberId: string | null; permissions: Generated<string[]>; createdAt: string; startedAt: Generated<string | null>; finishedAt: Generated<string | null>;
}
export type BulkInvitationForecast = 'invite' | 'already_member' | 'already_invited' | 'duplicate' | 'no_such_role' | 'not_allowed' | 'bad_address' | 'bad_date' | 'bad_language' | 'no_place';
export type BulkInvitationOutcome = Exclude<BulkInvitationForecast, 'invite'> | 'invited' | 'mailed_often' | 'over_budget' | 'failed';
export interface BulkInvitationLineTable {
  tenantId: Generated<string>; bulkInvitationId: string; line: number; name: string; email: string; roleText: string; roleId: string | null; rolesExpireAt: string | null; locale: Locale;
  forecast: BulkInvitationForecast; outcome: BulkInvitationOutcome | null; doneAt: string | null;
}
export interface RefreshTokenTable {
  tenantId: Generated<string>; id: Generated<string>; familyId: string; memberId: string; accountId: string; sessionId: Generated<string | null>; tokenHash: string;
  authenticatedAt: string; usedAt: string | null; revokedAt: string | null; expiresAt: string;
}
export interface DataExportTable { tenantId: Generated<string>; id: Generated<string>; memberId: string; fileId: Generated<string | null>; requestedAt: string; readyAt: Generated<string | null>; expiresAt: Generated<string | null> }
export interface DepartureTable { tenantId: Generated<string>; memberId: string; requestedAt: string; dueAt: string }
export interface SupportAccessTable {
  tenantId: Generated<string>; id: Generated<string>; state: 'requested' | 'granted' | 'refused' | 'lapsed'; level: 'read' | 'change'; hours: number;
  accountId: string | null; operatorName: string | null; reason: string | null; note: string | null; createdAt: string;
  decidedAt: string | null; decidedBy: string | null; expiresAt: string | null; endedAt: Generated<string | null>; endedBy: Generated<string | null>;
}
export interface SupportCodeTable { codeHash: string; challenge: string; tenantId: string; accessId: string; accountId: string; sessionId: string; expiresAt: string; usedAt: string | null }
export interface SupportSessionTable { tokenHash: string; tenantId: string; accessId: string; accountId: string; sessionId: string; createdAt: string; expiresAt: string }
export interface OperatorTable { accountId: string; createdAt: Generated<string> }
export interface SetupCodeTable { codeHash: string; createdAt: Generated<string>; usedAt: string | null; usedBy: string | null }

declare module '@milpa/kernel' {
  interface Tables {
    'identity.role': RoleTable;
    'identity.member': MemberTable;
    'identity.memberRole': MemberRoleTable;
    'identity.invitation': InvitationTable;
    'identity.bulkInvitation': BulkInvitationTable;
    'identity.bulkInvitationLine': BulkInvitationLineTable;
    'identity.refreshToken': RefreshTokenTable;
    'identity.dataExport': DataExportTable;
    'identity.departure': DepartureTable;
    'identity.supportAccess': SupportAccessTable;
  }
  interface ControlTables {
    'identityControl.operator': OperatorTable;
    'identityControl.setupCode': SetupCodeTable;
    'identityControl.supportCode': SupportCodeTable;
    'identityControl.supportSession': SupportSessionTable;
  }
}
