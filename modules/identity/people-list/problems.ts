/** What can be wrong with a list of people, for every module that takes one. */
import type { ProblemDefinition } from '@milpa/kernel';

export const listProblems = {
  list_not_found: { status: 404, text: {
    en: { title: 'No such list', detail: 'There is no such list of people, or it was started already.' },
    'es-MX': { title: 'No existe esa lista', detail: 'No existe esa lista de personas, o ya se puso en marcha.' },
    ar: { title: 'لا توجد قائمة كهذه', detail: 'لا توجد قائمة كهذه، أو أنها بدأت بالفعل.' } } },
  list_unreadable: { status: 422, text: {
    en: { title: 'This file cannot be read', detail: 'It is no CSV file, or a quotation mark in it is never closed. Save it as CSV from your spreadsheet and try again.' },
    'es-MX': { title: 'No se puede leer este archivo', detail: 'No es un archivo CSV, o tiene comillas sin cerrar. Guárdalo como CSV desde tu hoja de cálculo e inténtalo de nuevo.' },
    ar: { title: 'تعذّرت قراءة هذا الملف', detail: 'ليس ملف CSV، أو فيه علامة اقتباس غير مغلقة. احفظه بصيغة CSV من برنامج الجداول ثم حاول مرة أخرى.' } } },
  list_empty: { status: 422, text: {
    en: { title: 'Nobody is on the list', detail: 'Put one person in a line, with an e-mail address.' },
    'es-MX': { title: 'La lista no tiene a nadie', detail: 'Escribe una persona por línea, con su correo.' },
    ar: { title: 'القائمة فارغة', detail: 'اكتب شخصًا واحدًا في كل سطر مع بريده الإلكتروني.' } } },
  list_too_long: { status: 422, text: {
    en: { title: 'Too long a list', detail: 'A list has at most {limit, number} people. Divide it into several.' },
    'es-MX': { title: 'La lista es demasiado larga', detail: 'Una lista tiene como máximo {limit, number} personas. Divídela en varias.' },
    ar: { title: 'القائمة طويلة جدًا', detail: 'تضم القائمة {limit, number} شخصًا على الأكثر. قسّمها إلى عدة قوائم.' } } },
  list_without_addresses: { status: 422, text: {
    en: { title: 'No e-mail addresses found', detail: 'One column must hold e-mail addresses. Name it “email” in the first line.' },
    'es-MX': { title: 'No se encontraron correos', detail: 'Una columna debe tener los correos. Llámala «correo» en la primera línea.' },
    ar: { title: 'لا توجد عناوين بريد', detail: 'يجب أن يضم أحد الأعمدة عناوين البريد الإلكتروني. سمّه «البريد» في السطر الأول.' } } },
} satisfies Record<string, ProblemDefinition>;
