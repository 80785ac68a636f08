/** An admin invites people from a list and makes two members one, without any script. */
import { expect, it } from 'vitest';
import { journeyBed, made, patience, say, signInHere } from './support.ts';

const bed = journeyBed();

it('brings a list, looks through it, invites; finds who is there twice and makes them one', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const [admin, ana, twice] = [await tenant.person('admin'), await tenant.person('learner'), await tenant.person('learner')];
  await made(ana.client.patch('membership', { name: 'Ana Peña' }));
  await made(twice.client.patch('membership', { name: 'Ana María Peña' }));
  const { page, go, expectComplaint } = await here.visitor({ javaScriptEnabled: false });
  expectComplaint(/status of 422/);
  const at = (path: string) => page.waitForURL((url) => url.pathname + url.search === path);

  await go(`${here.origin(tenant.host)}/sign-in`);
  await signInHere(page, 'en', admin.email);
  await go(`${here.origin(tenant.host)}/admin/invitations`);
  await page.getByRole('link', { name: say('en', 'identity.many.title') }).click();
  await page.getByRole('button', { name: say('en', 'identity.many.look') }).click();
  await page.getByText(say('en', 'identity.many.nothing')).waitFor();
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(`nombre;correo;rol\nNew;new@example.test;\nYa;${ana.email};\nRey;rey@example.test;rey`) });
  await page.getByRole('button', { name: say('en', 'identity.many.look') }).click();
  await page.getByRole('heading', { level: 1, name: 'people.csv' }).waitFor();
  await page.getByRole('cell', { name: say('en', 'identity.line.no_such_role') }).waitFor();
  await page.getByRole('button', { name: 'Invite 1 person' }).click();
  await page.getByRole('link', { name: say('en', 'identity.many.refresh') }).waitFor();
  await here.runJobs();
  await page.getByRole('link', { name: say('en', 'identity.many.refresh') }).click();
  await page.getByRole('link', { name: say('en', 'identity.many.report') }).waitFor();
  const { data: invitations } = await made(admin.client.get('invitations'));
  expect(invitations.map(({ email }: { email: string }) => email)).toEqual(['new@example.test']);

  await go(`${here.origin(tenant.host)}/admin/members/${ana.memberId}`);
  await page.getByRole('link', { name: say('en', 'identity.merge.open') }).click();
  await page.getByRole('link', { name: 'Ana María Peña' }).click();
  await page.getByLabel(say('en', 'identity.merge.type', { name: 'Ana María Peña' })).fill('somebody');
  await page.getByRole('button', { name: say('en', 'identity.merge.do') }).click();
  await page.getByLabel(say('en', 'identity.merge.type', { name: 'Ana María Peña' })).fill('ana maría peña');
  await page.getByRole('button', { name: say('en', 'identity.merge.do') }).click();
  await at(`/admin/members/${ana.memberId}?merged`);
  await page.getByText(say('en', 'identity.merge.done')).waitFor();
  await go(`${here.origin(tenant.host)}/admin/members/${twice.memberId}`);
  await page.getByRole('link', { name: say('en', 'identity.merge.becameSee') }).click();
  await at(`/admin/members/${ana.memberId}`);
}, patience);
