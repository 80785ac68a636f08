import { createCourse, getCourse, listCourses, updateCourse } from '@milpa/catalog/contract';
import { ApiError, createClient } from '@milpa/kernel/client';
import { createTestBed, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

test('the client speaks to the server in the types that both share', async () => {
  const { tenant, person } = await bed.tenant();
  const { token } = await person('instructor');
  const call = createClient({ origin: `http://127.0.0.1:${bed.port}`, headers: { 'x-tenant-id': tenant.id, authorization: `Bearer ${token}` } });

  const made = await call(createCourse, { body: { title: 'Corn, beans, squash', language: 'en' } });
  expect(made.slug).toBe('corn-beans-squash');
  const changed = await call(updateCourse, { params: { courseId: made.id }, body: { summary: 'Three sisters' }, ifMatch: `"${made.version}"` });
  expect(changed.summary).toBe('Three sisters');
  expect((await call(getCourse, { params: { courseId: made.slug } })).version).toBe(2);
  expect((await call(listCourses, { query: { limit: 5 } })).data).toEqual([]);

  const stale = call(updateCourse, { params: { courseId: made.id }, body: { summary: 'Late' }, ifMatch: '"1"' });
  await expect(stale).rejects.toBeInstanceOf(ApiError);
  await expect(stale).rejects.toMatchObject({ problem: { code: 'kernel.version_conflict', status: 412 } });
});
