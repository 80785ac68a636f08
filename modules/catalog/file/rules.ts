import type { CourseFile } from './contract.ts';

export function kindOf(mediaType: string): CourseFile['kind'] {
  if (mediaType === 'application/pdf') return 'pdf';
  const [family] = mediaType.split('/');
  return family === 'image' ? 'picture' : family === 'audio' || family === 'video' ? family : 'other';
}

const byEnding: Record<string, string> = {
  png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif', svg: 'image/svg+xml', pdf: 'application/pdf',
  mp3: 'audio/mpeg', m4a: 'audio/mp4', ogg: 'audio/ogg', wav: 'audio/wav', mp4: 'video/mp4', webm: 'video/webm', vtt: 'text/vtt', txt: 'text/plain', csv: 'text/csv',
};

/** The media type that a sender names, without its parameters; where it says nothing, what the file's name says. */
export function mediaTypeOf(named: string, fileName: string): string {
  const plain = named.split(';')[0]!.trim().toLowerCase();
  if (/^[a-z]+\/[\w.+-]{1,80}$/.test(plain) && plain !== 'application/octet-stream') return plain;
  return byEnding[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
