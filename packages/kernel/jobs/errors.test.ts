import { describe, expect, it } from 'vitest';
import { failureOf, redact } from './errors.ts';

describe('redact', () => {
  it.each([
    ['connect to postgres://milpa:hunter2@db:5432/x failed', 'connect to postgres://***@db:5432/x failed'],
    ['mail to ana.luz+demo@escuela.example bounced', 'mail to *** bounced'],
    ['401 for Authorization: Bearer abc.def-123', '401 for Authorization: *** ***'],
    ['bad token eyJhbGciOi.eyJzdWIiOi.c2ln!', 'bad token ***!'],
    ['{"password":"two words"}', '{"password":***}'],
    ['GET /cb?api_key=k1&page=2', 'GET /cb?api_key=***&page=2'],
    ['key 0123456789abcdef0123456789abcdef refused', 'key *** refused'],
  ])('masks what opens a door or names a person: %s', (text, masked) => expect(redact(text)).toBe(masked));

  it.each([
    'duplicate key value violates unique constraint "enrollments_tenant_id_member_id_course_id_key"',
    'course 0192c1aa-7d1e-7a53-b7e4-3f0d8a4c1b2e has no manifest at /data/import/imsmanifest.xml',
  ])('leaves the rest: %s', (text) => expect(redact(text)).toBe(text));

  it('cuts long texts to 500 characters', () => expect(redact('no '.repeat(300))).toHaveLength(500));
});

describe('failureOf', () => {
  it('keeps code, message and call sites, and no other property', () => {
    const error = Object.assign(new Error('row refused'), { code: '23514', detail: 'Failing row contains (ana@escuela.example)' });
    expect(failureOf(error)).toEqual({ code: '23514', message: 'row refused', frames: expect.arrayContaining([expect.stringMatching(/^at /)]) });
  });
  it('takes what is not an error', () => expect(failureOf('secret=1')).toEqual({ message: 'secret=***', frames: [] }));
});
