/** Acts that ask again who one is (decision 20): whoever finds a screen open does none of them, and who shows that it is them goes on with what was typed. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { baseHost, testPassword } from '../../packages/testkit/index.ts';
import { journeyBed, made, operatorOf, patience, say } from './support.ts';

const bed = journeyBed();
const en = (key: string, values?: Record<string, string>) => say('en', key, values);
const press = (page: Page, key: string) => page.getByRole('button', { name: en(key), exact: true }).click();

describe.each([true, false])('(scripts: %s)', (javaScriptEnabled) => {
  /** Pressed too late, the act waits until its person has shown who they are. */
  async function stopped(page: Page, untouched: () => Promise<void>): Promise<void> {
    await page.getByRole('heading', { name: en('identity.confirm.title') }).waitFor();
    await untouched();
    await page.locator('input[name=password]').fill(testPassword);
    await press(page, 'identity.confirm.go');
    if (!javaScriptEnabled) await press(page, 'identity.kept.go');
  }
  async function windowAt(host: string, email: string) {
    const window = await bed().visitor({ javaScriptEnabled });
    window.expectComplaint(/status of 403/);
    await window.signIn(host, email);
    return window;
  }
  const later = () => bed().clock.advance(11 * 60_000);

  it('two members become one, support is let in, a domain is removed', async () => {
    const tenant = await bed().tenant();
    const [admin, into, from] = [await tenant.person('admin'), await tenant.person('learner'), await tenant.person('learner')];
    await bed().owner.query("insert into tenancy_control.domain (host, tenant_id, token, verified_at) values ($1, $2, 'aaaaaaaaaaaaaaaaaaaaaaaa', now())", [`${tenant.tenant.slug}.example`, tenant.tenant.id]);
    const { page, go } = await windowAt(tenant.host, admin.email);
    const now = () => tenant.signIn(admin);

    later();
    await go(`http://${tenant.host}/admin/members/${into.memberId}/merge?with=${from.memberId}`);
    await page.locator('input[name=name]').fill('Test learner');
    await press(page, 'identity.merge.do');
    await stopped(page, async () => expect((await made((await now()).get(`members/${from.memberId}`))).mergedInto).toBeNull());
    await page.waitForURL('**/*?merged');
    expect((await made((await now()).get(`members/${from.memberId}`))).mergedInto.id).toBe(into.memberId);

    later();
    await go(`http://${tenant.host}/admin/support-access`);
    await page.getByLabel(en('identity.support.note')).fill('Certificates show the wrong name');
    await press(page, 'identity.support.grant');
    await stopped(page, async () => expect((await made((await now()).get('support-accesses'))).data).toEqual([]));
    await page.getByText(en('identity.support.done.grant')).waitFor();
    expect((await made((await now()).get('support-accesses'))).data).toMatchObject([{ note: 'Certificates show the wrong name', alive: true }]);

    later();
    await go(`http://${tenant.host}/admin/domains`);
    await page.locator('details:has(button[value=remove]) > summary').click();
    await press(page, 'tenancy.domains.remove');
    await stopped(page, async () => expect((await made((await now()).get('settings/domains'))).data).toHaveLength(1));
    await page.getByText(en('tenancy.ownDomains.said.removed')).waitFor();
    expect((await made((await now()).get('settings/domains'))).data).toEqual([]);
  }, patience);

  it('an operator closes the doors of an organisation', async () => {
    const { tenant } = await bed().tenant();
    const { page, go } = await windowAt(baseHost, (await operatorOf(bed())).email);
    const statusOf = async () => (await bed().owner.query('select status from tenancy_control.tenant where id = $1', [tenant.id])).rows[0].status;
    later();
    await go(`http://${baseHost}/operator/tenants/${tenant.id}`);
    await page.locator('input[name=reason]').fill('Unpaid since March');
    await press(page, 'tenancy.door.suspend');
    await stopped(page, async () => expect(await statusOf()).toBe('active'));
    await page.waitForURL('**/*?saved');
    expect(await statusOf()).toBe('suspended');
  }, patience);
});
