import { expect, test } from 'vitest';
import { merged, overLimits } from './rules.ts';

const limits = { courses: 2, members: 10, storageBytes: 100, apiPerMinute: 1 };

test.each([
  [{ courses: 2, members: 10, storageBytes: 100 }, []],
  [{ courses: 3, members: 10, storageBytes: 100 }, ['courses']],
  [{ courses: 3, members: 11, storageBytes: 101 }, ['members', 'courses', 'storageBytes']],
])('using %o is over %o', (usage, over) => expect(overLimits(limits, usage)).toEqual(over));

test.each([
  [{}, { courses: 3 }, { courses: 3 }], [{ courses: 3, members: 1 }, { courses: null }, { members: 1 }], [{ courses: 3 }, { courses: undefined }, { courses: 3 }], [{ courses: 3 }, {}, { courses: 3 }], [{}, { courses: null }, {}],
])('%o with %o is %o', (before, changes, after) => expect(merged<number>(before, changes)).toEqual(after));
