/** Sites whose films may be shown within a lesson. The player decides when; here it is told which link is one. */
const sites: [hosts: RegExp, path: RegExp][] = [
  [/^(www\.|m\.)?youtube(-nocookie)?\.com$/, /^\/(watch|embed\/|shorts\/|live\/)/],
  [/^youtu\.be$/, /^\/[\w-]{6,}/],
  [/^(www\.|player\.)?vimeo\.com$/, /^\/(video\/)?\d+/],
];

export function isFilm(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, pathname } = new URL(address);
  return protocol === 'https:' && sites.some(([hosts, path]) => hosts.test(hostname) && path.test(pathname));
}

/** An address as people type it, made whole; null for what is none. */
export function linkAddress(typed: string): string | null {
  const text = typed.trim();
  if (/^(milpa-lesson:|#)\S+$/.test(text)) return text;
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  const whole = /^[a-z][a-z+.-]*:/i.test(text) ? text : `https://${text}`;
  if (/\s/.test(text) || !URL.canParse(whole)) return null;
  const { protocol, hostname } = new URL(whole);
  return ['mailto:', 'tel:'].includes(protocol) || (['http:', 'https:'].includes(protocol) && hostname.includes('.')) ? whole : null;
}
