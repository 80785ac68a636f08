/** Hosts of films that a page may show, by their players that set no cookies before playing. The content policy names the same ones. */
export function playerOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, pathname, searchParams } = new URL(address);
  if (protocol !== 'https:') return null;
  const host = hostname.replace(/^(www|m)\./, '');
  const [first = '', second = ''] = pathname.split('/').filter(Boolean);
  const film = { 'youtube.com': first === 'watch' ? searchParams.get('v') : ['embed', 'shorts', 'live'].includes(first) ? second : null, 'youtube-nocookie.com': first === 'embed' ? second : null, 'youtu.be': first }[host];
  if (film && /^[\w-]{6,20}$/.test(film)) return `https://www.youtube-nocookie.com/embed/${film}`;
  const clip = host === 'vimeo.com' ? first : host === 'player.vimeo.com' && first === 'video' ? second : '';
  return /^\d{5,12}$/.test(clip) ? `https://player.vimeo.com/video/${clip}?dnt=1` : null;
}
