/** Whoever must know of it hears by mail: the administrators what is asked for and what was opened, operators what came of it. */
import { defineJob, mailEach, sql, systemActor, type ControlTx, type Database, type Job, type MailPort, type Recipient, type Tenant, type TenantDirectory } from '@milpa/kernel';
import { z } from 'zod';
import { administrators } from '../access/administrators.ts';
import { fillIn } from '../mail/texts.ts';
import { announceSupport, findRow, type Announced } from './access.ts';
import { supportMailTexts, type SupportMail } from './mail-texts.ts';

const payload = z.object({ tenantId: z.uuid(), supportAccessId: z.uuid(), what: z.enum(['requested', 'granted', 'allowed', 'refused'] satisfies Announced[]) });

export interface SupportMailDependencies { database: Database; tenants: TenantDirectory; mail: MailPort; originOf: (tenant: Tenant) => string; operatorOrigin: string }

export const announceSupportJob = ({ database, tenants, mail, originOf, operatorOrigin }: SupportMailDependencies): Job<z.infer<typeof payload>> => defineJob({
  ...announceSupport, payload,
  async run({ tenantId, supportAccessId, what }) {
    const tenant = await tenants.byId(tenantId);
    if (!tenant) return;
    const { access, admins } = await database.readTenant(tenant, systemActor, async (tx) => {
      const [row, people] = await Promise.all([findRow(tx, supportAccessId), administrators(tx, 'support:manage')]);
      return { access: row, admins: people };
    });
    // Whoever asks is told of later answers by later mails.
    if (!access || (what === 'requested' && access.state !== 'requested')) return;
    const operators = what === 'requested' ? [] : await database.readControl((tx) => operatorsToTell(tx, access.accountId));
    const send = (kind: SupportMail, people: readonly Recipient[], url: string) => mailEach(mail, people, `support:${kind}:${supportAccessId}`, ({ name, locale }) => {
      const until = access.expiresAt === null ? '' : new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: tenant.timeZone, timeZoneName: 'short' }).format(new Date(access.expiresAt));
      return fillIn(supportMailTexts[kind][locale], { name, tenant: tenant.name, operator: access.operatorName ?? '', reason: access.reason ?? '', by: access.decidedBy ?? '', until, url });
    });
    const [here, there] = [`${originOf(tenant)}/admin/support-access`, `${operatorOrigin}/operator/tenants/${tenantId}/support`];
    if (what === 'requested') await send('requested', admins, here);
    else await send(what, operators, there);
    if (what === 'granted' || what === 'allowed') await send('opened', admins, here);
  },
});

/** Who asked, or all of them where nobody did. */
async function operatorsToTell(tx: ControlTx, accountId: string | null): Promise<Recipient[]> {
  const { rows } = await sql<{ id: string; name: string; email: string; locale: string }>`
    select account.id, account.name, account.email, account.locale from identity_control.operator join identity_control.account on account.id = operator.account_id
    where ${accountId}::uuid is null or account.id = ${accountId}::uuid`.execute(tx);
  return rows.map((row) => ({ ...row, locale: (['en', 'es-MX', 'ar'] as const).find((one) => one === row.locale) ?? 'en' }));
}
