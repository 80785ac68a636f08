/** Texts to begin with. `{name}` and `{course}` are filled in for each who gets them. */
import type { Output } from '@milpa/kernel/contract';
import type { listMessageTemplates } from './contract.ts';

export const templates: Output<typeof listMessageTemplates>['data'] = [
  { key: 'miss_you', locale: 'en', subject: 'We miss you in “{course}”', body: 'Hello {name},\n\nwe have not seen you for a while. Your place in “{course}” is where you left it, and a few minutes are enough to go on.\n\nIs something in the way? Answer this message, I am glad to help.' },
  { key: 'miss_you', locale: 'es-MX', subject: 'Te extrañamos en «{course}»', body: 'Hola, {name}:\n\nHace tiempo que no te vemos. Tu lugar en «{course}» sigue donde lo dejaste y bastan unos minutos para continuar.\n\n¿Algo te lo impide? Responde a este mensaje; con gusto te ayudo.' },
  { key: 'miss_you', locale: 'ar', subject: 'نفتقدك في «{course}»', body: 'مرحبًا {name}،\n\nلم نرك منذ مدة. مكانك في «{course}» كما تركته، وتكفي دقائق قليلة للمتابعة.\n\nهل يعيقك شيء؟ أجب عن هذه الرسالة وسأساعدك بكل سرور.' },
  { key: 'nearly_there', locale: 'en', subject: 'You are nearly there', body: 'Hello {name},\n\nonly a little of “{course}” is left. Take half an hour this week, and you are through.' },
  { key: 'nearly_there', locale: 'es-MX', subject: 'Ya casi terminas', body: 'Hola, {name}:\n\nTe falta muy poco de «{course}». Date media hora esta semana y lo terminas.' },
  { key: 'nearly_there', locale: 'ar', subject: 'أوشكت على الانتهاء', body: 'مرحبًا {name}،\n\nلم يبقَ من «{course}» إلا القليل. خصّص نصف ساعة هذا الأسبوع وستنتهي منها.' },
  { key: 'first_step', locale: 'en', subject: 'Your first lesson waits', body: 'Hello {name},\n\nyou are enrolled in “{course}”, and the first lesson is short. Open it today: the beginning is the hardest part.' },
  { key: 'first_step', locale: 'es-MX', subject: 'Tu primera lección te espera', body: 'Hola, {name}:\n\nYa tienes tu lugar en «{course}» y la primera lección es corta. Ábrela hoy: empezar es lo más difícil.' },
  { key: 'first_step', locale: 'ar', subject: 'درسك الأول في انتظارك', body: 'مرحبًا {name}،\n\nأنت مسجّل في «{course}»، والدرس الأول قصير. افتحه اليوم، فالبداية هي الأصعب.' },
];
