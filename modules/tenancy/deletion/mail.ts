import type { Locale } from '@milpa/kernel/contract';

interface Values { name: string; tenant: string; until: string; url: string }
type Text = (values: Values) => { subject: string; text: string };

export type DeletionMail = 'requested' | 'reminder' | 'cancelled';

export const deletionMailTexts: Record<DeletionMail, Record<Locale, Text>> = {
  requested: {
    en: ({ name, tenant, until, url }) => ({ subject: `${tenant} will be deleted on ${until}`, text: `Hello ${name},\n\nsomebody who may do so has asked to delete ${tenant}, with its courses, files and members. Until ${until} everything works as before and any administrator can call it off here:\n\n${url}\n\nAfter that day nothing can be brought back. Keep an export if you will need the data.` }),
    'es-MX': ({ name, tenant, until, url }) => ({ subject: `${tenant} se eliminará el ${until}`, text: `Hola, ${name}:\n\nUna persona con permiso pidió eliminar ${tenant}, con sus cursos, archivos y miembros. Hasta el ${until} todo funciona como siempre y cualquier administrador puede cancelarlo aquí:\n\n${url}\n\nDespués de ese día no se puede recuperar nada. Guarda una copia si vas a necesitar los datos.` }),
    ar: ({ name, tenant, until, url }) => ({ subject: `ستُحذف ${tenant} يوم ${until}`, text: `مرحبًا ${name}،\n\nطلب شخص له الصلاحية حذف ${tenant} بدوراتها وملفاتها وأعضائها. حتى ${until} يعمل كل شيء كالمعتاد، ويمكن لأي مدير إلغاء الحذف من هنا:\n\n${url}\n\nبعد ذلك اليوم لا يمكن استعادة شيء. احتفظ بنسخة من البيانات إن كنت ستحتاج إليها.` }),
  },
  reminder: {
    en: ({ name, tenant, until, url }) => ({ subject: `Reminder: ${tenant} will be deleted on ${until}`, text: `Hello ${name},\n\non ${until} ${tenant} is deleted, with its courses, files and members. If that is not what you want, any administrator can still call it off here:\n\n${url}\n\nAfterwards nothing can be brought back. If you will need the data, save an export now.` }),
    'es-MX': ({ name, tenant, until, url }) => ({ subject: `Recordatorio: ${tenant} se eliminará el ${until}`, text: `Hola, ${name}:\n\nEl ${until} se elimina ${tenant}, con sus cursos, archivos y miembros. Si no es lo que quieres, cualquier administrador todavía puede cancelarlo aquí:\n\n${url}\n\nDespués no se puede recuperar nada. Si vas a necesitar los datos, guarda una copia ahora.` }),
    ar: ({ name, tenant, until, url }) => ({ subject: `تذكير: ستُحذف ${tenant} يوم ${until}`, text: `مرحبًا ${name}،\n\nيوم ${until} ستُحذف ${tenant} بدوراتها وملفاتها وأعضائها. إن لم يكن هذا ما تريدونه فما زال بإمكان أي مدير إلغاء الحذف من هنا:\n\n${url}\n\nبعد ذلك لا يمكن استعادة شيء. إن كنت ستحتاج إلى البيانات فاحفظ نسخة منها الآن.` }),
  },
  cancelled: {
    en: ({ name, tenant, url }) => ({ subject: `${tenant} stays`, text: `Hello ${name},\n\nthe deletion of ${tenant} was called off. Everything stays as it is.\n\n${url}` }),
    'es-MX': ({ name, tenant, url }) => ({ subject: `${tenant} se queda`, text: `Hola, ${name}:\n\nSe canceló la eliminación de ${tenant}. Todo sigue como estaba.\n\n${url}` }),
    ar: ({ name, tenant, url }) => ({ subject: `${tenant} باقية`, text: `مرحبًا ${name}،\n\nأُلغي حذف ${tenant}. كل شيء باقٍ كما هو.\n\n${url}` }),
  },
};
