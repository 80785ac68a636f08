import { describe, expect, test } from 'vitest';
import { localPath, signInPath } from './paths.ts';

describe('sign-in leads back to', () => {
  test.each([
    ['a page', 'http://demo.localhost/courses/soil?part=2', '/courses/soil?part=2'],
    ['the page whose data was asked for', 'http://demo.localhost/courses/soil.data?part=2&_routes=catalog%2Fcourse', '/courses/soil?part=2'],
    ['the front door', 'http://demo.localhost/_.data', '/'],
  ])('%s', (_, from, to) => {
    expect(new URL(signInPath(new URL(from)), 'http://demo.localhost').searchParams.get('next')).toBe(to);
  });
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a\r\nb', null])('%s is no path on this host', (value) => {
  expect(localPath(value)).toBe('/');
});
