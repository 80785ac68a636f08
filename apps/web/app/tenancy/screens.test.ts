import { describe, expect, test } from 'vitest';
import { refuse, visit, type Answers } from '../catalog/screens.fixture.ts';

const host = 'learn.example.org';
const domain = {
  host, verifiedAt: null, createdAt: '2026-01-01T00:00:00Z', record: { name: `_milpa.${host}`, value: 'the-token' }, target: { alias: 'demo.localhost', addresses: [] }, primary: false, arrives: false,
  checkedAt: '2026-01-02T00:00:00Z', found: { texts: [], elsewhere: null, aliases: [], addresses: ['198.51.100.7'] }, expiresAt: '2026-01-15T00:00:00Z', stopsAt: null,
};
const permissions = ['tenant:read', 'tenant:update'];
const screen = (one: object, may = permissions) => visit('/admin/domains', { answers: { 'tenancy.listOwnDomains': () => ({ data: [{ ...domain, ...one }] }) }, permissions: may });
/** Names keep their direction by signs that nobody sees. */
const plain = (html: string) => html.replaceAll(/[\u2066\u2069]/g, '');

describe('the organisation’s domains', () => {
  test('say which records to set, and what is there instead', async () => {
    const html = plain((await screen({})).html);
    for (const text of [`_milpa.${host}`, 'the-token', 'CNAME', `We found no TXT record named _milpa.${host}.`, `${host} should lead to demo.localhost. We found instead:`, '198.51.100.7', 'January 15, 2026']) expect(html).toContain(text);
    expect(html).not.toContain('Make it the main address');
    expect(plain((await screen({ found: { ...domain.found, elsewhere: host } })).html)).toContain(`but at ${host}. Change the name of that record so that it becomes _milpa.${host}.`);
    expect((await screen({ found: null })).html).toContain('The name servers did not answer.');
  });

  test('that work need no words; one may be the main address', async () => {
    const { html } = await screen({ verifiedAt: '2026-01-02T00:00:00Z', arrives: true, expiresAt: null });
    expect(html).toContain('Make it the main address');
    expect(html).not.toContain('Sign in where you bought the name');
    expect((await screen({ verifiedAt: '2026-01-02T00:00:00Z', arrives: true, expiresAt: null, stopsAt: '2026-02-01T00:00:00Z' })).html).toContain('This domain stops working on February 1, 2026');
  });

  test('are changed by plain forms, and only by who may', async () => {
    const sent: unknown[] = [];
    const take = (answer: unknown) => ({ params, body }: { params: object; body: object }) => { sent.push({ ...params, ...body }); return answer; };
    const answers = { 'tenancy.addOwnDomain': take(domain), 'tenancy.checkOwnDomain': take(domain), 'tenancy.removeOwnDomain': take(undefined), 'tenancy.setPrimaryDomain': take({ data: [] }) } as Answers;
    const post = (step: string, name = host) => visit('/admin/domains', { answers, permissions, form: { step, host: name } });
    for (const [step, done] of [['add', 'added'], ['check', 'checked'], ['remove', 'removed'], ['primary', 'primary']] as const) {
      expect(await post(step)).toMatchObject({ status: 303, location: `/admin/domains?done=${done}&host=${host}` });
    }
    await post('primary', '');
    expect(sent).toEqual([{ host }, { host }, { host }, { host }, { host: null }]);
    const taken = await visit('/admin/domains', { answers: { 'tenancy.listOwnDomains': () => ({ data: [] }), 'tenancy.addOwnDomain': refuse(409, 'tenancy.domain_taken') }, permissions, form: { step: 'add', host } });
    expect(taken.status).toBe(409);
    expect(taken.html).toContain(`value="${host}"`);
    expect((await screen({}, ['tenant:read'])).html).not.toContain('name="step"');
  });
});
