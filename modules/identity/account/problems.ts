import type { Locale } from '@milpa/kernel/contract';
import type { AccountErrorCode } from './errors.ts';

type Texts = Record<Locale, { title: string; detail: string }>;
type Name = AccountErrorCode extends `identity.${infer N}` ? N : never;

/** HTTP status and words for each `AccountError`, by its code without the module. `locked` takes `minutes`. */
export const accountProblems: Record<Name, { status: number; text: Texts }> = {
  challenge_expired: {
    status: 401,
    text: {
      en: { title: 'That took a while', detail: 'The time for the code is over. Sign in again with your password.' },
      'es-MX': { title: 'Pasó mucho tiempo', detail: 'Se terminó el tiempo para el código. Inicia sesión otra vez con tu contraseña.' },
      ar: { title: 'مضى وقت طويل', detail: 'انتهى وقت إدخال الرمز. سجّل الدخول من جديد بكلمة المرور.' },
    },
  },
  code_invalid: {
    status: 422,
    text: {
      en: { title: 'This code does not fit', detail: 'Type the code that the app shows now, or a backup code that you have not used yet.' },
      'es-MX': {
        title: 'Este código no corresponde',
        detail: 'Escribe el código que la aplicación muestra ahora, o un código de respaldo que no hayas usado.',
      },
      ar: { title: 'هذا الرمز غير مطابق', detail: 'اكتب الرمز الذي يظهر الآن في التطبيق، أو رمزًا احتياطيًا لم تستخدمه من قبل.' },
    },
  },
  credentials_invalid: {
    status: 401,
    text: {
      en: { title: 'E-mail and password do not match', detail: 'Check both, or set a new password if you have forgotten yours.' },
      'es-MX': { title: 'El correo y la contraseña no coinciden', detail: 'Revisa ambos, o crea una contraseña nueva si olvidaste la tuya.' },
      ar: { title: 'البريد الإلكتروني وكلمة المرور غير متطابقين', detail: 'راجعهما، أو عيّن كلمة مرور جديدة إن نسيت كلمتك.' },
    },
  },
  email_invalid: {
    status: 422,
    text: {
      en: { title: 'This is not an e-mail address', detail: 'An address looks like name@example.org.' },
      'es-MX': { title: 'Esto no es un correo electrónico', detail: 'Un correo se ve así: nombre@example.org.' },
      ar: { title: 'هذا ليس بريدًا إلكترونيًا', detail: 'يُكتب البريد الإلكتروني هكذا: name@example.org.' },
    },
  },
  email_taken: {
    status: 409,
    text: {
      en: { title: 'This address has an account', detail: 'Sign in with it, or use another address.' },
      'es-MX': { title: 'Este correo ya tiene una cuenta', detail: 'Inicia sesión con él, o usa otro correo.' },
      ar: { title: 'لهذا البريد حساب', detail: 'سجّل الدخول به، أو استخدم بريدًا آخر.' },
    },
  },
  email_unverified: {
    status: 403,
    text: {
      en: { title: 'Confirm your address first', detail: 'We sent you a mail with a link. If you cannot find it, ask for another one.' },
      'es-MX': { title: 'Primero confirma tu correo', detail: 'Te enviamos un mensaje con un enlace. Si no lo encuentras, pide otro.' },
      ar: { title: 'أكّد بريدك أولًا', detail: 'أرسلنا إليك رسالة فيها رابط. إن لم تجدها فاطلب رسالة أخرى.' },
    },
  },
  link_invalid: {
    status: 410,
    text: {
      en: { title: 'This link no longer works', detail: 'It has been used, or is too old. Ask for a new one.' },
      'es-MX': { title: 'Este enlace ya no funciona', detail: 'Ya se usó o es muy antiguo. Pide uno nuevo.' },
      ar: { title: 'هذا الرابط لم يعد يعمل', detail: 'استُخدم من قبل أو مضى عليه وقت طويل. اطلب رابطًا جديدًا.' },
    },
  },
  locked: {
    status: 429,
    text: {
      en: { title: 'Too many tries', detail: '{minutes, plural, one {Try again in # minute.} other {Try again in # minutes.}}' },
      'es-MX': { title: 'Demasiados intentos', detail: '{minutes, plural, one {Intenta de nuevo en # minuto.} other {Intenta de nuevo en # minutos.}}' },
      ar: {
        title: 'محاولات كثيرة',
        detail:
          '{minutes, plural, zero {أعد المحاولة الآن} one {أعد المحاولة بعد دقيقة واحدة} two {أعد المحاولة بعد دقيقتين} few {أعد المحاولة بعد # دقائق} many {أعد المحاولة بعد # دقيقة} other {أعد المحاولة بعد # دقيقة}}.',
      },
    },
  },
  name_missing: {
    status: 422,
    text: {
      en: { title: 'A name is missing', detail: 'Tell us how to call you.' },
      'es-MX': { title: 'Falta un nombre', detail: 'Dinos cómo llamarte.' },
      ar: { title: 'الاسم ناقص', detail: 'أخبرنا بالاسم الذي نناديك به.' },
    },
  },
  passkey_refused: {
    status: 422,
    text: {
      en: { title: 'This passkey did not work', detail: 'Try again, or use your password. A passkey works only on the site where it was made.' },
      'es-MX': { title: 'Esta llave de acceso no funcionó', detail: 'Intenta de nuevo o usa tu contraseña. Una llave solo funciona en el sitio donde se creó.' },
      ar: { title: 'لم يعمل مفتاح المرور هذا', detail: 'أعد المحاولة أو استخدم كلمة المرور. لا يعمل المفتاح إلا في الموقع الذي أُنشئ فيه.' },
    },
  },
  passkey_unknown: {
    status: 404,
    text: {
      en: { title: 'No such passkey', detail: 'It is not among yours; perhaps it has been removed already.' },
      'es-MX': { title: 'No existe esa llave de acceso', detail: 'No está entre las tuyas; quizá ya se quitó.' },
      ar: { title: 'لا يوجد مفتاح مرور كهذا', detail: 'ليس بين مفاتيحك، وربما حُذف من قبل.' },
    },
  },
  passkeys_full: {
    status: 409,
    text: {
      en: { title: 'Enough passkeys', detail: 'You have 20. Remove one that you no longer use.' },
      'es-MX': { title: 'Suficientes llaves de acceso', detail: 'Ya tienes 20. Quita una que ya no uses.' },
      ar: { title: 'عدد كافٍ من مفاتيح المرور', detail: 'لديك ٢٠ مفتاحًا. احذف مفتاحًا لم تعد تستخدمه.' },
    },
  },
  password_too_common: {
    status: 422,
    text: {
      en: {
        title: 'Others would guess this password',
        detail: 'Choose another: three or four words that do not belong together are good, and easy to remember.',
      },
      'es-MX': {
        title: 'Otras personas adivinarían esta contraseña',
        detail: 'Elige otra: tres o cuatro palabras sin relación entre sí son buenas y fáciles de recordar.',
      },
      ar: { title: 'كلمة المرور هذه سهلة التخمين', detail: 'اختر غيرها: ثلاث كلمات أو أربع لا رابط بينها جيدة وسهلة التذكّر.' },
    },
  },
  password_too_long: {
    status: 422,
    text: {
      en: { title: 'This password is too long', detail: 'Use at most 128 characters.' },
      'es-MX': { title: 'Esta contraseña es demasiado larga', detail: 'Usa 128 caracteres como máximo.' },
      ar: { title: 'كلمة المرور هذه طويلة جدًا', detail: 'استخدم ١٢٨ حرفًا على الأكثر.' },
    },
  },
  password_too_short: {
    status: 422,
    text: {
      en: { title: 'This password is too short', detail: 'Use at least 10 characters; a few words are easier to remember than signs.' },
      'es-MX': { title: 'Esta contraseña es muy corta', detail: 'Usa al menos 10 caracteres; unas cuantas palabras se recuerdan mejor que los signos.' },
      ar: { title: 'كلمة المرور هذه قصيرة', detail: 'استخدم ١٠ أحرف على الأقل؛ بضع كلمات أسهل تذكّرًا من الرموز.' },
    },
  },
  password_wrong: {
    status: 422,
    text: {
      en: { title: 'This is not your current password', detail: 'Check it and type it again.' },
      'es-MX': { title: 'Esta no es tu contraseña actual', detail: 'Revísala y escríbela de nuevo.' },
      ar: { title: 'هذه ليست كلمة مرورك الحالية', detail: 'راجعها واكتبها من جديد.' },
    },
  },
  session_unknown: {
    status: 404,
    text: {
      en: { title: 'Already signed out there', detail: 'This device is no longer signed in.' },
      'es-MX': { title: 'Ahí ya se cerró la sesión', detail: 'Este dispositivo ya no tiene la sesión abierta.' },
      ar: { title: 'سُجّل الخروج هناك من قبل', detail: 'لم يعد هذا الجهاز مسجّل الدخول.' },
    },
  },
  signed_out: {
    status: 401,
    text: {
      en: { title: 'Sign in first', detail: 'You are signed out. Sign in and try again.' },
      'es-MX': { title: 'Primero inicia sesión', detail: 'Tu sesión está cerrada. Inicia sesión e intenta de nuevo.' },
      ar: { title: 'سجّل الدخول أولًا', detail: 'لم تعد مسجّل الدخول. سجّل الدخول ثم أعد المحاولة.' },
    },
  },
  two_factor_off: {
    status: 409,
    text: {
      en: { title: 'The second step is off', detail: 'Set up an authenticator app first.' },
      'es-MX': { title: 'El segundo paso está apagado', detail: 'Primero configura una aplicación de autenticación.' },
      ar: { title: 'الخطوة الثانية متوقفة', detail: 'جهّز تطبيق المصادقة أولًا.' },
    },
  },
  two_factor_on: {
    status: 409,
    text: {
      en: { title: 'The second step is on', detail: 'To set up another authenticator app, switch it off first.' },
      'es-MX': { title: 'El segundo paso está encendido', detail: 'Para configurar otra aplicación de autenticación, primero apágalo.' },
      ar: { title: 'الخطوة الثانية مفعّلة', detail: 'لإعداد تطبيق مصادقة آخر، أوقفها أولًا.' },
    },
  },
};
