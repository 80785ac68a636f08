import { expect, test } from 'vitest';
import { visit } from '../catalog/screens.fixture.ts';

test.each([
  ['learner', ['enrollment:read:own'], '/learning'],
  ['guardian', ['course:read', 'profile:update:own'], '/courses'],
  ['guardian', ['enrollment:read:own'], '/learning'],
  ['instructor', ['course:update:own'], '/teaching'],
  ['instructor', ['course:read'], '/courses'],
  ['admin', ['member:read'], '/admin'],
])('the front door leads a %s with %j to what they may open: %s', async (persona, permissions, to) => {
  expect(await visit('/', { answers: {}, persona, permissions })).toMatchObject({ status: 302, location: to });
});
