import { defineProblems } from '@milpa/kernel';

export const problems = defineProblems('catalog', {
  course_not_found: { status: 404, text: {
    en: { title: 'No such course', detail: 'There is no course at this address, or it is not open to you.' },
    'es-MX': { title: 'No existe ese curso', detail: 'No hay ningún curso en esta dirección, o no está abierto para ti.' },
    ar: { title: 'لا توجد دورة كهذه', detail: 'لا توجد دورة في هذا العنوان، أو أنها غير متاحة لك.' } } },
  module_not_found: { status: 404, text: {
    en: { title: 'No such module', detail: 'This course has no such module. It may have been removed.' },
    'es-MX': { title: 'No existe ese módulo', detail: 'Este curso no tiene ese módulo. Quizá se eliminó.' },
    ar: { title: 'لا توجد وحدة كهذه', detail: 'لا تحتوي هذه الدورة على هذه الوحدة، وربما حُذفت.' } } },
  lesson_not_found: { status: 404, text: {
    en: { title: 'No such lesson', detail: 'This course has no such lesson. It may have been removed.' },
    'es-MX': { title: 'No existe esa lección', detail: 'Este curso no tiene esa lección. Quizá se eliminó.' },
    ar: { title: 'لا يوجد درس كهذا', detail: 'لا تحتوي هذه الدورة على هذا الدرس، وربما حُذف.' } } },
  course_empty: { status: 409, text: {
    en: { title: 'Nothing to keep yet', detail: 'Add a module and a lesson first.' },
    'es-MX': { title: 'Todavía no hay qué guardar', detail: 'Primero agrega un módulo y una lección.' },
    ar: { title: 'لا يوجد ما يُحفظ بعد', detail: 'أضف وحدة ودرسًا أولًا.' } } },
  course_not_ready: { status: 409, text: {
    en: { title: 'Not ready to publish', detail: 'Something would not work for learners. See what is missing, mend it, then publish.' },
    'es-MX': { title: 'Aún no está listo para publicarse', detail: 'Algo no funcionaría para quienes aprenden. Revisa lo que falta, corrígelo y luego publica.' },
    ar: { title: 'غير جاهزة للنشر بعد', detail: 'هناك ما لن يعمل لدى المتعلّمين. راجع ما ينقص وأصلحه ثم انشر.' } } },
  version_not_found: { status: 404, text: {
    en: { title: 'No such version', detail: 'This course has no such version. Choose one from its list of versions.' },
    'es-MX': { title: 'No existe esa versión', detail: 'Este curso no tiene esa versión. Elige una de su lista de versiones.' },
    ar: { title: 'لا توجد نسخة كهذه', detail: 'ليس لهذه الدورة نسخة كهذه. اختر واحدة من قائمة النسخ.' } } },
  revision_not_found: { status: 404, text: {
    en: { title: 'No such earlier text', detail: 'The history of this lesson has no such entry. Choose one from its list.' },
    'es-MX': { title: 'No existe ese texto anterior', detail: 'El historial de esta lección no tiene esa entrada. Elige una de la lista.' },
    ar: { title: 'لا يوجد نص سابق كهذا', detail: 'لا يحتوي سجل هذا الدرس على ذلك. اختر نصًا من القائمة.' } } },
  file_not_found: { status: 404, text: {
    en: { title: 'No such file', detail: 'This course has no such file. Upload it first.' },
    'es-MX': { title: 'No existe ese archivo', detail: 'Este curso no tiene ese archivo. Súbelo primero.' },
    ar: { title: 'لا يوجد ملف كهذا', detail: 'لا تحتوي هذه الدورة على هذا الملف. ارفعه أولًا.' } } },
  file_in_use: { status: 409, text: {
    en: { title: 'This file is still needed', detail: '{place, select, poster {It is the picture of the course. Choose another one first.} description {The description of the course shows it. Take it out there first.} lesson {The lesson “{title}” uses it. Take it out there first.} removed {The lesson “{title}” was removed and can be brought back; it uses this file.} earlier {An earlier text of the lesson “{title}” uses it: it stays for learners who are on that version.} other {Version {title} of the course shows it in its description: it stays for that version.}}' },
    'es-MX': { title: 'Este archivo todavía hace falta', detail: '{place, select, poster {Es la imagen del curso. Primero elige otra.} description {La descripción del curso lo muestra. Primero quítalo de ahí.} lesson {La lección “{title}” lo usa. Primero quítalo de ahí.} removed {La lección “{title}” se quitó pero se puede recuperar, y usa este archivo.} earlier {Un texto anterior de la lección “{title}” lo usa: se queda para quienes siguen en esa versión.} other {La versión {title} del curso lo muestra en su descripción: se queda para esa versión.}}' },
    ar: { title: 'ما زال هذا الملف مطلوبًا', detail: '{place, select, poster {إنه صورة الدورة. اختر غيرها أولًا.} description {يعرضه وصف الدورة. أزله من هناك أولًا.} lesson {يستخدمه درس «{title}». أزله من هناك أولًا.} removed {حُذف درس «{title}» ويمكن استعادته، وهو يستخدم هذا الملف.} earlier {يستخدمه نص سابق لدرس «{title}»، فيبقى لمن هم على ذلك الإصدار.} other {يعرضه وصف الإصدار {title} من الدورة، فيبقى لذلك الإصدار.}}' } } },
  file_empty: { status: 422, text: {
    en: { title: 'The file is empty', detail: 'There is nothing in it. Choose another file.' },
    'es-MX': { title: 'El archivo está vacío', detail: 'No contiene nada. Elige otro archivo.' },
    ar: { title: 'الملف فارغ', detail: 'لا يحتوي الملف على شيء. اختر ملفًا آخر.' } } },
  not_a_picture: { status: 422, text: {
    en: { title: 'This is not a picture', detail: 'Choose a picture, such as a photo in JPEG, PNG or WebP.' },
    'es-MX': { title: 'Esto no es una imagen', detail: 'Elige una imagen, por ejemplo una foto en JPEG, PNG o WebP.' },
    ar: { title: 'هذه ليست صورة', detail: 'اختر صورة، مثل صورة بصيغة JPEG أو PNG أو WebP.' } } },
  attachment_not_found: { status: 404, text: {
    en: { title: 'No such attachment', detail: 'This lesson no longer offers that file.' },
    'es-MX': { title: 'No existe ese adjunto', detail: 'Esta lección ya no ofrece ese archivo.' },
    ar: { title: 'لا يوجد مرفق كهذا', detail: 'لم يعد هذا الدرس يقدّم ذلك الملف.' } } },
  prerequisite_circle: { status: 409, text: {
    en: { title: 'Each would wait for the other', detail: 'What must come first cannot wait for what comes after it. Choose something else to complete first.' },
    'es-MX': { title: 'Cada uno esperaría al otro', detail: 'Lo que va primero no puede esperar a lo que va después. Elige otro requisito.' },
    ar: { title: 'كلٌّ منهما سينتظر الآخر', detail: 'ما يأتي أولًا لا يمكن أن ينتظر ما يأتي بعده. اختر متطلبًا آخر.' } } },
  course_in_use: { status: 409, text: {
    en: { title: 'This course cannot be deleted', detail: 'It was published, or people take part in it. Archive it instead.' },
    'es-MX': { title: 'Este curso no se puede eliminar', detail: 'Ya se publicó o hay personas inscritas. Archívalo en su lugar.' },
    ar: { title: 'لا يمكن حذف هذه الدورة', detail: 'نُشرت من قبل أو فيها مشاركون. أرشِفها بدلًا من ذلك.' } } },
  review_needed: { status: 409, text: {
    en: { title: 'Somebody looks at it first', detail: 'Your organisation reviews courses before they are published. Ask for a review.' },
    'es-MX': { title: 'Primero se revisa', detail: 'Tu organización revisa los cursos antes de publicarlos. Pide una revisión.' },
    ar: { title: 'تُراجَع أولًا', detail: 'تراجع مؤسستك الدورات قبل نشرها. اطلب مراجعة.' } } },
  reviews_off: { status: 409, text: {
    en: { title: 'No review is needed', detail: 'Your organisation does not review courses. You can publish it yourself.' },
    'es-MX': { title: 'No hace falta una revisión', detail: 'Tu organización no revisa los cursos. Puedes publicarlo tú.' },
    ar: { title: 'لا حاجة إلى مراجعة', detail: 'لا تراجع مؤسستك الدورات. يمكنك نشرها بنفسك.' } } },
  review_not_found: { status: 404, text: {
    en: { title: 'No review is waiting', detail: 'Nobody asks for this course to be published at the moment. Somebody else may have decided already.' },
    'es-MX': { title: 'No hay revisión pendiente', detail: 'Nadie ha pedido publicar este curso por ahora. Quizá otra persona ya decidió.' },
    ar: { title: 'لا توجد مراجعة منتظرة', detail: 'لا أحد يطلب نشر هذه الدورة حاليًا، وربما قرّر شخص آخر بالفعل.' } } },
  course_already_published: { status: 409, text: {
    en: { title: 'Already published', detail: 'Learners have everything that is in the draft. Change something, then publish again.' },
    'es-MX': { title: 'Ya está publicado', detail: 'Quienes aprenden ya tienen todo lo del borrador. Cambia algo y vuelve a publicar.' },
    ar: { title: 'منشورة بالفعل', detail: 'لدى المتعلّمين كل ما في المسودة. غيّر شيئًا ثم انشر من جديد.' } } },
  course_not_published: { status: 409, text: {
    en: { title: 'Not published', detail: 'Only a published course can be archived.' },
    'es-MX': { title: 'No está publicado', detail: 'Solo se puede archivar un curso publicado.' },
    ar: { title: 'غير منشورة', detail: 'لا يمكن أرشفة دورة غير منشورة.' } } },
  outline_mismatch: { status: 409, text: {
    en: { title: 'The outline has changed', detail: 'Modules or lessons were added or removed meanwhile. Open the outline again and repeat the move.' },
    'es-MX': { title: 'El contenido cambió', detail: 'Mientras tanto se agregaron o quitaron módulos o lecciones. Abre el contenido de nuevo y repite el movimiento.' },
    ar: { title: 'تغيّر ترتيب المحتوى', detail: 'أُضيفت وحدات أو دروس أو حُذفت في الأثناء. افتح المحتوى من جديد وأعد الترتيب.' } } },
  category_not_found: { status: 404, text: {
    en: { title: 'No such category', detail: 'This category does not exist. Choose another.' },
    'es-MX': { title: 'No existe esa categoría', detail: 'Esta categoría no existe. Elige otra.' },
    ar: { title: 'لا يوجد تصنيف كهذا', detail: 'هذا التصنيف غير موجود. اختر غيره.' } } },
  category_circle: { status: 409, text: {
    en: { title: 'A category cannot lie within itself', detail: 'Choose a place that is not inside this category.' },
    'es-MX': { title: 'Una categoría no puede estar dentro de sí misma', detail: 'Elige un lugar que no esté dentro de esta categoría.' },
    ar: { title: 'لا يمكن أن يقع التصنيف داخل نفسه', detail: 'اختر مكانًا خارج هذا التصنيف.' } } },
  category_in_use: { status: 409, text: {
    en: { title: 'This category is in use', detail: 'Move its courses and subcategories elsewhere first.' },
    'es-MX': { title: 'Esta categoría está en uso', detail: 'Primero mueve sus cursos y subcategorías a otro lugar.' },
    ar: { title: 'هذا التصنيف مستخدم', detail: 'انقل دوراته وتصنيفاته الفرعية إلى مكان آخر أولًا.' } } },
});
