/** What pictures are, by their first bytes, whatever they are said to be. */
import { open } from 'node:fs/promises';

export type PictureKind = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/svg+xml';

const begins = (bytes: Uint8Array, text: string, at = 0) => [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

export function pictureKind(head: Uint8Array): PictureKind | null {
  if (begins(head, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins(head, '\xff\xd8\xff')) return 'image/jpeg';
  if (begins(head, 'RIFF') && begins(head, 'WEBP', 8)) return 'image/webp';
  const start = new TextDecoder().decode(head).replace(/^\ufeff/, '').replace(/^(\s|<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE svg[^>[]*>)*/i, '');
  return /^<svg[\s>]/.test(start) ? 'image/svg+xml' : null;
}

/** A drawing may begin with this much of comments. */
const headBytes = 1024;

/** The kind of picture that a file on disk is; null: none. */
export async function pictureKindOf(path: string): Promise<PictureKind | null> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return pictureKind(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
