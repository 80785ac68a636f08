import type { Locale } from '@milpa/kernel/contract';
import type { AccountMail } from './auth.ts';

/** What each `AccountMail` says; `{name}`, `{url}` and `{site}` (the organisation’s name) are filled in. */
export const accountMailTexts: Record<AccountMail['kind'], Record<Locale, { subject: string; text: string }>> = {
  verify_email: {
    en: { subject: 'Confirm your address for {site}', text: 'Hello {name},\n\nopen this link within a day to confirm your address and start at {site}:\n\n{url}\n\nIf you did not sign up, ignore this mail: nothing happens without the link.' },
    'es-MX': { subject: 'Confirma tu correo para {site}', text: 'Hola, {name}:\n\nAbre este enlace en las próximas 24 horas para confirmar tu correo y comenzar en {site}:\n\n{url}\n\nSi no te registraste, ignora este mensaje: sin el enlace no pasa nada.' },
    ar: { subject: 'أكّد بريدك لدى {site}', text: 'مرحبًا {name}،\n\nافتح هذا الرابط خلال يوم لتأكيد بريدك والبدء في {site}:\n\n{url}\n\nإن لم تكن أنت من سجّل فتجاهل هذه الرسالة: لن يحدث شيء من دون الرابط.' },
  },
  email_in_use: {
    en: { subject: 'You already have an account at {site}', text: 'Hello {name},\n\nsomebody, perhaps you, wanted to open an account with this address. You already have one: sign in with it, and choose “Forgot your password?” if you need to.\n\nIf it was not you, there is nothing to do.' },
    'es-MX': { subject: 'Ya tienes una cuenta en {site}', text: 'Hola, {name}:\n\nAlguien, quizá tú, quiso abrir una cuenta con este correo. Ya tienes una: inicia sesión con ella y elige «¿Olvidaste tu contraseña?» si lo necesitas.\n\nSi no fuiste tú, no tienes que hacer nada.' },
    ar: { subject: 'لديك حساب بالفعل لدى {site}', text: 'مرحبًا {name}،\n\nأراد أحد، وربما أنت، فتح حساب بهذا البريد. لديك حساب بالفعل: سجّل الدخول به، واختر «نسيت كلمة المرور؟» عند الحاجة.\n\nإن لم تكن أنت فلا داعي لفعل شيء.' },
  },
  change_email: {
    en: { subject: 'Confirm your new address for {site}', text: 'Hello {name},\n\nopen this link within a day, and you sign in with this address from then on:\n\n{url}\n\nIf you did not ask for this, ignore this mail.' },
    'es-MX': { subject: 'Confirma tu correo nuevo para {site}', text: 'Hola, {name}:\n\nAbre este enlace en las próximas 24 horas y, desde entonces, iniciarás sesión con este correo:\n\n{url}\n\nSi no lo pediste, ignora este mensaje.' },
    ar: { subject: 'أكّد بريدك الجديد لدى {site}', text: 'مرحبًا {name}،\n\nافتح هذا الرابط خلال يوم، وبعدها تسجّل الدخول بهذا البريد:\n\n{url}\n\nإن لم تطلب ذلك فتجاهل هذه الرسالة.' },
  },
  email_changed: {
    en: { subject: 'Your address at {site} was changed', text: 'Hello {name},\n\nyour account now has another address. If you did not change it, write at once to whoever runs {site}.' },
    'es-MX': { subject: 'Tu correo en {site} cambió', text: 'Hola, {name}:\n\nTu cuenta ahora tiene otro correo. Si no lo cambiaste tú, escribe de inmediato a quien administra {site}.' },
    ar: { subject: 'تغيّر بريدك لدى {site}', text: 'مرحبًا {name}،\n\nصار لحسابك بريد آخر. إن لم تغيّره أنت فاكتب فورًا إلى من يدير {site}.' },
  },
  reset_password: {
    en: { subject: 'Set a new password for {site}', text: 'Hello {name},\n\nopen this link within an hour to set a new password:\n\n{url}\n\nIf you did not ask for this, ignore this mail: your password stays as it is.' },
    'es-MX': { subject: 'Crea una contraseña nueva para {site}', text: 'Hola, {name}:\n\nAbre este enlace en la próxima hora para crear una contraseña nueva:\n\n{url}\n\nSi no lo pediste, ignora este mensaje: tu contraseña sigue igual.' },
    ar: { subject: 'عيّن كلمة مرور جديدة لدى {site}', text: 'مرحبًا {name}،\n\nافتح هذا الرابط خلال ساعة لتعيين كلمة مرور جديدة:\n\n{url}\n\nإن لم تطلب ذلك فتجاهل هذه الرسالة: تبقى كلمة مرورك كما هي.' },
  },
  password_changed: {
    en: { subject: 'Your password at {site} was changed', text: 'Hello {name},\n\nyour password was changed, and other devices were signed out. If it was not you, choose “Forgot your password?” now, and set a new one.' },
    'es-MX': { subject: 'Tu contraseña en {site} cambió', text: 'Hola, {name}:\n\nTu contraseña cambió y se cerró la sesión en los demás dispositivos. Si no fuiste tú, elige ahora «¿Olvidaste tu contraseña?» y crea una nueva.' },
    ar: { subject: 'تغيّرت كلمة مرورك لدى {site}', text: 'مرحبًا {name}،\n\nتغيّرت كلمة مرورك وسُجّل الخروج من الأجهزة الأخرى. إن لم تكن أنت فاختر الآن «نسيت كلمة المرور؟» وعيّن كلمة جديدة.' },
  },
  account_locked: {
    en: {
      subject: 'Somebody guessed at your account at {site}',
      text: 'Hello {name},\n\nsomebody tried several times to sign in to your account and failed, so it is locked for a while. If it was you, try again a little later, and choose “Forgot your password?” if you need to. If it was not you, your account is still safe.',
    },
    'es-MX': {
      subject: 'Alguien intentó entrar a tu cuenta en {site}',
      text: 'Hola, {name}:\n\nAlguien intentó varias veces entrar a tu cuenta sin lograrlo, así que quedó bloqueada un rato. Si fuiste tú, intenta de nuevo más tarde y elige «¿Olvidaste tu contraseña?» si lo necesitas. Si no fuiste tú, tu cuenta sigue a salvo.',
    },
    ar: { subject: 'حاول أحد الدخول إلى حسابك لدى {site}', text: 'مرحبًا {name}،\n\nحاول أحد مرات عدة الدخول إلى حسابك ولم يفلح، فأُغلق لبعض الوقت. إن كنت أنت فأعد المحاولة بعد قليل، واختر «نسيت كلمة المرور؟» عند الحاجة. وإن لم تكن أنت فحسابك ما زال آمنًا.' },
  },
  two_factor_enabled: {
    en: { subject: 'The second step is on at {site}', text: 'Hello {name},\n\nfrom now on, signing in also takes a code from your authenticator app. Keep your backup codes where you find them without your phone.' },
    'es-MX': { subject: 'El segundo paso está encendido en {site}', text: 'Hola, {name}:\n\nDesde ahora, para iniciar sesión también necesitas un código de tu aplicación de autenticación. Guarda tus códigos de respaldo donde los encuentres sin tu teléfono.' },
    ar: { subject: 'الخطوة الثانية مفعّلة لدى {site}', text: 'مرحبًا {name}،\n\nمن الآن يحتاج تسجيل الدخول أيضًا إلى رمز من تطبيق المصادقة. احفظ رموزك الاحتياطية حيث تجدها من دون هاتفك.' },
  },
  passkey_added: {
    en: { subject: 'A passkey was added at {site}', text: 'Hello {name},\n\nfrom now on a passkey opens your account too. If you did not add it, set a new password now, and remove the passkey in your account under Safety.' },
    'es-MX': { subject: 'Se agregó una llave de acceso en {site}', text: 'Hola, {name}:\n\nDesde ahora una llave de acceso también abre tu cuenta. Si no la agregaste tú, crea ahora una contraseña nueva y quita la llave en tu cuenta, en Seguridad.' },
    ar: { subject: 'أُضيف مفتاح مرور لدى {site}', text: 'مرحبًا {name}،\n\nمن الآن يفتح مفتاح مرور حسابك أيضًا. إن لم تضفه أنت فعيّن الآن كلمة مرور جديدة واحذف المفتاح من حسابك في قسم الأمان.' },
  },
  passkey_removed: {
    en: { subject: 'A passkey was removed at {site}', text: 'Hello {name},\n\none of your passkeys no longer opens your account. If you did not remove it, set a new password now.' },
    'es-MX': { subject: 'Se quitó una llave de acceso en {site}', text: 'Hola, {name}:\n\nUna de tus llaves de acceso ya no abre tu cuenta. Si no la quitaste tú, crea ahora una contraseña nueva.' },
    ar: { subject: 'حُذف مفتاح مرور لدى {site}', text: 'مرحبًا {name}،\n\nلم يعد أحد مفاتيح المرور يفتح حسابك. إن لم تحذفه أنت فعيّن الآن كلمة مرور جديدة.' },
  },
  data_ready: {
    en: { subject: 'Your data from {site} is ready', text: 'Hello {name},\n\nthe archive with your data is ready. You can save it for a week:\n\n{url}' },
    'es-MX': { subject: 'Tus datos de {site} están listos', text: 'Hola, {name}:\n\nEl archivo con tus datos está listo. Puedes guardarlo durante una semana:\n\n{url}' },
    ar: { subject: 'بياناتك لدى {site} جاهزة', text: 'مرحبًا {name}،\n\nملف بياناتك جاهز، ويمكنك حفظه خلال أسبوع:\n\n{url}' },
  },
  leaving_planned: {
    en: { subject: 'You are leaving {site} in a week', text: 'Hello {name},\n\nin a week you leave {site}, and your name, address and notes are erased there. Until then you can stay after all:\n\n{url}' },
    'es-MX': { subject: 'En una semana dejas {site}', text: 'Hola, {name}:\n\nEn una semana dejas {site} y ahí se borran tu nombre, tu correo y tus notas. Hasta entonces puedes cambiar de opinión:\n\n{url}' },
    ar: { subject: 'ستغادر {site} بعد أسبوع', text: 'مرحبًا {name}،\n\nبعد أسبوع تغادر {site} ويُمحى منها اسمك وبريدك وملاحظاتك. يمكنك حتى ذلك الحين أن تبقى:\n\n{url}' },
  },
  deletion_planned: {
    en: { subject: 'Your account will be deleted in a week', text: 'Hello {name},\n\nin a week your account is deleted, and you leave every organisation it belongs to. Until then you can keep it:\n\n{url}\n\nIf it was not you, set a new password now.' },
    'es-MX': { subject: 'Tu cuenta se eliminará en una semana', text: 'Hola, {name}:\n\nEn una semana se elimina tu cuenta y dejas todas las organizaciones a las que pertenece. Hasta entonces puedes conservarla:\n\n{url}\n\nSi no fuiste tú, crea ahora una contraseña nueva.' },
    ar: { subject: 'سيُحذف حسابك بعد أسبوع', text: 'مرحبًا {name}،\n\nبعد أسبوع يُحذف حسابك وتغادر كل المؤسسات التي ينتمي إليها. يمكنك حتى ذلك الحين أن تحتفظ به:\n\n{url}\n\nإن لم تكن أنت فعيّن الآن كلمة مرور جديدة.' },
  },
  deletion_done: {
    en: { subject: 'Your account is deleted', text: 'Hello {name},\n\nyour account is deleted, as you asked. Thank you for the time that you spent with us. You are welcome to come again:\n\n{url}' },
    'es-MX': { subject: 'Tu cuenta se eliminó', text: 'Hola, {name}:\n\nTu cuenta se eliminó, como lo pediste. Gracias por el tiempo que pasaste aquí. Puedes volver cuando quieras:\n\n{url}' },
    ar: { subject: 'حُذف حسابك', text: 'مرحبًا {name}،\n\nحُذف حسابك كما طلبت. شكرًا على الوقت الذي قضيته معنا، ونرحب بك متى عدت:\n\n{url}' },
  },
  two_factor_disabled: {
    en: { subject: 'The second step is off at {site}', text: 'Hello {name},\n\nsigning in takes only your password again. If you did not switch the second step off, set a new password now, and switch it on again.' },
    'es-MX': { subject: 'El segundo paso está apagado en {site}', text: 'Hola, {name}:\n\nPara iniciar sesión otra vez basta tu contraseña. Si no apagaste tú el segundo paso, crea ahora una contraseña nueva y vuelve a encenderlo.' },
    ar: { subject: 'الخطوة الثانية متوقفة لدى {site}', text: 'مرحبًا {name}،\n\nعاد تسجيل الدخول يحتاج إلى كلمة المرور وحدها. إن لم توقف الخطوة الثانية أنت فعيّن الآن كلمة مرور جديدة وفعّلها من جديد.' },
  },
};
