import { defineJob, mailEach, systemActor, type Database, type Job, type MailPort, type Recipient, type Tenant, type TenantDirectory, type Tx } from '@milpa/kernel';
import type { Locale } from '@milpa/kernel/contract';
import { z } from 'zod';
import { later, patience, recordName } from './rules.ts';

interface Values { name: string; tenant: string; host: string; record: string; until: string; url: string }
type Text = (values: Values) => { subject: string; text: string };

const texts: Record<'verified' | 'missing' | 'stopped' | 'lapsed', Record<Locale, Text>> = {
  verified: {
    en: ({ name, tenant, host, url }) => ({ subject: `${host} is yours now`, text: `Hello ${name},\n\nwe have found the record that shows that ${host} belongs to ${tenant}. As soon as the name leads here, visitors reach you by it. You can make it the main address here:\n\n${url}` }),
    'es-MX': ({ name, tenant, host, url }) => ({ subject: `${host} ya es tuyo`, text: `Hola, ${name}:\n\nEncontramos el registro que muestra que ${host} pertenece a ${tenant}. En cuanto el nombre apunte aquí, tus visitantes podrán entrar por él. Puedes hacerlo la dirección principal aquí:\n\n${url}` }),
    ar: ({ name, tenant, host, url }) => ({ subject: `أصبح ${host} لكم`, text: `مرحبًا ${name}،\n\nوجدنا السجل الذي يبيّن أن ${host} تابع لـ${tenant}. حالما يشير الاسم إلى هنا يصل الزوار إليكم من خلاله. يمكنك جعله العنوان الرئيسي من هنا:\n\n${url}` }),
  },
  missing: {
    en: ({ name, host, record, until, url }) => ({ subject: `${host} will stop working on ${until}`, text: `Hello ${name},\n\nthe TXT record ${record}, which shows that ${host} is yours, is gone. Everything works until ${until}. To keep the domain, add the record again; its value stands here:\n\n${url}\n\nIf you no longer want the domain, remove it there.` }),
    'es-MX': ({ name, host, record, until, url }) => ({ subject: `${host} dejará de funcionar el ${until}`, text: `Hola, ${name}:\n\nYa no está el registro TXT ${record}, que muestra que ${host} es tuyo. Todo funciona hasta el ${until}. Para conservar el dominio, agrega el registro otra vez; su valor está aquí:\n\n${url}\n\nSi ya no quieres el dominio, quítalo ahí.` }),
    ar: ({ name, host, record, until, url }) => ({ subject: `سيتوقف ${host} يوم ${until}`, text: `مرحبًا ${name}،\n\nاختفى سجل TXT المسمى ${record} الذي يبيّن أن ${host} لكم. كل شيء يعمل حتى ${until}. للاحتفاظ بالنطاق أضف السجل من جديد؛ قيمته هنا:\n\n${url}\n\nوإن لم تعد تريد النطاق فاحذفه من هناك.` }),
  },
  stopped: {
    en: ({ name, tenant, host, record, url }) => ({ subject: `${host} no longer leads to ${tenant}`, text: `Hello ${name},\n\nthe TXT record ${record} was missing for a week, so ${host} does not lead to ${tenant} any more. Your address here works as always. Add the record again and the domain comes back by itself within hours:\n\n${url}` }),
    'es-MX': ({ name, tenant, host, record, url }) => ({ subject: `${host} ya no lleva a ${tenant}`, text: `Hola, ${name}:\n\nEl registro TXT ${record} faltó durante una semana, así que ${host} ya no lleva a ${tenant}. Tu dirección aquí funciona como siempre. Agrega el registro otra vez y el dominio volverá solo en unas horas:\n\n${url}` }),
    ar: ({ name, tenant, host, record, url }) => ({ subject: `لم يعد ${host} يقود إلى ${tenant}`, text: `مرحبًا ${name}،\n\nغاب سجل TXT المسمى ${record} أسبوعًا، فلم يعد ${host} يقود إلى ${tenant}. عنوانكم هنا يعمل كالمعتاد. أضف السجل من جديد ويعود النطاق من تلقاء نفسه خلال ساعات:\n\n${url}` }),
  },
  lapsed: {
    en: ({ name, tenant, host, record, url }) => ({ subject: `${host} was not added`, text: `Hello ${name},\n\nwe looked for the TXT record ${record}, which shows that ${host} belongs to ${tenant}, for two weeks and did not find it. The domain is no longer in your list; your address here works as always. If you still want it, add it again: the record then has a new value.\n\n${url}` }),
    'es-MX': ({ name, tenant, host, record, url }) => ({ subject: `${host} no se agregó`, text: `Hola, ${name}:\n\nDurante dos semanas buscamos el registro TXT ${record}, que muestra que ${host} pertenece a ${tenant}, y no lo encontramos. El dominio ya no está en tu lista; tu dirección aquí funciona como siempre. Si aún lo quieres, agrégalo otra vez: el registro tendrá un valor nuevo.\n\n${url}` }),
    ar: ({ name, tenant, host, record, url }) => ({ subject: `لم يُضَف ${host}`, text: `مرحبًا ${name}،\n\nبحثنا أسبوعين عن سجل TXT المسمى ${record} الذي يبيّن أن ${host} تابع لـ${tenant} ولم نجده. لم يعد النطاق في قائمتكم، وعنوانكم هنا يعمل كالمعتاد. إن كنت ما زلت تريده فأضفه من جديد، وستكون للسجل قيمة جديدة.\n\n${url}` }),
  },
};

export interface NewsDeps {
  database: Database;
  tenants: TenantDirectory;
  mail: MailPort;
  originOf(tenant: Tenant): string;
  /** The active members who hold the permission. */
  administrators(tx: Tx, permission?: string): Promise<readonly Recipient[]>;
}

export const domainNews = { name: 'tenancy.tellOfDomain', maxAttempts: 10 };
const payload = z.object({ tenantId: z.uuid(), host: z.string(), what: z.enum(['verified', 'missing', 'stopped', 'lapsed']), at: z.iso.datetime() });

/** Writes to those who may do something about it, at the address that works whatever becomes of the domain. */
export const domainNewsJob = ({ database, tenants, mail, originOf, administrators }: NewsDeps): Job<z.infer<typeof payload>> => defineJob({
  ...domainNews, payload,
  async run({ tenantId, host, what, at }) {
    const tenant = await tenants.byId(tenantId);
    if (!tenant) return;
    const admins = await database.readTenant(tenant, systemActor, (tx) => administrators(tx, 'tenant:update'));
    await mailEach(mail, admins, `domain:${what}:${tenantId}:${host}:${at}`, ({ name, locale }) => {
      const until = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: tenant.timeZone }).format(new Date(later(at, patience.missing)));
      return texts[what][locale]({ name, tenant: tenant.name, host, record: recordName(host), until, url: `${originOf({ ...tenant, primaryHost: null })}/admin/domains` });
    });
  },
});
