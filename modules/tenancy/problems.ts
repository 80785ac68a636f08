import { defineProblems } from '@milpa/kernel';

export const problems = defineProblems('tenancy', {
  tenant_not_found: { status: 404, text: {
    en: { title: 'No such organisation', detail: 'There is no organisation with this number here.' },
    'es-MX': { title: 'No existe esa organización', detail: 'Aquí no hay ninguna organización con ese número.' },
    ar: { title: 'لا توجد مؤسسة كهذه', detail: 'لا توجد هنا مؤسسة بهذا الرقم.' } } },
  slug_taken: { status: 409, text: {
    en: { title: 'This address is taken', detail: 'Another organisation uses it. Choose another address.' },
    'es-MX': { title: 'Esta dirección ya está ocupada', detail: 'La usa otra organización. Elige otra dirección.' },
    ar: { title: 'هذا العنوان محجوز', detail: 'تستخدمه مؤسسة أخرى. اختر عنوانًا آخر.' } } },
  slug_reserved: { status: 422, text: {
    en: { title: 'This address cannot be given away', detail: 'It would be taken for the installation itself or one of its services. Choose another address.' },
    'es-MX': { title: 'Esta dirección no se puede asignar', detail: 'Se confundiría con el propio sistema o con uno de sus servicios. Elige otra dirección.' },
    ar: { title: 'لا يمكن منح هذا العنوان', detail: 'قد يُظن أنه للنظام نفسه أو لإحدى خدماته. اختر عنوانًا آخر.' } } },
  slug_mismatch: { status: 422, text: {
    en: { title: 'The address typed is not this organisation’s', detail: 'To close it, type its address exactly as it is shown.' },
    'es-MX': { title: 'La dirección escrita no es la de esta organización', detail: 'Para cerrarla, escribe su dirección tal como se muestra.' },
    ar: { title: 'العنوان المكتوب ليس عنوان هذه المؤسسة', detail: 'لإغلاقها اكتب عنوانها كما يظهر تمامًا.' } } },
  plan_not_found: { status: 404, text: {
    en: { title: 'No such plan', detail: 'There is no plan with this short name here.' },
    'es-MX': { title: 'No existe ese plan', detail: 'Aquí no hay ningún plan con ese nombre corto.' },
    ar: { title: 'لا توجد خطة كهذه', detail: 'لا توجد هنا خطة بهذا الاسم المختصر.' } } },
  plan_taken: { status: 409, text: {
    en: { title: 'This short name is taken', detail: 'Another plan has it, perhaps a retired one. Choose another short name.' },
    'es-MX': { title: 'Este nombre corto ya está ocupado', detail: 'Lo tiene otro plan, quizá uno retirado. Elige otro nombre corto.' },
    ar: { title: 'هذا الاسم المختصر محجوز', detail: 'تحمله خطة أخرى، وربما خطة موقوفة. اختر اسمًا مختصرًا آخر.' } } },
  plan_retired: { status: 409, text: {
    en: { title: 'This plan is retired', detail: 'No new organisation can start on it. Offer it again first, or choose another plan.' },
    'es-MX': { title: 'Este plan está retirado', detail: 'Ninguna organización nueva puede empezar con él. Primero vuelve a ofrecerlo o elige otro plan.' },
    ar: { title: 'هذه الخطة موقوفة', detail: 'لا يمكن لمؤسسة جديدة أن تبدأ بها. أعد عرضها أولًا أو اختر خطة أخرى.' } } },
  plan_is_default: { status: 409, text: {
    en: { title: 'New organisations start on this plan', detail: 'Choose another plan for them first, on that plan’s own page. Then this one can be retired.' },
    'es-MX': { title: 'Las organizaciones nuevas empiezan con este plan', detail: 'Primero elige otro plan para ellas, en la página de ese plan. Después podrás retirar este.' },
    ar: { title: 'المؤسسات الجديدة تبدأ بهذه الخطة', detail: 'اختر لها خطة أخرى أولًا من صفحة تلك الخطة، ثم يمكن إيقاف هذه.' } } },
  unknown_plan: { status: 422, text: {
    en: { title: 'There is no such plan on offer', detail: 'Choose one of these: {known}.' },
    'es-MX': { title: 'No se ofrece ese plan', detail: 'Elige uno de estos: {known}.' },
    ar: { title: 'لا تُعرض خطة كهذه', detail: 'اختر واحدة من هذه: {known}.' } } },
  unknown_blueprint: { status: 422, text: {
    en: { title: 'There is no such blueprint', detail: 'Choose one of these: {known}.' },
    'es-MX': { title: 'No existe ese modelo', detail: 'Elige uno de estos: {known}.' },
    ar: { title: 'لا يوجد نموذج كهذا', detail: 'اختر واحدًا من هذه: {known}.' } } },
  status_conflict: { status: 409, text: {
    en: { title: 'Not in its present state', detail: 'The organisation is in a state that does not allow this. Open it again to see what can be done.' },
    'es-MX': { title: 'No en su estado actual', detail: 'El estado de la organización no lo permite. Ábrela de nuevo para ver qué se puede hacer.' },
    ar: { title: 'لا تسمح الحالة الحالية بذلك', detail: 'المؤسسة في حالة لا تسمح بهذا. افتحها من جديد لترى ما يمكن فعله.' } } },
  domain_invalid: { status: 422, text: {
    en: { title: 'This is not a domain of their own', detail: 'Give a full host name such as learn.example.org, not an address of this installation.' },
    'es-MX': { title: 'Este no es un dominio propio', detail: 'Escribe un nombre completo, como aprende.ejemplo.org, que no sea una dirección de este sistema.' },
    ar: { title: 'هذا ليس نطاقًا خاصًا', detail: 'اكتب اسمًا كاملًا مثل learn.example.org، لا عنوانًا من عناوين هذا النظام.' } } },
  domain_taken: { status: 409, text: {
    en: { title: 'This domain is in use here', detail: 'It belongs to an organisation already. Remove it there first.' },
    'es-MX': { title: 'Este dominio ya se usa aquí', detail: 'Ya pertenece a una organización. Primero quítalo de ahí.' },
    ar: { title: 'هذا النطاق مستخدم هنا', detail: 'إنه تابع لمؤسسة بالفعل. احذفه من هناك أولًا.' } } },
  audit_too_long: { status: 422, text: {
    en: { title: 'Too much for one file', detail: 'A file holds at most 20,000 entries. Choose fewer days, one person or one kind of deed.' },
    'es-MX': { title: 'Demasiado para un archivo', detail: 'Un archivo lleva hasta 20,000 registros. Elige menos días, una persona o un tipo de acción.' },
    ar: { title: 'أكثر مما يسعه ملف واحد', detail: 'يسع الملف ٢٠٬٠٠٠ سجل على الأكثر. اختر أيامًا أقل أو شخصًا واحدًا أو نوعًا واحدًا من الأفعال.' } } },
  domain_not_found: { status: 404, text: {
    en: { title: 'No such domain', detail: 'This organisation has no such domain. It may have been removed.' },
    'es-MX': { title: 'No existe ese dominio', detail: 'Esta organización no tiene ese dominio. Quizá se quitó.' },
    ar: { title: 'لا يوجد نطاق كهذا', detail: 'ليس لهذه المؤسسة هذا النطاق، وربما حُذف.' } } },
  domains_full: { status: 409, text: {
    en: { title: 'Enough domains', detail: 'An organisation can have {most, number} domains. Remove one that you no longer need.' },
    'es-MX': { title: 'Suficientes dominios', detail: 'Una organización puede tener {most, number} dominios. Quita uno que ya no necesites.' },
    ar: { title: 'عدد كافٍ من النطاقات', detail: 'يمكن أن يكون للمؤسسة {most, plural, zero {# نطاق} one {نطاق واحد} two {نطاقان} few {# نطاقات} many {# نطاقًا} other {# نطاق}}. احذف نطاقًا لم تعد تحتاج إليه.' } } },
  domain_not_ready: { status: 409, text: {
    en: { title: 'The domain does not lead here yet', detail: 'Visitors would be sent to where nothing is. Check the domain again, or open this page at {host} and choose it there.' },
    'es-MX': { title: 'El dominio todavía no lleva aquí', detail: 'Tus visitantes llegarían a donde no hay nada. Revisa el dominio otra vez, o abre esta página en {host} y elígelo ahí.' },
    ar: { title: 'النطاق لا يقود إلى هنا بعد', detail: 'سيُوجَّه الزوار إلى مكان لا شيء فيه. افحص النطاق من جديد، أو افتح هذه الصفحة على {host} واختره هناك.' } } },
  domain_unproven: { status: 409, text: {
    en: { title: 'The record is not there yet', detail: 'Add a TXT record named {record} with the value shown. It can take some hours until it is seen everywhere; then try again.' },
    'es-MX': { title: 'El registro todavía no está', detail: 'Agrega un registro TXT llamado {record} con el valor que se muestra. Puede tardar unas horas en verse en todas partes; después intenta de nuevo.' },
    ar: { title: 'السجل غير موجود بعد', detail: 'أضف سجل TXT باسم {record} بالقيمة المعروضة. قد يستغرق ظهوره في كل مكان بضع ساعات، ثم أعد المحاولة.' } } },
  job_not_parked: { status: 404, text: {
    en: { title: 'This job is not parked', detail: 'It was tried again or discarded meanwhile.' },
    'es-MX': { title: 'Esta tarea no está detenida', detail: 'Mientras tanto se volvió a intentar o se descartó.' },
    ar: { title: 'هذه المهمة ليست متوقفة', detail: 'أُعيدت محاولتها أو أُلغيت في الأثناء.' } } },
  job_not_waiting: { status: 404, text: {
    en: { title: 'This job is not there to be given up', detail: 'It is running just now, or is done meanwhile.' },
    'es-MX': { title: 'Esta tarea ya no se puede descartar', detail: 'Se está haciendo en este momento, o ya se terminó.' },
    ar: { title: 'لم يعد ممكنًا إلغاء هذه المهمة', detail: 'إنها قيد التنفيذ الآن، أو انتهت في الأثناء.' } } },
  name_mismatch: { status: 422, text: {
    en: { title: 'The name typed is not this organisation’s', detail: 'To delete it, type its name exactly as it is shown.' },
    'es-MX': { title: 'El nombre escrito no es el de esta organización', detail: 'Para eliminarla, escribe su nombre tal como se muestra.' },
    ar: { title: 'الاسم المكتوب ليس اسم هذه المؤسسة', detail: 'لحذفها اكتب اسمها كما يظهر تمامًا.' } } },
  deletion_started: { status: 409, text: {
    en: { title: 'It is being deleted already', detail: 'The 30 days are over and the deletion has begun. It cannot be called off any more.' },
    'es-MX': { title: 'Ya se está eliminando', detail: 'Pasaron los 30 días y la eliminación ya empezó. Ya no se puede cancelar.' },
    ar: { title: 'الحذف جارٍ بالفعل', detail: 'انتهت مهلة الثلاثين يومًا وبدأ الحذف، فلم يعد ممكنًا إلغاؤه.' } } },
  tenant_export_not_found: { status: 404, text: {
    en: { title: 'No such archive', detail: 'It is not ready yet, or its seven days are over. Ask for a new one.' },
    'es-MX': { title: 'No existe ese archivo', detail: 'Todavía no está listo o ya pasaron sus siete días. Pide uno nuevo.' },
    ar: { title: 'لا يوجد أرشيف كهذا', detail: 'لم يجهز بعد، أو انقضت أيامه السبعة. اطلب أرشيفًا جديدًا.' } } },
  logo_not_found: { status: 404, text: {
    en: { title: 'No logo', detail: 'This organisation has no logo yet.' },
    'es-MX': { title: 'Sin logotipo', detail: 'Esta organización todavía no tiene logotipo.' },
    ar: { title: 'لا يوجد شعار', detail: 'ليس لهذه المؤسسة شعار بعد.' } } },
  logo_kind: { status: 415, text: {
    en: { title: 'Not a picture that can be shown', detail: 'Send a PNG, JPEG, WebP or SVG picture.' },
    'es-MX': { title: 'No es una imagen que se pueda mostrar', detail: 'Envía una imagen PNG, JPEG, WebP o SVG.' },
    ar: { title: 'ليست صورة يمكن عرضها', detail: 'أرسل صورة بصيغة PNG أو JPEG أو WebP أو SVG.' } } },
  logo_too_large: { status: 413, text: {
    en: { title: 'The picture is too heavy', detail: 'A logo may have at most {kilobytes, number} KB, so that pages open quickly on slow phones. Make it smaller.' },
    'es-MX': { title: 'La imagen pesa demasiado', detail: 'Un logotipo puede pesar como máximo {kilobytes, number} KB, para que las páginas abran rápido en teléfonos lentos. Hazlo más ligero.' },
    ar: { title: 'الصورة كبيرة جدًا', detail: 'أقصى حجم للشعار {kilobytes, number} كيلوبايت، لكي تُفتح الصفحات بسرعة على الهواتف البطيئة. صغّر الصورة.' } } },
});
