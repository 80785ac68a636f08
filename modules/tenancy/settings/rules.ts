const bytesAt = (bytes: Uint8Array, at: number, expected: string) => expected.split('').every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

/** What a picture is, by its first bytes, whatever it is said to be; null when it is none that a logo may be. */
export function pictureKind(head: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | 'image/svg+xml' | null {
  if (bytesAt(head, 0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (bytesAt(head, 0, '\xff\xd8\xff')) return 'image/jpeg';
  if (bytesAt(head, 0, 'RIFF') && bytesAt(head, 8, 'WEBP')) return 'image/webp';
  const start = new TextDecoder().decode(head).replace(/^\ufeff/, '').replace(/^(\s|<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE svg[^>[]*>)*/i, '');
  return /^<svg[\s>]/.test(start) ? 'image/svg+xml' : null;
}

/** What an operation is about by its name, where the log does not say: `catalog.createCourse` is about a course. */
export function subjectTypeOf(action: string): string | null {
  const made = /\.(?:create|add)([A-Z]\w*)$/.exec(action)?.[1];
  return made ? made[0]!.toLowerCase() + made.slice(1) : null;
}

export const logoBytes = { most: 512 * 1024, head: 1024 } as const;

/** Where the tenant's logo is: at another address whenever it changes, since browsers keep what they have. */
export const logoUrl = (fileId: string | null): string | null => fileId && `/api/v1/settings/logo?v=${fileId}`;
