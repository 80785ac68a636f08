import { expect, test } from 'vitest';
import type { WebTenant, WebViewer } from '../../web-context.ts';
import { adminGroups, adminPaths } from '../tenancy/admin/sections.ts';
import { currentOf, navigation, visibleTo, type NavigationItem } from './navigation.ts';

const item = (conditions: Partial<NavigationItem>) => ({ to: '/x', messageKey: 'shell.more', ...conditions }) as NavigationItem;
const viewer = (permissions: string[]): WebViewer => ({ kind: 'member', name: 'Demo', email: null, persona: 'learner', permissions });
const tenant = { features: { catalog: true } } as Partial<WebTenant> as WebTenant;

test.each([
  ['without conditions', item({}), [], true],
  ['with its permission', item({ permission: 'course:create' }), ['course:create'], true],
  ['with the permission for own things', item({ permission: 'course:create' }), ['course:create:own'], true],
  ['without its permission', item({ permission: 'course:create' }), ['course:read'], false],
  ['with one of its permissions', item({ permission: ['course:create', 'category:manage'] }), ['category:manage'], true],
  ['without any of its permissions', item({ permission: ['course:create', 'category:manage'] }), ['course:read'], false],
  ['for another kind of viewer', item({ viewers: ['operator'] }), [], false],
  ['of a feature that is on', item({ feature: 'catalog' }), [], true],
  ['of a feature that is off', item({ feature: 'commerce' }), [], false],
])('an entry %s is shown or hidden', (_, entry, permissions, shown) => {
  expect(visibleTo(entry, viewer(permissions), tenant)).toBe(shown);
});

test.each([
  ['/operator', '/operator'], ['/operator/tenants', '/operator/tenants'], ['/operator/tenants/one/support', '/operator/tenants'], ['/operator/plans-of-old', '/operator'], ['/account', undefined],
])('a page at %s belongs to %s', (pathname, entry) => {
  expect(currentOf(pathname, ['/operator', '/operator/tenants', '/operator/plans'])).toBe(entry);
});

test('of an organisation everybody is shown the parts that they may open', () => {
  expect(adminPaths(['course:read'])).toEqual([]);
  expect(adminPaths(['review:moderate', 'category:manage'])).toEqual(['/admin/categories', '/admin/reviews']);
  expect(adminPaths(['member:read', 'invitation:read', 'tenant:read', 'audit:read'])).toEqual(['/admin', '/admin/members', '/admin/invitations', '/admin/settings', '/admin/domains', '/admin/limits', '/admin/audit']);
});

test('whoever may open a part of the organisation finds the way to it in the main navigation', () => {
  const way = navigation.find(({ to }) => to === '/admin')!;
  const needed = adminGroups.flatMap(({ sections }) => sections.flatMap(({ permissions }) => permissions));
  expect([way.permission].flat().toSorted()).toEqual([...new Set(needed)].toSorted());
});
