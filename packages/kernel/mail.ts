/** Mail behind a port. What a provider takes is gone from here; the local outbox keeps it, with a page to read it while developing. */
import { sql } from 'kysely';
import type { ControlTx, Database } from './database/database.ts';

export interface MailMessage { to: string; subject: string; text: string; locale: string; /** The same key is sent once. */ idempotencyKey: string }
export interface MailPort { send(message: MailMessage): Promise<void> }

/** Keeps mail in the database. */
export function localOutbox(database: Database): MailPort {
  return {
    send: (message) => database.withControl(async (tx) => {
      await tx.insertInto('kernelControl.mail').values({
        idempotencyKey: message.idempotencyKey, recipient: message.to, subject: message.subject, body: message.text, locale: message.locale, state: 'kept', createdAt: tx.now.toISOString(), sentAt: null,
      }).onConflict((conflict) => conflict.column('idempotencyKey').doNothing()).execute();
    }),
  };
}

/** Hands mail to `deliver` once per key: the row is taken first, so that a repeat after success does nothing. */
export function deliveredMail(database: Database, deliver: (message: MailMessage) => Promise<void>): MailPort {
  return {
    send: (message) => database.withControl(async (tx) => {
      await sql`insert into kernel_control.mail (idempotency_key, recipient, subject, locale, created_at) values (${message.idempotencyKey}, ${message.to}, ${message.subject}, ${message.locale}, ${tx.now.toISOString()}) on conflict do nothing`.execute(tx);
      const row = await tx.selectFrom('kernelControl.mail').select('state').where('idempotencyKey', '=', message.idempotencyKey).forUpdate().executeTakeFirstOrThrow();
      if (row.state !== 'pending') return;
      await deliver(message);
      await tx.updateTable('kernelControl.mail').set({ state: 'sent', sentAt: tx.now.toISOString() }).where('idempotencyKey', '=', message.idempotencyKey).execute();
    }),
  };
}

/** The newest mail of the local outbox. */
export const listMail = (database: Database, recipient?: string) => database.readControl((tx) => {
  const query = tx.selectFrom('kernelControl.mail').select(['id', 'recipient', 'subject', 'body', 'locale', 'createdAt']).where('state', '=', 'kept').orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(100);
  return (recipient ? query.where('recipient', '=', recipient) : query).execute();
});

/** How many mails no provider has taken yet. */
export const countWaitingMail = async (tx: ControlTx): Promise<number> =>
  (await tx.selectFrom('kernelControl.mail').select((is) => is.fn.countAll<number>().as('count')).where('state', '=', 'pending').executeTakeFirstOrThrow()).count;
