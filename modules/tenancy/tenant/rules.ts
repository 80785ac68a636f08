import type { TenantStatus } from '../tables.ts';

/** Names that would be taken for the installation itself, its services or its mail. */
const reserved = new Set([
  'about', 'abuse', 'account', 'accounts', 'admin', 'administrator', 'api', 'app', 'assets', 'auth', 'autoconfig', 'autodiscover', 'blog', 'cdn', 'dashboard', 'dev', 'dns', 'docs',
  'email', 'ftp', 'health', 'help', 'hostmaster', 'imap', 'info', 'internal', 'local', 'localhost', 'login', 'mail', 'metrics', 'milpa', 'mta-sts', 'mx', 'ns', 'ns1', 'ns2',
  'operator', 'operators', 'pop', 'postmaster', 'ready', 'root', 'security', 'setup', 'sign-in', 'sign-up', 'smtp', 'ssl', 'staging', 'static', 'status', 'support', 'system', 'test',
  'webmail', 'webmaster', 'wpad', 'www',
]);

/** Whether a subdomain may not be given to a tenant. `xn--` would show as other letters than it is written with. */
export const isReservedSlug = (slug: string): boolean => reserved.has(slug) || slug.startsWith('xn--');

export type StatusChange = 'suspend' | 'resume' | 'close';

/** From which states a change may start, and where it leads: provisioning → active ⇄ suspended → closed. Closed is the end; the data is kept. */
export const statusChanges: Record<StatusChange, { from: readonly TenantStatus[]; to: TenantStatus }> = {
  suspend: { from: ['active'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'active' },
  close: { from: ['provisioning', 'active', 'suspended'], to: 'closed' },
};

/** What an operator can do with a tenant as it stands. */
export const operatorAbilities = (status: TenantStatus) => ({
  update: status !== 'closed',
  suspend: statusChanges.suspend.from.includes(status),
  resume: statusChanges.resume.from.includes(status),
  close: statusChanges.close.from.includes(status),
});
