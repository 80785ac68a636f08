import { expect, test } from 'vitest';
import type { WebTenant, WebViewer } from '../../web-context.ts';
import { visibleTo, type NavigationItem } from './navigation.ts';

const item = (conditions: Partial<NavigationItem>) => ({ to: '/x', messageKey: 'shell.more', ...conditions }) as NavigationItem;
const viewer = (permissions: string[]): WebViewer => ({ kind: 'member', name: 'Demo', email: null, persona: 'learner', permissions });
const tenant = { features: { catalog: true } } as Partial<WebTenant> as WebTenant;

test.each([
  ['without conditions', item({}), [], true],
  ['with its permission', item({ permission: 'course:create' }), ['course:create'], true],
  ['with the permission for own things', item({ permission: 'course:create' }), ['course:create:own'], true],
  ['without its permission', item({ permission: 'course:create' }), ['course:read'], false],
  ['for another kind of viewer', item({ viewers: ['operator'] }), [], false],
  ['of a feature that is on', item({ feature: 'catalog' }), [], true],
  ['of a feature that is off', item({ feature: 'commerce' }), [], false],
])('an entry %s is shown or hidden', (_, entry, permissions, shown) => {
  expect(visibleTo(entry, viewer(permissions), tenant)).toBe(shown);
});
