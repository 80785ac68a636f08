import { extension } from './paths.ts';

const MEDIA_TYPES: Record<string, string> = {
  avif: 'image/avif', bmp: 'image/bmp', gif: 'image/gif', jpeg: 'image/jpeg', jpg: 'image/jpeg', png: 'image/png',
  svg: 'image/svg+xml', webp: 'image/webp',
  aac: 'audio/aac', flac: 'audio/flac', m4a: 'audio/mp4', mp3: 'audio/mpeg', oga: 'audio/ogg', ogg: 'audio/ogg', opus: 'audio/ogg', wav: 'audio/wav',
  m4v: 'video/mp4', mov: 'video/quicktime', mp4: 'video/mp4', ogv: 'video/ogg', webm: 'video/webm',
  srt: 'application/x-subrip', vtt: 'text/vtt',
  csv: 'text/csv', md: 'text/markdown', txt: 'text/plain', json: 'application/json', xml: 'application/xml',
  css: 'text/css', htm: 'text/html', html: 'text/html', xhtml: 'application/xhtml+xml', js: 'text/javascript', mjs: 'text/javascript', py: 'text/x-python',
  epub: 'application/epub+zip', gz: 'application/gzip', pdf: 'application/pdf', rtf: 'application/rtf', zip: 'application/zip',
  doc: 'application/msword', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ppt: 'application/vnd.ms-powerpoint', pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  xls: 'application/vnd.ms-excel', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odp: 'application/vnd.oasis.opendocument.presentation', ods: 'application/vnd.oasis.opendocument.spreadsheet', odt: 'application/vnd.oasis.opendocument.text',
};

/** By the file's ending alone; what a file really is, its keeper must judge before serving it. */
export function mediaTypeOf(path: string): string {
  return MEDIA_TYPES[extension(path)] ?? 'application/octet-stream';
}

export function isHtml(path: string): boolean {
  return ['html', 'htm', 'xhtml'].includes(extension(path));
}
