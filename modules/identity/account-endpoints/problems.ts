import { defineProblems } from '@milpa/kernel';

/** What may go wrong with accounts and sessions: one for every `AccountErrorCode`. */
export const accountProblems = defineProblems('identity', {
  challenge_expired: { status: 401, text: {
    en: { title: 'That took a little long', detail: 'Enter e-mail and password again, then the code.' },
    'es-MX': { title: 'Pasó demasiado tiempo', detail: 'Escribe de nuevo tu correo y contraseña, y luego el código.' },
    ar: { title: 'انقضى الوقت', detail: 'أدخل البريد وكلمة المرور من جديد، ثم الرمز.' } } },
  code_invalid: { status: 422, text: {
    en: { title: 'This code does not fit', detail: 'Enter the code that your app shows now; each works once.' },
    'es-MX': { title: 'Este código no coincide', detail: 'Escribe el código que tu aplicación muestra ahora; cada uno sirve una vez.' },
    ar: { title: 'هذا الرمز غير مطابق', detail: 'أدخل الرمز الظاهر الآن في تطبيقك؛ كل رمز يعمل مرة واحدة.' } } },
  code_required: { status: 401, text: {
    en: { title: 'A code is needed too', detail: 'This account uses an authenticator app. Send its current code along.' },
    'es-MX': { title: 'También se necesita un código', detail: 'Esta cuenta usa una aplicación de autenticación. Envía su código actual.' },
    ar: { title: 'يلزم رمز أيضًا', detail: 'يستخدم هذا الحساب تطبيق مصادقة. أرسل رمزه الحالي كذلك.' } } },
  credentials_invalid: { status: 401, text: {
    en: { title: 'E-mail and password do not match', detail: 'Check both for typing mistakes, or set a new password.' },
    'es-MX': { title: 'El correo y la contraseña no coinciden', detail: 'Revisa que estén bien escritos o crea una contraseña nueva.' },
    ar: { title: 'البريد وكلمة المرور غير متطابقين', detail: 'تحقق من كتابتهما، أو عيّن كلمة مرور جديدة.' } } },
  email_invalid: { status: 422, text: {
    en: { title: 'Check the e-mail address', detail: 'It should look like name@example.org.' },
    'es-MX': { title: 'Revisa el correo', detail: 'Debe verse como nombre@ejemplo.org.' },
    ar: { title: 'راجع البريد الإلكتروني', detail: 'يكون على شكل name@example.org.' } } },
  email_taken: { status: 409, text: {
    en: { title: 'This address has an account', detail: 'Sign in with it, or use another address.' },
    'es-MX': { title: 'Este correo ya tiene una cuenta', detail: 'Inicia sesión con él o usa otro correo.' },
    ar: { title: 'لهذا البريد حساب', detail: 'سجّل الدخول به أو استخدم بريدًا آخر.' } } },
  email_unverified: { status: 403, text: {
    en: { title: 'Confirm your e-mail first', detail: 'Open the mail that we sent and press its link. You can have it sent again.' },
    'es-MX': { title: 'Primero confirma tu correo', detail: 'Abre el correo que te enviamos y toca el enlace. Puedes pedirlo otra vez.' },
    ar: { title: 'أكّد بريدك أولًا', detail: 'افتح الرسالة التي أرسلناها واضغط رابطها، ويمكنك طلبها مرة أخرى.' } } },
  link_invalid: { status: 409, text: {
    en: { title: 'This link does not work any more', detail: 'It was used before or is too old. Ask for a new mail.' },
    'es-MX': { title: 'Este enlace ya no funciona', detail: 'Ya se usó o venció. Pide un correo nuevo.' },
    ar: { title: 'لم يعد هذا الرابط يعمل', detail: 'استُخدم من قبل أو انتهت مدته. اطلب رسالة جديدة.' } } },
  locked: { status: 429, text: {
    en: { title: 'Too many wrong tries', detail: '{minutes, plural, one {Wait # minute, then try again, or set a new password.} other {Wait # minutes, then try again, or set a new password.}}' },
    'es-MX': { title: 'Demasiados intentos fallidos', detail: '{minutes, plural, one {Espera # minuto e intenta de nuevo, o crea una contraseña nueva.} other {Espera # minutos e intenta de nuevo, o crea una contraseña nueva.}}' },
    ar: { title: 'محاولات خاطئة كثيرة', detail: '{minutes, plural, zero {أعد المحاولة الآن.} one {انتظر دقيقة واحدة ثم أعد المحاولة، أو عيّن كلمة مرور جديدة.} two {انتظر دقيقتين ثم أعد المحاولة، أو عيّن كلمة مرور جديدة.} few {انتظر # دقائق ثم أعد المحاولة، أو عيّن كلمة مرور جديدة.} many {انتظر # دقيقة ثم أعد المحاولة، أو عيّن كلمة مرور جديدة.} other {انتظر # دقيقة ثم أعد المحاولة، أو عيّن كلمة مرور جديدة.}}' } } },
  name_missing: { status: 422, text: {
    en: { title: 'A name is missing', detail: 'Write how you want to be called.' },
    'es-MX': { title: 'Falta un nombre', detail: 'Escribe cómo quieres que te llamen.' },
    ar: { title: 'الاسم ناقص', detail: 'اكتب الاسم الذي تحب أن تُنادى به.' } } },
  password_too_common: { status: 422, text: {
    en: { title: 'This password is easy to guess', detail: 'Others would try it first. Take a few words that belong together only for you.' },
    'es-MX': { title: 'Esta contraseña es fácil de adivinar', detail: 'Otros la probarían primero. Usa varias palabras que solo para ti vayan juntas.' },
    ar: { title: 'كلمة المرور هذه سهلة التخمين', detail: 'سيجرّبها غيرك أولًا. اختر بضع كلمات لا يجمع بينها سواك.' } } },
  password_too_long: { status: 422, text: {
    en: { title: 'This password is too long', detail: 'Use at most 128 characters.' },
    'es-MX': { title: 'Esta contraseña es muy larga', detail: 'Usa como máximo 128 caracteres.' },
    ar: { title: 'كلمة المرور هذه طويلة جدًا', detail: 'استخدم 128 حرفًا على الأكثر.' } } },
  password_too_short: { status: 422, text: {
    en: { title: 'This password is too short', detail: 'Use at least 10 characters; several words are easy to remember.' },
    'es-MX': { title: 'Esta contraseña es muy corta', detail: 'Usa al menos 10 caracteres; varias palabras son fáciles de recordar.' },
    ar: { title: 'كلمة المرور هذه قصيرة جدًا', detail: 'استخدم 10 أحرف على الأقل؛ وبضع كلمات يسهل تذكّرها.' } } },
  password_wrong: { status: 422, text: {
    en: { title: 'That is not your password', detail: 'Check it for typing mistakes, then try again.' },
    'es-MX': { title: 'Esa no es tu contraseña', detail: 'Revisa que esté bien escrita e intenta de nuevo.' },
    ar: { title: 'ليست هذه كلمة مرورك', detail: 'تحقق من كتابتها ثم أعد المحاولة.' } } },
  session_unknown: { status: 404, text: {
    en: { title: 'No such sign-in', detail: 'It may have ended already.' },
    'es-MX': { title: 'No existe esa sesión', detail: 'Quizá ya terminó.' },
    ar: { title: 'لا توجد جلسة كهذه', detail: 'ربما انتهت من قبل.' } } },
  signed_out: { status: 401, text: {
    en: { title: 'You are signed out', detail: 'Sign in and try again.' },
    'es-MX': { title: 'Tu sesión terminó', detail: 'Inicia sesión e intenta de nuevo.' },
    ar: { title: 'انتهت جلستك', detail: 'سجّل الدخول ثم أعد المحاولة.' } } },
  two_factor_off: { status: 409, text: {
    en: { title: 'The second step is off', detail: 'Switch it on first.' },
    'es-MX': { title: 'El segundo paso está desactivado', detail: 'Actívalo primero.' },
    ar: { title: 'الخطوة الثانية غير مفعّلة', detail: 'فعّلها أولًا.' } } },
  two_factor_on: { status: 409, text: {
    en: { title: 'The second step is on already', detail: 'Switch it off first if you want another app.' },
    'es-MX': { title: 'El segundo paso ya está activado', detail: 'Desactívalo primero si quieres otra aplicación.' },
    ar: { title: 'الخطوة الثانية مفعّلة بالفعل', detail: 'عطّلها أولًا إن أردت تطبيقًا آخر.' } } },
});
