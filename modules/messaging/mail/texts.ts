/** The words of the module's own messages and mails. */
import type { Locale } from '@milpa/kernel/contract';

export const noticeTexts: Record<'withdrawn' | 'hidden' | 'reviewRequested' | 'reviewReturned' | 'reviewApproved', Record<Locale, { subject: string; body: string }>> = {
  withdrawn: {
    en: { subject: 'You were taken out of a course', body: 'Hello {name},\n\nyou no longer take “{course}”. What you did in it is kept. The reason:\n\n{reason}' },
    'es-MX': { subject: 'Se te dio de baja de un curso', body: 'Hola, {name}:\n\nYa no tomas «{course}». Lo que hiciste en él se conserva. El motivo:\n\n{reason}' },
    ar: { subject: 'أُنهي تسجيلك في دورة', body: 'مرحبًا {name}،\n\nلم تعد مسجّلًا في «{course}». ما أنجزته فيها محفوظ. السبب:\n\n{reason}' },
  },
  hidden: {
    en: { subject: 'Your review was hidden', body: 'Hello {name},\n\nyour review of “{course}” is no longer shown and does not count. The reason:\n\n{reason}\n\nYou may change its text and answer this message.' },
    'es-MX': { subject: 'Se ocultó tu reseña', body: 'Hola, {name}:\n\nTu reseña de «{course}» ya no se muestra ni cuenta. El motivo:\n\n{reason}\n\nPuedes cambiar el texto y responder a este mensaje.' },
    ar: { subject: 'أُخفي تقييمك', body: 'مرحبًا {name}،\n\nلم يعد تقييمك لدورة «{course}» ظاهرًا ولا محسوبًا. السبب:\n\n{reason}\n\nيمكنك تعديل نصه والرد على هذه الرسالة.' },
  },
  reviewRequested: {
    en: { subject: 'A course waits for your review', body: 'Hello {name},\n\n“{course}” is ready to be published, if you agree. Read it as a learner would, then approve it or send it back with a comment:\n\n{url}' },
    'es-MX': { subject: 'Un curso espera tu revisión', body: 'Hola, {name}:\n\n«{course}» está listo para publicarse, si estás de acuerdo. Léelo como lo haría quien aprende y después apruébalo o devuélvelo con un comentario:\n\n{url}' },
    ar: { subject: 'دورة تنتظر مراجعتك', body: 'مرحبًا {name}،\n\nدورة «{course}» جاهزة للنشر إن وافقت. اقرأها كما يقرؤها المتعلّم، ثم وافق عليها أو أعدها مع ملاحظة:\n\n{url}' },
  },
  reviewReturned: {
    en: { subject: 'A course was sent back', body: 'Hello {name},\n\n“{course}” needs something more before it is published. The comment:\n\n{reason}\n\nChange it here, then ask again; or answer this message:\n{url}' },
    'es-MX': { subject: 'Se devolvió un curso', body: 'Hola, {name}:\n\nA «{course}» le falta algo antes de publicarse. El comentario:\n\n{reason}\n\nCámbialo aquí y vuelve a pedirlo, o responde a este mensaje:\n{url}' },
    ar: { subject: 'أُعيدت دورة', body: 'مرحبًا {name}،\n\nتحتاج دورة «{course}» إلى شيء آخر قبل نشرها. الملاحظة:\n\n{reason}\n\nعدّلها من هنا ثم اطلب من جديد، أو ردّ على هذه الرسالة:\n{url}' },
  },
  reviewApproved: {
    en: { subject: 'A course is approved', body: 'Hello {name},\n\n“{course}” was approved and is published now:\n\n{url}' },
    'es-MX': { subject: 'Se aprobó un curso', body: 'Hola, {name}:\n\n«{course}» se aprobó y ya está publicado:\n\n{url}' },
    ar: { subject: 'اعتُمدت دورة', body: 'مرحبًا {name}،\n\nاعتُمدت دورة «{course}» ونُشرت:\n\n{url}' },
  },
};

export const copyTexts: Record<Locale, string> = {
  en: '{author} wrote to you about “{course}” at {tenant}:\n\n{body}\n\nRead it and answer here; answers to this mail reach nobody:\n{url}\n\nYou choose in your account which messages also come by mail.',
  'es-MX': '{author} te escribió sobre «{course}» en {tenant}:\n\n{body}\n\nLéelo y responde aquí; las respuestas a este correo no llegan a nadie:\n{url}\n\nEn tu cuenta eliges qué mensajes te llegan también por correo.',
  ar: 'كتب إليك {author} بشأن «{course}» في {tenant}:\n\n{body}\n\nاقرأ الرسالة وأجب عنها هنا، فالردود على هذا البريد لا تصل إلى أحد:\n{url}\n\nيمكنك أن تختار في حسابك ما يصلك بالبريد أيضًا.',
};
