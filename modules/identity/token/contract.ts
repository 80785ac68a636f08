import { endpoint, open } from '@milpa/kernel/contract';
import { z } from 'zod';

/** Why nothing of these calls is kept for repetitions. */
const unkept = 'passwords, codes or tokens go in or out; a repetition asks again, and changes nothing twice';

const secret = 'the answer is secret, and what tokens do is audited';

export const tokenPair = z.object({
  accessToken: z.string(), tokenType: z.literal('Bearer'),
  /** Seconds for which the access token is believed. */
  expiresIn: z.int(),
  /** Used once, within 7 days, for the next pair. */
  refreshToken: z.string(),
}).meta({ id: 'TokenPair' });
export type TokenPair = z.infer<typeof tokenPair>;

export const createToken = endpoint({
  id: 'identity.createToken', method: 'POST', secret: unkept, path: '/tokens', summary: 'Tokens for this organisation, for who has just signed in or proves who they are', status: 201,
  access: open('the body may carry the proof'), unaudited: secret,
  /** Empty: the session's member, if they signed in or confirmed who they are within ten minutes. */
  body: z.strictObject({ email: z.string().trim().min(1).max(254), password: z.string().min(1).max(1000), code: z.string().trim().min(1).max(40) }).partial()
    .refine((body) => (body.email === undefined) === (body.password === undefined), { params: { code: 'required' } }),
  response: tokenPair,
  errors: ['kernel.unauthenticated', 'kernel.confirmation_required', 'identity.not_a_member', 'identity.member_suspended', 'identity.credentials_invalid', 'identity.email_invalid', 'identity.email_unverified', 'identity.code_required', 'identity.code_invalid', 'identity.locked', 'kernel.rate_limited'],
});

const refreshToken = z.strictObject({ refreshToken: z.string().min(1).max(200) });

export const refreshTokens = endpoint({
  id: 'identity.refreshTokens', method: 'POST', secret: unkept, path: '/tokens/refresh', summary: 'Exchange a refresh token for the next pair; using one twice ends all that came from it', status: 201,
  access: open('the refresh token is the proof'), unaudited: secret,
  body: refreshToken, response: tokenPair, errors: ['identity.token_invalid', 'identity.token_reused', 'identity.token_race', 'kernel.rate_limited'],
});

export const endTokens = endpoint({
  id: 'identity.endTokens', method: 'DELETE', secret: unkept, path: '/tokens', summary: 'End a refresh token and all that came from the same sign-in', status: 204,
  access: open('the refresh token is the proof; an unknown one ends nothing'), unaudited: 'like signing out',
  body: refreshToken, response: z.void(),
});
