/** The copy of a message by mail: for who wants it, once, however often the job runs. */
import { coursesByIds } from '@milpa/catalog';
import { memberNames, memberPreferences } from '@milpa/identity';
import { defineJob, systemActor, type Database, type Job, type MailPort, type Tenant, type TenantDirectory } from '@milpa/kernel';
import { z } from 'zod';
import { findMessage } from '../thread/queries.ts';
import { copyTexts } from './texts.ts';

export const mailCopy = { name: 'messaging.mailCopy', maxAttempts: 8 };
/** The kind of notice that people switch off in their preferences. */
const noticeKind = 'course';

export interface MailDependencies { database: Database; tenants: TenantDirectory; mail: MailPort; originOf: (tenant: Tenant) => string }

export function mailCopyJob({ database, tenants, mail, originOf }: MailDependencies): Job<{ tenantId: string; messageId: string; memberId: string }> {
  return defineJob({
    ...mailCopy, payload: z.object({ tenantId: z.uuid(), messageId: z.uuid(), memberId: z.uuid() }),
    async run({ tenantId, messageId, memberId }) {
      const tenant = await tenants.byId(tenantId);
      if (!tenant) return;
      const copy = await database.readTenant(tenant, systemActor, async (tx) => {
        const [message, recipient] = await Promise.all([findMessage(tx, messageId), memberPreferences(tx, memberId)]);
        if (!message || !recipient?.wantsMail(noticeKind)) return null;
        const [names, courses] = await Promise.all([memberNames(tx, [message.authorId]), coursesByIds(tx, [message.courseId])]);
        const values: Record<string, string> = {
          author: names.get(message.authorId) ?? '', course: courses.get(message.courseId)?.title ?? '', tenant: tenant.name, body: message.body, url: `${originOf(tenant)}/messages/${message.threadId}`,
        };
        const text = copyTexts[recipient.locale].replace(/\{(\w+)\}/g, (blank, name: string) => values[name] ?? blank);
        return { to: recipient.email, subject: message.subject.replace(/[\r\n]+/g, ' '), text, locale: recipient.locale };
      });
      if (copy) await mail.send({ ...copy, idempotencyKey: `message:${messageId}:${memberId}` });
    },
  });
}
