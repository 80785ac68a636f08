import { anyAccount, endpoint, id, locale, open, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

/** Why nothing of these calls is kept for repetitions. */
const secret = 'passwords, codes or tokens go in or out; a repetition asks again, and changes nothing twice';

/** Their real form is checked by the use cases, which say what is wrong with them. */
const email = z.string().trim().min(1).max(254);
const password = z.string().min(1).max(1000);
const code = z.string().trim().min(1).max(40);
const mailedToken = z.string().min(1).max(200);
const nothing = z.object({});
/** The page of this site that the mail's link leads on to; never another site's. */
const next = z.string().max(500).regex(/^\/(?![/\\])[^\u0000-\u001f]*$/).optional();

const mine = anyAccount('it is one’s own account');
const limited = 'kernel.rate_limited';

export const signUp = endpoint({
  id: 'identity.signUp', method: 'POST', secret, path: '/accounts', plane: 'control', summary: 'Open an account; a mail asks to confirm the address', status: 202,
  access: open('who has no account cannot be signed in'), unaudited: 'nobody is known yet',
  body: z.strictObject({ email, name: text(200), password, next }), response: nothing,
  errors: ['identity.email_invalid', 'identity.password_too_short', 'identity.password_too_long', 'identity.password_too_common', limited],
});

export const verifyEmail = endpoint({
  id: 'identity.verifyEmail', method: 'POST', secret, path: '/accounts/verify', plane: 'control', summary: 'Confirm an address by the link of a mail',
  access: open('the token in the mail is the proof'), unaudited: 'nobody is signed in',
  body: z.strictObject({ token: mailedToken }), 
  /** `signedIn`: this browser is the one that signed up; it has a session now. */
  response: z.object({ email: z.string(), signedIn: z.boolean() }), errors: ['identity.link_invalid', 'identity.email_taken', limited],
});

export const resendVerification = endpoint({
  id: 'identity.resendVerification', method: 'POST', secret, path: '/accounts/verification', plane: 'control', summary: 'Send the confirmation again; the answer does not tell whether there is such an account', status: 202,
  access: open('who has not confirmed yet cannot be signed in'), unaudited: 'nobody is known',
  body: z.strictObject({ email, next }), response: nothing, errors: ['identity.email_invalid', limited],
});

export const signIn = endpoint({
  id: 'identity.signIn', method: 'POST', secret, path: '/sessions', plane: 'control', summary: 'Sign in; the session comes as a cookie',
  access: open('this is where people sign in'), unaudited: 'who it is turns out here; their sessions are listed to them',
  body: z.strictObject({ email, password, remember: z.boolean().default(true) }),
  response: z.object({
    /** `two_factor_required`: the cookie carries a challenge of ten minutes for `POST /sessions/two-factor`. */
    status: z.enum(['signed_in', 'two_factor_required']),
  }),
  errors: ['identity.credentials_invalid', 'identity.email_unverified', 'identity.email_invalid', 'identity.locked', limited],
});

export const answerTwoFactor = endpoint({
  id: 'identity.answerTwoFactor', method: 'POST', secret, path: '/sessions/two-factor', plane: 'control', summary: 'Finish signing in with a code of the authenticator, or a backup code',
  access: open('the challenge in the cookie is the proof'), unaudited: 'who it is turns out here; their sessions are listed to them',
  body: z.strictObject({ method: z.enum(['totp', 'backup_code']).default('totp'), code, trustDevice: z.boolean().default(false) }),
  response: z.object({ status: z.literal('signed_in') }), errors: ['identity.code_invalid', 'identity.challenge_expired', 'identity.locked', limited],
});

export const signOut = endpoint({
  id: 'identity.signOut', method: 'DELETE', secret, path: '/sessions/current', plane: 'control', summary: 'Sign out here', status: 204,
  access: open('signing out twice is fine'), unaudited: 'ends what was never audited', response: z.void(),
});

export const requestPasswordReset = endpoint({
  id: 'identity.requestPasswordReset', method: 'POST', secret, path: '/password-resets', plane: 'control', summary: 'Mail a link for a new password; the answer does not tell whether there is such an account', status: 202,
  access: open('who forgot the password cannot sign in'), unaudited: 'nobody is known',
  body: z.strictObject({ email }), response: nothing, errors: ['identity.email_invalid', limited],
});

export const resetPassword = endpoint({
  id: 'identity.resetPassword', method: 'PUT', secret, path: '/password-resets', plane: 'control', summary: 'Set a new password by the link of a mail; signs out everywhere', status: 204,
  access: open('the token in the mail is the proof'), unaudited: 'nobody is signed in; the owner is told by mail',
  body: z.strictObject({ token: mailedToken, newPassword: password }), response: z.void(),
  errors: ['identity.link_invalid', 'identity.password_too_short', 'identity.password_too_long', 'identity.password_too_common', limited],
});

export const account = z.object({
  id, email: z.string(), name: z.string(), locale: z.string(), twoFactor: z.boolean(),
  /** Runs this installation. */
  operator: z.boolean(),
  sessionId: id, sessionExpiresAt: timestamp,
  /** Until when sensitive acts need no new proof of who it is; may be over. */
  freshUntil: timestamp,
}).meta({ id: 'Account' });
export type Account = z.infer<typeof account>;

export const getAccount = endpoint({
  id: 'identity.getAccount', method: 'GET', path: '/account', plane: 'control', summary: 'The account that is signed in', access: mine,
  response: account, errors: ['identity.signed_out'],
});

export const updateAccount = endpoint({
  id: 'identity.updateAccount', method: 'PATCH', secret, path: '/account', plane: 'control', summary: 'Change the name and language of my account', access: mine,
  body: z.strictObject({ name: text(200), locale }).partial(), response: account, errors: ['identity.signed_out'],
});

export const changeEmail = endpoint({
  id: 'identity.changeEmail', method: 'POST', secret, path: '/account/email', plane: 'control', summary: 'Mail a link to a new address, which is mine once it is opened; the answer does not tell whether somebody has it', status: 202, access: mine, fresh: true,
  body: z.strictObject({ newEmail: email }), response: nothing,
  errors: ['identity.signed_out', 'identity.email_invalid', limited],
});

export const changePassword = endpoint({
  id: 'identity.changePassword', method: 'PUT', secret, path: '/account/password', plane: 'control', summary: 'Change my password; signs out everywhere else', status: 204, access: mine, fresh: true,
  body: z.strictObject({ newPassword: password }), response: z.void(),
  errors: ['identity.signed_out', 'identity.password_too_short', 'identity.password_too_long', 'identity.password_too_common', limited],
});

export const session = z.object({
  id, device: z.object({ browser: z.string().nullable(), system: z.string().nullable() }), lastUsedAt: timestamp, createdAt: timestamp,
  /** The network it began in, null when unknown. */
  address: z.string().nullable(),
  /** The one on which it is good. */
  host: z.string(),
  current: z.boolean(),
}).meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

export const listSessions = endpoint({
  id: 'identity.listSessions', method: 'GET', path: '/account/sessions', plane: 'control', summary: 'Where I am signed in', access: mine,
  response: z.object({ data: z.array(session) }), errors: ['identity.signed_out'],
});

export const revokeSession = endpoint({
  id: 'identity.revokeSession', method: 'DELETE', secret, path: '/account/sessions/{sessionId}', plane: 'control', summary: 'Sign out one of my devices', status: 204, access: mine,
  params: z.object({ sessionId: id }), response: z.void(), errors: ['identity.signed_out', 'identity.session_unknown'],
});

export const revokeOtherSessions = endpoint({
  id: 'identity.revokeOtherSessions', method: 'DELETE', secret, path: '/account/sessions', plane: 'control', summary: 'Sign out everywhere but here; refresh tokens end too', access: mine,
  response: z.object({ revoked: z.int() }), errors: ['identity.signed_out'],
});

export const passkey = z.object({
  id, name: z.string(), host: z.string(),
  /** Whether it works on the host that answers. */
  here: z.boolean(),
  createdAt: timestamp, lastUsedAt: timestamp.nullable(),
}).meta({ id: 'Passkey' });
export type Passkey = z.infer<typeof passkey>;

const passkeyId = z.object({ passkeyId: id });
const passkeyName = text(100);
const encoded = z.string().max(20_000);
/** As `PublicKeyCredential.toJSON()` writes them, with what we read of it. */
const keyProof = z.object({ id: encoded, rawId: encoded, type: z.literal('public-key'), clientExtensionResults: z.record(z.string(), z.unknown()).default({}) });
const madeKey = keyProof.extend({ response: z.object({ clientDataJSON: encoded, attestationObject: encoded, transports: z.array(z.string().max(40)).max(10).default([]) }) });
const usedKey = keyProof.extend({ response: z.object({ clientDataJSON: encoded, authenticatorData: encoded, signature: encoded }) });
/** For `PublicKeyCredential.parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON`. */
const keyOptions = z.looseObject({ challenge: z.string() });

export const beginPasskey = endpoint({
  id: 'identity.beginPasskey', method: 'POST', secret, path: '/account/passkeys/options', plane: 'control', summary: 'What a browser needs to make a passkey for this host', access: mine, fresh: true,
  unaudited: 'nothing is kept yet', response: keyOptions,
  errors: ['identity.signed_out', 'identity.passkeys_full', limited],
});

export const addPasskey = endpoint({
  id: 'identity.addPasskey', method: 'POST', secret, path: '/account/passkeys', plane: 'control', summary: 'Keep the passkey that the browser has made', status: 201, access: mine, fresh: true,
  body: z.strictObject({ response: madeKey, name: passkeyName.optional() }), response: passkey, errors: ['identity.signed_out', 'identity.passkey_refused', 'identity.passkeys_full', limited],
});

export const listPasskeys = endpoint({
  id: 'identity.listPasskeys', method: 'GET', path: '/account/passkeys', plane: 'control', summary: 'My passkeys, on all hosts', access: mine,
  response: z.object({ data: z.array(passkey) }), errors: ['identity.signed_out'],
});

export const renamePasskey = endpoint({
  id: 'identity.renamePasskey', method: 'PATCH', secret, path: '/account/passkeys/{passkeyId}', plane: 'control', summary: 'Call a passkey something else', access: mine,
  params: passkeyId, body: z.strictObject({ name: passkeyName }), response: passkey, errors: ['identity.signed_out', 'identity.passkey_unknown'],
});

export const removePasskey = endpoint({
  id: 'identity.removePasskey', method: 'DELETE', secret, path: '/account/passkeys/{passkeyId}', plane: 'control', summary: 'Remove a passkey', status: 204, access: mine, fresh: true,
  params: passkeyId, response: z.void(), errors: ['identity.signed_out', 'identity.passkey_unknown'],
});

export const getConfirmation = endpoint({
  id: 'identity.getConfirmation', method: 'GET', path: '/account/confirmation', plane: 'control', summary: 'How I can confirm that it is me, and until when I need not', access: mine,
  response: z.object({
    freshUntil: timestamp,
    /** Whether a code of the authenticator will do. */
    code: z.boolean(),
    /** What a browser needs to offer my passkeys for this host; null without any. */
    passkey: keyOptions.nullable(),
  }),
  errors: ['identity.signed_out'],
});

const notMe = ['identity.password_wrong', 'identity.code_invalid', 'identity.passkey_refused', 'identity.locked'];
export const confirmAccount = endpoint({
  id: 'identity.confirmAccount', method: 'PUT', secret, path: '/account/confirmation', plane: 'control', summary: 'Confirm that it is me, for what asks for it in the next ten minutes', access: mine,
  body: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('password'), password }), z.strictObject({ method: z.literal('code'), code }), z.strictObject({ method: z.literal('passkey'), response: usedKey }),
  ]),
  response: z.object({ freshUntil: timestamp }), errors: ['identity.signed_out', 'identity.two_factor_off', ...notMe, limited], auditedRefusals: notMe,
});

export const beginPasskeySignIn = endpoint({
  id: 'identity.beginPasskeySignIn', method: 'POST', secret, path: '/sessions/passkey/options', plane: 'control', summary: 'What a browser needs to offer its passkeys for this host',
  access: open('who signs in is nobody yet'), unaudited: 'nothing happens yet', response: keyOptions, errors: [limited],
});

export const signInWithPasskey = endpoint({
  id: 'identity.signInWithPasskey', method: 'POST', secret, path: '/sessions/passkey', plane: 'control', summary: 'Sign in with a passkey, which counts as both steps; the session comes as a cookie',
  access: open('this is where people sign in'), unaudited: 'who it is turns out here; their sessions are listed to them',
  body: z.strictObject({ response: usedKey, remember: z.boolean().default(true) }), response: z.object({ status: z.literal('signed_in') }),
  errors: ['identity.passkey_refused', limited],
});

export const beginTwoFactor = endpoint({
  id: 'identity.beginTwoFactor', method: 'POST', secret, path: '/account/two-factor', plane: 'control', summary: 'Make a secret for an authenticator app; it counts once confirmed', access: mine, fresh: true,
  unaudited: 'nothing is switched on yet, and the answer is secret',
  response: z.object({ otpauthUri: z.string(), qrSvg: z.string(), backupCodes: z.array(z.string()) }),
  errors: ['identity.signed_out', 'identity.two_factor_on', limited],
});

export const confirmTwoFactor = endpoint({
  id: 'identity.confirmTwoFactor', method: 'PUT', secret, path: '/account/two-factor', plane: 'control', summary: 'Switch the second step on with the first code', status: 204, access: mine,
  body: z.strictObject({ code }), response: z.void(), errors: ['identity.signed_out', 'identity.code_invalid', 'identity.two_factor_off', 'identity.locked', limited],
});

export const disableTwoFactor = endpoint({
  id: 'identity.disableTwoFactor', method: 'DELETE', secret, path: '/account/two-factor', plane: 'control', summary: 'Switch the second step off', status: 204, access: mine, fresh: true,
  response: z.void(), errors: ['identity.signed_out', limited],
});

export const createBackupCodes = endpoint({
  id: 'identity.createBackupCodes', method: 'POST', secret, path: '/account/backup-codes', plane: 'control', summary: 'New backup codes; the old ones stop working', access: mine, fresh: true,
  response: z.object({ backupCodes: z.array(z.string()) }),
  errors: ['identity.signed_out', 'identity.two_factor_off', limited],
});
