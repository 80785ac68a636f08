import { abilities, anyAccount, endpoint, fileContent, id, locale, nothing, pageOf, pageQuery, text, timestamp, upload } from '@milpa/kernel/contract';
import { z } from 'zod';
import { persona } from '../role/contract.ts';

export const memberSort = z.enum(['name', 'newest']);
export const memberStatus = z.enum(['active', 'suspended']);

const memberRole = z.object({
  roleId: id, key: z.string(), name: z.object({ en: z.string(), 'es-MX': z.string(), ar: z.string() }).partial(), persona,
  startsAt: timestamp, expiresAt: timestamp.nullable(),
  /** Whether it counts today. */
  inForce: z.boolean(),
});

export const memberSummary = z.object({
  id, name: z.string(), email: z.string(), locale, status: memberStatus, persona, joinedAt: timestamp,
}).meta({ id: 'MemberSummary' });
const listedMember = memberSummary.extend({
  /** Those that count today. */
  roles: z.array(memberRole.pick({ roleId: true, name: true })),
}).meta({ id: 'ListedMember' });
export const member = memberSummary.extend({
  roles: z.array(memberRole),
  /** Null while they may enter. */
  suspension: z.object({ reason: z.string().nullable(), at: timestamp.nullable() }).nullable(),
  /** What they were last seen doing here, or a change that they made; null: nothing yet. */
  lastSeenAt: timestamp.nullable(),
  /** Apps that are signed in with their token. */
  apps: z.int(),
  /** Whom they became, being the same person; then nothing else of this counts any more. */
  mergedInto: z.object({ id, name: z.string() }).nullable(),
  /** Who became this member. */
  mergedFrom: z.array(z.object({ id, name: z.string(), at: timestamp })),
  version: z.int(), abilities: abilities('update', 'merge'),
}).meta({ id: 'Member' });
export type Member = z.infer<typeof member>;

/** Kinds of notices that people may switch off by mail; other modules may send more. */
export const noticeKinds = ['announcement', 'course', 'discussion', 'grade', 'reminder'] as const;
export const theme = z.enum(['light', 'dark']);
const timeZone = z.string().max(60).refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC', { params: { code: 'invalid' } });
const noticeKind = z.string().regex(/^[a-z][a-z_]{0,39}$/);

export const membership = z.object({
  id, name: z.string(), email: z.string(), locale, status: memberStatus, persona, roles: z.array(memberRole),
  /** Null: the organisation's. */
  timeZone: z.string().nullable(),
  /** Null: the browser's. */
  theme: theme.nullable(),
  /** Kinds of notices that do not come by mail. */
  mutedNotices: z.array(z.string()),
  /** Another one for each picture, so that browsers may keep it. */
  pictureUrl: z.string().nullable(),
  /** What the member may do in this tenant, with what everybody may do. */
  permissions: z.array(z.string()), joinedAt: timestamp, version: z.int(),
}).meta({ id: 'Membership' });
export type Membership = z.infer<typeof membership>;

const memberId = z.object({ memberId: id });

export const joinTenant = endpoint({
  id: 'identity.joinTenant', method: 'POST', path: '/memberships', summary: 'Join this organisation with the account that is signed in; again, nothing happens',
  access: anyAccount('whoever has an account may join where sign-up is open'),
  response: membership, errors: ['identity.sign_up_closed', 'identity.member_suspended', 'kernel.limit_reached'],
});

export const getMembership = endpoint({
  id: 'identity.getMembership', method: 'GET', path: '/membership', summary: 'My membership: roles, permissions, persona',
  access: anyAccount('it is one’s own membership'), response: membership, errors: ['identity.not_a_member'],
});

export const updateMembership = endpoint({
  id: 'identity.updateMembership', method: 'PATCH', path: '/membership', summary: 'Change my name here, and what I prefer', access: 'profile:update:own',
  body: z.strictObject({ name: text(200), locale, timeZone: timeZone.nullable(), theme: theme.nullable(), mutedNotices: z.array(noticeKind).max(40) }).partial(), response: membership, errors: ['identity.not_a_member'],
});

export const putPicture = endpoint({
  id: 'identity.putPicture', method: 'PUT', path: '/membership/picture', summary: 'Set my picture: PNG, JPEG or WebP, at most 1 MB', access: 'profile:update:own', status: 204,
  query: z.object({ name: z.string().max(200).optional() }), body: upload, response: nothing,
  errors: ['identity.not_a_member', 'identity.picture_kind', 'identity.picture_too_large', 'kernel.limit_reached'],
});
export const deletePicture = endpoint({
  id: 'identity.deletePicture', method: 'DELETE', path: '/membership/picture', summary: 'Remove my picture', access: 'profile:update:own', status: 204, response: nothing, errors: ['identity.not_a_member'],
});
export const getPicture = endpoint({
  id: 'identity.getPicture', method: 'GET', path: '/members/{memberId}/picture', summary: 'A member’s picture', access: anyAccount('members see each other; who is no member hears that there is nothing'), support: { open: 'support sees who is listed' },
  params: memberId, response: fileContent, errors: ['identity.picture_not_found'],
});

export const listMembers = endpoint({
  id: 'identity.listMembers', method: 'GET', path: '/members', summary: 'List and search members, by name or the newest first', access: 'member:read',
  query: pageQuery.extend({ sort: memberSort.default('name'), q: z.string().max(200).optional(), status: memberStatus.optional(), roleId: id.optional() }),
  response: pageOf(listedMember),
});

export const getMember = endpoint({
  id: 'identity.getMember', method: 'GET', path: '/members/{memberId}', summary: 'One member with roles and their terms', access: 'member:read',
  params: memberId, response: member, errors: ['identity.member_not_found'],
});

const instant = z.iso.datetime({ offset: true });
/** The whole list: roles that are missing from it are taken away. A role that stays keeps its beginning unless told. */
const roleTerms = z.array(z.strictObject({ roleId: id, startsAt: instant.optional(), expiresAt: instant.nullable().default(null) })).max(20);

export const updateMember = endpoint({
  id: 'identity.updateMember', method: 'PATCH', path: '/members/{memberId}', summary: 'Suspend or resume a member, or change their roles', access: 'member:update', ifMatch: true,
  params: memberId, body: z.strictObject({ status: memberStatus, /** Why they are suspended. */ reason: text(500), roles: roleTerms }).partial(), response: member,
  errors: ['identity.member_not_found', 'identity.role_not_found', 'identity.beyond_own_permissions', 'identity.last_admin', 'identity.term_invalid', 'kernel.limit_reached', 'kernel.version_conflict'],
});
