/** What other modules and the composition root may call. */
import './tables.ts';

export { makeAuthenticator, type AuthenticatorOptions } from './access/authenticator.ts';
export { createAuth, type AccountMail, type Auth, type AuthOptions } from './account/auth.ts';
export { accountMailer } from './mail/account-mail.ts';
export { endSessionsAt } from './account/sessions.ts';
export { createVerifiedAccount } from './account/accounts.ts';
export { findAccount } from './account/queries.ts';
export { memberInvited, memberJoined, memberLeft, memberMerged, memberResumed, memberSuspended } from './events.ts';
export { addMember, type Person } from './member/member.ts';
export { countMembers, memberCards, memberNames, membersByEmail, membersNamed } from './member/queries.ts';
export { administrators } from './access/administrators.ts';
export { memberPreferences, type MemberPreferences } from './member/preferences.ts';
export { hasOperator, makeOperator } from './operator/operators.ts';
export { issueSetupCode } from './operator/setup.ts';
export { accountNames } from './operator/names.ts';
export { inviteByRole, inviteToJoin } from './invitation/by-role.ts';
export { listProblems } from './people-list/problems.ts';
export { countsOfList, linesOfList, textOfList, workOff } from './people-list/list.ts';
export { isAddress } from './people-list/people.ts';
export { extendRoles, furnishRoles, type RoleDefinition } from './role/role.ts';
export * from './contract.ts';
