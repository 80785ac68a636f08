import { endpoint, id, text } from '@milpa/kernel/contract';
import { z } from 'zod';
import { member, memberSummary } from '../member/contract.ts';

/** What becomes of a kind of thing: it becomes that of the member who stays, it stays in the past, or it goes. */
export const mergeFate = z.enum(['moves', 'stays', 'goes']);

export const mergePreview = z.object({
  into: memberSummary, from: memberSummary,
  things: z.array(z.object({
    /** The table, as `schema.table`. */
    what: z.string(), fate: mergeFate, count: z.int(),
    /** Those of them for which both have one where one is had. */
    clashes: z.int(),
  })),
}).meta({ id: 'MergePreview' });
export type MergePreview = z.infer<typeof mergePreview>;

const ofMember = z.object({ memberId: id });
const errors = ['identity.member_not_found', 'identity.merge_same', 'identity.beyond_own_permissions'];

export const previewMerge = endpoint({
  id: 'identity.previewMerge', method: 'GET', path: '/members/{memberId}/merge-preview', summary: 'What would become of another member’s things if they were made one with this one', access: 'member:merge',
  params: ofMember, query: z.object({ fromMemberId: id }), response: mergePreview, errors,
});

export const mergeMembers = endpoint({
  id: 'identity.mergeMembers', method: 'POST', path: '/members/{memberId}/merges', summary: 'Make another member one with this one, who stays; again changes nothing', access: 'member:merge', fresh: true,
  params: ofMember, body: z.strictObject({ fromMemberId: id, /** Of the one who goes, as it stands there. */ name: text(200) }), response: member,
  unaudited: 'it writes an entry for each of the two', errors: [...errors, 'identity.merge_name', 'identity.last_admin'],
});
