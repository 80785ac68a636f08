import { betterAuth } from 'better-auth';
import type { GenericEndpointContext } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { tableNamesPlugin } from './table-names.ts';

export const SESSION_DAYS = 14;
const DAY_SECONDS = 24 * 60 * 60;
/** The longest that browsers keep a cookie. The session's row decides when it ends, so the cookie need not be sent anew. */
export const COOKIE_SECONDS = 400 * DAY_SECONDS;

/** `url` is there when the mail asks for a click. */
export interface AccountMail {
  kind:
    | 'verify_email'
    | 'email_in_use'
    | 'change_email'
    | 'email_changed'
    | 'reset_password'
    | 'password_changed'
    | 'account_locked'
    | 'two_factor_enabled'
    | 'two_factor_disabled'
    | 'passkey_added'
    | 'passkey_removed'
    | 'data_ready'
    | 'leaving_planned'
    | 'deletion_planned'
    | 'deletion_done';
  to: string;
  name: string;
  url?: string;
  locale: string;
}

export interface AuthOptions {
  /** Connects as `milpa_control`. */
  pool: pg.Pool;
  /** At least 32 characters; signs cookies and encrypts authenticator secrets. */
  secret: string;
  /** The address for links in mails to who is on that host, without a slash at the end; never one that is in other hands than ours. */
  baseUrl(host: string): Promise<string>;
  secureCookies: boolean;
  /** Keeps the mail for sending, in the transaction that `client` is in if it is in one: what it tells of and the mail commit together. */
  sendMail(client: pg.Pool | pg.ClientBase, mail: AccountMail): Promise<void>;
  now(): Date;
  appName: string;
}

export interface Auth extends AuthOptions {
  readonly engine: Engine;
  /** What Better Auth asks for the password again, for who has lately shown who they are (decision 20): here it takes any. */
  readonly trusting: Pick<Engine['api'], 'enableTwoFactor' | 'generateBackupCodes'>;
}

export type Engine = ReturnType<typeof createEngine>;

/** Carries the shortened address of a visit to Better Auth. */
export const ADDRESS_HEADER = 'x-milpa-address';
/** Carries the host, to which a session is bound (decision 25). */
export const HOST_HEADER = 'x-milpa-host';

export function createAuth(options: AuthOptions): Auth {
  return { ...options, engine: createEngine(options), trusting: createEngine(options, { verify: async () => true }).api };
}

function createEngine(options: AuthOptions, password: { verify?: () => Promise<boolean> } = {}) {
  const engine = engineOptions(options);
  return betterAuth({ ...engine, emailAndPassword: { ...engine.emailAndPassword, password } });
}

/**
 * What Better Auth is told. It is never mounted as a handler: our use cases call `engine.api`, so its own rate limits,
 * origin checks and links in mails are not used.
 */
export function engineOptions(options: AuthOptions) {
  const { now, pool } = options;
  return {
    appName: options.appName,
    secret: options.secret,
    baseURL: 'http://unused.invalid',
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool }), plugins: [tableNamesPlugin()] }),
      type: 'postgres' as const,
      schemaName: 'identity_control',
      transaction: true,
    },
    // Its messages contain e-mail addresses; what goes wrong reaches us as an exception.
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
    },
    emailVerification: { sendOnSignUp: false },
    advanced: {
      cookiePrefix: cookiePrefix(options.secureCookies),
      // True would put `__Secure-` before our `__Host-`.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: options.secureCookies, httpOnly: true, sameSite: 'lax' as const, path: '/' },
      database: { generateId: 'uuid' as const },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    session: {
      expiresIn: COOKIE_SECONDS,
      disableSessionRefresh: true,
      freshAge: 0,
      fields: {
        userId: 'account_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      additionalFields: { host: { type: 'string' as const, required: true, input: false } },
    },
    // Its `user` is our account, its `account` our credential: see table-names.ts.
    user: {
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { locale: { type: 'string' as const, required: true, input: true } },
    },
    account: {
      fields: {
        accountId: 'provider_account_id',
        providerId: 'provider_id',
        userId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      // Its clean-up goes by the machine's clock, whatever `now` says: see deleteExpired.
      disableCleanup: true,
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session: { expiresAt: Date }, context: GenericEndpointContext | null) => ({
            data: { ...sessionTimes(session.expiresAt, (await isForgetful(context)) ? 1 : SESSION_DAYS, now()), host: context?.headers?.get(HOST_HEADER) },
          }),
        },
      },
    },
    plugins: [
      twoFactor({
        issuer: options.appName,
        // Ours counts over all ways in and goes by `now`: see lockout.ts.
        accountLockout: { enabled: false },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factor',
            fields: {
              userId: 'account_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  };
}

/** Better Auth reckons from the machine's clock: keep the length that it chose, at most ours, and count it from `now`. */
function sessionTimes(engineExpiry: Date, longestDays: number, now: Date): { expiresAt: Date; createdAt: Date; updatedAt: Date } {
  const length = Math.min(engineExpiry.getTime() - Date.now(), longestDays * DAY_SECONDS * 1000);
  return { expiresAt: new Date(now.getTime() + length), createdAt: now, updatedAt: now };
}

/** Whether the browser is to forget the sign-in. Better Auth forgets that itself where it replaces a session. */
async function isForgetful(context: GenericEndpointContext | null): Promise<boolean> {
  if (context === null) return false;
  const { authCookies, secret } = context.context;
  return Boolean(await context.getSignedCookie(authCookies.dontRememberToken.name, secret));
}

/** `__Host-` makes browsers refuse the cookie unless it is Secure, for `/`, and for this host alone. */
export function cookiePrefix(secure: boolean): string {
  return secure ? '__Host-milpa' : 'milpa';
}
