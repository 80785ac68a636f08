import { defineProblems, type ProblemParams } from '@milpa/kernel';
import type { PackageErrorCode } from './package/codes.ts';
import type { PackageError } from './package/types.ts';

/** Of an import as such. */
export const problems = defineProblems('interop', {
  import_not_found: { status: 404, text: {
    en: { title: 'No such import', detail: 'There is no such import, or it is not yours to see.' },
    'es-MX': { title: 'No existe esa importación', detail: 'No existe esa importación, o no te corresponde verla.' },
    ar: { title: 'لا توجد عملية استيراد كهذه', detail: 'لا توجد عملية استيراد كهذه، أو ليس من حقك الاطّلاع عليها.' } } },
  export_not_found: { status: 404, text: {
    en: { title: 'This package is not there', detail: 'Packages are kept for a week. Make a new one.' },
    'es-MX': { title: 'Este paquete ya no está', detail: 'Los paquetes se guardan una semana. Crea uno nuevo.' },
    ar: { title: 'هذه الحزمة غير موجودة', detail: 'تُحفظ الحزم أسبوعًا. أنشئ حزمة جديدة.' } } },
  nothing_to_export: { status: 409, text: {
    en: { title: 'There is nothing to export yet', detail: 'Add a lesson first.' },
    'es-MX': { title: 'Aún no hay nada que exportar', detail: 'Primero agrega una lección.' },
    ar: { title: 'لا شيء للتصدير بعد', detail: 'أضف درسًا أولًا.' } } },
  empty_file: { status: 422, text: {
    en: { title: 'The file is empty', detail: 'Choose the package again; if it stays empty, export the course anew.' },
    'es-MX': { title: 'El archivo está vacío', detail: 'Elige el paquete de nuevo; si sigue vacío, vuelve a exportar el curso.' },
    ar: { title: 'الملف فارغ', detail: 'اختر الحزمة من جديد، وإن بقيت فارغة فصدّر الدورة مرة أخرى.' } } },
  import_failed: { status: 500, text: {
    en: { title: 'The import broke on our side', detail: 'No course was made. Import the package again; if it fails again, ask whoever runs this site: the log has the reason.' },
    'es-MX': { title: 'La importación falló de nuestro lado', detail: 'No se creó ningún curso. Importa el paquete de nuevo; si vuelve a fallar, avisa a quien administra este sitio: el registro dice por qué.' },
    ar: { title: 'تعطّل الاستيراد من جانبنا', detail: 'لم تُنشأ أي دورة. استورد الحزمة من جديد، وإن تعطّلت ثانيةً فأبلغ من يدير هذا الموقع: السبب مكتوب في السجل.' } } },
});

/** Why a package cannot be read: one for each code of `package/codes.ts`. */
export const packageProblems: Record<PackageErrorCode, string> = defineProblems('interop', {
  bad_encoding: { status: 422, text: {
    en: { title: 'A text cannot be read', detail: '{path} is not in the encoding that it names. Save it as UTF-8, or export the course again.' },
    'es-MX': { title: 'Hay un texto que no se puede leer', detail: '{path} no tiene la codificación que dice tener. Guárdalo como UTF-8 o vuelve a exportar el curso.' },
    ar: { title: 'تعذّرت قراءة نص', detail: 'ترميز الملف {path} يخالف ما يعلنه. احفظه بترميز UTF-8 أو صدّر الدورة من جديد.' } } },
  bad_front_matter: { status: 422, text: {
    en: { title: 'The head of a page cannot be read', detail: 'The lines between --- at the top of {path} are not valid YAML. Correct them and import again.' },
    'es-MX': { title: 'No se puede leer el encabezado de una página', detail: 'Las líneas entre --- al inicio de {path} no son YAML válido. Corrígelas e importa de nuevo.' },
    ar: { title: 'تعذّرت قراءة مقدمة صفحة', detail: 'الأسطر الواقعة بين --- في أول {path} ليست YAML سليمًا. صحّحها ثم استورد من جديد.' } } },
  bad_manifest: { status: 422, text: {
    en: { title: 'The table of contents cannot be read', detail: 'The file imsmanifest.xml of this package is damaged or of another kind. Export the course again from the system that it comes from.' },
    'es-MX': { title: 'No se puede leer el índice del paquete', detail: 'El archivo imsmanifest.xml está dañado o es de otro tipo. Vuelve a exportar el curso desde el sistema de origen.' },
    ar: { title: 'تعذّرت قراءة فهرس الحزمة', detail: 'الملف imsmanifest.xml تالف أو من نوع آخر. صدّر الدورة من جديد من النظام الذي جاءت منه.' } } },
  bad_xml: { status: 422, text: {
    en: { title: 'The package is damaged', detail: 'An XML file in it cannot be read. Export the course again from the system that it comes from.' },
    'es-MX': { title: 'El paquete está dañado', detail: 'Contiene un archivo XML que no se puede leer. Vuelve a exportar el curso desde el sistema de origen.' },
    ar: { title: 'الحزمة تالفة', detail: 'فيها ملف XML لا يمكن قراءته. صدّر الدورة من جديد من النظام الذي جاءت منه.' } } },
  compression_bomb: { status: 422, text: {
    en: { title: 'The package is packed too tightly', detail: 'Unpacked it would be out of all proportion to its size, so it was not opened. Export the course again, or make a new zip file of its folder.' },
    'es-MX': { title: 'El paquete está comprimido en exceso', detail: 'Al abrirlo crecería de forma desmedida, así que no se abrió. Vuelve a exportar el curso o crea un zip nuevo de su carpeta.' },
    ar: { title: 'الحزمة مضغوطة ضغطًا مفرطًا', detail: 'حجمها بعد الفك لا يتناسب مع حجمها، لذلك لم تُفتح. صدّر الدورة من جديد أو أنشئ ملف zip جديدًا من مجلدها.' } } },
  damaged_archive: { status: 422, text: {
    en: { title: 'The zip file is damaged', detail: 'It may have been cut off on its way. Download or export it again, then import it.' },
    'es-MX': { title: 'El archivo zip está dañado', detail: 'Puede haberse cortado en el camino. Descárgalo o expórtalo de nuevo y luego impórtalo.' },
    ar: { title: 'ملف zip تالف', detail: 'ربما انقطع أثناء نقله. نزّله أو صدّره من جديد ثم استورده.' } } },
  doctype_forbidden: { status: 422, text: {
    en: { title: 'The package contains something unsafe', detail: 'An XML file in it declares a document type, which can be used to attack. Export the course again without it.' },
    'es-MX': { title: 'El paquete contiene algo inseguro', detail: 'Un archivo XML declara un tipo de documento (DTD), que puede usarse para atacar. Vuelve a exportar el curso sin él.' },
    ar: { title: 'تحتوي الحزمة على ما هو غير آمن', detail: 'فيها ملف XML يعلن نوع مستند (DTD)، وهذا قد يُستعمل في الهجوم. صدّر الدورة من جديد من دونه.' } } },
  duplicate_entry: { status: 422, text: {
    en: { title: 'The zip file contradicts itself', detail: 'It holds {path} more than once. Unpack it, look which one is right, and make a new zip file.' },
    'es-MX': { title: 'El zip se contradice', detail: 'Contiene {path} más de una vez. Descomprímelo, revisa cuál es el correcto y crea un zip nuevo.' },
    ar: { title: 'ملف zip متناقض', detail: 'يحتوي على {path} أكثر من مرة. فكّه وانظر أيّها الصحيح ثم أنشئ ملف zip جديدًا.' } } },
  empty_course: { status: 422, text: {
    en: { title: 'There is no lesson in it', detail: 'Nothing in this package can become a lesson: no page, file, link or text. Choose what to export, and export again.' },
    'es-MX': { title: 'No contiene ninguna lección', detail: 'Nada en este paquete puede volverse lección: ni páginas, archivos, enlaces o textos. Elige qué exportar y exporta de nuevo.' },
    ar: { title: 'لا درس فيها', detail: 'لا شيء في هذه الحزمة يمكن أن يصير درسًا: لا صفحة ولا ملف ولا رابط ولا نص. اختر ما تريد تصديره ثم صدّر من جديد.' } } },
  encrypted: { status: 422, text: {
    en: { title: 'The package is locked with a password', detail: 'Make one without a password and import that.' },
    'es-MX': { title: 'El paquete tiene contraseña', detail: 'Crea uno sin contraseña e impórtalo.' },
    ar: { title: 'الحزمة محمية بكلمة مرور', detail: 'أنشئ حزمة بلا كلمة مرور ثم استوردها.' } } },
  file_missing: { status: 422, text: {
    en: { title: 'A file is missing', detail: 'The package names {path} but does not contain it. Export the course again.' },
    'es-MX': { title: 'Falta un archivo', detail: 'El paquete menciona {path}, pero no lo contiene. Vuelve a exportar el curso.' },
    ar: { title: 'ملف ناقص', detail: 'تذكر الحزمة {path} ولا تحتويه. صدّر الدورة من جديد.' } } },
  files_missing: { status: 422, text: {
    en: { title: 'Much of the course is missing', detail: '{missing, number} of {total, number} files are named but not in the package. It looks like a part of an export: export the whole course.' },
    'es-MX': { title: 'Falta gran parte del curso', detail: '{missing, number} de {total, number} archivos se mencionan pero no están en el paquete. Parece una exportación parcial: exporta el curso completo.' },
    ar: { title: 'معظم الدورة ناقص', detail: 'تذكر الحزمة {total, number} من الملفات وينقصها {missing, number}. يبدو أنها جزء من تصدير: صدّر الدورة كاملة.' } } },
  link_entry: { status: 422, text: {
    en: { title: 'The zip file contains links', detail: 'A link can point out of the package, so such files are not opened. Make the zip file from the real files.' },
    'es-MX': { title: 'El zip contiene enlaces simbólicos', detail: 'Un enlace puede apuntar fuera del paquete, por eso no se abre. Crea el zip con los archivos reales.' },
    ar: { title: 'يحتوي ملف zip على روابط رمزية', detail: 'قد يشير الرابط إلى خارج الحزمة، لذلك لا تُفتح مثل هذه الملفات. أنشئ ملف zip من الملفات الحقيقية.' } } },
  no_manifest: { status: 422, text: {
    en: { title: 'This is not a course package that we know', detail: 'It has neither a file imsmanifest.xml nor pages in Markdown. Export the course as Common Cartridge (.imscc), or bring a folder of Markdown as a zip file.' },
    'es-MX': { title: 'No es un paquete de curso que conozcamos', detail: 'No tiene un archivo imsmanifest.xml ni páginas en Markdown. Exporta el curso como Common Cartridge (.imscc) o trae una carpeta de Markdown en un zip.' },
    ar: { title: 'ليست حزمة دورة نعرفها', detail: 'ليس فيها الملف imsmanifest.xml ولا صفحات Markdown. صدّر الدورة بصيغة Common Cartridge ‏(.imscc) أو أحضر مجلد Markdown في ملف zip.' } } },
  not_an_archive: { status: 422, text: {
    en: { title: 'This is not a zip file', detail: 'Choose the package itself: a file ending in .imscc or .zip.' },
    'es-MX': { title: 'No es un archivo zip', detail: 'Elige el paquete mismo: un archivo que termina en .imscc o .zip.' },
    ar: { title: 'هذا ليس ملف zip', detail: 'اختر الحزمة نفسها: ملف ينتهي بـ ‎.imscc أو ‎.zip.' } } },
  not_found: { status: 422, text: {
    en: { title: 'The package is not there any more', detail: 'It was lost before it could be read. Import it again.' },
    'es-MX': { title: 'El paquete ya no está', detail: 'Se perdió antes de poder leerlo. Impórtalo de nuevo.' },
    ar: { title: 'لم تعد الحزمة موجودة', detail: 'فُقدت قبل أن تُقرأ. استوردها من جديد.' } } },
  out_of_memory: { status: 422, text: {
    en: { title: 'The package is too much at once', detail: 'Reading it took more memory than is allowed ({megabytes, number} MB). Split the course into several packages.' },
    'es-MX': { title: 'El paquete es demasiado de una vez', detail: 'Leerlo requirió más memoria de la permitida ({megabytes, number} MB). Divide el curso en varios paquetes.' },
    ar: { title: 'الحزمة أكبر مما يُقرأ دفعة واحدة', detail: 'احتاجت قراءتها إلى ذاكرة أكثر من المسموح ({megabytes, number} ميغابايت). قسّم الدورة إلى عدة حزم.' } } },
  timed_out: { status: 422, text: {
    en: { title: 'Reading the package took too long', detail: 'It was given up after {seconds, plural, one {# second} other {# seconds}}. Split the course into several packages.' },
    'es-MX': { title: 'Leer el paquete tardó demasiado', detail: 'Se detuvo después de {seconds, plural, one {# segundo} other {# segundos}}. Divide el curso en varios paquetes.' },
    ar: { title: 'استغرقت قراءة الحزمة وقتًا طويلًا', detail: 'أُوقفت بعد {seconds, plural, zero {أقل من ثانية} one {ثانية واحدة} two {ثانيتين} few {# ثوانٍ} many {# ثانية} other {# ثانية}}. قسّم الدورة إلى عدة حزم.' } } },
  too_large: { status: 422, text: {
    en: { title: 'The package is too large', detail: 'It, or one file in it, is larger than the {megabytes, number} MB allowed. Leave out what is large (films are better linked), or split the course.' },
    'es-MX': { title: 'El paquete es demasiado grande', detail: 'El paquete, o un archivo en él, supera los {megabytes, number} MB permitidos. Quita lo más grande (mejor enlaza los videos) o divide el curso.' },
    ar: { title: 'الحزمة كبيرة جدًا', detail: 'حجمها أو حجم ملف فيها يتجاوز المسموح ({megabytes, number} ميغابايت). احذف الملفات الكبيرة (ويُفضَّل ربط المقاطع المصورة بدل تضمينها) أو قسّم الدورة.' } } },
  too_many_entries: { status: 422, text: {
    en: { title: 'Too many files', detail: 'A package may hold {limit, number} files and folders. Leave out what the course does not use, or split it.' },
    'es-MX': { title: 'Demasiados archivos', detail: 'Un paquete puede tener {limit, number} archivos y carpetas. Quita lo que el curso no usa o divídelo.' },
    ar: { title: 'ملفات كثيرة جدًا', detail: 'الحد الأقصى لعدد الملفات والمجلدات في الحزمة هو {limit, number}. احذف ما لا تستعمله الدورة أو قسّمها.' } } },
  too_many_lessons: { status: 422, text: {
    en: { title: 'Too many lessons', detail: 'A course may have {limit, number} lessons. Split it into several packages.' },
    'es-MX': { title: 'Demasiadas lecciones', detail: 'Un curso puede tener {limit, number} lecciones. Divídelo en varios paquetes.' },
    ar: { title: 'دروس كثيرة جدًا', detail: 'الحد الأقصى لعدد دروس الدورة هو {limit, number}. قسّمها إلى عدة حزم.' } } },
  too_much_text: { status: 422, text: {
    en: { title: 'Too much text', detail: 'All pages together are longer than the {megabytes, number} MB allowed. Split the course into several packages.' },
    'es-MX': { title: 'Demasiado texto', detail: 'Todas las páginas juntas superan los {megabytes, number} MB permitidos. Divide el curso en varios paquetes.' },
    ar: { title: 'نصوص كثيرة جدًا', detail: 'مجموع نصوص الصفحات يتجاوز المسموح ({megabytes, number} ميغابايت). قسّم الدورة إلى عدة حزم.' } } },
  unsafe_path: { status: 422, text: {
    en: { title: 'The package contains something unsafe', detail: 'The path {path} leads out of the package, so it was not opened. Take a package from a source that you trust.' },
    'es-MX': { title: 'El paquete contiene algo inseguro', detail: 'La ruta {path} sale del paquete, así que no se abrió. Usa un paquete de una fuente en la que confíes.' },
    ar: { title: 'تحتوي الحزمة على ما هو غير آمن', detail: 'المسار {path} يقود إلى خارج الحزمة، لذلك لم تُفتح. استعمل حزمة من مصدر تثق به.' } } },
  unsupported_compression: { status: 422, text: {
    en: { title: 'This kind of compression is not read', detail: 'Unpack the package and make an ordinary zip file of it.' },
    'es-MX': { title: 'No se lee este tipo de compresión', detail: 'Descomprime el paquete y crea con él un zip normal.' },
    ar: { title: 'هذا النوع من الضغط غير مقروء', detail: 'فكّ الحزمة وأنشئ منها ملف zip عاديًا.' } } },
  unsupported_format: { status: 422, text: {
    en: { title: 'This format is not read yet', detail: 'The package is of the kind {found}. Export the course as Common Cartridge (.imscc), or bring a folder of Markdown as a zip file.' },
    'es-MX': { title: 'Todavía no se lee este formato', detail: 'El paquete es de tipo {found}. Exporta el curso como Common Cartridge (.imscc) o trae una carpeta de Markdown en un zip.' },
    ar: { title: 'هذه الصيغة غير مقروءة بعد', detail: 'الحزمة من النوع {found}. صدّر الدورة بصيغة Common Cartridge ‏(.imscc) أو أحضر مجلد Markdown في ملف zip.' } } },
});

const mebibyte = 1024 ** 2;

/** The problem that a reader is told. Limits in bytes are told in megabytes. */
export function problemOf({ code, params }: PackageError): { code: string; params: ProblemParams } {
  const { limit } = params;
  return { code: packageProblems[code], params: (code === 'too_large' || code === 'too_much_text') && typeof limit === 'number' ? { ...params, megabytes: Math.max(1, Math.floor(limit / mebibyte)) } : params };
}
