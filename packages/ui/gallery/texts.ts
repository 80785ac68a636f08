/** Sample words, so that each component is seen in the three languages of the product. */
const en = {
  skip: 'Skip to content', close: 'Close', more: 'More', mainNavigation: 'Main', account: 'Account of Rosa Ejemplo', person: 'Rosa Ejemplo',
  tenant: 'Milpa Academy', nav: ['Home', 'Courses', 'Calendar', 'Messages', 'People', 'Reports', 'Settings'],
  signOut: 'Sign out', profile: 'Your profile', theme: 'Theme', themes: { light: 'Light', dark: 'Dark', system: 'As the device' }, language: 'Language',
  catalogue: 'Courses', catalogueLead: 'Learn at your own pace, with teachers who answer.', catalogueEyebrow: 'Catalogue', newCourse: 'New course', filter: 'Search courses',
  courses: [['Soil that gives back', 'Ana Prueba'], ['Reading rainfall', 'Luis Muestra'], ['Algebra for bakers', 'Mona Tagriba'], ['First aid at school', 'Ana Prueba'], ['Write so people read', 'Luis Muestra'], ['Bees and their year', 'Mona Tagriba']] as [string, string][],
  summary: 'What lives in a handful of earth, and how to care for it through the seasons.', lessons: '12 lessons', hours: '3 hours', free: 'Free', price: '$450', beginner: 'Beginner', science: 'Science',
  progress: 'Progress in the course', progressText: '3 of 8 lessons', published: 'Published', draft: 'Draft', overdue: 'Overdue', newWord: 'New', waiting: 'Waiting',
  buttons: 'Buttons', save: 'Save changes', cancel: 'Cancel', learnMore: 'Learn more', remove: 'Delete course', saving: 'Saving', notifications: 'Notifications, 3 new',
  forms: 'Forms', name: 'Your name', nameHint: 'As it should stand on your certificate.', email: 'E-mail', emailError: 'This address has no @. Write it like name@example.org.', errorTitle: 'Two things are missing', optional: '(optional)', about: 'About you', country: 'Country', countries: ['Mexico', 'Egypt', 'United States'],
  news: 'Send me news of this course', newsHint: 'At most one message a week.', pay: 'How do you want to pay?', payChoices: ['All at once', 'In three parts'], payHint: 'No extra cost.', reminders: 'Remind me of deadlines', file: 'Your homework', fileHint: 'A PDF or a picture of up to 20 MB. You can drop it here.',
  feedback: 'Notices', infoTitle: 'Classes begin on Monday', info: 'You find the link to the room in your calendar.', success: 'Your homework is in. Ana will read it by Friday.', warning: 'Your card expires this month.', danger: 'The payment did not go through. Your bank said no; try another card.',
  emptyTitle: 'No courses yet', empty: 'Create the first one: a title is enough to begin.', notFound: 'Nothing found for “astronomy”', toast: 'Saved', undo: 'Undo',
  tables: 'Tables and facts', member: 'Name', role: 'Role', paid: 'Paid', actions: 'Actions', open: 'Open', roles: ['Learner', 'Instructor', 'Guardian'], facts: [['Begins', '2 February'], ['Language', 'English'], ['Certificate', 'Yes']],
  navigation: 'Ways', crumbs: 'You are here', tabs: ['Overview', 'Lessons', 'People', 'Marks'], stepLabel: 'Enrolment', steps: ['Course', 'Your data', 'Payment', 'Done'], previous: 'Previous', next: 'Next', pages: 'Pages',
  dialogOpen: 'Leave course…', dialogTitle: 'Leave this course?', dialogText: 'Your marks stay with you. You can come back at any time.', leave: 'Leave',
  outline: 'Contents', back: 'Back to the course', sections: ['The ground', 'Water', 'Seeds'], lessonTitles: ['What soil is', 'Who lives in it', 'A jar of earth'], states: { done: 'done', current: 'you are here', open: 'not begun', locked: 'locked' }, minutes: '6 min', completeNext: 'Complete and continue',
  lesson: { title: 'Who lives in the soil', intro: 'In one handful of healthy earth there are more living beings than people on the planet. Most of them we cannot see; all of them work.', h2: 'The first helpers', body: 'Earthworms open the way for water and air. Fungi carry food from root to root, sometimes over many metres. Bacteria turn what has fallen into what can grow.', list: ['Worms mix the layers.', 'Fungi bind the crumbs.', 'Roots feed them all with sugar.'], quote: 'Try it: fill a jar with earth and water, shake it, and wait a day. The layers tell you what your soil is made of.', tableHead: ['Layer', 'Grain', 'Settles in'], table: [['Sand', '2 mm', '1 minute'], ['Silt', '0.05 mm', '2 hours'], ['Clay', '0.002 mm', '1 day']], code: 'share = layer / total * 100', caption: 'Three layers after a day of rest.' },
  signIn: 'Good to see you', signInLead: 'Sign in to go on where you stopped.', password: 'Password', forgot: 'Forgot your password?', enter: 'Sign in', noAccount: 'No account yet?', join: 'Create one', footer: 'Free software under the AGPL',
};

const es: typeof en = {
  ...en,
  skip: 'Ir al contenido', close: 'Cerrar', more: 'Más', mainNavigation: 'Principal', tenant: 'Academia Milpa', nav: ['Inicio', 'Cursos', 'Calendario', 'Mensajes', 'Personas', 'Reportes', 'Ajustes'],
  catalogue: 'Cursos', catalogueLead: 'Aprende a tu ritmo, con maestras y maestros que responden.', catalogueEyebrow: 'Catálogo', newCourse: 'Nuevo curso',
  courses: [['Suelo que da de vuelta', 'Ana Prueba'], ['Leer la lluvia', 'Luis Muestra'], ['Álgebra para panaderos', 'Mona Tagriba'], ['Primeros auxilios en la escuela', 'Ana Prueba'], ['Escribe para que te lean', 'Luis Muestra'], ['Las abejas y su año', 'Mona Tagriba']] as [string, string][],
  summary: 'Qué vive en un puñado de tierra y cómo cuidarla a lo largo del año.', lessons: '12 lecciones', hours: '3 horas', free: 'Gratis',
};

const ar: typeof en = {
  ...en,
  skip: 'انتقل إلى المحتوى', close: 'إغلاق', more: 'المزيد', mainNavigation: 'التنقل الرئيسي', account: 'حساب منى تجربة', person: 'منى تجربة',
  tenant: 'مدرسة ميلبا', nav: ['الرئيسية', 'المواد', 'الجدول', 'الرسائل', 'الأشخاص', 'التقارير', 'الإعدادات'], signOut: 'تسجيل الخروج', profile: 'ملفك الشخصي', theme: 'المظهر', themes: { light: 'فاتح', dark: 'داكن', system: 'مثل الجهاز' }, language: 'اللغة',
  catalogue: 'المواد الدراسية', catalogueLead: 'تعلّم بالسرعة التي تناسبك، مع معلمين يجيبون عن أسئلتك.', catalogueEyebrow: 'الفصل الدراسي الثاني', newCourse: 'مادة جديدة', filter: 'ابحث في المواد',
  courses: [['تربة تعطي كما تأخذ', 'منى تجربة'], ['قراءة المطر', 'سامي مثال'], ['الجبر للخبازين', 'ليلى عينة'], ['الإسعافات الأولية في المدرسة', 'منى تجربة'], ['اكتب ليقرأك الناس', 'سامي مثال'], ['النحل وعامه', 'ليلى عينة']] as [string, string][],
  summary: 'ماذا يعيش في حفنة من التراب، وكيف نعتني به على مدار الفصول.', lessons: '١٢ درسًا', hours: '٣ ساعات', free: 'مجاني', price: '٤٥٠ ج.م', beginner: 'مبتدئ', science: 'علوم',
  progress: 'تقدمك في المادة', progressText: '٣ من ٨ دروس', published: 'منشور', draft: 'مسودة', overdue: 'متأخر', newWord: 'جديد', waiting: 'في الانتظار',
  buttons: 'الأزرار', save: 'حفظ التغييرات', cancel: 'إلغاء', learnMore: 'اعرف المزيد', remove: 'حذف المادة', saving: 'جارٍ الحفظ', notifications: 'الإشعارات، ٣ جديدة',
  forms: 'النماذج', name: 'اسمك', nameHint: 'كما تريد أن يظهر في الشهادة.', email: 'البريد الإلكتروني', emailError: 'لا توجد علامة @ في العنوان. اكتبه مثل name@example.org.', errorTitle: 'ينقص شيئان', optional: '(اختياري)', about: 'نبذة عنك', country: 'البلد', countries: ['المكسيك', 'مصر', 'الولايات المتحدة'],
  news: 'أرسل إليّ أخبار هذه المادة', newsHint: 'رسالة واحدة في الأسبوع على الأكثر.', pay: 'كيف تريد أن تدفع؟', payChoices: ['دفعة واحدة', 'على ثلاث دفعات'], payHint: 'دون تكلفة إضافية.', reminders: 'ذكّرني بالمواعيد', file: 'واجبك', fileHint: 'ملف PDF أو صورة حتى ٢٠ ميجابايت. يمكنك إسقاطه هنا.',
  feedback: 'التنبيهات', infoTitle: 'تبدأ الحصص يوم الاثنين', info: 'تجد رابط القاعة في جدولك.', success: 'وصل واجبك. ستقرؤه منى قبل يوم الجمعة.', warning: 'تنتهي صلاحية بطاقتك هذا الشهر.', danger: 'لم تتم عملية الدفع. رفضها البنك؛ جرّب بطاقة أخرى.',
  emptyTitle: 'لا توجد مواد بعد', empty: 'أنشئ أول مادة: يكفي عنوان للبدء.', notFound: 'لا نتائج لكلمة «فلك»', toast: 'تم الحفظ', undo: 'تراجع',
  tables: 'الجداول', member: 'الاسم', role: 'الدور', paid: 'المدفوع', actions: 'إجراءات', open: 'فتح', roles: ['طالبة', 'معلم', 'ولي أمر'], facts: [['البداية', '٢ فبراير'], ['اللغة', 'العربية'], ['الشهادة', 'نعم']],
  navigation: 'الطرق', crumbs: 'أنت هنا', tabs: ['نظرة عامة', 'الدروس', 'الأشخاص', 'الدرجات'], stepLabel: 'التسجيل', steps: ['المادة', 'بياناتك', 'الدفع', 'تم'], previous: 'السابق', next: 'التالي', pages: 'الصفحات',
  dialogOpen: 'مغادرة المادة…', dialogTitle: 'هل تريد مغادرة المادة؟', dialogText: 'تبقى درجاتك معك. يمكنك العودة في أي وقت.', leave: 'مغادرة',
  outline: 'المحتويات', back: 'العودة إلى المادة', sections: ['الأرض', 'الماء', 'البذور'], lessonTitles: ['ما هي التربة', 'من يعيش فيها', 'وعاء من التراب'], states: { done: 'مكتمل', current: 'أنت هنا', open: 'لم يبدأ', locked: 'مغلق' }, minutes: '٦ دقائق', completeNext: 'إكمال ومتابعة',
  lesson: { title: 'من يعيش في التربة', intro: 'في حفنة واحدة من التراب السليم كائنات حية أكثر من عدد البشر على الكوكب. معظمها لا نراه، وكلها تعمل.', h2: 'المساعدون الأوائل', body: 'تفتح ديدان الأرض الطريق للماء والهواء. وتنقل الفطريات الغذاء من جذر إلى جذر، أحيانًا لأمتار كثيرة. وتحوّل البكتيريا ما سقط إلى ما يمكن أن ينمو.', list: ['الديدان تمزج الطبقات.', 'الفطريات تربط الحبيبات.', 'الجذور تغذيها جميعًا بالسكر.'], quote: 'جرّب: املأ وعاءً بالتراب والماء، ورجّه، وانتظر يومًا. تخبرك الطبقات ممّ تتكون تربتك.', tableHead: ['الطبقة', 'الحبيبة', 'تستقر خلال'], table: [['رمل', '٢ مم', 'دقيقة'], ['طمي', '٠٫٠٥ مم', 'ساعتين'], ['طين', '٠٫٠٠٢ مم', 'يوم']], code: 'share = layer / total * 100', caption: 'ثلاث طبقات بعد يوم من السكون.' },
  signIn: 'سعداء برؤيتك', signInLead: 'سجّل الدخول لتكمل من حيث توقفت.', password: 'كلمة المرور', forgot: 'نسيت كلمة المرور؟', enter: 'تسجيل الدخول', noAccount: 'ليس لديك حساب؟', join: 'أنشئ حسابًا', footer: 'برنامج حر برخصة AGPL',
};

export const TEXTS = { en, es, ar };
export type Language = keyof typeof TEXTS;
export type Text = typeof en;
export type PageProps = { text: Text; language: Language };
