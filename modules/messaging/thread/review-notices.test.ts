import { createTestBed, type Client, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

let bed: TestBed;
let here: TestTenant;
let author: Person;
let admin: Person;
let other: Person;
let course: { id: string; slug: string };
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  here = await bed.tenant();
  await bed.owner.query("update tenancy_control.tenant set features = features || '{\"courseReview\": true}' where id = $1", [here.tenant.id]);
  [author, admin, other] = [await here.person('instructor'), await here.person('admin'), await here.person('admin')];
  await bed.owner.query("update identity.member set locale = case when id = $2 then 'ar' else 'en' end where tenant_id = $1", [here.tenant.id, other.memberId]);
  bed.application.directory.forget();
  course = (await author.client.post('courses', { title: 'Rain', language: 'en' })).body;
  const { body: module } = await author.client.post(at('modules'), { title: 'Tank' });
  await author.client.post(at(`modules/${module.id}/lessons`), { title: 'Size', bodyHtml: '<p>One.</p>' });
});

const at = (what: string) => `courses/${course.id}/${what}`;
const inbox = async ({ client }: { client: Client }) => (await client.get('message-threads')).body.data.map(({ subject, unread, with: { id } }: { subject: string; unread: number; with: { id: string } }) => ({ subject, unread, from: id }));
const mails = async ({ memberId }: Person) => (await bed.owner.query<{ subject: string; text: string }>(
  'select subject, body as text from kernel_control.mail where recipient = (select email from identity.member where id = $1) order by created_at', [memberId])).rows;

test('who may decide is told of a course that waits, once, in their language; its author is not', async () => {
  await author.client.post(at('review'), {});
  await bed.runJobs();
  // Asked again while it waits, and jobs that run again, tell nobody anew.
  await author.client.post(at('review'), {});
  const { rows: [event] } = await bed.owner.query("select id from kernel.event where tenant_id = $1 and type = 'CourseReviewRequested'", [here.tenant.id]);
  await bed.owner.query("select kernel.add_job('kernel.dispatchEvent', $1::json, null, null, 1)", [JSON.stringify({ tenantId: here.tenant.id, eventId: event.id })]);
  await bed.runJobs();
  expect(await inbox(admin)).toEqual([{ subject: 'A course waits for your review', unread: 1, from: author.memberId }]);
  expect(await inbox(other)).toEqual([{ subject: 'دورة تنتظر مراجعتك', unread: 1, from: author.memberId }]);
  expect(await inbox(author)).toEqual([]);
  const [mail, ...more] = await mails(admin);
  expect(more).toEqual([]);
  expect(mail!.text).toContain(`http://${here.host}/teaching/${course.id}/publish`);
});

test('its author hears what was decided and why; who decided hears nothing of it', async () => {
  await author.client.post(at('review'), {});
  await admin.client.post(at('review/return'), { comment: 'Say {name} how big the tank is.' });
  await bed.runJobs();
  expect(await inbox(author)).toEqual([{ subject: 'A course was sent back', unread: 1, from: admin.memberId }]);
  expect((await mails(author))[0]!.text).toContain('Say {name} how big the tank is.');
  await author.client.post(at('review'), {});
  await other.client.post(at('review/approve'), {});
  await bed.runJobs();
  expect((await inbox(author))[0]).toEqual({ subject: 'A course is approved', unread: 1, from: other.memberId });
  expect((await mails(author)).at(-1)!.text).toContain(`http://${here.host}/courses/${course.slug}`);
  for (const decider of [admin, other]) expect((await inbox(decider)).every(({ from }: { from: string }) => from === author.memberId)).toBe(true);
});

test('publishing what waits is approving it; publishing one’s own tells nobody', async () => {
  await author.client.post(at('review'), {});
  expect((await admin.client.post(at('publish'))).status).toBe(200);
  await bed.runJobs();
  expect((await inbox(author)).map(({ subject }: { subject: string }) => subject)).toEqual(['A course is approved']);

  course = (await admin.client.post('courses', { title: 'Sun', language: 'en' })).body;
  const { body: module } = await admin.client.post(at('modules'), { title: 'One' });
  await admin.client.post(at(`modules/${module.id}/lessons`), { title: 'A', bodyHtml: '<p>A</p>' });
  const before = (await inbox(admin)).length;
  await admin.client.post(at('review'), {});
  expect((await admin.client.post(at('publish'))).status).toBe(200);
  await bed.runJobs();
  expect((await inbox(admin)).length).toBe(before);
});
