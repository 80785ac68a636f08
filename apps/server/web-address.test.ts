import { describe, expect, test } from 'vitest';
import { pageUrl } from './web.ts';

describe('the address of a page', () => {
  test.each([
    ['/courses?q=a/b', 'academy.localhost:3000', 'http://academy.localhost:3000/courses?q=a/b'],
    ['//evil.example/sign-in', 'academy.localhost', 'http://academy.localhost/evil.example/sign-in'],
    ['/\\\\evil.example', 'academy.localhost', 'http://academy.localhost/evil.example'],
    ['//', 'academy.localhost', 'http://academy.localhost/'],
    ['/learn/%D8%AF', 'school.localhost', 'http://school.localhost/learn/%D8%AF'],
  ])('%s at %s', (url, host, address) => {
    expect(pageUrl({ url, host }, false).href).toBe(address);
  });

  test.each(['', 'a b', 'academy.localhost:port', 'user@academy.localhost', 'academy.localhost/x'])('no page at the host "%s"', (host) => {
    expect(() => pageUrl({ url: '/', host }, false)).toThrow('kernel.malformed_request');
  });
});
