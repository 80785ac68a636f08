import { defineProblems } from '@milpa/kernel';

export const problems = defineProblems('messaging', {
  thread_not_found: { status: 404, text: {
    en: { title: 'No such conversation', detail: 'You are in no such conversation. Look through your messages.' },
    'es-MX': { title: 'No existe esa conversación', detail: 'No participas en esa conversación. Búscala en tus mensajes.' },
    ar: { title: 'لا توجد محادثة كهذه', detail: 'لست طرفًا في هذه المحادثة. ابحث في رسائلك.' } } },
  blocked: { status: 403, text: {
    en: { title: 'This message cannot be delivered', detail: 'The other person takes no messages from you. If it is urgent, ask the organisation.' },
    'es-MX': { title: 'Este mensaje no se puede entregar', detail: 'La otra persona no recibe mensajes tuyos. Si es urgente, acude a la organización.' },
    ar: { title: 'تعذّر تسليم هذه الرسالة', detail: 'الطرف الآخر لا يستقبل رسائل منك. إن كان الأمر عاجلًا فتواصل مع المؤسسة.' } } },
  too_many: { status: 429, text: {
    en: { title: 'Many messages in a short time', detail: 'Wait an hour, then write again.' },
    'es-MX': { title: 'Muchos mensajes en poco tiempo', detail: 'Espera una hora y vuelve a escribir.' },
    ar: { title: 'رسائل كثيرة في وقت قصير', detail: 'انتظر ساعة ثم اكتب من جديد.' } } },
  nobody_teaches: { status: 409, text: {
    en: { title: 'Nobody to write to', detail: 'This course belongs to no teacher at the moment. Ask the organisation.' },
    'es-MX': { title: 'No hay a quién escribir', detail: 'Por ahora este curso no tiene docente. Pregunta a la organización.' },
    ar: { title: 'لا يوجد من تكتب إليه', detail: 'ليس لهذه الدورة مدرّس حاليًا. اسأل المؤسسة.' } } },
  nobody_to_write_to: { status: 409, text: {
    en: { title: 'Nobody to write to', detail: 'No learner of this course is among those you chose. Choose others.' },
    'es-MX': { title: 'No hay a quién escribir', detail: 'Nadie de este curso está entre quienes elegiste. Elige a otras personas.' },
    ar: { title: 'لا يوجد من تكتب إليه', detail: 'لا يوجد متعلّم في هذه الدورة ضمن من اخترتهم. اختر غيرهم.' } } },
});
