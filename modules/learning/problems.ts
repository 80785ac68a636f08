import { listProblems } from '@milpa/identity';
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
  cohort_not_found: { status: 404, text: {
    en: { title: 'No such group', detail: 'This course has no such group. It may have been removed.' },
    'es-MX': { title: 'No existe ese grupo', detail: 'Este curso no tiene ese grupo. Quizá se eliminó.' },
    ar: { title: 'لا توجد مجموعة كهذه', detail: 'لا تحتوي هذه الدورة على هذه المجموعة، وربما حُذفت.' } } },
  cohort_full: { status: 409, text: {
    en: { title: 'No place left', detail: 'The group is full. Choose another one, or give it more places.' },
    'es-MX': { title: 'Ya no hay lugar', detail: 'El grupo está lleno. Elige otro o dale más lugares.' },
    ar: { title: 'لم تبقَ أماكن', detail: 'المجموعة مكتملة. اختر مجموعة أخرى أو زد عدد أماكنها.' } } },
  cohort_closed: { status: 409, text: {
    en: { title: 'Not open to join', detail: 'This group takes nobody by themselves, or it has ended. Ask the teacher of the course.' },
    'es-MX': { title: 'No está abierto', detail: 'A este grupo no se entra por cuenta propia, o ya terminó. Pregunta a quien da el curso.' },
    ar: { title: 'الانضمام غير متاح', detail: 'لا يمكن الانضمام إلى هذه المجموعة مباشرة، أو أنها انتهت. اسأل مدرّس الدورة.' } } },
  cohort_dates: { status: 422, text: {
    en: { title: 'The dates do not fit', detail: 'The last day must come after the first one.' },
    'es-MX': { title: 'Las fechas no cuadran', detail: 'El último día debe ser posterior al primero.' },
    ar: { title: 'التواريخ غير متوافقة', detail: 'يجب أن يأتي آخر يوم بعد أول يوم.' } } },
  cohort_in_use: { status: 409, text: {
    en: { title: 'People were in this group', detail: 'It stays, so that their history does. Change its dates instead.' },
    'es-MX': { title: 'Este grupo ya tuvo participantes', detail: 'Se queda, para conservar su historia. Mejor cambia sus fechas.' },
    ar: { title: 'كان في هذه المجموعة متعلّمون', detail: 'تبقى المجموعة حفاظًا على سجلّهم. غيّر تواريخها بدلًا من حذفها.' } } },
  other_cohort: { status: 409, text: {
    en: { title: 'You are in another group', detail: 'You take this course with another group. Ask its teacher to move you.' },
    'es-MX': { title: 'Estás en otro grupo', detail: 'Tomas este curso con otro grupo. Pide a quien lo da que te cambie.' },
    ar: { title: 'أنت في مجموعة أخرى', detail: 'تدرس هذه الدورة مع مجموعة أخرى. اطلب من المدرّس نقلك.' } } },
  version_not_published: { status: 409, text: {
    en: { title: 'Not published yet', detail: 'Publish the course first, or let the group begin with what is newest then.' },
    'es-MX': { title: 'Aún no se publica', detail: 'Primero publica el curso, o deja que el grupo empiece con lo más reciente.' },
    ar: { title: 'لم تُنشر بعد', detail: 'انشر الدورة أولًا، أو اترك المجموعة تبدأ بأحدث نسخة.' } } },
  ...listProblems,
  review_not_found: { status: 404, text: {
    en: { title: 'No such review', detail: 'There is no such review here. Its author may have taken it back.' },
    'es-MX': { title: 'No existe esa reseña', detail: 'Aquí no está esa reseña. Quizá su autor la retiró.' },
    ar: { title: 'لا يوجد تقييم كهذا', detail: 'لا يوجد هذا التقييم هنا، وربما سحبه صاحبه.' } } },
  review_not_enrolled: { status: 403, text: {
    en: { title: 'Take the course first', detail: 'Reviews are by people who have taken the course.' },
    'es-MX': { title: 'Primero toma el curso', detail: 'Las reseñas son de quienes han tomado el curso.' },
    ar: { title: 'ادرس الدورة أولًا', detail: 'التقييمات لمن درسوا الدورة.' } } },
  review_not_begun: { status: 403, text: {
    en: { title: 'Do a lesson first', detail: 'Finish at least one lesson, then say what you think of the course.' },
    'es-MX': { title: 'Primero haz una lección', detail: 'Termina al menos una lección y luego di qué piensas del curso.' },
    ar: { title: 'أكمل درسًا أولًا', detail: 'أكمل درسًا واحدًا على الأقل ثم أخبرنا برأيك في الدورة.' } } },
  prerequisite_missing: { status: 409, text: {
    en: { title: 'Something comes first', detail: 'Complete this first: {courses}. Then come back to enrol.' },
    'es-MX': { title: 'Hay algo que va primero', detail: 'Primero termina: {courses}. Luego vuelve para inscribirte.' },
    ar: { title: 'هناك ما يأتي أولًا', detail: 'أكمل أولًا: {courses}. ثم عُد للتسجيل.' } } },
  lesson_locked: { status: 409, text: {
    en: { title: 'This lesson is not open yet', detail: 'The outline of the course says when it opens, or what to finish first.' },
    'es-MX': { title: 'Esta lección aún no está abierta', detail: 'El contenido del curso dice cuándo se abre o qué hay que terminar antes.' },
    ar: { title: 'هذا الدرس غير متاح بعد', detail: 'يبيّن محتوى الدورة متى يُفتح أو ما يجب إنجازه قبله.' } } },
  file_not_found: { status: 404, text: {
    en: { title: 'No such file', detail: 'This course has no such file, or it is not open to you.' },
    'es-MX': { title: 'No existe ese archivo', detail: 'Este curso no tiene ese archivo, o no está abierto para ti.' },
    ar: { title: 'لا يوجد ملف كهذا', detail: 'لا تحتوي هذه الدورة على هذا الملف، أو أنه غير متاح لك.' } } },
});
