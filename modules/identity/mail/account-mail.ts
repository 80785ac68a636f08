/**
 * Mails about accounts, sent by a job so that nobody waits for them. Their links are secrets, and jobs lie in the database until
 * they are done, or parked: the payload is therefore encrypted with a key that is not in the database, and opens for a day, as
 * long as the longest link works. Neither a copy of the database nor the operator's list of parked jobs gives a link away.
 */
import { hkdfSync, randomUUID } from 'node:crypto';
import { defineJob, type Clock, type Job, type MailPort, type TenantDirectory } from '@milpa/kernel';
import { locale, type Locale } from '@milpa/kernel/contract';
import { enqueueSql } from '@milpa/kernel/jobs';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { AuthOptions } from '../account/auth.ts';
import { accountMailTexts } from '../account/mail-texts.ts';
import { fillIn } from './texts.ts';

const jobIdentity = { name: 'identity.sendAccountMail', maxAttempts: 8 };
const opensForSeconds = 24 * 60 * 60;
const payloadSchema = z.object({ idempotencyKey: z.uuid(), sealed: z.string() });
const mailSchema = z.object({
  kind: z.enum(['verify_email', 'email_in_use', 'change_email', 'email_changed', 'reset_password', 'password_changed', 'account_locked', 'two_factor_enabled', 'two_factor_disabled', 'passkey_added', 'passkey_removed', 'data_ready', 'leaving_planned', 'deletion_planned', 'deletion_done']),
  to: z.string(), name: z.string(), url: z.string().optional(), locale: z.string(),
});

const keyOf = (secret: string) => new Uint8Array(hkdfSync('sha256', secret, '', 'milpa: account mail', 32));

/** For `createAuth`: keeps a mail as a job. */
export function accountMailer({ secret, clock }: { secret: string; clock: Clock }): AuthOptions['sendMail'] {
  const key = keyOf(secret);
  return async (client, mail) => {
    const sealed = await new EncryptJWT({ mail }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(Math.floor(clock.now().getTime() / 1000) + opensForSeconds).encrypt(key);
    const { text, values } = enqueueSql({ ...jobIdentity, payload: { idempotencyKey: randomUUID(), sealed } });
    await client.query(text, values);
  };
}

/** Languages that accounts were opened in when there were others are written to in English. */
const readable = (text: string): Locale => locale.safeParse(text).data ?? 'en';

export interface AccountMailOptions { mail: MailPort; secret: string; clock: Clock; tenants: TenantDirectory; appName: string }

export function accountMailJob({ mail, secret, clock, tenants, appName }: AccountMailOptions): Job<z.infer<typeof payloadSchema>> {
  const key = keyOf(secret);
  /** The organisation whose pages a link leads to; an account itself belongs to none. */
  const siteOf = async (url: string | undefined) => (url === undefined ? null : await tenants.byHost(new URL(url).hostname))?.name ?? appName;
  return defineJob({
    ...jobIdentity, payload: payloadSchema,
    async run({ idempotencyKey, sealed }, { log }) {
      const opened = await jwtDecrypt(sealed, key, { currentDate: clock.now() }).catch(() => null);
      if (!opened) return log.warn('A mail about an account was not sent: it is too old, or the secret of this installation has changed');
      const { kind, to, name, url, locale } = mailSchema.parse(opened.payload['mail']);
      const words = fillIn(accountMailTexts[kind][readable(locale)], { name, site: await siteOf(url), ...(url === undefined ? {} : { url }) });
      await mail.send({ ...words, to, locale: readable(locale), idempotencyKey });
    },
  });
}
