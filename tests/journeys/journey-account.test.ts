/** Coming in: by open sign-up, by passkey, and back in the middle of a form. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { testPassword } from '../../packages/testkit/index.ts';
import { journeyBed, linkInMail, made, patience, publishedCourse, say, signInHere } from './support.ts';

const bed = journeyBed();

it('leads from the course that a stranger found to its first lesson, with one mail on the way', async () => {
  const here = bed();
  const academy = await here.tenant();
  const course = await publishedCourse(here, await academy.person('instructor'), 'Soil and water');
  const email = `newcomer-${randomUUID()}@example.test`;
  const { page, go } = await here.visitor();
  await go(`${here.origin(academy.host)}/courses/${course.slug}`);
  await go(`${here.origin(academy.host)}/sign-up?next=${encodeURIComponent(`/courses/${course.slug}`)}`);
  await page.getByLabel(say('en', 'identity.field.name')).fill('Nora Newcomer');
  await page.getByLabel(say('en', 'identity.field.email')).fill(email);
  await page.locator('input[name=password]').fill(testPassword);
  await page.getByRole('button', { name: say('en', 'identity.signUp.go') }).click();
  await page.getByRole('heading', { name: say('en', 'identity.mail.title') }).waitFor();

  await go(await linkInMail(here, email, '/verify-email'));
  await page.getByRole('button', { name: say('en', 'identity.verify.go') }).click();
  await page.waitForURL(`**/courses/${course.slug}`);
  const { rows: [member] } = await here.owner.query('select status from identity.member where tenant_id = $1 and email = $2', [academy.tenant.id, email]);
  expect(member, 'is a member without a further step').toEqual({ status: 'active' });
}, patience);

it('makes a passkey, and comes back with it instead of password and code', async () => {
  const here = bed();
  const academy = await here.tenant();
  const learner = await academy.person('learner');
  const { page, go, context, signIn, expectComplaint } = await here.visitor();
  expectComplaint(/status of (403|422)/);
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  const security = `${here.origin(academy.host)}/account/security`;
  await signIn(academy.host, learner.email);
  await go(security);
  here.clock.advance(11 * 60_000);
  await page.getByRole('button', { name: say('en', 'identity.passkeys.add') }).click();
  await page.waitForURL('**/confirm?**');
  await page.locator('input[name=password]').fill('not this one');
  await page.getByRole('button', { name: say('en', 'identity.confirm.go'), exact: true }).click();
  await page.locator('.ui-error').waitFor();
  expect(await page.locator('.ui-only-error').first().isVisible(), 'one error is said once, at its field').toBe(false);
  await page.locator('input[name=password]').fill(testPassword);
  await page.getByRole('button', { name: say('en', 'identity.confirm.go'), exact: true }).click();
  await page.getByText(say('en', 'identity.passkeys.added')).waitFor();
  const key = page.getByRole('button', { name: say('en', 'identity.passkeys.remove') });
  await key.waitFor();

  await context.clearCookies();
  await go(security);
  await page.waitForURL('**/sign-in?**');
  // The browser offers the key under the field by itself where it can; the button is for all.
  await Promise.race([page.waitForURL(security), page.getByRole('button', { name: say('en', 'identity.passkey.use') }).click().catch(() => {})]);
  await page.waitForURL(security);
  await page.getByText(say('en', 'identity.passkeys.used', { date: '' }).trim(), { exact: false }).waitFor();

  here.clock.advance(11 * 60_000);
  await key.click();
  await page.getByRole('button', { name: say('en', 'identity.confirm.byPasskey') }).click();
  await page.waitForURL(security);
  await key.waitFor({ state: 'detached' });
}, patience);

it.each([true, false])('is asked again who one is before an organisation is deleted, and goes on with what was typed (scripts: %s)', async (javaScriptEnabled) => {
  const here = bed();
  const academy = await here.tenant();
  const admin = await academy.person('admin');
  const { page, go, signIn, expectComplaint } = await here.visitor({ javaScriptEnabled });
  expectComplaint(/status of (403|422)/);
  await signIn(academy.host, admin.email);
  here.clock.advance(11 * 60_000);
  await go(`${here.origin(academy.host)}/admin/data`);
  await page.locator('input[name=name]').fill(academy.tenant.name);
  await page.getByRole('button', { name: say('en', 'tenancy.deletion.go') }).click();
  await page.getByRole('heading', { name: say('en', 'identity.confirm.title') }).waitFor();
  expect((await made(admin.client.get('tenant-deletion'))).dueAt).toBeNull();
  for (const password of ['not this one', testPassword]) {
    await page.locator('input[name=password]').fill(password);
    await page.getByRole('button', { name: say('en', 'identity.confirm.go'), exact: true }).click();
    if (password !== testPassword) await page.locator('.ui-error').waitFor();
  }
  if (!javaScriptEnabled) await page.getByRole('button', { name: say('en', 'identity.kept.go') }).click();
  await page.getByRole('button', { name: say('en', 'tenancy.deletion.keep') }).waitFor();
  expect((await made(admin.client.get('tenant-deletion'))).dueAt).not.toBeNull();
}, patience);

it('saves a file by way of who one is', async () => {
  const here = bed();
  const academy = await here.tenant();
  const learner = await academy.person('learner');
  const { page, go, signIn } = await here.visitor({ acceptDownloads: true });
  await made(learner.client.post('membership/data-exports'));
  await here.runJobs();
  await signIn(academy.host, learner.email);
  here.clock.advance(11 * 60_000);
  await go(`${here.origin(academy.host)}/account/data`);
  await page.getByRole('link', { name: say('en', 'identity.data.save'), exact: true }).click();
  await page.locator('input[name=password]').fill(testPassword);
  await page.getByRole('button', { name: say('en', 'identity.confirm.go'), exact: true }).click();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: say('en', 'identity.confirm.save') }).click()]);
  expect(saved.suggestedFilename()).toMatch(/\.zip$/);
  await page.getByRole('link', { name: say('en', 'identity.confirm.back') }).click();
  const [again] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: say('en', 'identity.data.save'), exact: true }).click()]);
  expect(again.suggestedFilename()).toMatch(/\.zip$/);
}, patience);

it.each([true, false])('keeps what was typed when the session has ended, and goes on with it (scripts: %s)', async (javaScriptEnabled) => {
  const here = bed();
  const academy = await here.tenant();
  const instructor = await academy.person('instructor');
  const { page, go, context, signIn, expectComplaint } = await here.visitor({ javaScriptEnabled });
  expectComplaint(/status of 401/);
  await signIn(academy.host, instructor.email);
  const profile = `${here.origin(academy.host)}/account`;
  await go(profile);
  await page.getByLabel(say('en', 'identity.field.name')).fill('A name that took long to find');
  await context.clearCookies();
  await page.getByRole('button', { name: say('en', 'identity.account.save') }).click();
  await page.getByText(say('en', 'identity.kept.interrupted')).waitFor();
  await signInHere(page, 'en', instructor.email);
  await page.getByRole('button', { name: say('en', 'identity.kept.go') }).click();
  await page.getByText(say('en', 'identity.account.saved')).waitFor();
  expect(await page.getByLabel(say('en', 'identity.field.name')).inputValue()).toBe('A name that took long to find');
  expect((await made(instructor.client.get('membership'))).name).toBe('A name that took long to find');
}, patience);
