/** An operator lowers a plan's limit with their eyes open, agrees on more with one organisation, and its admin sees both. */
import { expect, it } from 'vitest';
import { journeyBed, operatorOf, patience, say } from './support.ts';

const journey = journeyBed();

it.each([true, false])('is told who would be over a limit before it is saved, scripts run: %s', async (javaScriptEnabled) => {
  const bed = journey();
  const place = await bed.tenant('fund');
  const admin = await place.person('admin');
  await place.person('supporter');
  const client = await bed.operator();
  await client.post('operator/usage-counts');
  await bed.runJobs();

  const { page, go, signIn } = await bed.visitor({ javaScriptEnabled });
  const { email } = await operatorOf(bed);
  await signIn('milpa.test', email);
  await go(`${bed.origin()}/operator/plans/fund`);
  await page.locator('[name="limits.members"]').fill('1');
  await page.getByRole('button', { name: say('en', 'tenancy.save') }).click();
  await page.getByRole('link', { name: place.tenant.name }).waitFor();
  expect((await client.get('operator/plans/fund')).body.limits.members).not.toBe(1);
  expect(await page.locator('[name="limits.members"]').inputValue()).toBe('1');
  await page.getByRole('button', { name: say('en', 'tenancy.over.save') }).click();
  await page.getByText(say('en', 'tenancy.saved')).waitFor();
  expect((await client.get('operator/plans/fund')).body.limits.members).toBe(1);

  await go(`${bed.origin()}/operator/tenants/${place.tenant.id}`);
  await page.locator('[name="limits.members"]').fill('7');
  await page.locator('[name="features.courseReview"]').selectOption('on');
  await page.getByRole('button', { name: say('en', 'tenancy.save') }).click();
  await page.getByText(say('en', 'tenancy.saved')).waitFor();
  const { body } = await client.get(`operator/tenants/${place.tenant.id}`);
  expect(body).toMatchObject({ limits: { members: 7 }, limitOverrides: { members: 7 }, featureOverrides: { courseReview: true } });

  const visitor = await bed.visitor({ javaScriptEnabled });
  await visitor.signIn(place.host, admin.email);
  await visitor.go(`${bed.origin(place.host)}/admin/limits`);
  await visitor.page.getByText(say('en', 'tenancy.limits.agreed')).first().waitFor();

  await page.locator('[name="limits.members"]').fill('');
  await page.getByRole('button', { name: say('en', 'tenancy.save') }).click();
  await page.getByRole('button', { name: say('en', 'tenancy.over.save') }).click();
  await page.getByText(say('en', 'tenancy.saved')).waitFor();
  expect((await client.get(`operator/tenants/${place.tenant.id}`)).body).toMatchObject({ limits: { members: 1 }, limitOverrides: {} });
  await client.patch('operator/plans/fund', { limits: { members: 50_000 } }, { 'if-match': (await client.get('operator/plans/fund')).headers.etag ?? '' });
}, patience);
