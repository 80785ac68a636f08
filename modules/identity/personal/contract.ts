import { anyAccount, endpoint, fileContent, id, nothing, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

const ownData = anyAccount('every member may have their own data, and leave, whatever their roles are');

export const dataExport = z.object({
  id, requestedAt: timestamp,
  /** Null: it is being made. */
  readyAt: timestamp.nullable(),
  /** Until when it can be had. */
  expiresAt: timestamp.nullable(),
}).meta({ id: 'DataExport' });
export type DataExport = z.infer<typeof dataExport>;

export const requestDataExport = endpoint({
  id: 'identity.requestDataExport', method: 'POST', path: '/membership/data-exports', summary: 'Ask for an archive of all that this organisation has about me; one that is being made counts', access: ownData, status: 202,
  response: dataExport, errors: ['identity.not_a_member', 'kernel.rate_limited'],
});
export const listDataExports = endpoint({
  id: 'identity.listDataExports', method: 'GET', path: '/membership/data-exports', summary: 'My archives that are being made or can be had, the newest first', access: ownData,
  response: z.object({ data: z.array(dataExport) }), errors: ['identity.not_a_member'],
});
export const getDataExport = endpoint({
  id: 'identity.getDataExport', method: 'GET', path: '/membership/data-exports/{exportId}/file', summary: 'The archive: a zip file', access: ownData, fresh: true,
  params: z.object({ exportId: id }), response: fileContent, errors: ['identity.not_a_member', 'identity.data_export_not_found'],
});

export const departure = z.object({ /** When it happens; null: I stay. */ dueAt: timestamp.nullable() }).meta({ id: 'Departure' });

export const getDeparture = endpoint({
  id: 'identity.getDeparture', method: 'GET', path: '/membership/departure', summary: 'Whether I am about to leave this organisation', access: ownData, response: departure, errors: ['identity.not_a_member'],
});
export const leaveTenant = endpoint({
  id: 'identity.leaveTenant', method: 'PUT', path: '/membership/departure', summary: 'Leave this organisation in a week; until then it can be called off', access: ownData, fresh: true, response: departure,
  errors: ['identity.not_a_member', 'identity.last_admin'],
});
export const stay = endpoint({
  id: 'identity.stay', method: 'DELETE', path: '/membership/departure', summary: 'Stay after all', access: ownData, status: 204, response: nothing, errors: ['identity.not_a_member'],
});

const mine = anyAccount('it is one’s own account');

export const getAccountDeletion = endpoint({
  id: 'identity.getAccountDeletion', method: 'GET', path: '/account/deletion', plane: 'control', summary: 'Whether my account is about to be deleted, and to which organisations it belongs', access: mine,
  response: departure.extend({ organisations: z.array(z.string()) }), errors: ['identity.signed_out'],
});
export const deleteAccount = endpoint({
  id: 'identity.deleteAccount', method: 'PUT', path: '/account/deletion', plane: 'control', summary: 'Leave every organisation and delete my account in a week; until then it can be called off', access: mine, fresh: true,
  response: departure, errors: ['identity.signed_out', 'identity.last_admin_of', 'identity.last_operator', 'kernel.rate_limited'],
});
export const keepAccount = endpoint({
  id: 'identity.keepAccount', method: 'DELETE', path: '/account/deletion', plane: 'control', summary: 'Keep my account after all', access: mine, status: 204, response: nothing, errors: ['identity.signed_out', 'identity.deletion_started'],
});
