import { defineProblems } from '@milpa/kernel';

export const problems = defineProblems('learning', {
  enrollment_not_found: { status: 404, text: {
    en: { title: 'No such enrolment', detail: 'You are not enrolled here, or you have left. Enrol from the course’s page.' },
    'es-MX': { title: 'No existe esa inscripción', detail: 'No tienes inscripción aquí, o ya la dejaste. Inscríbete desde la página del curso.' },
    ar: { title: 'لا يوجد تسجيل كهذا', detail: 'لست مسجّلًا هنا، أو أنك غادرت الدورة. سجّل من صفحة الدورة.' } } },
  not_enrolled: { status: 403, text: {
    en: { title: 'Enrol to open the lessons', detail: 'Lessons are for those who are enrolled. Enrol from the course’s page.' },
    'es-MX': { title: 'Inscríbete para abrir las lecciones', detail: 'Las lecciones son para quienes están inscritos. Inscríbete desde la página del curso.' },
    ar: { title: 'سجّل في الدورة لفتح الدروس', detail: 'الدروس متاحة للمسجّلين. سجّل من صفحة الدورة.' } } },
  course_closed: { status: 409, text: {
    en: { title: 'Not open for enrolment', detail: 'This course is not published at the moment.' },
    'es-MX': { title: 'Sin inscripciones abiertas', detail: 'Este curso no está publicado en este momento.' },
    ar: { title: 'التسجيل غير متاح', detail: 'هذه الدورة غير منشورة حاليًا.' } } },
  course_not_free: { status: 402, text: {
    en: { title: 'This course has a price', detail: 'It cannot be bought online yet. Ask the organisation how to take part.' },
    'es-MX': { title: 'Este curso tiene un precio', detail: 'Todavía no se puede comprar en línea. Pregunta a la organización cómo participar.' },
    ar: { title: 'لهذه الدورة سعر', detail: 'لا يمكن شراؤها عبر الموقع بعد. اسأل المؤسسة عن طريقة المشاركة.' } } },
  self_enrollment_off: { status: 403, text: {
    en: { title: 'Your organisation enrols people', detail: 'Ask an administrator or your teacher to enrol you.' },
    'es-MX': { title: 'Tu organización hace las inscripciones', detail: 'Pide a quien administra o a tu docente que te inscriba.' },
    ar: { title: 'التسجيل تقوم به مؤسستك', detail: 'اطلب من المدير أو من معلّمك تسجيلك.' } } },
  note_empty: { status: 422, text: {
    en: { title: 'The note is empty', detail: 'Write a word or two, or bookmark the place instead.' },
    'es-MX': { title: 'La nota está vacía', detail: 'Escribe una o dos palabras, o mejor pon un marcador en ese lugar.' },
    ar: { title: 'الملاحظة فارغة', detail: 'اكتب كلمة أو كلمتين، أو ضع إشارة مرجعية في هذا الموضع بدلًا من ذلك.' } } },
  note_not_found: { status: 404, text: {
    en: { title: 'No such note', detail: 'You have no such note. Look through the list of your notes.' },
    'es-MX': { title: 'No existe esa nota', detail: 'No tienes esa nota. Búscala en la lista de tus notas.' },
    ar: { title: 'لا توجد ملاحظة كهذه', detail: 'ليست لديك هذه الملاحظة. ابحث في قائمة ملاحظاتك.' } } },
  note_removed: { status: 409, text: {
    en: { title: 'This note was removed', detail: 'You removed it on another device. Write a new one if you still need it.' },
    'es-MX': { title: 'Esta nota se eliminó', detail: 'La eliminaste en otro dispositivo. Escribe una nueva si todavía la necesitas.' },
    ar: { title: 'حُذفت هذه الملاحظة', detail: 'حذفتها على جهاز آخر. اكتب ملاحظة جديدة إن كنت ما زلت تحتاج إليها.' } } },
  notes_full: { status: 409, text: {
    en: { title: 'No room for more notes', detail: 'You have 2,000 notes and bookmarks in this course. Remove some that you no longer need.' },
    'es-MX': { title: 'Ya no caben más notas', detail: 'Tienes 2,000 notas y marcadores en este curso. Elimina algunos que ya no necesites.' },
    ar: { title: 'لا مكان لملاحظات أخرى', detail: 'لديك ٢٠٠٠ ملاحظة وإشارة مرجعية في هذه الدورة. احذف ما لم تعد تحتاج إليه.' } } },
  file_not_found: { status: 404, text: {
    en: { title: 'No such file', detail: 'This course has no such file, or it is not open to you.' },
    'es-MX': { title: 'No existe ese archivo', detail: 'Este curso no tiene ese archivo, o no está abierto para ti.' },
    ar: { title: 'لا يوجد ملف كهذا', detail: 'لا تحتوي هذه الدورة على هذا الملف، أو أنه غير متاح لك.' } } },
});
