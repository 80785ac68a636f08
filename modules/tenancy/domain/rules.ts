const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether a tenant may have `host` as its own: a full name, no address, and not within the installation's. International names are given as `xn--`. */
export function isOwnDomain(host: string, baseHost: string): boolean {
  const base = baseHost.replace(/:\d+$/, '').toLowerCase();
  const labels = host.split('.');
  if (host.length > 253 || labels.length < 2 || !labels.every((part) => label.test(part))) return false;
  if (!/[a-z]/.test(labels.at(-1)!) || labels.at(-1) === 'localhost') return false;
  return host !== base && !host.endsWith(`.${base}`);
}

/** Where the owner of a name puts the token. */
export const recordName = (host: string): string => `_milpa.${host}`;
