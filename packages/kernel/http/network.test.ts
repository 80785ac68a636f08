import { describe, expect, it } from 'vitest';
import { networkOf } from './network.ts';

describe('networks', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0', '203.0.113.77'],
    ['::ffff:203.0.113.77', '203.0.113.0', '203.0.113.77'],
    ['2001:db8:7:1:2:3:4:5', '2001:db8:7::', '2001:db8:7:1::'],
    ['2001:db8::5', '2001:db8:0::', '2001:db8:0:0::'],
    ['fe80::1%eth0', 'fe80:0:0::', 'fe80:0:0:0::'],
    ['::1', '0:0:0::', '0:0:0:0::'],
    ['unknown', '', ''],
    ['', '', ''],
  ])('of %s', (address, kept, counted) => {
    expect(networkOf(address, 24, 48)).toBe(kept);
    expect(networkOf(address, 32, 64)).toBe(counted);
  });
});
