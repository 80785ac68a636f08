/** What kind of file it is, as people say it. */
const kinds = [
  ['pdf', /^application\/pdf$/],
  ['image', /^image\//],
  ['audio', /^audio\//],
  ['video', /^video\//],
  ['sheet', /csv|excel|spreadsheet/],
  ['slides', /powerpoint|presentation/],
  ['archive', /zip|x-tar|gzip/],
  ['document', /^text\/|msword|document/],
] as const;

type FileKind = (typeof kinds)[number][0] | 'other';

export const fileKind = (mediaType: string): FileKind => kinds.find(([, pattern]) => pattern.test(mediaType))?.[0] ?? 'other';
