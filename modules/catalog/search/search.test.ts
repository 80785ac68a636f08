import { createTestBed, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let bed: TestBed;
let here: TestTenant;
let author: Client;

async function published(client: Client, title: string, more: Record<string, unknown> = {}, lesson = { title: 'First', bodyHtml: '<p>Text</p>', minutes: 30 }) {
  const { body: course } = await client.post('courses', { title, language: 'es-MX', summary: 'Para empezar.', ...more });
  const { body: module } = await client.post(`courses/${course.id}/modules`, { title: 'Uno' });
  await client.post(`courses/${course.id}/modules/${module.id}/lessons`, lesson);
  const { status, text } = await client.post(`courses/${course.id}/publish`);
  if (status !== 200) throw new Error(text);
  return course;
}

interface Found { title: string; summary: string; marks: { title: [number, number][]; summary: [number, number][] } }
const ask = async (query: Record<string, string>, client = here.visitor) => (await client.get(`courses?${new URLSearchParams(query)}`)).body;
const titles = async (q: string, more: Record<string, string> = {}) => (await ask({ q, ...more })).data.map((course: Found) => course.title);

beforeAll(async () => {
  bed = await createTestBed();
  here = await bed.tenant();
  author = (await here.person('instructor')).client;
  await published(author, 'Energía solar en casa', { tags: ['fotovoltaica'], summary: 'Instala paneles y calcula tu consumo de agua caliente.' });
  await published(author, 'Educación ambiental', { summary: 'Para docentes de primaria.' });
  await published(author, 'Español para principiantes', { summary: 'Lecciones cortas.' });
  await published(author, 'Un año de huerto', {}, { title: 'Compostas calientes', bodyHtml: '<p>El lombricompostaje da tierra negra.</p>', minutes: 30 });
  await published(author, 'Programming for gardens', { language: 'en', summary: 'Small programs that water plants.' });
  await published(author, 'الطاقة الشمسية للمبتدئين', { language: 'ar', summary: 'كيف تعمل الألواح', tags: ['طاقة'] });
  await published(author, 'أساسيات البرمجة', { language: 'ar', summary: 'للمدرسة والبيت' });
});
afterAll(() => bed.close());

describe('words are found', () => {
  test.each([
    ['by their accents or without', 'energia', 'Energía solar en casa'],
    ['in capitals', 'ENERGÍA', 'Energía solar en casa'],
    ['in the plural', 'energías', 'Energía solar en casa'],
    ['in another form', 'educaciones', 'Educación ambiental'],
    ['in English forms', 'programs garden', 'Programming for gardens'],
    ['by a beginning', 'fotov', 'Energía solar en casa'],
    ['by tag', 'fotovoltaica', 'Energía solar en casa'],
    ['with little words between', 'el huerto de un año', 'Un año de huerto'],
    ['without ñ on the keyboard', 'espanol', 'Español para principiantes'],
    ['in the titles of lessons', 'compostas', 'Un año de huerto'],
    ['in the text of lessons', 'lombricompostaje', 'Un año de huerto'],
    ['in Arabic, with ه for ة', 'الطاقه', 'الطاقة الشمسية للمبتدئين'],
    ['in Arabic, without the article', 'طاقة شمسية', 'الطاقة الشمسية للمبتدئين'],
    ['in Arabic, with vowel signs and tatweel', 'الشَّمـسية', 'الطاقة الشمسية للمبتدئين'],
    ['in Arabic, whose root begins like a preposition', 'برمجة', 'أساسيات البرمجة'],
    ['in Arabic, without hamza', 'اساسيات', 'أساسيات البرمجة'],
  ])('%s: %s', async (_how, q, title) => expect(await titles(q)).toEqual([title]));

  test('año is not ano', async () => {
    expect(await titles('año')).toEqual(['Un año de huerto']);
    expect(await titles('ano')).toEqual(['Un año de huerto']);
  });
});

describe('misspelt words', () => {
  test.each([['enegria', 'energia'], ['fotovltaica', 'fotovoltaica'], ['progamming', 'programming'], ['الشمسبة', 'الشمسيه'], ['fotovlta', 'fotovoltaica'], ['enrgia slar', 'energia solar']])('%s is %s', async (q, corrected) => {
    const { data, search } = await ask({ q });
    expect(search).toEqual({ corrected, some: false });
    expect(data).toHaveLength(1);
  });

  test('are not corrected into what another tenant wrote', async () => {
    const elsewhere = await bed.tenant();
    await published((await elsewhere.person('instructor')).client, 'Meteorología');
    expect((await ask({ q: 'meteorologa' }, elsewhere.visitor)).search.corrected).toBe('meteorologia');
    expect(await ask({ q: 'meteorologa' })).toMatchObject({ data: [], search: { corrected: null } });
    expect((await ask({ q: 'energia' }, elsewhere.visitor)).data).toEqual([]);
  });

  test('leave the vocabulary with the last course that had them', async () => {
    const course = await published(author, 'Paleontología');
    expect((await ask({ q: 'paleontolgia' })).search.corrected).toBe('paleontologia');
    await author.post(`courses/${course.id}/archive`);
    expect(await ask({ q: 'paleontolgia' })).toMatchObject({ data: [], search: { corrected: null } });
  });
});

test('where no course has all the words, those that have some are found, and it is said', async () => {
  const { data, search } = await ask({ q: 'energia huerto' });
  expect(search).toEqual({ corrected: null, some: true });
  expect(data.map((course: Found) => course.title).sort()).toEqual(['Energía solar en casa', 'Un año de huerto']);
});

test('a title weighs more than a summary, and a summary more than a lesson', async () => {
  const places = await bed.tenant();
  const { client } = await places.person('instructor');
  await published(client, 'Tercero', {}, { title: 'Sobre el suelo', bodyHtml: '', minutes: 5 });
  await published(client, 'Segundo', { summary: 'Cuida el suelo.' });
  await published(client, 'El suelo');
  expect((await ask({ q: 'suelo' }, places.visitor)).data.map((course: Found) => course.title)).toEqual(['El suelo', 'Segundo', 'Tercero']);
});

test('what was found is marked in the title and the summary, as ranges', async () => {
  const { data: [course] } = await ask({ q: 'energias agua' });
  const marked = (text: string, ranges: [number, number][]) => ranges.map(([start, end]) => text.slice(start, end));
  expect(marked(course.title, course.marks.title)).toEqual(['Energía']);
  expect(marked(course.summary, course.marks.summary)).toEqual(['agua']);
  expect((await ask({})).data[0].marks).toBeNull();
});

test('a search is data, whatever is typed', async () => {
  for (const q of ["'; drop table catalog.course; --", '%_\\', ':*&|!', '\u{1f33d}', '()', 'a'.repeat(200), '\u0000']) expect([200, 422]).toContain((await here.visitor.get(`courses?${new URLSearchParams({ q })}`)).status);
  expect((await ask({ q: '…' })).data).toHaveLength((await ask({})).data.length);
});

test('a changed title is found by its new words only', async () => {
  const course = await published(author, 'Carpintería');
  const { body: now } = await author.get(`courses/${course.id}`);
  await author.patch(`courses/${course.id}`, { title: 'Ebanistería' }, { 'if-match': `"${now.version}"` });
  expect(await titles('ebanisteria')).toEqual(['Ebanistería']);
  expect((await ask({ q: 'carpinteria' })).data).toEqual([]);
  await author.post(`courses/${course.id}/archive`);
});

test('suggestions complete the last word, and name courses', async () => {
  const { body } = await here.visitor.get(`course-suggestions?${new URLSearchParams({ q: 'energia sol' })}`);
  expect(body.words).toEqual(['energia solar']);
  expect(body.courses.map((course: Found) => course.title)).toEqual(['Energía solar en casa']);
  expect((await here.visitor.get('course-suggestions?q=e')).body).toEqual({ courses: [], words: [] });
});

test('related courses share words, and none is related to itself', async () => {
  const other = await published(author, 'Solar para todos', { tags: ['fotovoltaica'] });
  const { body } = await here.visitor.get(`courses/${other.slug}/related`);
  expect(body.data[0].title).toBe('Energía solar en casa');
  expect(body.data.map((course: { id: string }) => course.id)).not.toContain(other.id);
  await author.post(`courses/${other.id}/archive`);
  expect((await here.visitor.get(`courses/${other.slug}/related`)).status).toBe(404);
});

test('what was published before there was a search becomes findable by a job, once and for all', async () => {
  const before = await bed.tenant();
  await published((await before.person('instructor')).client, 'Apicultura');
  await bed.owner.query('delete from catalog.search_term where tenant_id = $1', [before.tenant.id]);
  await bed.owner.query('delete from catalog.search_gram where tenant_id = $1', [before.tenant.id]);
  expect((await ask({ q: 'apicultura' }, before.visitor)).data).toEqual([]);
  for (const time of ['first', 'second']) {
    await bed.owner.query("select kernel.add_job('catalog.refreshSearch', '{}'::json, $1, null, 3)", [time]);
    await bed.runJobs();
    expect((await ask({ q: 'apicultora' }, before.visitor)).search.corrected).toBe('apicultura');
  }
});
