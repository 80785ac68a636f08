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
    en: { title: 'Nothing to publish yet', detail: 'Add at least one lesson, then publish.' },
    'es-MX': { title: 'Todavía no hay qué publicar', detail: 'Agrega al menos una lección y luego publica.' },
    ar: { title: 'لا يوجد ما يُنشر بعد', detail: 'أضف درسًا واحدًا على الأقل ثم انشر.' } } },
  last_lesson: { status: 409, text: {
    en: { title: 'A published course keeps a lesson', detail: 'This is its last one. Archive the course first, or add another lesson.' },
    'es-MX': { title: 'Un curso publicado conserva una lección', detail: 'Esta es la última. Primero archiva el curso o agrega otra lección.' },
    ar: { title: 'تحتفظ الدورة المنشورة بدرس واحد على الأقل', detail: 'هذا آخر درس فيها. أرشِف الدورة أولًا أو أضف درسًا آخر.' } } },
  course_already_published: { status: 409, text: {
    en: { title: 'Already published', detail: 'This course is in the catalogue. There is nothing left to do.' },
    'es-MX': { title: 'Ya está publicado', detail: 'Este curso ya está en el catálogo. No falta nada.' },
    ar: { title: 'منشورة بالفعل', detail: 'هذه الدورة موجودة في الدليل ولا حاجة إلى شيء آخر.' } } },
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
