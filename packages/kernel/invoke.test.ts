import { expect, test } from 'vitest';
import { systemActor } from './actor.ts';
import { endpoint, nothing } from './contract.ts';
import { permit } from './invoke.ts';
import type { RequestContext } from './module.ts';

const asked = (access: string, ...permissions: string[]) => {
  const actor = { ...systemActor, kind: 'member' as const, accountId: 'a', memberId: 'm', permissions: new Set(permissions) };
  try {
    permit(endpoint({ id: 'shelf.readThings', method: 'GET', path: '/things', summary: 'Read', access, response: nothing }), { actor } as unknown as RequestContext);
    return 'yes';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test.each([
  ['thing:update', ['thing:update'], 'yes'],
  ['thing:update:own', ['thing:update'], 'yes'],
  ['thing:update:own', ['thing:update:own'], 'yes'],
  // Nobody looks whose things they are, so that one's own alone is not enough.
  ['thing:update', ['thing:update:own'], 'kernel.not_found'],
  ['thing:update', ['thing:update:own', 'thing:read'], 'kernel.forbidden'],
  ['thing:read', ['thing:read:own'], 'kernel.forbidden'],
  ['thing:update', [], 'kernel.not_found'],
])('%s asked of who holds %j: %s', (access, held, answer) => expect(asked(access, ...held)).toBe(answer));
