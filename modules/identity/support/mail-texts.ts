import type { Locale } from '@milpa/kernel/contract';

/** What an administrator reads (`requested`, `opened`), and what an operator does. */
export type SupportMail = 'requested' | 'opened' | 'granted' | 'allowed' | 'refused';

export const supportMailTexts: Record<SupportMail, Record<Locale, { subject: string; text: string }>> = {
  requested: {
    en: { subject: 'Support asks for access to {tenant}', text: 'Hello {name},\n\n{operator}, who runs the installation on which {tenant} is, asks to come in and look. The reason:\n\n{reason}\n\nNothing is open until an administrator allows it. Allow or refuse it here:\n\n{url}\n\nIf you do not expect this, refuse it and ask whoever runs the installation.' },
    'es-MX': { subject: 'Soporte pide acceso a {tenant}', text: 'Hola, {name}:\n\n{operator}, que opera la instalación donde está {tenant}, pide entrar a revisar. El motivo:\n\n{reason}\n\nNada se abre hasta que alguien que administra lo permita. Permítelo o recházalo aquí:\n\n{url}\n\nSi no lo esperabas, recházalo y pregunta a quien opera la instalación.' },
    ar: { subject: 'الدعم يطلب الدخول إلى {tenant}', text: 'مرحبًا {name}،\n\nيطلب {operator}، وهو من مشغّلي النظام الذي تعمل عليه {tenant}، الدخول للاطلاع. السبب:\n\n{reason}\n\nلا يُفتح شيء قبل أن يسمح بذلك أحد المديرين. اسمح أو ارفض من هنا:\n\n{url}\n\nإن لم تكن تتوقع هذا الطلب فارفضه واسأل من يشغّل النظام.' },
  },
  opened: {
    en: { subject: 'Support may come into {tenant} until {until}', text: 'Hello {name},\n\n{by} let support into {tenant} until {until}. All that support does stands in the log. End it at any moment here:\n\n{url}' },
    'es-MX': { subject: 'Soporte puede entrar a {tenant} hasta el {until}', text: 'Hola, {name}:\n\n{by} dio acceso a soporte en {tenant} hasta el {until}. Todo lo que haga soporte queda en el registro. Puedes terminarlo en cualquier momento aquí:\n\n{url}' },
    ar: { subject: 'يمكن للدعم دخول {tenant} حتى {until}', text: 'مرحبًا {name}،\n\nسمح {by} للدعم بدخول {tenant} حتى {until}. كل ما يفعله الدعم يُكتب في السجل. يمكنك إنهاء ذلك في أي وقت من هنا:\n\n{url}' },
  },
  granted: {
    en: { subject: '{tenant} lets support in', text: 'Hello {name},\n\n{tenant} lets support in until {until}. Enter here, and read what they say is wrong:\n\n{url}' },
    'es-MX': { subject: '{tenant} dio acceso a soporte', text: 'Hola, {name}:\n\n{tenant} da acceso a soporte hasta el {until}. Entra aquí y lee qué dicen que falla:\n\n{url}' },
    ar: { subject: '{tenant} سمحت للدعم بالدخول', text: 'مرحبًا {name}،\n\nتسمح {tenant} للدعم بالدخول حتى {until}. ادخل من هنا واقرأ ما يقولون إنه لا يعمل:\n\n{url}' },
  },
  allowed: {
    en: { subject: '{tenant} allows what you asked for', text: 'Hello {name},\n\n{tenant} lets you in until {until}. Enter here:\n\n{url}' },
    'es-MX': { subject: '{tenant} permitió lo que pediste', text: 'Hola, {name}:\n\n{tenant} te da acceso hasta el {until}. Entra aquí:\n\n{url}' },
    ar: { subject: '{tenant} سمحت بما طلبته', text: 'مرحبًا {name}،\n\nتسمح لك {tenant} بالدخول حتى {until}. ادخل من هنا:\n\n{url}' },
  },
  refused: {
    en: { subject: '{tenant} does not let support in', text: 'Hello {name},\n\nan administrator of {tenant} refused what you asked for. Talk to them before you ask again.\n\n{url}' },
    'es-MX': { subject: '{tenant} no da acceso a soporte', text: 'Hola, {name}:\n\nAlguien que administra {tenant} rechazó lo que pediste. Habla con esa persona antes de pedirlo otra vez.\n\n{url}' },
    ar: { subject: '{tenant} لم تسمح للدعم بالدخول', text: 'مرحبًا {name}،\n\nرفض أحد مديري {tenant} ما طلبته. تحدث معهم قبل أن تطلب من جديد.\n\n{url}' },
  },
};
