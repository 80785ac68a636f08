import { randomUUID } from 'node:crypto';
import type { Job } from '@milpa/kernel';
import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';
import { item, manifest, module, resource, tinyCartridge } from '../package/testing/cartridge.ts';
import { entriesOf, zip } from '../package/testing/zip.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
afterEach(() => { vi.restoreAllMocks(); });

/** A course of two lessons with a picture, an attachment, a link between lessons, and something that gets lost. */
const course = {
  'imsmanifest.xml': manifest(
    module('Uno', item('Inicio', 'first'), item('Examen', 'quiz')) + module('Dos', item('Después', 'second')),
    resource('first', 'webcontent', 'first.html', 'sun.png') + resource('second', 'webcontent', 'second.html', 'guide.pdf') + resource('quiz', 'imsqti_xmlv1p2/imscc_xmlv1p1/assessment', 'quiz.xml'),
  ),
  'first.html': '<h2>El sol</h2><p onclick="x()"><img src="sun.png" alt="Sol"> <a href="second.html">sigue</a></p>',
  'second.html': '<p>Después</p><pre><code>a</code></pre>',
  'sun.png': 'png', 'guide.pdf': 'pdf', 'quiz.xml': '<questestinterop/>',
};
const cartridge = zip(entriesOf(course));
const numbered = (text: string) => zip(entriesOf(tinyCartridge(`<p>${text}</p>`)));

const upload = (person: Person, content: Buffer = cartridge, { name = 'El maíz.imscc', headers = {} }: { name?: string; headers?: Record<string, string> } = {}) =>
  person.client.ask(`course-imports?name=${encodeURIComponent(name)}`, { method: 'POST', raw: content, headers: { 'content-type': 'application/zip', ...headers } });
const read = async (person: Person, id: string) => (await person.client.get(`course-imports/${id}`)).body;
const coursesOf = async (person: Person) => (await person.client.get('managed-courses')).body.data as { id: string; title: string }[];

/** Uploads, runs the job, and reads what came of it. */
async function bring(person: Person, content?: Buffer) {
  const { body } = await upload(person, content);
  await bed.runJobs();
  return read(person, body.id);
}

const importJob = () => bed.application.jobs.find((job) => job.name === 'interop.importCourse') as Job<{ tenantId: string; importId: string }>;
const runJob = ({ tenant }: TestTenant, importId: string, attempt = 1) =>
  importJob().run({ tenantId: tenant.id, importId }, { attempt, lastAttempt: attempt === importJob().maxAttempts, signal: new AbortController().signal, log: pino({ level: 'silent' }) });

test('a package becomes a draft of who brought it, with its outline, its files and a report', async () => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  const asked = await upload(instructor);
  expect(asked).toMatchObject({ status: 202, body: { status: 'queued', step: 'waiting', progress: 0, fileName: 'El maíz.imscc', requestedBy: instructor.memberId, course: null, problem: null } });

  await bed.runJobs();
  const done = await read(instructor, asked.body.id);
  expect(done).toMatchObject({ status: 'succeeded', step: 'finished', progress: 100, repeated: false, course: { title: 'El maíz' } });
  expect(done.report).toContainEqual({ outcome: 'dropped', kind: 'quiz', title: 'Examen', reason: 'quiz_not_supported' });
  expect(done.report).toContainEqual(expect.objectContaining({ outcome: 'changed', reason: 'active_content_removed' }));

  const made = (await instructor.client.get(`courses/${done.course.id}`)).body;
  expect(made).toMatchObject({ status: 'draft', language: 'es-MX', ownerMemberId: instructor.memberId, moduleCount: 2, lessonCount: 2 });
  const { modules } = (await instructor.client.get(`courses/${done.course.id}/outline`)).body;
  const [first, second] = modules.map((one: { lessons: { id: string }[] }) => one.lessons[0]!.id);
  const { bodyHtml } = (await instructor.client.get(`courses/${done.course.id}/lessons/${first}/source`)).body;
  expect(bodyHtml).toContain(`<a href="milpa-lesson:${second}"`);
  const picture = /<img src="([^"]+)"/.exec(bodyHtml)?.[1];
  expect((await instructor.client.get(picture ?? '')).text).toBe('png');
  const later = (await instructor.client.get(`courses/${done.course.id}/lessons/${second}/source`)).body;
  expect(later.attachments).toEqual([expect.objectContaining({ name: 'guide.pdf', mediaType: 'application/pdf' })]);
});

test('the same package again, even zipped anew, is the same course', async () => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  const first = await bring(instructor);
  const again = await bring(instructor, zip(entriesOf(course).reverse().map((entry) => ({ ...entry, stored: true }))));
  expect(again).toMatchObject({ status: 'succeeded', repeated: true, course: { id: first.course.id } });
  expect(await coursesOf(instructor)).toHaveLength(1);
});

test('a draft that came of a package can be deleted, and brought again', async () => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  const first = await bring(instructor);
  expect((await instructor.client.delete(`courses/${first.course.id}`)).status).toBe(204);
  expect(await read(instructor, first.id)).toMatchObject({ status: 'succeeded', course: null });
  expect(await failedChecks(bed.application.database, school.tenant, loadChecks())).toEqual([]);
  expect(await bring(instructor)).toMatchObject({ status: 'succeeded', repeated: false });
});

test('two at once make one course', async () => {
  const school = await bed.tenant();
  const [one, other] = [await school.person('instructor'), await school.person('instructor')];
  const imports = [(await upload(one)).body.id, (await upload(other)).body.id];
  await Promise.all(imports.map((id) => runJob(school, id)));
  const [a, b] = [await read(one, imports[0]), await read(other, imports[1])];
  expect([a.status, b.status]).toEqual(['succeeded', 'succeeded']);
  expect(a.course.id).toBe(b.course.id);
  expect([a.repeated, b.repeated].sort()).toEqual([false, true]);
});

test('each organisation has its own course of the same package', async () => {
  const [here, there] = [await bed.tenant(), await bed.tenant()];
  const [one, other] = [await here.person('instructor'), await there.person('instructor')];
  const [a, b] = [await bring(one), await bring(other)];
  expect(b).toMatchObject({ status: 'succeeded', repeated: false });
  expect(a.course.id).not.toBe(b.course.id);
});

test.each<[what: string, content: () => Buffer, code: string]>([
  ['a damaged package', () => cartridge.subarray(0, cartridge.length - 40), 'interop.damaged_archive'],
  ['what is no archive', () => Buffer.from('not a zip file'), 'interop.not_an_archive'],
  ['a bomb', () => zip([...entriesOf(tinyCartridge()), { name: 'zeros.bin', content: Buffer.alloc(64 * 1024 * 1024) }]), 'interop.compression_bomb'],
  ['a path that climbs out', () => zip([...entriesOf(tinyCartridge()), { name: '../../escape.html', content: 'x' }]), 'interop.unsafe_path'],
  ['a package without a manifest', () => zip(entriesOf({ 'a.html': '<p>x</p>' })), 'interop.no_manifest'],
])('%s ends in its reason, and no course is made', async (_what, content, code) => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  const failed = await bring(instructor, content());
  expect(failed).toMatchObject({ status: 'failed', course: null, report: null, problem: { code } });
  expect(failed.problem.detail).not.toContain('{');
  expect(await coursesOf(instructor)).toEqual([]);
});

test('a try that fails for a reason nobody foresaw leaves nothing, and the next one makes the course', async () => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  const { id } = (await upload(instructor)).body;
  const put = vi.spyOn(bed.application.storage, 'put');
  put.mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('disk full'));
  await expect(runJob(school, id)).rejects.toThrow('disk full');
  expect(await read(instructor, id)).toMatchObject({ status: 'running', course: null });
  expect(await coursesOf(instructor)).toEqual([]);

  await runJob(school, id, 2);
  expect(await read(instructor, id)).toMatchObject({ status: 'succeeded', progress: 100 });
  // The queue runs it once more.
  await runJob(school, id, 3);
  expect(await coursesOf(instructor)).toHaveLength(1);
});

test('after the last try the import says that it failed', async () => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  const { id } = (await upload(instructor)).body;
  vi.spyOn(bed.application.storage, 'put').mockRejectedValue(new Error('disk full'));
  await expect(runJob(school, id, 3)).rejects.toThrow('disk full');
  expect(await read(instructor, id)).toMatchObject({ status: 'failed', problem: { code: 'interop.import_failed' } });
});

test('a course beyond the plan’s limit is refused with its reason, at once', async () => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  await bring(instructor, numbered('one'));
  const { tenant } = school;
  vi.spyOn(bed.application.directory, 'byId').mockResolvedValue({ ...tenant, limits: { ...tenant.limits, courses: 1 } });
  const { id } = (await upload(instructor, numbered('two'))).body;
  await runJob(school, id);
  expect(await read(instructor, id)).toMatchObject({ status: 'failed', problem: { code: 'kernel.limit_reached' } });
});

test('a request that is sent twice with one key asks for one import', async () => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  const headers = { 'idempotency-key': randomUUID() };
  const [first, again] = [await upload(instructor, cartridge, { headers }), await upload(instructor, cartridge, { headers })];
  expect(again.body.id).toBe(first.body.id);
  expect((await instructor.client.get('course-imports')).body.data).toHaveLength(1);
});

test('an empty file is refused before it becomes an import', async () => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  expect(await upload(instructor, Buffer.alloc(0))).toMatchObject({ status: 422, body: { code: 'interop.empty_file' } });
});

test('who may not import is refused, and nobody else sees an import', async () => {
  const [school, elsewhere] = [await bed.tenant(), await bed.tenant()];
  const instructor = await school.person('instructor');
  const { id } = (await upload(instructor)).body;
  const learner = await school.person('learner');
  expect((await upload(learner)).status).toBe(404);
  expect((await learner.client.get(`course-imports/${id}`)).status).toBe(404);
  expect((await school.visitor.get(`course-imports/${id}`)).status).toBe(401);
  const colleague = await school.person('instructor');
  expect((await colleague.client.get(`course-imports/${id}`)).status).toBe(404);
  expect((await colleague.client.get('course-imports')).body.data).toEqual([]);
  const outsider = await elsewhere.person('admin');
  expect((await outsider.client.get(`course-imports/${id}`)).status).toBe(404);
  const admin = await school.person('admin');
  expect((await admin.client.get('course-imports')).body.data).toEqual([expect.objectContaining({ id })]);
});

test('imports are listed in pages, the newest first', async () => {
  const school = await bed.tenant();
  const instructor = await school.person('instructor');
  const ids: string[] = [];
  for (const name of ['a.zip', 'b.zip', 'c.zip']) ids.unshift((await upload(instructor, numbered(name), { name })).body.id);
  const first = (await instructor.client.get('course-imports?limit=2')).body;
  const rest = (await instructor.client.get(`course-imports?limit=2&cursor=${first.page.next}`)).body;
  expect([...first.data, ...rest.data].map((one: { id: string }) => one.id)).toEqual(ids);
  expect(rest.page.next).toBeNull();
});
