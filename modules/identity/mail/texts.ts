/** The words of mails, by language. `{name}` and its like are filled in; a link stands in a line of its own. */
import type { Locale } from '@milpa/kernel/contract';
import type { AccountMail } from '../account/auth.ts';

export interface MailText { subject: string; body: string }
export type MailKind = AccountMail['kind'] | 'invitation';

export const mailTexts: Record<Locale, Record<MailKind, MailText>> = {
  en: {
    verify_email: { subject: 'Confirm your e-mail', body: 'Hello {name},\n\nopen this link to confirm your address and finish your account. It works once, for one day.\n\n{url}\n\nWas it not you? Then ignore this mail; no account comes of it.' },
    email_in_use: { subject: 'You have an account already', body: 'Hello {name},\n\nsomebody, probably you, tried to open an account with this address. It has one already: just sign in. If you do not know the password any more, choose “Forgot password” there.' },
    change_email: { subject: 'Confirm your new address', body: 'Hello {name},\n\nopen this link to use this address for your account from now on. It works once, for one day.\n\n{url}\n\nWas it not you? Then ignore this mail; nothing changes.' },
    email_changed: { subject: 'Your account has a new address', body: 'Hello {name},\n\nyour account now uses another e-mail address, and this one no longer belongs to it. If that was not you, write to whoever runs your organisation’s site at once.' },
    reset_password: { subject: 'Set a new password', body: 'Hello {name},\n\nopen this link to choose a new password. It works once, for one hour.\n\n{url}\n\nWas it not you? Then ignore this mail; your password stays as it is.' },
    password_changed: { subject: 'Your password was changed', body: 'Hello {name},\n\nthe password of your account was changed, and all other devices were signed out. If that was not you, set a new one now with “Forgot password”.' },
    account_locked: { subject: 'Too many wrong tries to sign in', body: 'Hello {name},\n\nsomebody entered wrong details for your account several times, so signing in is paused for a while. If it was you, wait a little or choose “Forgot password”. If not, there is nothing to do: your account is safe.' },
    two_factor_enabled: { subject: 'The second step is on', body: 'Hello {name},\n\nfrom now on, signing in also asks for a code of your authenticator app. Keep your backup codes in a safe place. If that was not you, change your password at once.' },
    two_factor_disabled: { subject: 'The second step is off', body: 'Hello {name},\n\nsigning in no longer asks for a code. If that was not you, change your password at once and switch the second step on again.' },
    invitation: { subject: '{tenant} invites you', body: 'Hello,\n\n{tenant} invites you to join. Open this link and sign in with this address, or make an account with it. The invitation is good until {until}.\n\n{url}\n\nDo you not know them? Then ignore this mail.' },
  },
  'es-MX': {
    verify_email: { subject: 'Confirma tu correo', body: 'Hola, {name}:\n\nAbre este enlace para confirmar tu correo y terminar tu cuenta. Sirve una vez, durante un día.\n\n{url}\n\n¿No fuiste tú? Ignora este correo; no se abrirá ninguna cuenta.' },
    email_in_use: { subject: 'Ya tienes una cuenta', body: 'Hola, {name}:\n\nAlguien, probablemente tú, quiso abrir una cuenta con este correo. Ya tiene una: solo inicia sesión. Si no recuerdas la contraseña, elige ahí «Olvidé mi contraseña».' },
    change_email: { subject: 'Confirma tu correo nuevo', body: 'Hola, {name}:\n\nAbre este enlace para usar este correo en tu cuenta de ahora en adelante. Sirve una vez, durante un día.\n\n{url}\n\n¿No fuiste tú? Ignora este correo; no cambia nada.' },
    email_changed: { subject: 'Tu cuenta tiene otro correo', body: 'Hola, {name}:\n\nTu cuenta ahora usa otro correo y este ya no le pertenece. Si no fuiste tú, escribe de inmediato a quien administra el sitio de tu organización.' },
    reset_password: { subject: 'Crea una contraseña nueva', body: 'Hola, {name}:\n\nAbre este enlace para elegir una contraseña nueva. Sirve una vez, durante una hora.\n\n{url}\n\n¿No fuiste tú? Ignora este correo; tu contraseña sigue igual.' },
    password_changed: { subject: 'Tu contraseña cambió', body: 'Hola, {name}:\n\nSe cambió la contraseña de tu cuenta y se cerró la sesión en los demás dispositivos. Si no fuiste tú, crea una nueva ahora con «Olvidé mi contraseña».' },
    account_locked: { subject: 'Demasiados intentos de iniciar sesión', body: 'Hola, {name}:\n\nAlguien escribió varias veces datos equivocados de tu cuenta, así que el inicio de sesión está en pausa por un rato. Si fuiste tú, espera un poco o elige «Olvidé mi contraseña». Si no, no tienes que hacer nada: tu cuenta está a salvo.' },
    two_factor_enabled: { subject: 'El segundo paso está activado', body: 'Hola, {name}:\n\nDe ahora en adelante, al iniciar sesión también se pide un código de tu aplicación de autenticación. Guarda tus códigos de respaldo en un lugar seguro. Si no fuiste tú, cambia tu contraseña de inmediato.' },
    two_factor_disabled: { subject: 'El segundo paso está desactivado', body: 'Hola, {name}:\n\nAl iniciar sesión ya no se pide un código. Si no fuiste tú, cambia tu contraseña de inmediato y activa otra vez el segundo paso.' },
    invitation: { subject: '{tenant} te invita', body: 'Hola:\n\n{tenant} te invita a unirte. Abre este enlace e inicia sesión con este correo, o crea una cuenta con él. La invitación vale hasta el {until}.\n\n{url}\n\n¿No sabes de qué se trata? Ignora este correo.' },
  },
  ar: {
    verify_email: { subject: 'أكّد بريدك الإلكتروني', body: 'مرحبًا {name}،\n\nافتح هذا الرابط لتأكيد بريدك وإتمام حسابك. يعمل مرة واحدة ولمدة يوم.\n\n{url}\n\nلم تكن أنت؟ تجاهل هذه الرسالة ولن يُفتح أي حساب.' },
    email_in_use: { subject: 'لديك حساب بالفعل', body: 'مرحبًا {name}،\n\nحاول شخص ما، ولعله أنت، فتح حساب بهذا البريد. له حساب من قبل، فيكفي أن تسجّل الدخول. وإن نسيت كلمة المرور فاختر هناك «نسيت كلمة المرور».' },
    change_email: { subject: 'أكّد بريدك الجديد', body: 'مرحبًا {name}،\n\nافتح هذا الرابط لاستخدام هذا البريد في حسابك من الآن. يعمل مرة واحدة ولمدة يوم.\n\n{url}\n\nلم تكن أنت؟ تجاهل هذه الرسالة ولن يتغيّر شيء.' },
    email_changed: { subject: 'صار لحسابك بريد آخر', body: 'مرحبًا {name}،\n\nيستخدم حسابك الآن بريدًا آخر، ولم يعد هذا البريد تابعًا له. إن لم تكن أنت من غيّره فراسل فورًا من يدير موقع مؤسستك.' },
    reset_password: { subject: 'عيّن كلمة مرور جديدة', body: 'مرحبًا {name}،\n\nافتح هذا الرابط لاختيار كلمة مرور جديدة. يعمل مرة واحدة ولمدة ساعة.\n\n{url}\n\nلم تكن أنت؟ تجاهل هذه الرسالة وستبقى كلمة مرورك كما هي.' },
    password_changed: { subject: 'تغيّرت كلمة مرورك', body: 'مرحبًا {name}،\n\nتغيّرت كلمة مرور حسابك، وسُجّل خروج الأجهزة الأخرى كلها. إن لم تكن أنت من غيّرها فعيّن كلمة جديدة الآن عبر «نسيت كلمة المرور».' },
    account_locked: { subject: 'محاولات دخول خاطئة كثيرة', body: 'مرحبًا {name}،\n\nأدخل شخص ما بيانات خاطئة لحسابك عدة مرات، فتوقف تسجيل الدخول لبعض الوقت. إن كنت أنت فانتظر قليلًا أو اختر «نسيت كلمة المرور». وإن لم تكن أنت فلا حاجة إلى شيء: حسابك في أمان.' },
    two_factor_enabled: { subject: 'فُعّلت الخطوة الثانية', body: 'مرحبًا {name}،\n\nمن الآن يُطلب عند تسجيل الدخول رمز من تطبيق المصادقة أيضًا. احفظ الرموز الاحتياطية في مكان آمن. إن لم تكن أنت من فعّلها فغيّر كلمة مرورك فورًا.' },
    two_factor_disabled: { subject: 'عُطّلت الخطوة الثانية', body: 'مرحبًا {name}،\n\nلم يعد تسجيل الدخول يطلب رمزًا. إن لم تكن أنت من عطّلها فغيّر كلمة مرورك فورًا وفعّل الخطوة الثانية من جديد.' },
    invitation: { subject: 'دعوة من {tenant}', body: 'مرحبًا،\n\nتدعوك {tenant} إلى الانضمام. افتح هذا الرابط وسجّل الدخول بهذا البريد، أو أنشئ به حسابًا. الدعوة صالحة حتى {until}.\n\n{url}\n\nلا تعرف الجهة الداعية؟ تجاهل هذه الرسالة.' },
  },
};

/** A mail's words in a language, with its blanks filled in; what a value contains is not looked at again. */
export function mailText(kind: MailKind, locale: Locale, values: Record<string, string>): MailText {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (blank, name: string) => values[name] ?? blank);
  const { subject, body } = mailTexts[locale][kind];
  // A subject is one line, whatever a name contains.
  return { subject: fill(subject).replace(/[\r\n]+/g, ' '), body: fill(body) };
}
