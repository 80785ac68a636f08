import { defineEvent } from '@milpa/kernel';
import { z } from 'zod';

export const memberJoined = defineEvent('MemberJoined', z.object({ memberId: z.uuid(), by: z.enum(['sign_up', 'invitation', 'operator']) }));
export const memberInvited = defineEvent('MemberInvited', z.object({ invitationId: z.uuid() }));
export const memberSuspended = defineEvent('MemberSuspended', z.object({ memberId: z.uuid() }));
export const memberResumed = defineEvent('MemberResumed', z.object({ memberId: z.uuid() }));
export const memberLeft = defineEvent('MemberLeft', z.object({ memberId: z.uuid() }));
/** `memberId` is gone; whatever was theirs is that of `into`. */
export const memberMerged = defineEvent('MemberMerged', z.object({ memberId: z.uuid(), into: z.uuid() }));
