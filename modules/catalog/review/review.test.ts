import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

let bed: TestBed;
let here: TestTenant;
let author: Person;
let admin: Person;
let course: { id: string };
let module: { id: string };
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  await wantsReviews(here, true);
  [author, admin] = [await here.person('instructor'), await here.person('admin')];
  course = (await author.client.post('courses', { title: 'Rain', language: 'en' })).body;
  module = (await author.client.post(`courses/${course.id}/modules`, { title: 'Tank' })).body;
  await author.client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: 'Size', bodyHtml: '<p>One.</p>' });
});

async function wantsReviews({ tenant }: TestTenant, on: boolean): Promise<void> {
  await bed.owner.query("update tenancy_control.tenant set features = features || jsonb_build_object('courseReview', $2::boolean) where id = $1", [tenant.id, on]);
  bed.application.directory.forget();
}
const at = (what: string) => `courses/${course.id}/${what}`;
const ask = () => author.client.post(at('review'), { note: 'Ready' });
const waiting = async () => (await admin.client.get('course-reviews')).body.data;
const events = async (type: string) => (await bed.owner.query('select count(*)::int as count from kernel.event where tenant_id = $1 and type = $2', [here.tenant.id, type])).rows[0].count;

test('who may not decide asks; what was asked for is published, whatever was written since', async () => {
  expect((await author.client.post(at('publish'))).body.code).toBe('catalog.review_needed');
  expect((await ask()).body).toMatchObject({ state: 'requested', requestedBy: { id: author.memberId } });
  expect(await waiting()).toMatchObject([{ course: { id: course.id, title: 'Rain', status: 'draft' } }]);
  await author.client.post(at(`modules/${module.id}/lessons`), { title: 'Written later' });
  expect((await admin.client.post(at('review/approve'))).body).toMatchObject({ state: 'approved', decidedBy: { id: admin.memberId } });
  expect((await here.visitor.get(at('outline'))).body.modules[0].lessons).toMatchObject([{ title: 'Size' }]);
  expect((await author.client.get(at('draft'))).body).toMatchObject({ changed: true, review: { state: 'approved' } });
  expect(await waiting()).toEqual([]);
  expect((await admin.client.post(at('review/approve'))).body.code).toBe('catalog.review_not_found');
});

test('asked twice is one review of the newer draft; of two who decide at once, one does', async () => {
  const [first] = await Promise.all([ask(), ask()]);
  await author.client.post(at(`modules/${module.id}/lessons`), { title: 'More' });
  const again = (await ask()).body;
  expect(again).toMatchObject({ id: first.body.id });
  expect(again.versionId).not.toBe(first.body.versionId);
  expect(await events('CourseReviewRequested')).toBe(1);
  const decided = await Promise.all([admin.client.post(at('review/approve')), admin.client.post(at('review/return'), { comment: 'Shorter' }), admin.client.post(at('review/approve'))]);
  expect(decided.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('who decides about a version that they looked at decides about no other', async () => {
  const seen = (await ask()).body.versionId;
  await author.client.post(at(`modules/${module.id}/lessons`), { title: 'Slipped in' });
  const newer = (await ask()).body.versionId;
  for (const [what, body] of [['approve', {}], ['return', { comment: 'Shorter' }]] as const) expect((await admin.client.post(at(`review/${what}`), { ...body, versionId: seen })).body.code).toBe('kernel.version_conflict');
  expect((await here.visitor.get(`courses/${course.id}`)).status).toBe(404);
  expect((await admin.client.post(at('review/approve'), { versionId: newer })).body.state).toBe('approved');
});

test('a course that is returned says why, and can be asked for again', async () => {
  await ask();
  expect((await admin.client.post(at('review/return'), { comment: '' })).status).toBe(422);
  expect((await admin.client.post(at('review/return'), { comment: 'Where does the water come from?' })).body.state).toBe('returned');
  expect(await events('CourseReviewReturned')).toBe(1);
  expect((await author.client.get(at('draft'))).body.review).toMatchObject({ state: 'returned', comment: 'Where does the water come from?' });
  expect((await here.visitor.get(`courses/${course.id}`)).status).toBe(404);
  await ask();
  expect((await author.client.delete(at('review'))).body.state).toBe('withdrawn');
  expect((await author.client.delete(at('review'))).body.code).toBe('catalog.review_not_found');
});

test('who may decide publishes by themselves, and nothing waits any more', async () => {
  await ask();
  expect((await admin.client.post(at('publish'))).body.status).toBe('published');
  expect(await waiting()).toEqual([]);
});

test('deciding is for who holds the permission, and only where reviews are wanted', async () => {
  await ask();
  const stranger = (await (await bed.tenant()).person('admin')).client;
  for (const client of [author.client, (await here.person('learner')).client, stranger, here.visitor]) {
    expect([401, 403, 404]).toContain((await client.post(at('review/approve'))).status);
    expect([401, 403, 404]).toContain((await client.post(at('review/return'), { comment: 'No' })).status);
  }
  expect([401, 403, 404]).toContain((await author.client.get('course-reviews')).status);
  expect((await stranger.get('course-reviews')).body.data).toEqual([]);
  expect(await waiting()).toHaveLength(1);
  await wantsReviews(here, false);
  expect((await author.client.post(at('publish'))).body.status).toBe('published');
  expect((await ask()).body.code).toBe('catalog.reviews_off');
});
