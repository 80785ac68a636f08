import type { Locale } from '@milpa/kernel/contract';

/** What the archive says of itself. */
export const readme: Record<Locale, (tenant: string, date: string) => string> = {
  en: (tenant, date) => `${tenant}\nExported on ${date}\n\ntenant.json     name, settings and domains of the organisation\ntables/         every table, one file each: a row a line, as JSON, in UTF-8\nfiles/          every uploaded file, under its number in tables/media/file.jsonl\n\nLeft out are passwords, tokens and other secrets, and archives that were made from this data.\nEach table is as it was at the moment when it was read.\n`,
  'es-MX': (tenant, date) => `${tenant}\nExportado el ${date}\n\ntenant.json     nombre, ajustes y dominios de la organización\ntables/         todas las tablas, un archivo por cada una: una fila por línea, en JSON y UTF-8\nfiles/          todos los archivos subidos, con su número de tables/media/file.jsonl\n\nNo se incluyen contraseñas, tokens ni otros secretos, ni los archivos comprimidos que se hicieron con estos datos.\nCada tabla está como estaba en el momento en que se leyó.\n`,
  ar: (tenant, date) => `${tenant}\nصُدّرت في ${date}\n\ntenant.json     اسم المؤسسة وإعداداتها ونطاقاتها\ntables/         كل الجداول، ملف لكل جدول: صف في كل سطر بصيغة JSON وترميز UTF-8\nfiles/          كل الملفات المرفوعة، برقمها في tables/media/file.jsonl\n\nلا تشمل كلمات السر والرموز وغيرها من الأسرار، ولا الأرشيفات التي أُنشئت من هذه البيانات.\nكل جدول كما كان لحظة قراءته.\n`,
};
