import { defineProblems } from './problem.ts';

/** What may go wrong with any request. */
export const problems = defineProblems('kernel', {
  unexpected: { status: 500, text: {
    en: { title: 'Something broke on our side', detail: 'Nothing was changed. Try again in a moment; if it happens again, send the request number to whoever runs this site.' },
    'es-MX': { title: 'Algo falló de nuestro lado', detail: 'No se cambió nada. Intenta de nuevo en un momento; si vuelve a pasar, envía el número de solicitud a quien administra este sitio.' },
    ar: { title: 'حدث خلل من جانبنا', detail: 'لم يتغيّر شيء. أعد المحاولة بعد قليل، وإن تكرّر ذلك فأرسل رقم الطلب إلى من يدير هذا الموقع.' } } },
  not_found: { status: 404, text: {
    en: { title: 'Nothing here', detail: 'There is nothing at this address, or it is not yours to see.' },
    'es-MX': { title: 'Aquí no hay nada', detail: 'No hay nada en esta dirección, o no te corresponde verlo.' },
    ar: { title: 'لا شيء هنا', detail: 'لا يوجد شيء في هذا العنوان، أو ليس من حقك الاطّلاع عليه.' } } },
  unauthenticated: { status: 401, text: {
    en: { title: 'Sign in first', detail: 'This needs an account. Sign in and try again.' },
    'es-MX': { title: 'Primero inicia sesión', detail: 'Esto requiere una cuenta. Inicia sesión e intenta de nuevo.' },
    ar: { title: 'سجّل الدخول أولًا', detail: 'يتطلب هذا حسابًا. سجّل الدخول ثم أعد المحاولة.' } } },
  forbidden: { status: 403, text: {
    en: { title: 'Not allowed', detail: 'Your role does not include this. Ask an administrator of your organisation if you need it.' },
    'es-MX': { title: 'No permitido', detail: 'Tu rol no incluye esto. Si lo necesitas, pídelo a quien administra tu organización.' },
    ar: { title: 'غير مسموح', detail: 'دورك لا يشمل هذا. إن كنت تحتاج إليه فاطلبه من مدير مؤسستك.' } } },
  support_reads_only: { status: 403, text: {
    en: { title: 'Support may only look here', detail: 'This organisation let support in for reading. Ask it for access that includes changes.' },
    'es-MX': { title: 'Aquí soporte solo puede ver', detail: 'Esta organización dio acceso a soporte solo para leer. Pídele un acceso que incluya cambios.' },
    ar: { title: 'الدعم هنا للاطلاع فقط', detail: 'سمحت هذه المؤسسة للدعم بالقراءة فقط. اطلب منها سماحًا يشمل التعديل.' } } },
  support_excluded: { status: 403, text: {
    en: { title: 'Not for support', detail: 'This stays with the people of the organisation, whatever access it gave. Ask one of its administrators to do it.' },
    'es-MX': { title: 'No es para soporte', detail: 'Esto queda en manos de la gente de la organización, sin importar el acceso que dio. Pide a quien la administra que lo haga.' },
    ar: { title: 'ليس متاحًا للدعم', detail: 'يبقى هذا لأهل المؤسسة مهما كان السماح الذي منحته. اطلب من أحد مديريها القيام به.' } } },
  confirmation_required: { status: 403, text: {
    en: { title: 'Confirm that it is you', detail: 'This needs a proof that is at most ten minutes old. Confirm it with your password, a code or a passkey, then do it again.' },
    'es-MX': { title: 'Confirma que eres tú', detail: 'Esto necesita una prueba de hace diez minutos como máximo. Confírmalo con tu contraseña, un código o una llave de acceso, y vuelve a hacerlo.' },
    ar: { title: 'أكّد أنه أنت', detail: 'يتطلب هذا إثباتًا لم تمضِ عليه أكثر من عشر دقائق. أكّد بكلمة المرور أو برمز أو بمفتاح مرور، ثم أعد المحاولة.' } } },
  session_required: { status: 403, text: {
    en: { title: 'Not by a token', detail: 'This is done by a person who has just signed in. Open it in the browser.' },
    'es-MX': { title: 'No con un token', detail: 'Esto lo hace una persona que acaba de iniciar sesión. Ábrelo en el navegador.' },
    ar: { title: 'ليس برمز وصول', detail: 'يقوم بهذا شخص سجّل دخوله للتو. افتحه في المتصفح.' } } },
  validation_failed: { status: 422, text: {
    en: { title: 'Some fields need another look', detail: 'Correct the fields that are marked, then send again.' },
    'es-MX': { title: 'Hay campos por revisar', detail: 'Corrige los campos marcados y vuelve a enviar.' },
    ar: { title: 'بعض الحقول تحتاج إلى مراجعة', detail: 'صحّح الحقول المشار إليها ثم أرسل من جديد.' } } },
  malformed_request: { status: 400, text: {
    en: { title: 'The request could not be read', detail: 'Its form is broken: check the address, the headers and the body.' },
    'es-MX': { title: 'No se pudo leer la solicitud', detail: 'Su forma está rota: revisa la dirección, los encabezados y el cuerpo.' },
    ar: { title: 'تعذّرت قراءة الطلب', detail: 'صيغته غير سليمة: راجع العنوان والترويسات والمحتوى.' } } },
  unsupported_media_type: { status: 415, text: {
    en: { title: 'This kind of content is not read here', detail: 'Send JSON, or for files the content itself with its media type.' },
    'es-MX': { title: 'Aquí no se lee este tipo de contenido', detail: 'Envía JSON o, para archivos, el contenido con su tipo.' },
    ar: { title: 'هذا النوع من المحتوى غير مقروء هنا', detail: 'أرسل JSON، أو محتوى الملف نفسه مع نوعه.' } } },
  too_large: { status: 413, text: {
    en: { title: 'Too large', detail: 'This is larger than what is accepted here. Send less at once.' },
    'es-MX': { title: 'Demasiado grande', detail: 'Esto supera lo que se acepta aquí. Envía menos a la vez.' },
    ar: { title: 'حجم كبير جدًا', detail: 'هذا أكبر مما يُقبل هنا. أرسل أقل في كل مرة.' } } },
  rate_limited: { status: 429, text: {
    en: { title: 'A little slower, please', detail: '{seconds, plural, one {Try again in # second.} other {Try again in # seconds.}}' },
    'es-MX': { title: 'Un poco más despacio, por favor', detail: '{seconds, plural, one {Intenta de nuevo en # segundo.} other {Intenta de nuevo en # segundos.}}' },
    ar: { title: 'تمهّل قليلًا من فضلك', detail: '{seconds, plural, zero {أعد المحاولة الآن.} one {أعد المحاولة بعد ثانية واحدة.} two {أعد المحاولة بعد ثانيتين.} few {أعد المحاولة بعد # ثوانٍ.} many {أعد المحاولة بعد # ثانية.} other {أعد المحاولة بعد # ثانية.}}' } } },
  overloaded: { status: 503, text: {
    en: { title: 'Too many at once', detail: 'The server is busy. Try again in a few seconds.' },
    'es-MX': { title: 'Demasiadas solicitudes a la vez', detail: 'El servidor está ocupado. Intenta de nuevo en unos segundos.' },
    ar: { title: 'طلبات كثيرة في وقت واحد', detail: 'الخادم مشغول. أعد المحاولة بعد ثوانٍ قليلة.' } } },
  unavailable: { status: 503, text: {
    en: { title: 'Back in a moment', detail: 'The database was away just now, and nothing was changed. Try again in a few seconds.' },
    'es-MX': { title: 'Volvemos en un momento', detail: 'La base de datos no respondió y no se cambió nada. Intenta de nuevo en unos segundos.' },
    ar: { title: 'نعود بعد لحظات', detail: 'لم تستجب قاعدة البيانات قبل قليل ولم يتغيّر شيء. أعد المحاولة بعد ثوانٍ قليلة.' } } },
  outcome_unknown: { status: 503, text: {
    en: { title: 'We cannot tell whether this was saved', detail: 'The connection to the database broke at the very end. Look whether your change is there before you make it again.' },
    'es-MX': { title: 'No sabemos si esto se guardó', detail: 'La conexión con la base de datos se cortó justo al final. Revisa si tu cambio está antes de hacerlo de nuevo.' },
    ar: { title: 'لا نعرف إن كان هذا قد حُفظ', detail: 'انقطع الاتصال بقاعدة البيانات في اللحظة الأخيرة. تحقّق من وجود تعديلك قبل أن تعيده.' } } },
  storage_full: { status: 507, text: {
    en: { title: 'There is no room left', detail: 'The disk of this installation is full, and nothing was saved. Whoever runs this site can make room; then send again.' },
    'es-MX': { title: 'Ya no hay espacio', detail: 'El disco de esta instalación está lleno y no se guardó nada. Quien administra este sitio puede hacer espacio; después envía de nuevo.' },
    ar: { title: 'لا توجد مساحة كافية', detail: 'قرص هذا النظام ممتلئ ولم يُحفظ شيء. يمكن لمن يدير هذا الموقع توفير مساحة، ثم أعد الإرسال.' } } },
  cross_site_request: { status: 403, text: {
    en: { title: 'This came from another site', detail: 'For your safety, changes are accepted from this site’s own pages only. Open the page again and repeat.' },
    'es-MX': { title: 'Esto vino de otro sitio', detail: 'Por tu seguridad solo se aceptan cambios desde las páginas de este sitio. Abre la página de nuevo y repite.' },
    ar: { title: 'جاء هذا الطلب من موقع آخر', detail: 'حفاظًا على سلامتك لا تُقبل التغييرات إلا من صفحات هذا الموقع. افتح الصفحة من جديد وأعد المحاولة.' } } },
  tenant_not_found: { status: 404, text: {
    en: { title: 'No such organisation', detail: 'There is no organisation at this address, or your sign-in does not belong to it.' },
    'es-MX': { title: 'No existe esa organización', detail: 'No hay ninguna organización en esta dirección, o tu sesión no pertenece a ella.' },
    ar: { title: 'لا توجد مؤسسة كهذه', detail: 'لا توجد مؤسسة في هذا العنوان، أو أن حسابك لا ينتمي إليها.' } } },
  tenant_suspended: { status: 403, text: {
    en: { title: 'This organisation is paused', detail: 'Its data is kept. Whoever runs this installation can resume it.' },
    'es-MX': { title: 'Esta organización está en pausa', detail: 'Sus datos se conservan. Quien administra esta instalación puede reanudarla.' },
    ar: { title: 'هذه المؤسسة متوقفة مؤقتًا', detail: 'بياناتها محفوظة، ويمكن لمن يدير هذا النظام إعادتها.' } } },
  idempotency_key_reused: { status: 422, text: {
    en: { title: 'This key was used for something else', detail: 'An Idempotency-Key stands for one request. Use a new key for a new request.' },
    'es-MX': { title: 'Esta clave se usó para otra cosa', detail: 'Una Idempotency-Key representa una sola solicitud. Usa una clave nueva para una solicitud nueva.' },
    ar: { title: 'استُخدم هذا المفتاح لطلب آخر', detail: 'كل Idempotency-Key لطلب واحد فقط. استخدم مفتاحًا جديدًا للطلب الجديد.' } } },
  version_required: { status: 428, text: {
    en: { title: 'Say which version you read', detail: 'Send the ETag of what you read as If-Match, so that nobody’s work is overwritten.' },
    'es-MX': { title: 'Indica qué versión leíste', detail: 'Envía el ETag de lo que leíste como If-Match, para no sobrescribir el trabajo de nadie.' },
    ar: { title: 'حدّد النسخة التي قرأتها', detail: 'أرسل ETag لما قرأته في If-Match كي لا يُستبدل عمل أحد.' } } },
  version_conflict: { status: 412, text: {
    en: { title: 'Somebody else changed this meanwhile', detail: 'Nothing of yours is lost: read the newer version, then make your change again.' },
    'es-MX': { title: 'Alguien más lo cambió mientras tanto', detail: 'No se pierde nada tuyo: lee la versión nueva y vuelve a hacer tu cambio.' },
    ar: { title: 'عدّل شخص آخر هذا في الأثناء', detail: 'لم يضِع شيء من عملك: اقرأ النسخة الأحدث ثم أعد تعديلك.' } } },
  limit_reached: { status: 403, text: {
    en: { title: 'The plan’s limit is reached', detail: 'This organisation’s plan allows {what, select, courses {{limit, plural, one {# course} other {# courses}}} members {{limit, plural, one {# member} other {# members}}} other {{gigabytes, number} GB of files}}. What is there stays. Remove something, or ask for a larger plan.' },
    'es-MX': { title: 'Se alcanzó el límite del plan', detail: 'El plan de esta organización permite {what, select, courses {{limit, plural, one {# curso} other {# cursos}}} members {{limit, plural, one {# miembro} other {# miembros}}} other {{gigabytes, number} GB de archivos}}. Lo que ya está se queda. Quita algo o pide un plan más grande.' },
    ar: { title: 'بلغتم حدّ الخطة', detail: 'تسمح خطة هذه المؤسسة بما يلي: {what, select, courses {{limit, plural, zero {لا دورات} one {دورة واحدة} two {دورتان} few {# دورات} many {# دورة} other {# دورة}}} members {{limit, plural, zero {لا أعضاء} one {عضو واحد} two {عضوان} few {# أعضاء} many {# عضوًا} other {# عضو}}} other {{gigabytes, number} غيغابايت من الملفات}}. يبقى ما هو موجود. احذفوا شيئًا أو اطلبوا خطة أكبر.' } } },
  feature_off: { status: 403, text: {
    en: { title: 'Not part of this organisation', detail: 'This feature is switched off here. An administrator can ask for it.' },
    'es-MX': { title: 'No forma parte de esta organización', detail: 'Esta función está desactivada aquí. Quien administra puede solicitarla.' },
    ar: { title: 'غير متاح في هذه المؤسسة', detail: 'هذه الخاصية غير مفعّلة هنا، ويمكن للمدير طلب تفعيلها.' } } },
});

/** Texts beside a field. */
export const fieldProblems = defineProblems('field', {
  invalid: { status: 422, text: { en: { title: 'Check this', detail: 'This does not have the right form.' }, 'es-MX': { title: 'Revisa esto', detail: 'Esto no tiene la forma correcta.' }, ar: { title: 'راجع هذا', detail: 'الصيغة هنا غير صحيحة.' } } },
  required: { status: 422, text: { en: { title: 'Missing', detail: 'This is needed.' }, 'es-MX': { title: 'Falta', detail: 'Esto es necesario.' }, ar: { title: 'مطلوب', detail: 'هذا الحقل مطلوب.' } } },
  too_short: { status: 422, text: { en: { title: 'Too short', detail: '{minimum, plural, one {At least # character is needed.} other {At least # characters are needed.}}' }, 'es-MX': { title: 'Muy corto', detail: '{minimum, plural, one {Se necesita al menos # carácter.} other {Se necesitan al menos # caracteres.}}' }, ar: { title: 'قصير جدًا', detail: '{minimum, plural, zero {اكتب شيئًا.} one {يلزم حرف واحد على الأقل.} two {يلزم حرفان على الأقل.} few {يلزم # أحرف على الأقل.} many {يلزم # حرفًا على الأقل.} other {يلزم # حرف على الأقل.}}' } } },
  too_long: { status: 422, text: { en: { title: 'Too long', detail: '{maximum, plural, one {At most # character fits.} other {At most # characters fit.}}' }, 'es-MX': { title: 'Muy largo', detail: '{maximum, plural, one {Cabe como máximo # carácter.} other {Caben como máximo # caracteres.}}' }, ar: { title: 'طويل جدًا', detail: '{maximum, plural, zero {لا يتّسع.} one {حرف واحد على الأكثر.} two {حرفان على الأكثر.} few {# أحرف على الأكثر.} many {# حرفًا على الأكثر.} other {# حرف على الأكثر.}}' } } },
  too_small: { status: 422, text: { en: { title: 'Too small', detail: 'The smallest value is {minimum, number}.' }, 'es-MX': { title: 'Muy pequeño', detail: 'El valor mínimo es {minimum, number}.' }, ar: { title: 'صغير جدًا', detail: 'أصغر قيمة هي {minimum, number}.' } } },
  too_big: { status: 422, text: { en: { title: 'Too big', detail: 'The largest value is {maximum, number}.' }, 'es-MX': { title: 'Muy grande', detail: 'El valor máximo es {maximum, number}.' }, ar: { title: 'كبير جدًا', detail: 'أكبر قيمة هي {maximum, number}.' } } },
  unknown: { status: 422, text: { en: { title: 'Unknown', detail: 'This is not known here: leave it out.' }, 'es-MX': { title: 'Desconocido', detail: 'Esto no se conoce aquí: quítalo.' }, ar: { title: 'غير معروف', detail: 'هذا غير معروف هنا: احذفه.' } } },
  not_an_option: { status: 422, text: { en: { title: 'Not an option', detail: 'Choose one of the options.' }, 'es-MX': { title: 'No es una opción', detail: 'Elige una de las opciones.' }, ar: { title: 'ليس خيارًا', detail: 'اختر أحد الخيارات.' } } },
});
