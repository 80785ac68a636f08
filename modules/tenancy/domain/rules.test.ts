import { expect, test } from 'vitest';
import { isOwnDomain } from './rules.ts';

const own = (host: string) => isOwnDomain(host, 'milpa.example:3000');

test.each(['aprende.ejemplo.org', 'ejemplo.org', 'xn--mgbh0fb.xn--kgbechtv', 'notmilpa.example'])('%s may be a tenant’s own', (host) => expect(own(host)).toBe(true));
test.each(['milpa.example', 'otra.milpa.example', 'a.b.milpa.example'])('%s is the installation’s', (host) => expect(own(host)).toBe(false));
test.each(['localhost', 'a.localhost', '10.0.0.1', '[::1]', 'ejemplo', 'ejemplo..org', '-a.org', 'a_b.org', 'ejemplo.org.', 'ejemplo.org:80', `${'a'.repeat(64)}.org`])('%s is no name of their own', (host) => expect(own(host)).toBe(false));
