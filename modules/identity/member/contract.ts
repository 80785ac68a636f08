import { abilities, anyAccount, endpoint, id, locale, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
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
export const member = memberSummary.extend({ roles: z.array(memberRole), version: z.int(), abilities: abilities('update') }).meta({ id: 'Member' });
export type Member = z.infer<typeof member>;

export const membership = z.object({
  id, name: z.string(), email: z.string(), locale, status: memberStatus, persona, roles: z.array(memberRole),
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
  id: 'identity.updateMembership', method: 'PATCH', path: '/membership', summary: 'Change my name and language here', access: 'profile:update:own',
  body: z.strictObject({ name: text(200), locale }).partial(), response: membership, errors: ['identity.not_a_member'],
});

export const listMembers = endpoint({
  id: 'identity.listMembers', method: 'GET', path: '/members', summary: 'List and search members, by name or the newest first', access: 'member:read',
  query: pageQuery.extend({ sort: memberSort.default('name'), q: z.string().max(200).optional(), status: memberStatus.optional(), roleId: id.optional() }),
  response: pageOf(memberSummary),
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
  params: memberId, body: z.strictObject({ status: memberStatus, roles: roleTerms }).partial(), response: member,
  errors: ['identity.member_not_found', 'identity.role_not_found', 'identity.beyond_own_permissions', 'identity.last_admin', 'identity.term_invalid', 'kernel.limit_reached', 'kernel.version_conflict'],
});
