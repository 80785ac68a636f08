import { describe, expect, test } from 'vitest';
import { forecastLines } from './rules.ts';

describe('what would become of each line', () => {
  const members = new Map([['in@x.org', { id: '1', active: true, enrolled: true }], ['out@x.org', { id: '2', active: true, enrolled: false }], ['off@x.org', { id: '3', active: false, enrolled: false }]]);
  const emails = ['in@x.org', 'out@x.org', 'out@x.org', 'off@x.org', 'bad', 'new@x.org', 'other@x.org'];
  test.each([
    [{ mayInvite: true, places: Infinity, seats: 9 }, ['already_enrolled', 'enroll', 'duplicate', 'suspended', 'bad_address', 'invite', 'invite']],
    [{ mayInvite: false, places: Infinity, seats: 9 }, ['already_enrolled', 'enroll', 'duplicate', 'suspended', 'bad_address', 'not_a_member', 'not_a_member']],
    [{ mayInvite: true, places: 2, seats: 9 }, ['already_enrolled', 'enroll', 'duplicate', 'suspended', 'bad_address', 'invite', 'no_place']],
    [{ mayInvite: true, places: Infinity, seats: 1 }, ['already_enrolled', 'enroll', 'duplicate', 'suspended', 'bad_address', 'invite', 'no_place']],
  ])('%j', (standing, expected) => expect(forecastLines(emails, { members, ...standing })).toEqual(expected));
});
