import { createTestBed, type Client, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

let bed: TestBed;
let here: TestTenant;
let author: Person;
let learner: Person;
let admin: Person;
let course: { id: string };
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  [author, learner, admin] = [await here.person('instructor'), await here.person('learner'), await here.person('admin')];
  course = (await author.client.post('courses', { title: 'Rain', language: 'en' })).body;
});

const at = (what: string) => `courses/${course.id}/${what}`;
const addModule = async (title: string): Promise<string> => (await author.client.post(at('modules'), { title })).body.id;
const addLesson = async (moduleId: string, title: string, bodyHtml = '<p>Text</p>'): Promise<string> => (await author.client.post(at(`modules/${moduleId}/lessons`), { title, bodyHtml })).body.id;
const upload = async (name: string): Promise<string> => (await author.client.ask(`/api/v1/${at('files')}?name=${name}`, { method: 'POST', raw: Buffer.from(name), headers: { 'content-type': 'text/plain' } })).body.fileId;

describe('a file of a lesson', () => {
  let modules: string[];
  let files: { open: string; embedded: string; attached: string; both: string; draft: string };
  const get = (client: Client, file: string, headers: Record<string, string> = {}) => client.get(at(`files/${file}`), headers);
  const answer = async (client: Client, file: string) => { const { status, body } = await get(client, file); return [status, body?.code]; };

  beforeEach(async () => {
    modules = [await addModule('One'), await addModule('Two')];
    files = { open: await upload('open.txt'), embedded: await upload('embedded.txt'), attached: await upload('attached.txt'), both: await upload('both.txt'), draft: await upload('draft.txt') };
    const link = (file: string) => `<p><a href="milpa-file:${file}">Here</a></p>`;
    await addLesson(modules[0]!, 'First', link(files.open) + link(files.both));
    const later = await addLesson(modules[1]!, 'Later', link(files.embedded) + link(files.both));
    await author.client.post(at(`lessons/${later}/attachments`), { fileId: files.attached });
    await author.client.patch(at(`modules/${modules[1]}`), { release: { kind: 'weeks', afterEnrollment: 1 } });
    await author.client.post(at('publish'));
    await addLesson(modules[0]!, 'Not published', link(files.draft));
    await learner.client.post(at('enrollments'));
  });

  test('waits with its lesson, and opens with it', async () => {
    for (const file of [files.embedded, files.attached]) expect(await answer(learner.client, file)).toEqual([409, 'learning.lesson_locked']);
    for (const file of [files.open, files.both]) expect((await get(learner.client, file)).status).toBe(200);
    expect(await answer(learner.client, files.draft)).toEqual([404, 'learning.file_not_found']);
    bed.clock.advance(7 * 86_400_000);
    const reader = await here.signIn(learner);
    for (const file of [files.embedded, files.attached]) expect((await get(reader, file)).status).toBe(200);
  });

  test('is always there for its author and for who decides about courses, and for nobody else', async () => {
    for (const { client } of [author, admin]) for (const file of Object.values(files)) expect((await get(client, file)).status).toBe(200);
    expect(await answer((await here.person('learner')).client, files.open)).toEqual([403, 'learning.not_enrolled']);
    expect((await get((await (await bed.tenant()).person('admin')).client, files.open)).status).toBe(404);
  });

  test('is asked for anew each time, and not sent again', async () => {
    const first = await get(learner.client, files.open);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    expect((await get(learner.client, files.open, { 'if-none-match': String(first.headers.etag) })).status).toBe(304);
    const known = String((await get(author.client, files.attached)).headers.etag);
    expect((await get(learner.client, files.attached, { 'if-none-match': known })).status).toBe(409);
  });

  test('in the description may be kept for a while', async () => {
    await author.client.patch(`courses/${course.id}`, { descriptionHtml: `<p><a href="milpa-file:${files.attached}">Here</a></p>` }, { 'if-match': `"${(await author.client.get(`courses/${course.id}`)).body.version}"` });
    expect((await get(learner.client, files.attached)).headers['cache-control']).toBe('private, max-age=86400');
  });
});

describe('a preview', () => {
  const titles = async (client: Client, query = '') => (await client.get(at(`player${query}`))).body.modules.flatMap((module: { lessons: { title: string }[] }) => module.lessons.map(({ title }) => title));

  test('shows who decides what waits, and the author the draft', async () => {
    await bed.owner.query("update tenancy_control.tenant set features = features || '{\"courseReview\": true}' where id = $1", [here.tenant.id]);
    bed.application.directory.forget();
    const module = await addModule('One');
    const lesson = await addLesson(module, 'Sent', '<p>As sent</p>');
    expect((await author.client.post(at('review'), {})).status).toBe(201);
    await author.client.patch(at(`lessons/${lesson}`), { title: 'Changed since', bodyHtml: '<p>Since</p>' }, { 'if-match': '"1"' });
    await addLesson(module, 'Written since');

    for (const query of ['', '?preview=review']) {
      expect(await titles(admin.client, query)).toEqual(['Sent']);
      expect((await admin.client.get(at(`lessons/${lesson}${query}`))).body).toMatchObject({ title: 'Sent', bodyHtml: '<p>As sent</p>' });
      expect(await titles(author.client, query)).toEqual(['Changed since', 'Written since']);
    }
    expect((await admin.client.get(at('player'))).body.version).toBe(1);
    expect(await titles(admin.client, '?preview=true')).toEqual(['Changed since', 'Written since']);
    expect((await learner.client.get(at('player?preview=review'))).status).toBe(404);

    await admin.client.post(at('review/return'), { comment: 'More, please' });
    expect((await admin.client.get(at('player?preview=review'))).body).toMatchObject({ version: null, modules: [{ lessons: [{}, {}] }] });
  });
});

test('the outlines of all courses under way are those of each, the one opened last first', async () => {
  const { courses, lessons } = await twoCourses();
  const [rain, wind] = courses as [string, string];
  for (const id of courses) await learner.client.post(`courses/${id}/enrollments`);
  const enrollment = async (id: string) => (await learner.client.get(`courses/${id}/enrollment`)).body.id;
  const players = async (client = learner.client) => (await client.get('players')).body.data;
  bed.clock.advance(1000);
  await learner.client.put(`enrollments/${await enrollment(rain)}/lessons/${lessons[0]}/completion`);
  await learner.client.put(`enrollments/${await enrollment(rain)}/position`, { lessonId: lessons[0] });
  expect(await players()).toEqual([(await learner.client.get(`courses/${rain}/player`)).body, (await learner.client.get(`courses/${wind}/player`)).body]);
  expect((await players())[0]).toMatchObject({ course: { id: rain, title: 'Rain' }, modules: [{ completedLessons: 1 }] });
  await learner.client.delete(`enrollments/${await enrollment(rain)}`);
  expect((await players()).map((one: { course: { id: string } }) => one.course.id)).toEqual([wind]);
  expect(await players((await here.person('learner')).client)).toEqual([]);
  expect((await here.visitor.get('players')).status).toBe(401);
});

async function twoCourses(): Promise<{ courses: string[]; lessons: string[] }> {
  const [courses, lessons]: string[][] = [[], []];
  for (const title of ['Rain', 'Wind']) {
    course = (await author.client.post('courses', { title, language: 'en' })).body;
    const moduleId = await addModule('One');
    courses!.push(course.id);
    lessons!.push(await addLesson(moduleId, 'First'));
    await addLesson(moduleId, 'Second');
    await author.client.post(at('publish'));
  }
  return { courses: courses!, lessons: lessons! };
}
