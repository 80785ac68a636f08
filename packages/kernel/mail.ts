/** Mail behind a port. What a provider takes is gone from here; the local outbox keeps it, with a page to read it while developing. */
import { sql, type Kysely } from 'kysely';
import type { Locale } from './contract.ts';
import type { Database } from './database/database.ts';

export interface MailMessage { to: string; subject: string; text: string; locale: string; /** The same key is sent once. */ idempotencyKey: string }
export interface MailPort { send(message: MailMessage): Promise<void> }

export interface Recipient { id: string; name: string; email: string; locale: Locale }

/** Writes to each in their own words; `key` and recipient together are sent once. */
export async function mailEach(mail: MailPort, people: readonly Recipient[], key: string, words: (person: Recipient) => { subject: string; text: string }): Promise<void> {
  for (const person of people) {
    const { subject, text } = words(person);
    // Names may come from outside; a subject stays one line.
    await mail.send({ subject: subject.replace(/[\r\n]+/g, ' '), text, to: person.email, locale: person.locale, idempotencyKey: `${key}:${person.id}` });
  }
}

/** Keeps mail in the database. */
export function localOutbox(database: Database): MailPort {
  return {
    send: (message) => database.withControl(async (tx) => {
      await tx.insertInto('kernelControl.mail').values({
        idempotencyKey: message.idempotencyKey, recipient: message.to, subject: message.subject, body: message.text, locale: message.locale, state: 'kept', createdAt: tx.now.toISOString(), sentAt: null, failedAt: null,
      }).onConflict((conflict) => conflict.column('idempotencyKey').doNothing()).execute();
    }),
  };
}

/** Hands mail to `deliver` once per key. What waits and what failed is committed as such, so that the operator sees it while it is tried again. */
export function deliveredMail(database: Database, deliver: (message: MailMessage) => Promise<void>): MailPort {
  return {
    async send(message) {
      const { idempotencyKey, to, subject, locale } = message;
      await database.withControl((tx) => tx.insertInto('kernelControl.mail')
        .values({ idempotencyKey, recipient: to, subject, body: null, locale, state: 'pending', createdAt: tx.now.toISOString(), sentAt: null, failedAt: null })
        .onConflict((conflict) => conflict.column('idempotencyKey').doNothing()).execute());
      try {
        await database.withControl(async (tx) => {
          const row = await tx.selectFrom('kernelControl.mail').select('state').where('idempotencyKey', '=', idempotencyKey).forUpdate().executeTakeFirst();
          if (row?.state !== 'pending') return;
          await deliver(message);
          await tx.updateTable('kernelControl.mail').set({ state: 'sent', sentAt: tx.now.toISOString() }).where('idempotencyKey', '=', idempotencyKey).execute();
        });
      } catch (error) {
        await database.withControl((tx) => tx.updateTable('kernelControl.mail').set({ failedAt: tx.now.toISOString() }).where('idempotencyKey', '=', idempotencyKey).where('state', '=', 'pending').execute());
        throw error;
      }
    },
  };
}

/** The newest mail of the local outbox. */
export const listMail = (database: Database, recipient?: string) => database.readControl((tx) => {
  const query = tx.selectFrom('kernelControl.mail').select(['id', 'recipient', 'subject', 'body', 'locale', 'createdAt']).where('state', '=', 'kept').orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(100);
  return (recipient ? query.where('recipient', '=', recipient) : query).execute();
});

export interface MailVitals {
  /** Mails that no provider has taken yet, how many of them failed already, and the age of the oldest. */
  waiting: number;
  failing: number;
  oldestSeconds: number;
  /** Whether one was taken since the oldest that fails was asked for: then mail goes out, and some of it does not. */
  goesOut: boolean;
}

/** Longer than any mail is tried: what waits for longer was given up, and is a parked job. */
const triedDays = 2;

export async function mailVitals(database: Kysely<any>, now: Date): Promise<MailVitals> {
  const { rows: [row] } = await sql<MailVitals>`
    with waiting as (select created_at, failed_at from kernel_control.mail where state = 'pending' and created_at > ${now.toISOString()}::timestamptz - make_interval(days => ${triedDays}))
    select count(*)::int as "waiting", count(failed_at)::int as "failing", coalesce(greatest(extract(epoch from ${now.toISOString()}::timestamptz - min(created_at)), 0)::int, 0) as "oldestSeconds",
      coalesce((select max(sent_at) from kernel_control.mail where state = 'sent') > min(created_at) filter (where failed_at is not null), count(failed_at) = 0) as "goesOut"
    from waiting`.execute(database);
  return row!;
}
