import { defineProblems } from '@milpa/kernel';
import { accountProblems } from './account/problems.ts';
import { listProblems } from './people-list/problems.ts';

export const problems = defineProblems('identity', {
  ...accountProblems,
  ...listProblems,
  token_invalid: { status: 401, text: {
    en: { title: 'This token is not valid', detail: 'It is altered, expired or not from here. Get a new one, then try again.' },
    'es-MX': { title: 'Este token no es válido', detail: 'Está alterado, venció o no es de aquí. Obtén uno nuevo e intenta de nuevo.' },
    ar: { title: 'هذا الرمز غير صالح', detail: 'الرمز معدَّل أو منتهي الصلاحية أو ليس صادرًا من هنا. احصل على رمز جديد ثم أعد المحاولة.' } } },
  token_reused: { status: 401, text: {
    en: { title: 'This token was used before', detail: 'For safety, everything that came from it has ended. Sign in again.' },
    'es-MX': { title: 'Este token ya se había usado', detail: 'Por seguridad terminó todo lo que salió de él. Inicia sesión de nuevo.' },
    ar: { title: 'استُخدم هذا الرمز من قبل', detail: 'حفاظًا على السلامة أُنهي كل ما نتج عنه. سجّل الدخول من جديد.' } } },
  token_race: { status: 409, text: {
    en: { title: 'Another request was first', detail: 'This token has just been exchanged. Use the new one from that answer.' },
    'es-MX': { title: 'Otra solicitud llegó antes', detail: 'Este token se acaba de canjear. Usa el nuevo que dio esa respuesta.' },
    ar: { title: 'سبق طلب آخر', detail: 'استُبدل هذا الرمز قبل لحظات. استخدم الرمز الجديد الوارد في ذلك الرد.' } } },
  role_not_found: { status: 404, text: {
    en: { title: 'No such role', detail: 'This organisation has no such role. Choose another.' },
    'es-MX': { title: 'No existe ese rol', detail: 'Esta organización no tiene ese rol. Elige otro.' },
    ar: { title: 'لا يوجد دور كهذا', detail: 'ليس في هذه المؤسسة دور كهذا. اختر غيره.' } } },
  role_key_taken: { status: 409, text: {
    en: { title: 'This key is taken', detail: 'Another role has this key. Choose a different one.' },
    'es-MX': { title: 'Esta clave ya existe', detail: 'Otro rol usa esta clave. Elige una distinta.' },
    ar: { title: 'هذا المعرّف مستخدم', detail: 'لدور آخر المعرّف نفسه. اختر معرّفًا مختلفًا.' } } },
  role_held: { status: 409, text: {
    en: { title: 'People have this role', detail: '{count, plural, one {# person has it or is invited to it.} other {# people have it or are invited to it.}} Choose the role that they get instead.' },
    'es-MX': { title: 'Hay personas con este rol', detail: '{count, plural, one {# persona lo tiene o está invitada a tenerlo.} other {# personas lo tienen o están invitadas a tenerlo.}} Elige el rol que tendrán en su lugar.' },
    ar: { title: 'هناك من له هذا الدور', detail: '{count, plural, zero {لا أحد له هذا الدور.} one {شخص واحد له هذا الدور أو مدعو إليه.} two {شخصان لهما هذا الدور أو مدعوان إليه.} few {# أشخاص لهم هذا الدور أو مدعوون إليه.} many {# شخصًا لهم هذا الدور أو مدعوون إليه.} other {# شخص لهم هذا الدور أو مدعوون إليه.}} اختر الدور الذي يُعطى لهم بدلًا منه.' } } },
  role_own: { status: 404, text: {
    en: { title: 'A role of your own', detail: 'It was made here and is in no blueprint, so there is nothing to compare it with or to go back to.' },
    'es-MX': { title: 'Un rol propio', detail: 'Se creó aquí y no está en ningún modelo, así que no hay con qué compararlo ni a qué volver.' },
    ar: { title: 'دور خاص بكم', detail: 'أُنشئ هنا وليس في أي نموذج، فلا شيء يُقارن به أو يُعاد إليه.' } } },
  role_needed: { status: 409, text: {
    en: { title: 'This role is needed', detail: 'It belongs to visitors, or to people who join by themselves. Change what it may do instead.' },
    'es-MX': { title: 'Este rol hace falta', detail: 'Es el de quienes visitan o de quienes se unen por su cuenta. Mejor cambia lo que puede hacer.' },
    ar: { title: 'هذا الدور لازم', detail: 'هو دور الزائرين أو من ينضمون بأنفسهم. عدّل صلاحياته بدلًا من حذفه.' } } },
  visitor_reads_only: { status: 409, text: {
    en: { title: 'Visitors can only look at what is public', detail: 'Without signing in, people may see courses and nothing else. Take the other permissions away from this role.' },
    'es-MX': { title: 'Quien visita solo ve lo público', detail: 'Sin iniciar sesión se pueden ver los cursos y nada más. Quita los demás permisos de este rol.' },
    ar: { title: 'الزائر يرى ما هو عام فقط', detail: 'من دون تسجيل الدخول يمكن رؤية الدورات ولا شيء سواها. أزل بقية الأذونات من هذا الدور.' } } },
  beyond_own_permissions: { status: 403, text: {
    en: { title: 'More than you may do yourself', detail: 'You can give or take away only what your own roles include. Ask somebody whose roles include it.' },
    'es-MX': { title: 'Más de lo que tú puedes hacer', detail: 'Solo puedes dar o quitar lo que incluyen tus propios roles. Pídelo a quien lo tenga.' },
    ar: { title: 'يتجاوز صلاحياتك', detail: 'لا يمكنك أن تمنح أو تسحب إلا ما تشمله أدوارك. اطلب ذلك ممن تشمله أدواره.' } } },
  last_admin: { status: 409, text: {
    en: { title: 'Somebody must stay in charge', detail: 'After this nobody could manage members and roles any more. Make somebody else an administrator first.' },
    'es-MX': { title: 'Alguien debe seguir a cargo', detail: 'Después de esto nadie podría administrar miembros y roles. Primero nombra a otra persona administradora.' },
    ar: { title: 'لا بد من بقاء مدير', detail: 'بعد هذا لن يستطيع أحد إدارة الأعضاء والأدوار. عيّن مديرًا آخر أولًا.' } } },
  term_invalid: { status: 422, text: {
    en: { title: 'Check the dates of the roles', detail: 'A role ends after it begins, and is listed once.' },
    'es-MX': { title: 'Revisa las fechas de los roles', detail: 'Un rol termina después de empezar y aparece una sola vez.' },
    ar: { title: 'راجع تواريخ الأدوار', detail: 'ينتهي الدور بعد بدايته، ويُذكر مرة واحدة.' } } },
  member_not_found: { status: 404, text: {
    en: { title: 'No such member', detail: 'Nobody here matches this address. They may have left.' },
    'es-MX': { title: 'No existe ese miembro', detail: 'Nadie aquí corresponde a esta dirección. Quizá ya se fue.' },
    ar: { title: 'لا يوجد عضو كهذا', detail: 'لا أحد هنا يطابق هذا العنوان، وربما غادر.' } } },
  member_merged: { status: 403, text: {
    en: { title: 'This account was joined with another one', detail: 'You have two accounts, and this organisation knows you by the other one now. Sign in with that one; everything of yours is there.' },
    'es-MX': { title: 'Esta cuenta se unió con otra', detail: 'Tienes dos cuentas y esta organización ahora te conoce por la otra. Inicia sesión con esa; ahí está todo lo tuyo.' },
    ar: { title: 'دُمج هذا الحساب مع حساب آخر', detail: 'لديك حسابان، وتعرفك هذه المؤسسة الآن بالحساب الآخر. سجّل الدخول به وستجد كل ما يخصك.' } } },
  merge_same: { status: 409, text: {
    en: { title: 'Choose two different people', detail: 'Nobody is merged into themselves, and nobody makes their own membership disappear. Choose the other one, or let yours be the one that stays.' },
    'es-MX': { title: 'Elige dos personas distintas', detail: 'Nadie se une consigo y nadie hace desaparecer su propia membresía. Elige a la otra persona o deja que la tuya sea la que queda.' },
    ar: { title: 'اختر شخصين مختلفين', detail: 'لا يُدمج أحد في نفسه، ولا يُزيل أحد عضويته. اختر الآخر أو اجعل عضويتك هي الباقية.' } } },
  merge_name: { status: 422, text: {
    en: { title: 'The name is another one', detail: 'Type the name of the one who goes, as it stands there.' },
    'es-MX': { title: 'El nombre no coincide', detail: 'Escribe el nombre de quien se va, como aparece ahí.' },
    ar: { title: 'الاسم مختلف', detail: 'اكتب اسم العضو الذي سيزول كما هو مكتوب.' } } },
  not_a_member: { status: 404, text: {
    en: { title: 'You are not a member here', detail: 'Join this organisation first, or ask it for an invitation.' },
    'es-MX': { title: 'No eres miembro aquí', detail: 'Primero únete a esta organización o pídele una invitación.' },
    ar: { title: 'لست عضوًا هنا', detail: 'انضم إلى هذه المؤسسة أولًا أو اطلب منها دعوة.' } } },
  member_suspended: { status: 403, text: {
    en: { title: 'Your membership is paused', detail: 'Your records are kept. Ask an administrator of this organisation to resume it.' },
    'es-MX': { title: 'Tu membresía está en pausa', detail: 'Tus registros se conservan. Pide a quien administra esta organización que la reanude.' },
    ar: { title: 'عضويتك متوقفة مؤقتًا', detail: 'سجلاتك محفوظة. اطلب من مدير هذه المؤسسة إعادتها.' } } },
  sign_up_closed: { status: 403, text: {
    en: { title: 'By invitation only', detail: 'This organisation invites its members. Ask it for an invitation.' },
    'es-MX': { title: 'Solo por invitación', detail: 'Esta organización invita a sus miembros. Pídele una invitación.' },
    ar: { title: 'بالدعوة فقط', detail: 'هذه المؤسسة تدعو أعضاءها. اطلب منها دعوة.' } } },
  already_member: { status: 409, text: {
    en: { title: 'Already a member', detail: 'This person has joined already. Change their roles on their page.' },
    'es-MX': { title: 'Ya es miembro', detail: 'Esta persona ya se unió. Cambia sus roles en su página.' },
    ar: { title: 'عضو بالفعل', detail: 'انضم هذا الشخص من قبل. غيّر أدواره من صفحته.' } } },
  invitation_not_found: { status: 404, text: {
    en: { title: 'This invitation does not work', detail: 'It was used, withdrawn, sent anew or is too old. Use the newest mail, or ask for another invitation.' },
    'es-MX': { title: 'Esta invitación no funciona', detail: 'Ya se usó, se retiró, se reenvió o venció. Usa el correo más reciente o pide otra invitación.' },
    ar: { title: 'هذه الدعوة لا تعمل', detail: 'استُخدمت أو سُحبت أو أُعيد إرسالها أو انتهت مدتها. استخدم أحدث رسالة أو اطلب دعوة أخرى.' } } },
  invitation_for_other: { status: 409, text: {
    en: { title: 'This invitation is for another address', detail: 'Sign in with the account that has the address to which it was sent.' },
    'es-MX': { title: 'Esta invitación es para otro correo', detail: 'Inicia sesión con la cuenta del correo al que se envió.' },
    ar: { title: 'هذه الدعوة لعنوان آخر', detail: 'سجّل الدخول بالحساب صاحب العنوان الذي أُرسلت إليه.' } } },
  invitation_mailed_often: { status: 429, text: {
    en: { title: 'Enough mails for today', detail: 'This address got five invitations within a day; the newest one works. {hours, plural, one {Send another in # hour.} other {Send another in # hours.}}' },
    'es-MX': { title: 'Ya son suficientes correos por hoy', detail: 'Este correo recibió cinco invitaciones en un día; la más reciente funciona. {hours, plural, one {Envía otra en # hora.} other {Envía otra en # horas.}}' },
    ar: { title: 'رسائل كافية لهذا اليوم', detail: 'تلقّى هذا البريد خمس دعوات خلال يوم، وأحدثها تعمل. {hours, plural, zero {أرسل دعوة أخرى الآن} one {أرسل دعوة أخرى بعد ساعة واحدة} two {أرسل دعوة أخرى بعد ساعتين} few {أرسل دعوة أخرى بعد # ساعات} many {أرسل دعوة أخرى بعد # ساعة} other {أرسل دعوة أخرى بعد # ساعة}}.' } } },
  invitations_used_up: { status: 429, text: {
    en: { title: 'Enough invitations for today', detail: 'Your organisation can send {limit, number} invitations in 24 hours, and {left, plural, =0 {none is left} one {# is left} other {# are left}}. Those that were sent still work. Send the others tomorrow.' },
    'es-MX': { title: 'Ya son suficientes invitaciones por hoy', detail: 'Tu organización puede enviar {limit, number} invitaciones en 24 horas y {left, plural, =0 {no queda ninguna} one {queda #} other {quedan #}}. Las que ya se enviaron funcionan. Envía las demás mañana.' },
    ar: { title: 'دعوات كافية لهذا اليوم', detail: 'يمكن لمؤسستك إرسال {limit, number} دعوة خلال ٢٤ ساعة، {left, plural, =0 {ولم يبقَ منها شيء} one {وبقيت منها دعوة واحدة} two {وبقيت منها دعوتان} few {وبقيت منها # دعوات} many {وبقيت منها # دعوة} other {وبقيت منها # دعوة}}. الدعوات المُرسلة ما زالت تعمل. أرسل البقية غدًا.' } } },
  invitations_renewed_often: { status: 429, text: {
    en: { title: 'Enough reminders for today', detail: 'In 24 hours your organisation can send {limit, number} invitations again to people who have one. The newest one of each still works. Send the others tomorrow.' },
    'es-MX': { title: 'Ya son suficientes recordatorios por hoy', detail: 'En 24 horas tu organización puede reenviar {limit, number} invitaciones a quienes ya tienen una. La más reciente de cada persona funciona. Envía las demás mañana.' },
    ar: { title: 'تذكيرات كافية لهذا اليوم', detail: 'يمكن لمؤسستك خلال ٢٤ ساعة إعادة إرسال {limit, number} دعوة إلى من لديهم دعوة. أحدث دعوة لكل شخص ما زالت تعمل. أرسل البقية غدًا.' } } },
  picture_kind: { status: 422, text: {
    en: { title: 'This is not a picture we can show', detail: 'Choose a PNG, JPEG or WebP file.' },
    'es-MX': { title: 'No podemos mostrar esta imagen', detail: 'Elige un archivo PNG, JPEG o WebP.' },
    ar: { title: 'لا يمكننا عرض هذه الصورة', detail: 'اختر ملفًا من نوع PNG أو JPEG أو WebP.' } } },
  picture_too_large: { status: 413, text: {
    en: { title: 'This picture is too large', detail: 'Choose one of at most {kilobytes, number} KB.' },
    'es-MX': { title: 'Esta imagen es demasiado grande', detail: 'Elige una de {kilobytes, number} KB como máximo.' },
    ar: { title: 'هذه الصورة كبيرة جدًا', detail: 'اختر صورة لا تتجاوز {kilobytes, number} كيلوبايت.' } } },
  picture_not_found: { status: 404, text: {
    en: { title: 'No picture here', detail: 'This member has set none.' },
    'es-MX': { title: 'No hay imagen aquí', detail: 'Este miembro no ha puesto ninguna.' },
    ar: { title: 'لا توجد صورة هنا', detail: 'لم يضع هذا العضو صورة.' } } },
  data_export_not_found: { status: 404, text: {
    en: { title: 'This archive is not there', detail: 'Archives are kept for a week. Ask for a new one.' },
    'es-MX': { title: 'Este archivo ya no está', detail: 'Los archivos se guardan una semana. Pide uno nuevo.' },
    ar: { title: 'هذا الملف غير موجود', detail: 'تُحفظ الملفات أسبوعًا. اطلب ملفًا جديدًا.' } } },
  last_admin_of: { status: 409, text: {
    en: { title: 'Somebody must stay in charge', detail: 'You are the last administrator of {organisation}. Make somebody else an administrator there first.' },
    'es-MX': { title: 'Alguien debe seguir a cargo', detail: 'Eres la última persona que administra {organisation}. Primero nombra ahí a otra.' },
    ar: { title: 'لا بد من بقاء مدير', detail: 'أنت آخر مدير في {organisation}. عيّن فيها مديرًا آخر أولًا.' } } },
  deletion_started: { status: 409, text: {
    en: { title: 'It is too late to call it off', detail: 'The week is over, and your account is being deleted.' },
    'es-MX': { title: 'Ya no se puede cancelar', detail: 'Terminó la semana y tu cuenta se está eliminando.' },
    ar: { title: 'فات أوان الإلغاء', detail: 'انقضى الأسبوع ويجري حذف حسابك.' } } },
  last_operator: { status: 409, text: {
    en: { title: 'Somebody must run the installation', detail: 'You are its last operator. Make somebody else one first.' },
    'es-MX': { title: 'Alguien debe operar la instalación', detail: 'Eres la última persona que la opera. Primero nombra a otra.' },
    ar: { title: 'لا بد من مشغّل للنظام', detail: 'أنت آخر مشغّل له. عيّن غيرك أولًا.' } } },
  setup_code_invalid: { status: 403, text: {
    en: { title: 'This code does not work', detail: 'Look for the newest code in the log of the server, and copy it whole.' },
    'es-MX': { title: 'Este código no funciona', detail: 'Busca el código más reciente en el registro del servidor y cópialo completo.' },
    ar: { title: 'هذا الرمز لا يعمل', detail: 'ابحث عن أحدث رمز في سجل الخادم وانسخه كاملًا.' } } },
  code_required: { status: 401, text: {
    en: { title: 'A code is needed too', detail: 'This account uses an authenticator app. Send its current code along.' },
    'es-MX': { title: 'También se necesita un código', detail: 'Esta cuenta usa una aplicación de autenticación. Envía su código actual.' },
    ar: { title: 'يلزم رمز أيضًا', detail: 'يستخدم هذا الحساب تطبيق مصادقة. أرسل رمزه الحالي كذلك.' } } },
  support_access_not_found: { status: 404, text: {
    en: { title: 'This is settled already', detail: 'It was decided otherwise, lapsed, or is not there. Look at the list again.' },
    'es-MX': { title: 'Esto ya se resolvió', detail: 'Se decidió otra cosa, caducó o no existe. Vuelve a ver la lista.' },
    ar: { title: 'حُسم هذا من قبل', detail: 'تقرر غير ذلك أو انتهت مهلته أو لا وجود له. راجع القائمة من جديد.' } } },
  support_beyond_request: { status: 409, text: {
    en: { title: 'More than was asked for', detail: 'Allow what the operator asked for, or less: neither longer, nor changes where reading was asked for.' },
    'es-MX': { title: 'Es más de lo que se pidió', detail: 'Permite lo que se pidió o menos: ni más tiempo, ni cambios si solo se pidió leer.' },
    ar: { title: 'أكثر مما طُلب', detail: 'اسمح بما طُلب أو بأقل منه: لا مدة أطول، ولا تعديل حيث طُلبت القراءة فقط.' } } },
  support_tenant_closed: { status: 409, text: {
    en: { title: 'This organisation is not open', detail: 'It is paused, or being opened. Support can only come into one that is open.' },
    'es-MX': { title: 'Esta organización no está abierta', detail: 'Está en pausa o todavía se está abriendo. Soporte solo puede entrar a una que esté abierta.' },
    ar: { title: 'هذه المؤسسة ليست مفتوحة', detail: 'هي متوقفة مؤقتًا أو ما زالت تُفتح. لا يدخل الدعم إلا إلى مؤسسة مفتوحة.' } } },
  support_requested: { status: 409, text: {
    en: { title: 'Another operator has asked', detail: 'Their question is waiting for an answer. Talk to them, or ask once it is answered.' },
    'es-MX': { title: 'Otra persona que opera ya preguntó', detail: 'Su petición espera respuesta. Habla con ella o pide cuando la hayan contestado.' },
    ar: { title: 'سبقك مشغّل آخر بالطلب', detail: 'طلبه ينتظر الرد. تحدث معه، أو اطلب بعد الرد عليه.' } } },
  support_asked_often: { status: 429, text: {
    en: { title: 'Asked often enough for today', detail: 'This organisation was asked three times within a day. Talk to its administrators before you ask again tomorrow.' },
    'es-MX': { title: 'Por hoy ya se pidió bastante', detail: 'A esta organización se le pidió tres veces en un día. Habla con quien la administra antes de pedir de nuevo mañana.' },
    ar: { title: 'طلبات كافية لهذا اليوم', detail: 'طُلب من هذه المؤسسة ثلاث مرات خلال يوم. تحدث مع مديريها قبل أن تطلب من جديد غدًا.' } } },
  support_not_allowed: { status: 403, text: {
    en: { title: 'This organisation has not let you in', detail: 'It gave no access, ended it, or its time is over. Ask for it, with a reason.' },
    'es-MX': { title: 'Esta organización no te ha dado acceso', detail: 'No lo dio, lo terminó o ya venció. Pídelo y explica el motivo.' },
    ar: { title: 'لم تسمح لك هذه المؤسسة بالدخول', detail: 'لم تمنح سماحًا أو أنهته أو انقضت مدته. اطلبه واذكر السبب.' } } },
  support_needs_two_factor: { status: 403, text: {
    en: { title: 'Switch on the second step first', detail: 'Only operators whose account asks for a code enter organisations. Set up an authenticator app under Account, Security.' },
    'es-MX': { title: 'Primero activa el segundo paso', detail: 'Solo entra a las organizaciones quien tiene una cuenta que pide un código. Configura una aplicación de autenticación en Cuenta, Seguridad.' },
    ar: { title: 'فعّل الخطوة الثانية أولًا', detail: 'لا يدخل المؤسسات إلا مشغّل يطلب حسابه رمزًا. اضبط تطبيق مصادقة من الحساب ثم الأمان.' } } },
  support_code_invalid: { status: 403, text: {
    en: { title: 'This way in does not work', detail: 'It works once, for a minute, and in the browser that began. Begin again from the organisation’s page of the operator.' },
    'es-MX': { title: 'Esta entrada no funciona', detail: 'Sirve una vez, durante un minuto y en el navegador que empezó. Empieza de nuevo en la página de la organización, del lado de operación.' },
    ar: { title: 'طريق الدخول هذا لا يعمل', detail: 'يعمل مرة واحدة ولدقيقة وفي المتصفح الذي بدأ. ابدأ من جديد من صفحة المؤسسة لدى المشغّل.' } } },
  support_ended: { status: 401, text: {
    en: { title: 'Support access has ended', detail: 'An administrator ended it, its time is over, or you signed out as operator. Nothing more is open here to support.' },
    'es-MX': { title: 'El acceso de soporte terminó', detail: 'Alguien que administra lo terminó, venció, o cerraste tu sesión de operación. Aquí ya no hay nada abierto para soporte.' },
    ar: { title: 'انتهى دخول الدعم', detail: 'أنهاه أحد المديرين أو انقضت مدته أو سجّلت خروجك كمشغّل. لم يعد هنا شيء مفتوح للدعم.' } } },
});
