import { isAPIError } from 'better-auth/api';

export type AccountErrorCode =
  | 'identity.challenge_expired'
  | 'identity.code_invalid'
  | 'identity.credentials_invalid'
  | 'identity.email_invalid'
  | 'identity.email_taken'
  | 'identity.email_unverified'
  | 'identity.link_invalid'
  | 'identity.locked'
  | 'identity.name_missing'
  | 'identity.passkey_refused'
  | 'identity.passkey_unknown'
  | 'identity.passkeys_full'
  | 'identity.password_too_common'
  | 'identity.password_too_long'
  | 'identity.password_too_short'
  | 'identity.password_wrong'
  | 'identity.session_unknown'
  | 'identity.signed_out'
  | 'identity.two_factor_off'
  | 'identity.two_factor_on';

/** Why an account's owner cannot have what was asked. `retryAfter` (seconds) comes with `identity.locked`. */
export class AccountError extends Error {
  readonly code: AccountErrorCode;
  readonly retryAfter: number | undefined;

  constructor(code: AccountErrorCode, retryAfter?: number) {
    super(code);
    this.name = 'AccountError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

const FROM_ENGINE: Readonly<Record<string, AccountErrorCode>> = {
  INVALID_EMAIL_OR_PASSWORD: 'identity.credentials_invalid',
  EMAIL_NOT_VERIFIED: 'identity.email_unverified',
  INVALID_PASSWORD: 'identity.password_wrong',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'identity.password_wrong',
  UNAUTHORIZED: 'identity.signed_out',
  INVALID_CODE: 'identity.code_invalid',
  INVALID_BACKUP_CODE: 'identity.code_invalid',
  INVALID_TWO_FACTOR_COOKIE: 'identity.challenge_expired',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'identity.challenge_expired',
  TOTP_ALREADY_ENABLED: 'identity.two_factor_on',
  TOTP_NOT_ENABLED: 'identity.two_factor_off',
  BACKUP_CODES_NOT_ENABLED: 'identity.two_factor_off',
  TWO_FACTOR_NOT_ENABLED: 'identity.two_factor_off',
  // It has no code: the backup codes changed while one was being checked.
  CONFLICT: 'identity.code_invalid',
};

/** Better Auth's refusals as ours; whatever else it throws stays what it is, a fault. */
export function toAccountError(error: unknown): unknown {
  const code = isAPIError(error) ? (error.body?.code ?? String(error.status)) : undefined;
  const known = code === undefined ? undefined : FROM_ENGINE[code];
  return known === undefined ? error : new AccountError(known);
}
