/** The words of the module's own messages and mails. */
import type { Locale } from '@milpa/kernel/contract';

export const noticeTexts: Record<'withdrawn' | 'hidden', Record<Locale, { subject: string; body: string }>> = {
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
};

export const copyTexts: Record<Locale, string> = {
  en: '{author} wrote to you about “{course}” at {tenant}:\n\n{body}\n\nRead it and answer here; answers to this mail reach nobody:\n{url}\n\nYou choose in your account which messages also come by mail.',
  'es-MX': '{author} te escribió sobre «{course}» en {tenant}:\n\n{body}\n\nLéelo y responde aquí; las respuestas a este correo no llegan a nadie:\n{url}\n\nEn tu cuenta eliges qué mensajes te llegan también por correo.',
  ar: 'كتب إليك {author} بشأن «{course}» في {tenant}:\n\n{body}\n\nاقرأ الرسالة وأجب عنها هنا، فالردود على هذا البريد لا تصل إلى أحد:\n{url}\n\nيمكنك أن تختار في حسابك ما يصلك بالبريد أيضًا.',
};
