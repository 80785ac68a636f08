/** The way through an organisation's administration, wide and narrow, in both directions, with and without scripts. */
import { expect, it } from 'vitest';
import { journeyBed, patience, say } from './support.ts';

const bed = journeyBed();

it('shows every part at once on a desk, beside the one that is open, in both directions', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const admin = await tenant.person('admin');
  for (const [locale, dir] of [['en', 'ltr'], ['ar', 'rtl']] as const) {
    const { page, go, signIn } = await here.visitor({ viewport: { width: 1280, height: 820 }, locale });
    await signIn(tenant.host, admin.email);
    await go(`${here.origin(tenant.host)}/admin/members`);
    const parts = page.getByRole('navigation', { name: say(locale, 'tenancy.admin.sections') });
    const links = await parts.getByRole('link').all();
    expect(links).toHaveLength(13);
    for (const link of links) {
      const box = (await link.boundingBox())!;
      expect([box.x >= 0, box.x + box.width <= 1280, box.y + box.height <= 820], await link.innerText()).toEqual([true, true, true]);
    }
    expect(await parts.locator('[aria-current=page]').innerText()).toBe(say(locale, 'tenancy.admin.members'));
    const [beside, title] = [(await parts.boundingBox())!, (await page.getByRole('heading', { level: 1 }).boundingBox())!];
    expect(dir === 'ltr' ? beside.x + beside.width <= title.x : beside.x >= title.x + title.width, `${dir}: the column stands at the beginning of the line`).toBe(true);
    expect(await page.getByRole('navigation', { name: say(locale, 'shell.navigation') }).getByRole('button').isVisible(), 'nothing of the main navigation is put away').toBe(false);
  }
}, patience);

it('is a sheet on a phone, that opens without scripts', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const admin = await tenant.person('admin');
  const { page, go, signIn } = await here.visitor({ viewport: { width: 360, height: 780 }, javaScriptEnabled: false });
  await signIn(tenant.host, admin.email);
  await go(`${here.origin(tenant.host)}/admin/members`);
  const parts = page.getByRole('navigation', { name: say('en', 'tenancy.admin.sections') });
  const log = parts.getByRole('link', { name: say('en', 'tenancy.admin.audit'), exact: true });
  expect(await log.isVisible()).toBe(false);
  await parts.getByRole('button', { name: say('en', 'tenancy.admin.members') }).press('Enter');
  await log.click();
  await page.getByRole('heading', { level: 1, name: say('en', 'tenancy.admin.audit') }).waitFor();
  expect(await parts.getByRole('button').innerText(), 'the button says where one is').toContain(say('en', 'tenancy.admin.audit'));
}, patience);

it('closes with Escape, and when a part is chosen, though the document stays', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const admin = await tenant.person('admin');
  const { page, go, signIn } = await here.visitor({ viewport: { width: 360, height: 780 } });
  await signIn(tenant.host, admin.email);
  await go(`${here.origin(tenant.host)}/admin/members`);
  await page.waitForLoadState('networkidle');
  const parts = page.getByRole('navigation', { name: say('en', 'tenancy.admin.sections') });
  const roles = parts.getByRole('link', { name: say('en', 'tenancy.admin.roles'), exact: true });
  await parts.getByRole('button').click();
  await roles.waitFor();
  await page.keyboard.press('Escape');
  await roles.waitFor({ state: 'hidden' });
  await parts.getByRole('button').click();
  await roles.click();
  await page.waitForURL((url) => url.pathname === '/admin/roles');
  await roles.waitFor({ state: 'hidden' });
}, patience);

it('leads who keeps some parts to the first of them', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const admin = await tenant.person('admin');
  const { data: roles } = (await admin.client.get('roles')).body;
  const evaluator = roles.find((role: { key: string }) => role.key === 'evaluator');
  expect((await admin.client.patch(`roles/${evaluator.id}`, { permissions: ['course:read', 'category:manage', 'review:moderate'] }, { 'if-match': `"${evaluator.version}"` })).status).toBe(200);
  const keeper = await tenant.person('evaluator');
  const { page, go, signIn } = await here.visitor();
  await signIn(tenant.host, keeper.email);
  await go(`${here.origin(tenant.host)}/courses`);
  await page.getByRole('link', { name: say('en', 'shell.nav.admin'), exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/admin/categories');
  const parts = page.getByRole('navigation', { name: say('en', 'tenancy.admin.sections') }).getByRole('link');
  await parts.first().waitFor();
  expect(await parts.allInnerTexts()).toEqual([say('en', 'tenancy.admin.categories'), say('en', 'tenancy.admin.reviews')]);
}, patience);
