/** The words of the module's own mails, beside those about accounts. `{tenant}` and its like are filled in. */
import type { Locale } from '@milpa/kernel/contract';

export interface MailText { subject: string; text: string }

export const invitationTexts: Record<Locale, MailText> = {
  en: { subject: '{tenant} invites you', text: 'Hello,\n\n{tenant} invites you to join. Open this link and sign in with this address, or make an account with it. The invitation is good until {until}.\n\n{url}\n\nDo you not know them? Then ignore this mail.' },
  'es-MX': { subject: '{tenant} te invita', text: 'Hola:\n\n{tenant} te invita a unirte. Abre este enlace e inicia sesión con este correo, o crea una cuenta con él. La invitación vale hasta el {until}.\n\n{url}\n\n¿No sabes de qué se trata? Ignora este correo.' },
  ar: { subject: 'دعوة من {tenant}', text: 'مرحبًا،\n\nتدعوك {tenant} إلى الانضمام. افتح هذا الرابط وسجّل الدخول بهذا البريد، أو أنشئ به حسابًا. الدعوة صالحة حتى {until}.\n\n{url}\n\nلا تعرف الجهة الداعية؟ تجاهل هذه الرسالة.' },
};

/** Fills in the blanks of a mail; what a value contains is not looked at again, and a subject stays one line. */
export function fillIn({ subject, text }: MailText, values: Record<string, string>): MailText {
  const fill = (words: string) => words.replace(/\{(\w+)\}/g, (blank, name: string) => values[name] ?? blank);
  return { subject: fill(subject).replace(/[\r\n]+/g, ' '), text: fill(text) };
}
