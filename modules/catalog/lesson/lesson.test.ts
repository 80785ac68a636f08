import { createTestBed, type Client, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

let bed: TestBed;
let here: TestTenant;
let author: Person;
let admin: Person;
let course: { id: string };
let lesson: { id: string };
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  [author, admin] = [await here.person('instructor'), await here.person('admin')];
  course = (await author.client.post('courses', { title: 'Rain', language: 'en' })).body;
  const module = (await author.client.post(`courses/${course.id}/modules`, { title: 'Tank' })).body;
  lesson = (await author.client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: 'Size', bodyHtml: '<p>One.</p>' })).body;
});

const at = () => `courses/${course.id}/lessons/${lesson.id}`;
const source = async () => (await admin.client.get(`${at()}/source`)).body;
const write = async (words: string, client: Client = author.client, more: object = {}) => client.patch(at(), { bodyHtml: `<p>${words}</p>`, ...more }, { 'if-match': `"${(await source()).version}"` });
const history = async () => (await author.client.get(`${at()}/revisions`)).body.data;
const later = async (minutes: number) => { bed.clock.advance(minutes * 60_000); };

describe('the history of a lesson', () => {
  test('keeps what somebody else wrote, and who, and when', async () => {
    await write('Two.');
    expect(await history()).toMatchObject([{ title: 'Size', member: { id: author.memberId }, current: false }]);
    await write('Three.', admin.client);
    await write('Four.', admin.client);
    const kept = await history();
    expect(kept).toHaveLength(2);
    const texts = await Promise.all(kept.map(async ({ id }: { id: string }) => (await author.client.get(`${at()}/revisions/${id}`)).body));
    expect(texts.map(({ bodyHtml }) => bodyHtml).toSorted()).toEqual(['<p>One.</p>', '<p>Two.</p>']);
    expect(texts[0].changes.map(({ kind }: { kind: string }) => kind)).toEqual(['removed', 'added']);
    expect(await source()).toMatchObject({ bodyHtml: '<p>Four.</p>', updatedBy: expect.stringContaining('Test') });
  });

  test('keeps one’s own text every ten minutes, and when one says so', async () => {
    await write('Two.');
    await write('Three.');
    expect(await history()).toHaveLength(1);
    await write('Four.', author.client, { keep: true });
    expect(await history()).toHaveLength(2);
    await later(11);
    const again = await here.signIn(author);
    const { version } = (await again.get(`${at()}/source`)).body;
    await again.patch(at(), { bodyHtml: '<p>Five.</p>' }, { 'if-match': `"${version}"` });
    expect((await again.get(`${at()}/revisions`)).body.data).toHaveLength(3);
  });

  test('saving the same again changes nothing', async () => {
    const before = await source();
    expect((await write('One.')).body.version).toBe(before.version);
    expect(await history()).toEqual([]);
  });

  test('who hears that somebody was quicker can save over it, and nothing is lost', async () => {
    const { version } = await source();
    await write('Theirs.', admin.client);
    const late = await author.client.patch(at(), { bodyHtml: '<p>Mine.</p>' }, { 'if-match': `"${version}"` });
    expect(late.body.code).toBe('kernel.version_conflict');
    await write('Mine.');
    const texts = await Promise.all((await history()).map(async ({ id }: { id: string }) => (await author.client.get(`${at()}/revisions/${id}`)).body.bodyHtml));
    expect(texts.toSorted()).toEqual(['<p>One.</p>', '<p>Theirs.</p>']);
  });

  test('gives an earlier text back, and keeps the one that it replaces', async () => {
    await write('Two.');
    const [first] = await history();
    const { version } = await source();
    const restore = (ifMatch: number) => author.client.ask(`/api/v1/${at()}/revisions/${first.id}/restore`, { method: 'POST', headers: { 'if-match': `"${ifMatch}"` } });
    expect((await restore(version - 1)).status).toBe(412);
    expect((await restore(version)).body).toMatchObject({ bodyHtml: '<p>One.</p>', version: version + 1 });
    expect(await history()).toMatchObject([{ current: false }, { current: true }]);
    expect((await author.client.get(`${at()}/revisions/${crypto.randomUUID()}`)).body.code).toBe('catalog.revision_not_found');
  });

  test('is for who may edit the course', async () => {
    await write('Two.');
    const [first] = await history();
    for (const client of [here.visitor, (await here.person('learner')).client, (await here.person('instructor')).client, (await (await bed.tenant()).person('admin')).client]) {
      for (const path of ['revisions', `revisions/${first.id}`, 'source']) expect([401, 403, 404]).toContain((await client.get(`${at()}/${path}`)).status);
      expect([401, 403, 404]).toContain((await client.patch(at(), { title: 'Taken' }, { 'if-match': '"2"' })).status);
    }
    expect((await source()).title).toBe('Size');
  });
});

describe('the files of a course', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const upload = (name: string, raw: Buffer = png, type = 'image/png', client: Client = author.client) => client.ask(`/api/v1/courses/${course.id}/files?name=${name}`, { method: 'POST', raw, headers: { 'content-type': type } });

  test('are uploaded, told apart by their kind, and counted against the plan', async () => {
    expect((await upload('rain.png')).body).toMatchObject({ name: 'rain.png', kind: 'picture', mediaType: 'image/png', size: png.length, address: expect.stringContaining(`/api/v1/courses/${course.id}/files/`) });
    expect((await upload('plan.pdf', Buffer.from('%PDF'), 'application/octet-stream')).body).toMatchObject({ kind: 'pdf' });
    expect((await upload('empty.txt', Buffer.alloc(0), 'text/plain')).status).toBe(422);
    expect((await author.client.get(`courses/${course.id}/files`)).body.data.map(({ name }: { name: string }) => name)).toEqual(['plan.pdf', 'rain.png']);
    await bed.owner.query("update tenancy_control.tenant set limits = jsonb_set(limits, '{storageBytes}', '80') where id = $1", [here.tenant.id]);
    bed.application.directory.forget();
    expect((await upload('more.png', Buffer.alloc(100, 1))).body.code).toBe('kernel.limit_reached');
    for (const client of [here.visitor, (await here.person('learner')).client, (await here.person('instructor')).client, (await (await bed.tenant()).person('admin')).client]) expect([401, 403, 404]).toContain((await upload('x.png', png, 'image/png', client)).status);
  });

  test('stand beside a lesson in the order that its author gives, and stay with the course afterwards', async () => {
    const [one, two] = [(await upload('one.png')).body, (await upload('two.png')).body];
    const attach = (fileId: string) => author.client.post(`${at()}/attachments`, { fileId });
    await attach(one.fileId);
    await attach(one.fileId);
    const { data } = (await attach(two.fileId)).body;
    expect(data.map(({ name }: { name: string }) => name)).toEqual(['one.png', 'two.png']);
    expect((await attach(crypto.randomUUID())).body.code).toBe('catalog.file_not_found');
    const [first, second] = data;
    expect((await author.client.put(`${at()}/attachments`, { attachmentIds: [second.id, first.id] })).body.data.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id]);
    expect((await author.client.put(`${at()}/attachments`, { attachmentIds: [second.id] })).body.code).toBe('catalog.outline_mismatch');
    expect((await author.client.patch(`${at()}/attachments/${first.id}`, { name: 'The plan' })).body.data[1].name).toBe('The plan');
    await author.client.post(`courses/${course.id}/publish`);
    expect((await author.client.delete(`${at()}/attachments/${first.id}`)).status).toBe(204);
    expect((await author.client.delete(`${at()}/attachments/${first.id}`)).status).toBe(404);
    expect((await author.client.get(`courses/${course.id}/draft`)).body.changed).toBe(true);
    const learner = await here.person('learner');
    await learner.client.post(`courses/${course.id}/enrollments`);
    expect((await learner.client.get(at())).body.attachments.map(({ name }: { name: string }) => name)).toEqual(['two.png', 'The plan']);
    expect((await learner.client.get(`courses/${course.id}/files/${one.fileId}`)).status).toBe(200);
  });

  test('are deleted once nothing needs them, and the copy of a course keeps its own', async () => {
    const remove = (fileId: string, id = course.id, client: Client = author.client) => client.delete(`courses/${id}/files/${fileId}`);
    const files = async (id = course.id) => (await author.client.get(`courses/${id}/files`)).body.data;
    const inMedia = async (fileId: string) => (await bed.owner.query('select from media.file where id = $1', [fileId])).rowCount;
    const refusal = async (fileId: string) => { const { status, body } = await remove(fileId, course.id, author.client.with({ 'accept-language': 'en' })); return [status, body.code, body.detail]; };
    const change = async (body: object) => author.client.patch(at(), body, { 'if-match': `"${(await source()).version}"` });
    const [spare, embedded, beside] = [(await upload('spare.png')).body.fileId, (await upload('embedded.png')).body.fileId, (await upload('beside.png')).body.fileId];
    await change({ bodyHtml: `<p><img src="milpa-file:${embedded}" alt="A roof"></p>` });
    const { data: [attachment] } = (await author.client.post(`${at()}/attachments`, { fileId: beside })).body;
    expect((await files()).map(({ name, uses }: { name: string; uses: { place: string; title: string }[] }) => [name, uses.map(({ place, title }) => [place, title])]))
      .toEqual([['beside.png', [['lesson', 'Size']]], ['embedded.png', [['lesson', 'Size']]], ['spare.png', []]]);

    for (const file of [embedded, beside]) expect(await refusal(file)).toEqual([409, 'catalog.file_in_use', 'The lesson “Size” uses it. Take it out there first.']);
    for (const client of [here.visitor, (await here.person('learner')).client, (await here.person('instructor')).client, (await (await bed.tenant()).person('admin')).client]) expect([401, 403, 404]).toContain((await remove(spare, course.id, client)).status);
    const { body: copy } = await author.client.post(`courses/${course.id}/duplicate`);
    expect((await remove(spare)).status).toBe(204);
    expect((await remove(spare)).body.code).toBe('catalog.file_not_found');
    expect(await inMedia(spare)).toBe(1);
    expect((await remove(spare, copy.id)).status).toBe(204);
    expect(await inMedia(spare)).toBe(0);

    // Never published, nobody else has it; published, learners may be on it for ever.
    expect((await author.client.delete(`${at()}/attachments/${attachment.id}`)).status).toBe(204);
    expect((await remove(beside)).status).toBe(204);
    await author.client.post(`courses/${course.id}/publish`);
    await change({ bodyHtml: '<p>Without it.</p>' });
    expect((await refusal(embedded))[2]).toContain('An earlier text of the lesson “Size” uses it');
    const poster = (await upload('poster.png')).body.fileId;
    await author.client.patch(`courses/${course.id}`, { poster: { fileId: poster, alt: 'Rain' } }, { 'if-match': `"${(await author.client.get(`courses/${course.id}`)).body.version}"` });
    expect((await refusal(poster))[2]).toContain('It is the picture of the course.');
  });

  test('a picture of them stands for the course', async () => {
    const [picture, text] = [(await upload('rain.png')).body, (await upload('a.txt', Buffer.from('x'), 'text/plain')).body];
    const set = async (poster: object | null) => author.client.patch(`courses/${course.id}`, { poster }, { 'if-match': `"${(await author.client.get(`courses/${course.id}`)).body.version}"` });
    expect((await set({ fileId: picture.fileId, alt: 'Rain on a roof' })).body.poster).toEqual({ fileId: picture.fileId, address: picture.address, alt: 'Rain on a roof' });
    expect((await set({ fileId: text.fileId, alt: '' })).body.code).toBe('catalog.not_a_picture');
    expect((await set({ fileId: crypto.randomUUID(), alt: '' })).body.code).toBe('catalog.file_not_found');
    await author.client.post(`courses/${course.id}/publish`);
    expect((await here.visitor.get(`courses/${course.id}/files/${picture.fileId}`)).status).toBe(200);
    expect((await here.visitor.get(`courses/${course.id}/files/${text.fileId}`)).status).toBe(403);
    expect((await set(null)).body.poster).toBeNull();
  });
});

test('what would not work for learners keeps a course from being published, and says where', async () => {
  await write(`Gone: <a href="milpa-lesson:${crypto.randomUUID()}">there</a>`);
  const { body } = await author.client.get(`courses/${course.id}/readiness`);
  expect(body).toMatchObject({ ready: false, items: [{ code: 'dead_lesson_link', severity: 'blocker', lessonId: lesson.id }, ...Array.from({ length: 4 }, () => ({ severity: 'advice' }))] });
  expect((await author.client.post(`courses/${course.id}/publish`)).body.code).toBe('catalog.course_not_ready');
  expect((await (await here.person('learner')).client.get(`courses/${course.id}/readiness`)).status).toBe(403);
  await write('Mended.');
  expect((await author.client.post(`courses/${course.id}/publish`)).status).toBe(200);
});
