import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { systemActor } from '@milpa/kernel';
import { findCourse, sanitizeHtml } from '@milpa/catalog';
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importNow } from '../course-import/import-now.ts';
import { exportedCourse, writeExport } from './course-export.ts';

let bed: TestBed;
let academy: TestTenant;
let folder: string;
beforeAll(async () => {
  bed = await createTestBed();
  academy = await bed.tenant();
  folder = await mkdtemp(join(tmpdir(), 'milpa-export-'));
});
afterAll(async () => {
  await bed.close();
  await rm(folder, { recursive: true });
});

async function courseOf({ client }: Person): Promise<string> {
  const { body: course } = await client.post('courses', { title: 'Soil', language: 'en', summary: 'Short.' });
  const { body: module } = await client.post(`courses/${course.id}/modules`, { title: 'One' });
  await client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: 'Sand', bodyHtml: '<p>Fine.</p>' });
  return course.id;
}

test('a package is made by a job, had by who may edit the course, and gone after a week', async () => {
  const [author, colleague, learner] = [await academy.person('instructor'), await academy.person('instructor'), await academy.person('learner')];
  const courseId = await courseOf(author);
  const asked = await author.client.post(`courses/${courseId}/exports`, { format: 'cc' });
  expect(asked).toMatchObject({ status: 202, body: { format: 'cc', status: 'queued', expiresAt: null } });
  expect((await author.client.post(`courses/${courseId}/exports`, { format: 'cc' })).body.id).toBe(asked.body.id);
  await bed.runJobs();
  const { data: [ready] } = (await author.client.get(`courses/${courseId}/exports`)).body;
  expect(ready).toMatchObject({ id: asked.body.id, status: 'succeeded', expiresAt: expect.any(String) });
  const path = `courses/${courseId}/exports/${ready.id}/file`;
  const file = await author.client.get(path);
  expect(file.headers['content-disposition']).toContain('soil.imscc');
  expect(file.text.startsWith('PK')).toBe(true);
  for (const who of [colleague, learner, await (await bed.tenant()).join(author, 'instructor')]) {
    for (const each of [path, `courses/${courseId}/exports`]) expect((await who.client.get(each)).status).toBeGreaterThanOrEqual(403);
    expect((await who.client.post(`courses/${courseId}/exports`, { format: 'cc' })).status).toBeGreaterThanOrEqual(403);
  }
  expect((await academy.visitor.get(path)).status).toBe(401);
  bed.clock.advance(7 * 86_400_000);
  expect((await (await academy.signIn(author)).get(path)).body.code).toBe('interop.export_not_found');
  bed.clock.advance(-7 * 86_400_000);
});

test('a course without a lesson is no package', async () => {
  const author = await academy.person('instructor');
  const { body: course } = await author.client.post('courses', { title: 'Empty', language: 'en' });
  expect((await author.client.post(`courses/${course.id}/exports`, { format: 'markdown' })).body.code).toBe('interop.nothing_to_export');
});

const demoCourses = globSync('blueprints/*/courses/*', { cwd: join(import.meta.dirname, '../../..') });

test.each(demoCourses.flatMap((path) => (['cc', 'markdown'] as const).map((format) => [path, format] as const)))('%s comes back from %s as it was', async (path, format) => {
  const { database, storage, importing } = bed.application;
  const { tenant } = await bed.tenant();
  const contentOf = async (courseId: string) => {
    const { files, modules, ...course } = await database.readTenant(tenant, systemActor, async (tx) => exportedCourse(tx, storage, (await findCourse(tx, courseId))!));
    const named = (html: string) => sanitizeHtml(html).replace(/milpa-file:([0-9a-f-]{36})/g, (_, id: string) => files.get(id)?.name ?? 'lost').replace(/<(h[2-6]) id="[^"]*">/g, '<$1>').replace(/\s+/g, ' ').replace(/ ?(<\/?(?:p|h[2-6]|ul|ol|li|blockquote|pre|table|thead|tbody|tr|th|td)\b[^>]*>) ?/g, '$1');
    return { ...course, descriptionHtml: named(course.descriptionHtml), modules: modules.map((module) => ({ ...module, lessons: module.lessons.map(({ attachments, html, ...lesson }) => ({ ...lesson, html: named(html), attachments: attachments.map(({ name }) => name) })) })) };
  };
  const { courseId } = await importNow(importing, tenant, systemActor, join(import.meta.dirname, '../../..', path));
  const file = join(folder, `${crypto.randomUUID()}.zip`);
  await database.readTenant(tenant, systemActor, async (tx) => writeExport(tx, storage, (await findCourse(tx, courseId))!, format, file));
  const back = await importNow(importing, tenant, systemActor, file);
  expect(back.repeated).toBe(false);
  expect(await contentOf(back.courseId)).toEqual(await contentOf(courseId));
});
