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
  expectComplaint(/status of 422/);
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  const security = `${here.origin(academy.host)}/account/security`;
  await signIn(academy.host, learner.email);
  await go(security);
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: say('en', 'identity.passkeys.add') }) });
  await form.locator('input[name=password]').fill('not this one');
  await form.getByRole('button', { name: say('en', 'identity.passkeys.add') }).click();
  await form.locator('.ui-error').waitFor();
  expect(await page.locator('.ui-only-error').first().isVisible(), 'one error is said once, at its field').toBe(false);
  await form.locator('input[name=password]').fill(testPassword);
  await form.getByRole('button', { name: say('en', 'identity.passkeys.add') }).click();
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

  await key.click();
  await key.waitFor({ state: 'detached' });
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
