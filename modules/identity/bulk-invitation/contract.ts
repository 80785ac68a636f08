import { endpoint, id, locale, nothing, fileContent, pageOf, pageQuery, timestamp, upload } from '@milpa/kernel/contract';
import { z } from 'zod';
import { roleSummary } from '../invitation/contract.ts';

export const bulkInvitationForecast = z.enum(['invite', 'already_member', 'already_invited', 'duplicate', 'no_such_role', 'not_allowed', 'bad_address', 'bad_date', 'bad_language', 'no_place']);
export const bulkInvitationOutcome = z.enum(['invited', 'already_member', 'already_invited', 'duplicate', 'no_such_role', 'not_allowed', 'bad_address', 'bad_date', 'bad_language', 'no_place', 'mailed_often', 'over_budget', 'failed']);
const count = z.object({ kind: z.string(), count: z.int() });

export const bulkInvitation = z.object({
  id, fileName: z.string(), status: z.enum(['draft', 'running', 'done']),
  /** For lines that name none; null: it is gone. */
  role: roleSummary.nullable(), locale, lineCount: z.int(), doneCount: z.int(),
  /** How many lines would become what, and how many became what. */
  forecasts: z.array(count), outcomes: z.array(count),
  createdAt: timestamp, startedAt: timestamp.nullable(), finishedAt: timestamp.nullable(),
}).meta({ id: 'BulkInvitation' });
export type BulkInvitation = z.infer<typeof bulkInvitation>;
export const bulkInvitationLine = z.object({
  line: z.int(), name: z.string(), email: z.string(), /** As it was written. */ roleText: z.string(), role: roleSummary.nullable(), rolesExpireAt: timestamp.nullable(), locale,
  forecast: bulkInvitationForecast, outcome: bulkInvitationOutcome.nullable(), doneAt: timestamp.nullable(),
}).meta({ id: 'BulkInvitationLine' });

const ofBulk = z.object({ bulkInvitationId: id });
const missing = ['identity.list_not_found'];
const unreadable = ['identity.role_not_found', 'identity.beyond_own_permissions', 'identity.list_unreadable', 'identity.list_empty', 'identity.list_too_long', 'identity.list_without_addresses'];
const access = 'invitation:create';

export const uploadBulkInvitation = endpoint({
  id: 'identity.uploadBulkInvitation', method: 'POST', path: '/bulk-invitations', summary: 'Read a list of people from a CSV file and say what would become of each line; nobody is invited yet', access, status: 201,
  query: z.object({ name: z.string().max(200).default('list.csv'), roleId: id, locale: locale.optional() }), body: upload, response: bulkInvitation, errors: unreadable,
});
export const pasteBulkInvitation = endpoint({
  id: 'identity.pasteBulkInvitation', method: 'POST', path: '/bulk-invitations/text', summary: 'The same from a text', access, status: 201,
  body: z.strictObject({ text: z.string().min(1).max(800_000), roleId: id, locale: locale.optional() }), response: bulkInvitation, errors: unreadable,
});
export const listBulkInvitations = endpoint({
  id: 'identity.listBulkInvitations', method: 'GET', path: '/bulk-invitations', summary: 'Lists that were read, the newest first', access: 'invitation:read', query: pageQuery, response: pageOf(bulkInvitation),
});
export const getBulkInvitation = endpoint({
  id: 'identity.getBulkInvitation', method: 'GET', path: '/bulk-invitations/{bulkInvitationId}', summary: 'One list, and how far it is', access: 'invitation:read', params: ofBulk, response: bulkInvitation, errors: missing,
});
export const listBulkInvitationLines = endpoint({
  id: 'identity.listBulkInvitationLines', method: 'GET', path: '/bulk-invitations/{bulkInvitationId}/lines', summary: 'A list line by line', access: 'invitation:read',
  params: ofBulk, query: pageQuery.extend({ kind: z.union([bulkInvitationForecast, bulkInvitationOutcome]).optional() }), response: pageOf(bulkInvitationLine), errors: missing,
});
export const exportBulkInvitation = endpoint({
  id: 'identity.exportBulkInvitation', method: 'GET', path: '/bulk-invitations/{bulkInvitationId}/report', summary: 'What became of each line, as CSV', access: 'invitation:read', support: { closed: 'takes data out of the organisation' }, params: ofBulk, response: fileContent, errors: missing,
});
export const startBulkInvitation = endpoint({
  id: 'identity.startBulkInvitation', method: 'POST', path: '/bulk-invitations/{bulkInvitationId}/start', summary: 'Invite the people of a list; again changes nothing', access, status: 202, params: ofBulk, response: bulkInvitation, errors: [...missing, 'identity.invitations_used_up'],
});
export const discardBulkInvitation = endpoint({
  id: 'identity.discardBulkInvitation', method: 'DELETE', path: '/bulk-invitations/{bulkInvitationId}', summary: 'Throw a list away that was not started', access, status: 204, params: ofBulk, response: nothing, errors: missing,
});
